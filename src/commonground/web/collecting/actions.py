"""What owners do while they collect: each action writes in one transaction, with its entry in the log."""

from django.db import transaction
from django.utils.text import slugify

from commonground.web.accounts.models import User
from commonground.web.collecting.models import Outreach, StatedCount
from commonground.web.respond.codes import new_token, token_hash
from commonground.web.respond.doors import source_of
from commonground.web.respond.models import Invitation, Source
from commonground.web.studies.models import Study
from commonground.web.workspaces.audit import record_event

MOST_INVITATIONS = 5000
"""Made at one time."""


def add_source(*, study: Study, label: str, group: str, planned: int | None, actor: User) -> Source:
    """Make a link for one way in which people hear of the study; its id is made from the label."""
    with transaction.atomic():
        source = Source.objects.create(
            study=study, slug=_free_slug(study, label), label=label, group=group, planned=planned
        )
        _log(study, "made link", actor, link=source.slug)
    return source


def set_link_open(*, study: Study, slug: str, is_open: bool, actor: User) -> None:
    """Switch a link on or off; the plain link has the empty id. Who has begun by it can always go on."""
    with transaction.atomic():
        source = source_of(study, slug)
        source.is_open = is_open
        source.save()
        _log(study, "switched link on" if is_open else "switched link off", actor, link=slug)


def make_invitations(*, study: Study, number: int, source: Source | None, actor: User) -> tuple[str, ...]:
    """Make personal invitations. What is returned is kept nowhere: only hashes are."""
    tokens = tuple(new_token() for _place in range(number))
    with transaction.atomic():
        Invitation.objects.bulk_create(
            [Invitation(study=study, source=source, token_hash=token_hash(token)) for token in tokens]
        )
        _log(study, "made invitations", actor, number=number, link=source.slug if source else "")
    return tokens


def save_outreach(*, outreach: Outreach, actor: User) -> None:
    """Add an entry to the recruitment log, or change one."""
    with transaction.atomic():
        action = "changed recruitment entry" if outreach.pk else "added recruitment entry"
        outreach.save()
        _log(outreach.study, action, actor, entry=outreach.pk, kind=outreach.kind, outcome=outreach.outcome)


def remove_outreach(*, outreach: Outreach, actor: User) -> None:
    """Take an entry out of the recruitment log; the audit log keeps that there was one."""
    with transaction.atomic():
        _log(outreach.study, "removed recruitment entry", actor, entry=outreach.pk, kind=outreach.kind)
        outreach.delete()


def state_count(*, study: Study, kind: str, outcome: str, number: int | None, actor: User) -> None:
    """Write down a number to be held against the log; without one, forget it."""
    with transaction.atomic():
        stated = StatedCount.objects.filter(study=study, kind=kind, outcome=outcome)
        if number is None:
            stated.delete()
        else:
            StatedCount.objects.update_or_create(study=study, kind=kind, outcome=outcome, defaults={"number": number})
        _log(study, "stated recruitment count", actor, kind=kind, outcome=outcome, number=number)


def _free_slug(study: Study, label: str) -> str:
    wished = slugify(label)[:24].strip("-") or "link"
    taken = set(study.sources.values_list("slug", flat=True))
    candidates = (wished, *(f"{wished}-{number}" for number in range(2, len(taken) + 3)))
    return next(one for one in candidates if one not in taken)


def _log(study: Study, action: str, actor: User, **details: object) -> None:
    if study.workspace is not None:
        record_event(workspace=study.workspace, action=action, actor=actor, study=study.public_id, **details)
