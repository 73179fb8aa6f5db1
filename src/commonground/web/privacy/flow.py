"""What a study keeps, worked out from its document and the site's settings: the rows of the data-flow page."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import connections
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commonground.records.fielding import Wish
from commonground.records.study import Study as StudyRecord
from commonground.web.contacts.router import CONTACTS
from commonground.web.contacts.wishes import wish_name
from commonground.web.look.templatetags.look import said
from commonground.web.respond.visits import COOKIE_DAYS
from commonground.web.workspaces.models import Member, Workspace
from commonground.web.workspaces.roles import MAY, Permission, Role

if TYPE_CHECKING:
    from commonground.records.words import Words


@dataclass(frozen=True, slots=True)
class Kept:
    """One kind of data: what it is, what for, where, who sees it, how long."""

    what: str
    details: str
    why: str
    where: str
    who: str
    until: str


@dataclass(frozen=True, slots=True)
class Stated:
    """One thing an ethics board asks: its name, what the study document says, and whether it has to say something."""

    name: str
    words: str
    field: str
    is_needed: bool

    @property
    def is_missing(self) -> bool:
        """Whether it has to be said and is not."""
        return self.is_needed and not self.words


@dataclass(frozen=True, slots=True)
class Seat:
    """A role, how many members have it, and what they see."""

    role: str
    members: int
    sees: str


def kept(record: StudyRecord) -> list[Kept]:
    """Every kind of data this study keeps about anybody."""
    found = [_consent(record), _answers(record), _times(record), _way_in(record), _address(record)]
    found += [_code(record)]
    if record.fielding.contacts.wishes:
        found.append(_contacts(record))
    return [*found, _advisers(record), _members(), _logs(), _backups()]


def stated(record: StudyRecord) -> list[Stated]:
    """What an ethics board asks, with what the study document says about it."""
    ethics, contacts = record.ethics, record.fielding.contacts
    deleted = contacts.deleted_on.isoformat() if contacts.deleted_on else ""
    asked: list[tuple[str, Words | str | None, str, bool]] = [
        (_("Who is responsible for the data"), ethics.controller, "ethics.controller", True),
        (_("Approval"), ethics.approval, "ethics.approval", True),
        (_("Where the data are stored"), ethics.storage, "ethics.storage", True),
        (_("How long the data are kept"), ethics.retention, "ethics.retention", True),
        (_("Where to complain"), ethics.complaints, "ethics.complaints", True),
        (_("What withdrawing can still do"), record.consent.withdrawal, "consent.withdrawal", True),
        (_("When contact details are deleted"), deleted, "fielding.contacts.deleted_on", bool(contacts.wishes)),
        (_("Help if answering is upsetting"), ethics.distress, "ethics.distress", False),
        (_("How a community governs data about itself"), ethics.community, "ethics.community", False),
        (_("How people under 18 take part"), ethics.guardianship, "ethics.guardianship", False),
    ]
    return [
        Stated(name, words if isinstance(words, str) else said(words), field, needed)
        for name, words, field, needed in asked
        if words or needed or field.startswith("ethics")
    ]


def seats(workspace: Workspace) -> list[Seat]:
    """Every role with what it sees, and how many people have it."""
    roles = list(Member.objects.filter(workspace=workspace).values_list("role", flat=True))
    return [Seat(str(role.label), roles.count(role.value), _sees(role)) for role in Role]


def _sees(role: Role) -> str:
    words = {
        Permission.VIEW: _("counts and reports"),
        Permission.DATA: _("downloads of all answers"),
        Permission.SCREEN: _("single cases, to screen them"),
        Permission.CONTACTS: _("contact details, once the study is closed"),
        Permission.MANAGE: _("members and the log"),
    }
    return ", ".join(text for permission, text in words.items() if permission in MAY[role])


def _consent(record: StudyRecord) -> Kept:
    return Kept(
        _("Consent"),
        _("Version %(version)s of the consent, the moment and the language. Of who declines: only that somebody did.")
        % {"version": record.consent.version},
        _("To show that each person agreed, and to what."),
        _answers_database(),
        _team(Permission.DATA),
        _retention(record),
    )


def _answers(record: StudyRecord) -> Kept:
    questions = [one for one in record.all_questions() if one.type.value != "information"]
    written = [said(question.text) for question in questions if question.type.value in {"text", "long_text"}]
    tasks = _("which of the shown items were picked as most and as least important")
    asked = ngettext("%(number)s question", "%(number)s questions", len(questions)) % {"number": len(questions)}
    details = f"{asked}; {tasks}."
    if written:
        details += " " + _("People write freely here and may name somebody: %(questions)s") % {
            "questions": " · ".join(written)
        }
    why = _("To find out what matters to each group.")
    return Kept(_("Answers"), details, why, _answers_database(), _team(Permission.DATA), _retention(record))


def _times(record: StudyRecord) -> Kept:
    return Kept(
        _("Times"),
        _("When each answer came, and the seconds on each page. Downloads hold days and seconds of length, no moment."),
        _("To notice answers that no person gave."),
        _answers_database(),
        _team(Permission.DATA),
        _retention(record),
    )


def _way_in(record: StudyRecord) -> Kept:
    return Kept(
        _("The way in"),
        _("Which link a person came by, and whether by invitation, of which a keyed hash is kept."),
        _("To see which ways of asking work, and that nobody answers twice."),
        _answers_database(),
        _team(Permission.DATA),
        _retention(record),
    )


def _address(record: StudyRecord) -> Kept:
    days, last = record.fielding.address_key_days, record.fielding.closes_on
    until = ngettext(
        "Its key is destroyed %(days)s day after closing; then the hash tells nothing.",
        "Its key is destroyed %(days)s days after closing; then the hash tells nothing.",
        days,
    ) % {"days": days}
    if last is not None:
        until += " " + _("The study closes on %(day)s.") % {"day": last.isoformat()}
    return Kept(
        _("Network address"),
        _("A keyed hash, never the address. It is in no download."),
        _("To notice many answers from one place."),
        _answers_database(),
        _("Nobody; screeners see only that several answers came from one place."),
        until,
    )


def _code(record: StudyRecord) -> Kept:
    return Kept(
        _("Resume code"),
        ngettext(
            "A code in a cookie on the person’s own device for %(days)s day; here only its keyed hash.",
            "A code in a cookie on the person’s own device for %(days)s days; here only its keyed hash.",
            COOKIE_DAYS,
        )
        % {"days": COOKIE_DAYS},
        _("To go on later and elsewhere, and to withdraw. No other cookie follows anybody."),
        _("The person’s device; the hash in the database of answers"),
        _("Nobody"),
        _retention(record),
    )


def _contacts(record: StudyRecord) -> Kept:
    contacts = record.fielding.contacts
    lists = ", ".join(wish_name(Wish(wish)) for wish in contacts.wishes)
    day = contacts.deleted_on
    return Kept(
        _("Contact details"),
        _("An address and, if given, a name, on the list of each wish: %(lists)s. No time, no language, no group.")
        % {"lists": lists},
        _("Only for what each person ticked. None of it is needed to take part."),
        _("A database of its own (%(database)s), encrypted; the key is in a file apart and in no backup")
        % {"database": _vendor(CONTACTS)},
        _team(Permission.CONTACTS),
        _("Deleted by itself on %(day)s") % {"day": day.isoformat()} if day else _("No day is set"),
    )


def _advisers(record: StudyRecord) -> Kept:
    return Kept(
        _("Reviewers of items, interviews before the launch"),
        _("Where the team asks for it: a label the team chose, a role, what was said, and a hash of the link."),
        _("To find items and words that hold. Beside what was said stands the role, not the label."),
        _answers_database(),
        _team(Permission.VIEW),
        _retention(record),
    )


def _members() -> Kept:
    return Kept(
        _("The team"),
        _("Names and e-mail addresses of members, how they sign in, their roles, and a log of what they did."),
        _("To let in who belongs to the study, and to account for it."),
        _answers_database(),
        _team(Permission.MANAGE),
        _("As long as the workspace is there"),
    )


def _logs() -> Kept:
    return Kept(
        _("Logs of the machine"),
        _("Failures of the program, without answers, addresses or codes. A server in front of it may log more."),
        _("To mend failures."),
        _("The machine of the site"),
        _("Whoever runs the machine"),
        _("As set on that machine"),
    )


def _backups() -> Kept:
    return Kept(
        _("Backups"),
        _("Everything above, as it was that day; contact details without their key."),
        _("So that nothing is lost when a machine breaks."),
        _("Where those who run the machine keep them"),
        _("Whoever runs the machine"),
        _("Until they are deleted: what is withdrawn or deleted here stays in earlier backups"),
    )


def _answers_database() -> str:
    return _("The database of answers (%(database)s) on the machine of the site") % {"database": _vendor("default")}


def _vendor(name: str) -> str:
    return {"sqlite": "SQLite", "postgresql": "PostgreSQL"}.get(connections[name].vendor, connections[name].vendor)


def _team(permission: Permission) -> str:
    return _("Members as: %(roles)s") % {"roles": ", ".join(_roles_with(permission))}


def _roles_with(permission: Permission) -> Iterable[str]:
    return (str(role.label) for role in Role if permission in MAY[role])


def _retention(record: StudyRecord) -> str:
    return said(record.ethics.retention) or _("Not stated yet")
