"""Writing down what is agreed, putting it before everybody, and each person's own mark."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction
from pydantic import TypeAdapter

from commonground.partnership.agreement import (
    Acceptance,
    Answer,
    Line,
    Mark,
    Note,
    Version,
    acceptance,
    draft,
    next_version,
)
from commonground.partnership.standing import Standing
from commonground.web.accounts.models import User
from commonground.web.partnerships.models import AgreementMark, AgreementVersion, MeetingNote, Partnership
from commonground.web.partnerships.publishing import publication_of
from commonground.web.partnerships.visits import Visit
from commonground.web.workspaces.audit import record_event

_LINES = TypeAdapter(tuple[Line, ...])


class OlderVersionError(ValueError):
    """A newer version has been put before everybody meanwhile."""


def last_version(partnership: Partnership) -> Version | None:
    """The version that stands, if there is one."""
    kept = partnership.agreement_versions.last()
    return version_of(kept) if kept else None


def version_of(kept: AgreementVersion) -> Version:
    """A version as the core knows it."""
    return Version(kept.number, kept.made_on, _LINES.validate_python(kept.lines), kept.review_on)


def drafted(partnership: Partnership) -> tuple[Line, ...]:
    """What stands, and after it what was written down since."""
    notes = (Note(f"note-{note.pk}", note.text, note.item, note.who, note.due) for note in partnership.notes.all())
    return draft(notes, standings_of(partnership), last_version(partnership))


def standings_of(partnership: Partnership) -> dict[str, Standing]:
    """How each item stands in what was shown last."""
    publication = publication_of(partnership.round) if partnership.round else None
    return {told.item: told.standing for told in publication.items} if publication else {}


def put_before_everybody(
    *, partnership: Partnership, lines: Iterable[Line], review_on: date | None, actor: User, today: date
) -> bool:
    """Make the next version; False where nothing is different."""
    with transaction.atomic():
        held = Partnership.objects.select_for_update(of=("self",)).get(pk=partnership.pk)
        made = next_version(last_version(held), lines, made_on=today, review_on=review_on)
        if made is None:
            return False
        kept: list[dict[str, Any]] = _LINES.dump_python(made.lines, mode="json")
        AgreementVersion.objects.create(
            partnership=held, number=made.number, made_on=made.made_on, review_on=made.review_on, lines=kept
        )
        record_event(
            workspace=held.workspace,
            action="made agreement version",
            actor=actor,
            partnership=held.public_id,
            version=str(made.number),
        )
    return True


def mark(*, visit: Visit, number: int, answer: Answer, note: str) -> None:
    """Keep what this person says to the version that stands.

    Raises
    ------
    OlderVersionError
        If what was read is no longer the version that stands.
    """
    with transaction.atomic():
        kept = AgreementVersion.objects.select_for_update().filter(partnership=visit.partnership).last()
        if kept is None or kept.number != number:
            raise OlderVersionError("A newer version has been put before everybody.")
        AgreementMark.objects.update_or_create(
            version=kept, partner=visit.partner, defaults={"answer": answer, "note": note}
        )


def acceptance_of(kept: AgreementVersion) -> Acceptance:
    """Where a version stands with everybody, by name: people mark it before all the others."""
    partners = list(kept.partnership.partners.all())
    names = {partner.pk: partner.name for partner in partners}
    marks = (Mark(names[one.partner_id], kept.number, Answer(one.answer), one.note) for one in kept.marks.all())
    return acceptance(version_of(kept), [partner.name for partner in partners], marks)


def write_down(*, partnership: Partnership, item: str, text: str, who: str, due: date | None) -> MeetingNote:
    """Keep something agreed in the meeting."""
    return MeetingNote.objects.create(partnership=partnership, item=item, text=text, who=who, due=due)
