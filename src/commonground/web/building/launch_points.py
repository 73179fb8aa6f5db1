"""What stands between a study and its launch: each point with its state, in words, and where to mend it.

Some must be mended, since people would be wronged or answers would be of no use; the rest is advice.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commonground.design.audit import DesignAudit, Fitness, audit
from commonground.files.study import parse_study
from commonground.files.study_checks import check_study, left_to_adapt, missing_languages
from commonground.records.errors import Problem
from commonground.records.study import Study as StudyRecord
from commonground.survey.minors import Minors, minors
from commonground.web.building.design_words import reasons, size_words, status_words
from commonground.web.studies.designs import built_design, design_of
from commonground.web.studies.models import Study
from commonground.web.workspaces.models import Member
from commonground.web.workspaces.roles import Permission, may

MUST, ADVICE, DONE = "must", "advice", "done"
_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Point:
    """One thing a launch depends on.

    Parameters
    ----------
    state : {"must", "advice", "done"}
    title : str
    words : str
        How it stands.
    more : tuple of str
        Places or reasons, one a line; in English where they come from the check of the document.
    page : str
        The name of the page where it can be mended.
    part : str
        The part of that page, where it has several.
    """

    state: str
    title: str
    words: str
    more: tuple[str, ...] = ()
    page: str = "building:document"
    part: str = ""


@dataclass(frozen=True, slots=True)
class Checked:
    """What the check of a study document found, kept for the next page that asks."""

    errors: tuple[Problem, ...]
    untranslated: tuple[Problem, ...]
    placeholders: tuple[Problem, ...]
    others: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Ready:
    """What the line of steps asks of a document."""

    design: bool
    questionnaire: bool


@dataclass(frozen=True, slots=True)
class Around:
    """What is true of a study beside its document.

    Parameters
    ----------
    today : date
    screeners : int
        Members who may decide about cases.
    items_settled, pretested : bool
    pilot_open : bool
    """

    today: date
    screeners: int = 1
    items_settled: bool = True
    pretested: bool = False
    pilot_open: bool = False


@lru_cache(maxsize=32)
def checked(text: str) -> Checked:
    """What a check finds in a study document."""
    document = parse_study(text, "study.yaml")
    findings = check_study(document)
    untranslated, placeholders = tuple(missing_languages(document)), tuple(left_to_adapt(document))
    told = {*untranslated, *placeholders}
    others = tuple(one for one in findings.warnings if one not in told)
    return Checked(findings.errors, untranslated, placeholders, others)


def is_ready(study: Study) -> Ready:
    """Whether the design can be fielded, and the questionnaire be read in all its languages."""
    found = checked(study.document)
    return Ready(audit(design_of(study)).status is not Fitness.UNUSABLE, not found.errors and not found.untranslated)


def around(study: Study, today: date, *, items_settled: bool, pretested: bool) -> Around:
    """Look around a study."""
    roles = Member.objects.filter(workspace=study.workspace).values_list("role", flat=True)
    screeners = sum(may(role, Permission.SCREEN) for role in roles)
    return Around(today, screeners, items_settled, pretested, study.is_open and study.is_pilot)


def launch_points(record: StudyRecord, found: Checked, where: Around) -> list[Point]:
    """Everything a launch depends on: what must be mended first, then advice, then what is done."""
    points = [*_points(record, found, where)]
    return sorted(points, key=lambda point: (MUST, ADVICE, DONE).index(point.state))


def _points(record: StudyRecord, found: Checked, where: Around) -> Iterator[Point]:
    yield _items(record, where)
    built = built_design(record)
    yield _design(size_words(built), audit(built))
    yield _rules(found)
    yield from _doubts(found)
    yield _languages(record, found)
    yield _contact(record, found)
    yield _withdrawal(record)
    yield _ethics(record)
    yield _age(record, where)
    yield _dates(record, where)
    yield _quotas(record)
    yield from _contacts(record)
    yield _pretest(where)
    yield _plan(record)
    yield _screening(record, where)


def _items(record: StudyRecord, where: Around) -> Point:
    number = ngettext("%(number)d item.", "%(number)d items.", len(record.items)) % {"number": len(record.items)}
    if where.items_settled:
        return Point(DONE, _("Items"), number, page="items:list")
    return Point(ADVICE, _("Items"), _("The list is not settled yet."), page="items:list")


def _design(size: str, found: DesignAudit) -> Point:
    state = {Fitness.GOOD: DONE, Fitness.WARNING: ADVICE, Fitness.UNUSABLE: MUST}[found.status]
    words = f"{size} {status_words(found.status.value)}."
    return Point(state, _("Design"), words, () if state == DONE else tuple(reasons(found)), "building:design")


def _rules(found: Checked) -> Point:
    if not found.errors:
        return Point(DONE, _("Questions and rules"), _("They fit together."), page="building:questionnaire")
    words = _("The study document says something that cannot be.")
    return Point(MUST, _("Questions and rules"), words, _lines(found.errors), "building:questionnaire")


def _doubts(found: Checked) -> Iterator[Point]:
    if found.others:
        number = len(found.others)
        words = ngettext("The check has %(number)d doubt.", "The check has %(number)d doubts.", number)
        yield Point(ADVICE, _("Study document"), words % {"number": number}, _lines(found.others), "building:document")


def _lines(problems: tuple[Problem, ...]) -> tuple[str, ...]:
    lines = [str(problem) for problem in problems[:_SHOWN]]
    return (*lines, "…") if len(problems) > _SHOWN else tuple(lines)


def _languages(record: StudyRecord, found: Checked) -> Point:
    languages = ", ".join(record.languages)
    if not found.untranslated:
        words = _("Every text is there in: %(languages)s.") % {"languages": languages}
        return Point(DONE, _("Languages"), words, page="building:languages")
    number = len(found.untranslated)
    words = ngettext("%(number)d text is missing in a language.", "%(number)d texts are missing in a language.", number)
    return Point(MUST, _("Languages"), words % {"number": number}, _lines(found.untranslated), "building:languages")


def _contact(record: StudyRecord, found: Checked) -> Point:
    if record.contact is None:
        words = _("Nobody is named whom people can ask about the study.")
        return Point(MUST, _("Whom to ask"), words, page="building:ethics")
    if found.placeholders:
        words = _("An address of the template is left, which nobody reads.")
        in_contact = any("@example.org" in text for text in record.contact.root.values())
        page, part = ("building:ethics", "") if in_contact else ("building:texts", "consent")
        return Point(MUST, _("Whom to ask"), words, _lines(found.placeholders), page, part)
    return Point(DONE, _("Whom to ask"), _("People know whom to ask."), page="building:ethics")


def _withdrawal(record: StudyRecord) -> Point:
    title = _("Consent")
    version = _("Version %(version)s.") % {"version": record.consent.version}
    if record.consent.withdrawal is None:
        words = _("It does not say what withdrawing later can still do, and from when on it cannot.")
        return Point(ADVICE, title, f"{version} {words}", page="building:ethics")
    return Point(DONE, title, version, page="building:ethics")


def _ethics(record: StudyRecord) -> Point:
    ethics = record.ethics
    asked = {
        _("approval"): ethics.approval,
        _("who is responsible for the data"): ethics.controller,
        _("where the data are stored"): ethics.storage,
        _("how long the data are kept"): ethics.retention,
        _("where to complain"): ethics.complaints,
    }
    missing = [name for name, said in asked.items() if not said]
    if not missing:
        return Point(DONE, _("Ethics"), _("What an ethics board asks is said."), page="building:ethics")
    words = _("An ethics board will ask for: %(missing)s.") % {"missing": ", ".join(missing)}
    return Point(ADVICE, _("Ethics"), words, page="building:ethics")


def _age(record: StudyRecord, where: Around) -> Point:
    title, found = _("People under 18"), minors(record, where.today)
    if found.does is Minors.KEPT_OUT:
        return Point(DONE, title, _("Nobody under 18 can take part."), page="building:ethics")
    if found.does is Minors.GUARDIANSHIP:
        words = _("A guardianship process is declared: they can take part as it says.")
        return Point(DONE, title, words, page="building:ethics")
    mend = _("Ask for the age before the tasks and turn people under 18 away, or declare a guardianship process.")
    words = (
        _("No question and rule keeps people under 18 out.")
        if found.does is Minors.NOT_ASKED
        else _("The question “%(question)s” asks for the age, but lets some people under 18 in.")
        % {"question": found.question}
    )
    return Point(MUST, title, f"{words} {mend}", page="building:ethics")


def _dates(record: StudyRecord, where: Around) -> Point:
    dates, title, page = record.fielding, _("Dates"), "building:document"
    if dates.opens_on and dates.closes_on and dates.opens_on > dates.closes_on:
        return Point(MUST, title, _("The first day comes after the last."), page=page)
    if dates.closes_on and dates.closes_on < where.today:
        return Point(MUST, title, _("The last day is over: nobody could answer."), page=page)
    if dates.closes_on is None:
        return Point(ADVICE, title, _("No last day is set: the study stays open until you close it."), page=page)
    words = _("The last day is %(day)s.") % {"day": dates.closes_on.isoformat()}
    return Point(DONE, title, words, page=page)


def _quotas(record: StudyRecord) -> Point:
    title, page = _("Full groups"), "building:document"
    planned = {group.id: group.planned for group in record.groups}
    short = [quota.group for quota in record.fielding.quotas if quota.most < (planned[quota.group] or 0)]
    if short:
        words = _("A group is full before it has the people planned: %(groups)s.") % {"groups": ", ".join(short)}
        return Point(ADVICE, title, words, page=page)
    if not record.fielding.quotas:
        return Point(DONE, title, _("No group becomes full."), page=page)
    return Point(DONE, title, _("Groups become full no sooner than planned."), page=page)


def _contacts(record: StudyRecord) -> Iterator[Point]:
    contacts = record.fielding.contacts
    if not contacts.wishes:
        return
    if contacts.deleted_on is None:
        words = _("No day is set on which they are deleted.")
        yield Point(ADVICE, _("Contact details"), words, page="building:document")
    else:
        words = _("They are deleted on %(day)s.") % {"day": contacts.deleted_on.isoformat()}
        yield Point(DONE, _("Contact details"), words, page="building:document")


def _pretest(where: Around) -> Point:
    if where.pretested:
        return Point(DONE, _("Pretest"), _("People have tried the survey."), page="items:pretest")
    words = _("Nobody has tried the survey yet. Three people who think aloud find most of what is unclear.")
    return Point(ADVICE, _("Pretest"), words, page="items:pretest")


def _plan(record: StudyRecord) -> Point:
    if record.analysis.primary:
        return Point(DONE, _("Analysis plan"), _("It names the primary outcome."), page="building:plan")
    words = _("It names no primary outcome. After the launch the plan stays as it is.")
    return Point(ADVICE, _("Analysis plan"), words, page="building:plan")


def _screening(record: StudyRecord, where: Around) -> Point:
    title, page = _("Screening"), "workspaces:members"
    wanted = record.screening.reviewers
    if where.screeners < wanted:
        words = ngettext(
            "%(wanted)d person is to decide about each case, but fewer members may.",
            "%(wanted)d people are to decide about each case, but fewer members may.",
            wanted,
        )
        return Point(ADVICE, title, words % {"wanted": wanted}, page=page)
    if record.screening.appeal is None:
        words = _("Nothing says where a person can ask for a second look at their exclusion.")
        return Point(ADVICE, title, words, page="building:document")
    return Point(DONE, title, _("Enough members may decide about cases."), page=page)


def must_first(points: list[Point]) -> list[Point]:
    """What keeps the study from being launched."""
    return [point for point in points if point.state == MUST]
