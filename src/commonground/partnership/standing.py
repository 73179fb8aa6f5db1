"""What a team's answers say about an item: shared, split, mixed, or that it cannot be told."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from commonground.partnership.own import places
from commonground.partnership.thresholds import Thresholds


class Standing(StrEnum):
    """What is said about an item; our own rule, described in docs/explanations/team-classes.md."""

    SHARED_PRIORITY = "shared_priority"
    SHARED_LOW = "shared_low"
    SPLIT = "split"
    MIXED = "mixed"
    CANT_TELL = "cant_tell"


@dataclass(frozen=True, slots=True)
class Tally:
    """How many people have an item where. Never shown to anybody.

    Parameters
    ----------
    high, upper, lower, low : int
        In the high band, in the upper half (the high band included), in the lower half, in the low band.
    """

    high: int
    upper: int
    lower: int
    low: int


def tallies(scores: Sequence[Sequence[int]]) -> tuple[Tally, ...]:
    """Count, item by item, where people have it.

    Parameters
    ----------
    scores : sequence of (n_items,) int
        One row a person.

    Examples
    --------
    >>> tallies([[2, 1, 0, 0, -1, -2], [2, 0, 0, 0, 0, -2]])[0]
    Tally(high=2, upper=2, lower=0, low=0)
    """
    sums = [there.sum(axis=0).tolist() for there in places(np.array(scores))]
    return tuple(Tally(*counts) for counts in zip(*sums, strict=True))


def stand_of(tally: Tally, thresholds: Thresholds, *, missing: bool = False) -> Standing:
    """What the team's answers say about one item.

    Parameters
    ----------
    tally : Tally
    thresholds : Thresholds
        For everybody who was asked, so that what is called shared or split stays so whatever the missing answer.
    missing : bool
        Whether somebody has not answered.

    Examples
    --------
    >>> seven = Thresholds(7, shared=6, strays=0, each_end=2, halves_only=False, false_splits=0.01)
    >>> stand_of(Tally(5, 6, 1, 0), seven).value, stand_of(Tally(5, 6, 1, 1), seven).value
    ('shared_priority', 'mixed')
    >>> stand_of(Tally(3, 4, 3, 2), seven).value, stand_of(Tally(3, 4, 3, 1), seven, missing=True).value
    ('split', 'cant_tell')
    """
    if not thresholds.halves_only and min(tally.high, tally.low) >= thresholds.each_end:
        return Standing.SPLIT
    most_strays = thresholds.people if thresholds.halves_only else thresholds.strays
    high = tally.upper >= thresholds.shared and tally.low <= most_strays
    low = tally.lower >= thresholds.shared and tally.high <= most_strays
    if high != low:
        return Standing.SHARED_PRIORITY if high else Standing.SHARED_LOW
    return Standing.CANT_TELL if missing else Standing.MIXED


def stand_all(
    counted: Sequence[Tally], thresholds: Thresholds, *, missing: bool = False, most_splits: int
) -> tuple[Standing, ...]:
    """What the team's answers say about each item; a team split on too much is called mixed there instead.

    Each split takes people at both ends. If the splits took nearly all there can be, it would follow for the other
    items that nobody is left to have them at an end.

    Examples
    --------
    >>> five = Thresholds(5, shared=4, strays=0, each_end=2, halves_only=False, false_splits=0.01)
    >>> torn = [Tally(2, 3, 2, 2)] * 3
    >>> [one.value for one in stand_all(torn, five, most_splits=2)]
    ['mixed', 'mixed', 'mixed']
    """
    found = [stand_of(tally, thresholds, missing=missing) for tally in counted]
    if found.count(Standing.SPLIT) <= most_splits:
        return tuple(found)
    instead = Standing.CANT_TELL if missing else Standing.MIXED
    return tuple(instead if one is Standing.SPLIT else one for one in found)


def could_become(standing: Standing) -> tuple[Standing, ...]:
    """What an item may turn out to be once those who are missing have answered, the likeliest first.

    It follows from the class alone, so saying it tells nothing more about anybody.

    Examples
    --------
    >>> [one.value for one in could_become(Standing.SHARED_LOW)]
    ['shared_low', 'mixed']
    """
    if standing is Standing.SPLIT:
        return (Standing.SPLIT,)
    if standing in {Standing.SHARED_PRIORITY, Standing.SHARED_LOW}:
        return (standing, Standing.MIXED)
    return (Standing.MIXED, Standing.SPLIT, Standing.SHARED_PRIORITY, Standing.SHARED_LOW)
