"""The meeting: what happens when, what to talk about, and when to stop."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from commonground.partnership.publication import ItemPicture, Publication
from commonground.partnership.standing import Standing
from commonground.records.errors import SettingError

SHORT, SHORTEST_FULL, LONGEST = 30, 60, 90


class StepKind(StrEnum):
    """What a part of the meeting is for; its words are in `guide_texts`."""

    OPENING = "opening"
    LOOK = "look"
    SHARED = "shared"
    DIFFERENT = "different"
    LOW = "low"
    AGREEMENT = "agreement"
    CLOSING = "closing"


@dataclass(frozen=True, slots=True)
class Step:
    """A part of the meeting.

    Parameters
    ----------
    kind : StepKind
    minutes : int
    items : tuple of str
        What to talk about; empty where the step is about no item.
    """

    kind: StepKind
    minutes: int
    items: tuple[str, ...] = ()


FULL: tuple[tuple[StepKind, int], ...] = (
    (StepKind.OPENING, 5),
    (StepKind.LOOK, 10),
    (StepKind.SHARED, 15),
    (StepKind.DIFFERENT, 25),
    (StepKind.LOW, 10),
    (StepKind.AGREEMENT, 15),
    (StepKind.CLOSING, 5),
)
"""Eighty-five minutes."""

BRIEF: tuple[tuple[StepKind, int], ...] = (
    (StepKind.OPENING, 3),
    (StepKind.LOOK, 4),
    (StepKind.SHARED, 5),
    (StepKind.DIFFERENT, 10),
    (StepKind.AGREEMENT, 6),
    (StepKind.CLOSING, 2),
)
"""Thirty minutes: one thing that is shared, one to ask about, one agreement."""

MINUTES_AN_ITEM = 8
"""Less than this is no conversation."""


def agenda(publication: Publication, minutes: int) -> tuple[Step, ...]:
    """The meeting, step by step, with the items to talk about.

    Parameters
    ----------
    publication : Publication
    minutes : int
        30, or 60 to 90.

    Raises
    ------
    SettingError
        If the meeting is of another length.

    Examples
    --------
    >>> from commonground.partnership.publication import Status
    >>> pictures = tuple(ItemPicture(item, standing) for item, standing in zip("abc", Standing))
    >>> steps = agenda(Publication(Status.PUBLISHED, 1, 7, 7, items=pictures), 30)
    >>> [(step.kind.value, step.minutes) for step in steps][2:4], steps[3].items
    ([('shared', 5), ('different', 10)], ('c',))
    """
    if minutes == SHORT:
        parts = BRIEF
    elif SHORTEST_FULL <= minutes <= LONGEST:
        parts = _stretched(minutes)
    else:
        raise SettingError(f"A meeting takes {SHORT} minutes or {SHORTEST_FULL} to {LONGEST}, not {minutes}.")
    return tuple(Step(kind, length, _items_for(kind, length, publication)) for kind, length in parts)


def worth_talking(publication: Publication) -> tuple[ItemPicture, ...]:
    """What a team could talk about beyond what it shares, first what divides it most surely.

    Splits come first, then items about which people chose to show different bands, then the rest that is not shared.
    """
    open_items = publication.standing_at(Standing.SPLIT, Standing.MIXED, Standing.CANT_TELL)
    return tuple(sorted(open_items, key=_urgency))


def _urgency(picture: ItemPicture) -> int:
    shown = {*picture.unnamed, *(share.band for share in picture.named)}
    if picture.standing is Standing.SPLIT:
        return 0
    return 1 if len(shown) > 1 else 2


def _stretched(minutes: int) -> Sequence[tuple[StepKind, int]]:
    """The full agenda at this length: opening and closing keep theirs, the others give or take in proportion."""
    fixed = {StepKind.OPENING, StepKind.CLOSING}
    kept = sum(length for kind, length in FULL if kind in fixed)
    total = sum(length for _, length in FULL)
    scaled = [(kind, length if kind in fixed else length * (minutes - kept) // (total - kept)) for kind, length in FULL]
    spare = minutes - sum(length for _, length in scaled)
    return [(kind, length + spare if kind is StepKind.DIFFERENT else length) for kind, length in scaled]


def _items_for(kind: StepKind, minutes: int, publication: Publication) -> tuple[str, ...]:
    of_kind = {
        StepKind.SHARED: publication.standing_at(Standing.SHARED_PRIORITY),
        StepKind.DIFFERENT: worth_talking(publication),
        StepKind.LOW: publication.standing_at(Standing.SHARED_LOW),
    }
    most = max(minutes // MINUTES_AN_ITEM, 1)
    return tuple(picture.item for picture in of_kind.get(kind, ())[:most])
