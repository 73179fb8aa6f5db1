"""One person's own picture: what they put high, in the middle and low, with ties left as ties."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

import numpy as np

from commonground.records.choices import BoolArray, IntArray
from commonground.records.errors import DataError, Problem


class Band(StrEnum):
    """Where an item stands for one person."""

    HIGH = "high"
    MIDDLE = "middle"
    LOW = "low"


@dataclass(frozen=True, slots=True)
class Placed:
    """One item in somebody's own picture.

    Parameters
    ----------
    item : str
    band : Band
    score : int
        Times most important minus times least important; shown only where it is opened.
    tied : bool
        Whether another item has the same score.
    """

    item: str
    band: Band
    score: int
    tied: bool


@dataclass(frozen=True, slots=True)
class OwnPicture:
    """What one person put high, in the middle and low; private until they share it.

    Parameters
    ----------
    places : tuple of Placed
        The highest score first; tied items in the order of the list.
    """

    places: tuple[Placed, ...]

    def in_band(self, band: Band) -> tuple[Placed, ...]:
        """The items of a band."""
        return tuple(one for one in self.places if one.band is band)


def outer_size(items: int) -> int:
    """How many items the high band holds at most, and the low band: a third of the list, rounded down.

    Examples
    --------
    >>> outer_size(6), outer_size(11), outer_size(16)
    (2, 3, 5)
    """
    return items // 3


def score_answers(items: Sequence[str], picks: Iterable[tuple[str, str]]) -> tuple[int, ...]:
    """Times most important minus times least important, for each item; the sum is always zero.

    Parameters
    ----------
    items : sequence of str
    picks : iterable of (str, str)
        The item chosen as most and the one chosen as least important, task by task; without the repeated task.

    Raises
    ------
    DataError
        If a pick is not on the list, or most and least are the same item.

    Examples
    --------
    >>> score_answers(["goal", "trust", "time"], [("goal", "time"), ("goal", "trust")])
    (2, -1, -1)
    """
    place = {item: index for index, item in enumerate(items)}
    scores = [0] * len(place)
    for most, least in picks:
        if most not in place or least not in place or most == least:
            raise DataError([Problem(f"'{most}' and '{least}' cannot be the most and the least important of a task.")])
        scores[place[most]] += 1
        scores[place[least]] -= 1
    return tuple(scores)


def middle_line(items: int) -> int:
    """How many items the upper half holds at most, and the lower half; of an odd list both reach over the middle.

    Examples
    --------
    >>> middle_line(6), middle_line(11)
    (3, 6)
    """
    return -(-items // 2)


class Places(NamedTuple):
    """Where items stand, each field (…, n_items) bool.

    An item is high if it and all that stand as high or higher are no more than a third of the list, and in the upper
    half if they are no more than half of it; the same from below. Items that tie across such a line are on neither
    side of it, all of them.
    """

    high: BoolArray
    upper: BoolArray
    lower: BoolArray
    low: BoolArray


def places(scores: IntArray) -> Places:
    """Where each item stands in its row.

    Parameters
    ----------
    scores : (…, n_items) int

    Examples
    --------
    >>> found = places(np.array([4, 2, 1, 1, -3, -5]))
    >>> found.high.nonzero()[0].tolist(), found.upper.nonzero()[0].tolist(), found.lower.nonzero()[0].tolist()
    ([0, 1], [0, 1], [4, 5])
    """
    from_above = (scores[..., None, :] >= scores[..., :, None]).sum(axis=-1)
    from_below = (scores[..., None, :] <= scores[..., :, None]).sum(axis=-1)
    outer, half = outer_size(scores.shape[-1]), middle_line(scores.shape[-1])
    return Places(from_above <= outer, from_above <= half, from_below <= half, from_below <= outer)


def bands(scores: Sequence[int]) -> tuple[Band, ...]:
    """The band of each item for one person.

    Examples
    --------
    >>> [band.value for band in bands([3, 1, 1, 0, -1, -4])]
    ['high', 'middle', 'middle', 'middle', 'low', 'low']
    """
    found = places(np.array(scores))
    names = np.where(found.high, Band.HIGH, np.where(found.low, Band.LOW, Band.MIDDLE))
    return tuple(Band(name) for name in names.tolist())


def own_picture(items: Sequence[str], scores: Sequence[int]) -> OwnPicture:
    """One person's items in three bands.

    Examples
    --------
    >>> picture = own_picture(["goal", "trust", "time"], [2, -1, -1])
    >>> [(one.item, one.band.value, one.tied) for one in picture.places]
    [('goal', 'high', False), ('trust', 'middle', True), ('time', 'middle', True)]
    """
    of_item = zip(items, bands(scores), scores, strict=True)
    placed = [Placed(item, band, score, scores.count(score) > 1) for item, band, score in of_item]
    return OwnPicture(tuple(sorted(placed, key=lambda one: -one.score)))
