"""A round: begun, closed, its results opened. Who holds the data, facilitator or else lead, does the last two."""

import secrets
import uuid
from datetime import date, datetime

from django.db import transaction

from commonground.web.accounts.models import User
from commonground.web.partnerships.actions import RoundIsOverError
from commonground.web.partnerships.models import Partnership, Round, Voice
from commonground.web.partnerships.publishing import care_of, edition_of, next_edition
from commonground.web.workspaces.audit import record_event


class NotTheHolderError(PermissionError):
    """Somebody else holds the data of this partnership."""


def may_hold(partnership: Partnership, user: User) -> bool:
    """Whether this person may close a round, open its results, and delete: the facilitator, where there is one."""
    return partnership.facilitator is None or partnership.facilitator == user


def begin_round(*, partnership: Partnership, actor: User, kind: str, closes_on: date | None, today: date) -> Round:
    """Ask everybody: the list as it stands now becomes the round's.

    Raises
    ------
    RoundIsOverError
        While another round is not finished.
    """
    with transaction.atomic():
        held = Partnership.objects.select_for_update(of=("self",)).get(pk=partnership.pk)
        last = held.rounds.last()
        if last is not None and last.stage != Round.Stage.OPEN:
            raise RoundIsOverError("A round is under way.")
        made = Round.objects.create(
            partnership=held,
            number=last.number + 1 if last else 1,
            kind=kind,
            items=held.items,
            asked_on=today,
            closes_on=closes_on,
        )
        _log(held, "began round", actor, round=str(made.number))
    return made


def close_round(*, partnership: Partnership, actor: User, today: date) -> None:
    """Take no more answers. Until the results open, people may still change what they share."""
    with transaction.atomic():
        one = _held_round(partnership, actor, Round.Stage.ASKING)
        one.stage, one.closed_on = Round.Stage.CLOSED, today
        one.save(update_fields=["stage", "closed_on"])
        _mix(one)
        _log(partnership, "closed round", actor, round=str(one.number))


def reopen_round(*, partnership: Partnership, actor: User) -> None:
    """Take answers again, as long as nothing has been shown."""
    with transaction.atomic():
        one = _held_round(partnership, actor, Round.Stage.CLOSED)
        one.stage, one.closed_on = Round.Stage.ASKING, None
        one.save(update_fields=["stage", "closed_on"])
        _log(partnership, "reopened round", actor, round=str(one.number))


def open_results(*, partnership: Partnership, actor: User, today: date) -> None:
    """Show the results, to everybody at once; what each person shares is settled from now on."""
    with transaction.atomic():
        one = _held_round(partnership, actor, Round.Stage.CLOSED)
        one.editions, one.care = [*one.editions, next_edition(one)], sorted(care_of(one))
        one.stage, one.opened_on = Round.Stage.OPEN, today
        one.save(update_fields=["editions", "care", "stage", "opened_on"])
        _log(partnership, "opened results", actor, round=str(one.number))


def count_late(*, partnership: Partnership, actor: User) -> bool:
    """Make the results again with answers that came late; False where those are too few to be counted in."""
    with transaction.atomic():
        one = _held_round(partnership, actor, Round.Stage.OPEN)
        before = edition_of(one)
        one.editions = [*one.editions, next_edition(one)]
        after = edition_of(one)
        if before and after and after.publication.edition == before.publication.edition:
            return False
        one.save(update_fields=["editions"])
        _log(partnership, "counted late answers", actor, round=str(one.number))
    return True


def forget_due(now: datetime) -> None:
    """Delete the partnerships whose day has come."""
    for partnership in Partnership.objects.filter(deletes_on__lte=now.date()):
        forget_partnership(partnership=partnership, actor=None)


def forget_partnership(*, partnership: Partnership, actor: User | None) -> None:
    """Delete a partnership with everything in it; the log keeps that there was one."""
    if actor is not None and not may_hold(partnership, actor):
        raise NotTheHolderError
    with transaction.atomic():
        _log(partnership, "deleted partnership", actor)
        partnership.delete()


def _mix(one: Round) -> None:
    """Write the voices again in random order under new ids: a database keeps rows in the order in which they came."""
    voices = list(one.voices.all())
    one.voices.all().delete()
    secrets.SystemRandom().shuffle(voices)
    for voice in voices:
        voice.pk = uuid.uuid4()
    Voice.objects.bulk_create(voices)


def _held_round(partnership: Partnership, actor: User, stage: str) -> Round:
    """The round under way, held until the transaction ends.

    Raises
    ------
    NotTheHolderError
        If somebody else holds the data.
    RoundIsOverError
        If the round is not at this stage.
    """
    held = Partnership.objects.select_for_update(of=("self",)).get(pk=partnership.pk)
    if not may_hold(held, actor):
        raise NotTheHolderError
    one = Round.objects.select_for_update().filter(partnership=held).last()
    if one is None or one.stage != stage:
        raise RoundIsOverError("The round is not at this stage.")
    return one


def _log(partnership: Partnership, action: str, actor: User | None, **details: str) -> None:
    record_event(
        workspace=partnership.workspace, action=action, actor=actor, partnership=partnership.public_id, **details
    )
