"""What a team's answers say about an item: shared, split, mixed, or that it cannot be told."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from commonground.partnership.own import HIGH_LEVEL, LOW_LEVEL, levels
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
    stand = levels(np.array(scores))
    sums = [_people(stand == HIGH_LEVEL), _people(stand > 0), _people(stand < 0), _people(stand == LOW_LEVEL)]
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
    if tally.upper >= thresholds.shared and (thresholds.halves_only or tally.low <= thresholds.strays):
        return Standing.SHARED_PRIORITY
    if tally.lower >= thresholds.shared and (thresholds.halves_only or tally.high <= thresholds.strays):
        return Standing.SHARED_LOW
    return Standing.CANT_TELL if missing else Standing.MIXED


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


def _people(there: np.ndarray[tuple[int, ...], np.dtype[np.bool_]]) -> list[int]:
    return [int(count) for count in there.sum(axis=0)]
