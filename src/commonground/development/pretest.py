"""Cognitive interviews before launch: what was clear to whom, screen by screen, and what is changed because of it."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from commonground.development.screens import Screen, ScreenKind


class Clarity(StrEnum):
    """How an interviewee understood something."""

    CLEAR = "clear"
    PARTLY = "partly"
    UNCLEAR = "unclear"


class Fit(StrEnum):
    """Whether there is too little of something, too much, or neither."""

    TOO_LITTLE = "too_little"
    RIGHT = "right"
    TOO_MUCH = "too_much"


class Answer(StrEnum):
    """What is done about a finding."""

    CHANGE = "change"
    LEAVE = "leave"
    ASK_AGAIN = "ask_again"


@dataclass(frozen=True, slots=True)
class Sheet:
    """What one interviewee made of one screen; points nobody asked about are not in `clarity`.

    Parameters
    ----------
    interviewee : str
        A label such as "P2", never a name.
    screen : ScreenKind
    clarity : mapping of point to Clarity
    """

    interviewee: str
    screen: ScreenKind
    clarity: Mapping[str, Clarity] = field(default_factory=dict[str, Clarity])


@dataclass(frozen=True, slots=True)
class PointSummary:
    """How often a point was clear, partly clear and unclear; `unasked` are interviewees it was not asked of."""

    key: str
    counts: Mapping[Clarity, int]
    unasked: int

    @property
    def needs_a_look(self) -> bool:
        """Whether anybody had trouble with it: in a handful of interviews one is enough."""
        return bool(self.counts[Clarity.PARTLY] or self.counts[Clarity.UNCLEAR])


@dataclass(frozen=True, slots=True)
class Length:
    """What one interviewee thought of the whole: is it of the right length for people like them, and so on.

    Parameters
    ----------
    group : str
        The interviewee's partner group; may be empty.
    per_task : int
        Items in a task, as they were shown.
    length : Fit or None
        The whole survey, for people like the interviewee.
    items : Fit or None
        The number of items in a task.
    """

    group: str
    per_task: int
    length: Fit | None = None
    items: Fit | None = None


def by_point(screen: Screen, sheets: Iterable[Sheet], interviews: int) -> tuple[PointSummary, ...]:
    """How clear each point of a screen was.

    Parameters
    ----------
    screen : Screen
    sheets : iterable of Sheet
        Those of other screens are left aside.
    interviews : int
        How many interviews there were.

    Examples
    --------
    >>> from commonground.development.screens import Point
    >>> from commonground.records.words import Words
    >>> thanks = Screen(ScreenKind.THANKS, (Point("thanks", Words({"en": "Thank you."})),))
    >>> found = by_point(thanks, [Sheet("P1", ScreenKind.THANKS, {"thanks": Clarity.PARTLY})], interviews=2)
    >>> found[0].counts[Clarity.PARTLY], found[0].unasked, found[0].needs_a_look
    (1, 1, True)
    """
    here = [one for one in sheets if one.screen is screen.kind]
    return tuple(_summary(point.key, here, interviews) for point in screen.points)


def _summary(key: str, sheets: Sequence[Sheet], interviews: int) -> PointSummary:
    counted = Counter(one.clarity[key] for one in sheets if key in one.clarity)
    return PointSummary(key, {one: counted[one] for one in Clarity}, interviews - counted.total())


def fits(lengths: Sequence[Length]) -> tuple[dict[str, Counter[Fit | None]], dict[int, Counter[Fit | None]]]:
    """What interviewees thought of the length, by partner group, and of the number of items, by the number shown.

    Returns
    -------
    tuple of dict
        Counts of each answer, None for those who gave none.
    """
    length: dict[str, Counter[Fit | None]] = {}
    items: dict[int, Counter[Fit | None]] = {}
    for one in lengths:
        length.setdefault(one.group, Counter())[one.length] += 1
        items.setdefault(one.per_task, Counter())[one.items] += 1
    return length, items
