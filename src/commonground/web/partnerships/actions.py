"""What the lead and the facilitator can do: each action writes in one transaction or not at all, with its log entry."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from django.db import transaction

from commonground.records.study import Item
from commonground.web.accounts.models import User
from commonground.web.partnerships.models import Partner, Partnership, Round
from commonground.web.workspaces.audit import record_event
from commonground.web.workspaces.models import Workspace

KEPT_FOR = timedelta(days=730)
"""From the start to the day of deletion, unless the lead sets another."""


class RoundIsOverError(ValueError):
    """What was asked for belongs to an earlier moment of the round."""


def start_partnership(
    *,
    workspace: Workspace,
    actor: User,
    name: str,
    people: Iterable[tuple[str, str]],
    meets_on: date | None,
    question: dict[str, str],
    items: Sequence[Item],
    today: date,
) -> Partnership:
    """Make a partnership with the list it will weigh; nobody is asked anything yet."""
    with transaction.atomic():
        partnership = Partnership.objects.create(
            workspace=workspace,
            name=name,
            meets_on=meets_on,
            deletes_on=today + KEPT_FOR,
            question=question,
            items=_as_json(items),
        )
        Partner.objects.bulk_create(Partner(partnership=partnership, name=person, role=role) for person, role in people)
        _log(partnership, "started partnership", actor)
    return partnership


def change_details(
    *, partnership: Partnership, actor: User, name: str, work: str, meets_on: date | None, deletes_on: date
) -> None:
    """Change what it is called, what people read about it, and its days."""
    with transaction.atomic():
        held = _held(partnership)
        held.name, held.work, held.meets_on, held.deletes_on = name, work, meets_on, deletes_on
        held.save(update_fields=["name", "work", "meets_on", "deletes_on"])
        _log(held, "changed partnership", actor, deletes_on=deletes_on.isoformat())


def change_list(*, partnership: Partnership, actor: User, items: Sequence[Item], question: dict[str, str]) -> None:
    """Weigh another list from the next round on.

    Raises
    ------
    RoundIsOverError
        While a round is taking answers: its list is what the answers are about.
    """
    with transaction.atomic():
        held = _held(partnership)
        if held.round is not None and held.round.stage == Round.Stage.ASKING:
            raise RoundIsOverError("The list cannot change while people answer.")
        held.items, held.question = _as_json(items), question
        held.save(update_fields=["items", "question"])
        _log(held, "changed list", actor, items=str(len(items)))


def add_partner(*, partnership: Partnership, actor: User, name: str, role: str) -> Partner:
    """Give somebody a link of their own."""
    with transaction.atomic():
        partner = Partner.objects.create(partnership=_held(partnership), name=name, role=role)
        _log(partnership, "added partner", actor)
    return partner


def remove_partner(*, partner: Partner, actor: User) -> None:
    """Take somebody off the list of people. What they have answered stays: nobody knows which answers are theirs."""
    with transaction.atomic():
        _log(partner.partnership, "removed partner", actor)
        partner.delete()


def set_open_link(*, partnership: Partnership, actor: User, is_open: bool) -> None:
    """Let people join by the one link, or by their own links alone."""
    with transaction.atomic():
        held = _held(partnership)
        held.has_open_link = is_open
        held.save(update_fields=["has_open_link"])
        _log(held, "opened link" if is_open else "closed link", actor)


def set_facilitator(*, partnership: Partnership, actor: User, facilitator: User | None) -> None:
    """Hand the data to a neutral person, or take them back: from then on only that person closes, opens and deletes."""
    with transaction.atomic():
        held = _held(partnership)
        held.facilitator = facilitator
        held.save(update_fields=["facilitator"])
        _log(held, "named facilitator" if facilitator else "took back facilitation", actor)


def _held(partnership: Partnership) -> Partnership:
    """The partnership as it is now, held until the transaction ends."""
    return Partnership.objects.select_for_update(of=("self",)).get(pk=partnership.pk)


def _log(partnership: Partnership, action: str, actor: User, **details: str) -> None:
    record_event(
        workspace=partnership.workspace, action=action, actor=actor, partnership=partnership.public_id, **details
    )


def _as_json(items: Iterable[Item]) -> list[dict[str, object]]:
    return [item.model_dump(mode="json", exclude_defaults=True) for item in items]
