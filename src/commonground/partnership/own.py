"""One person's own picture: what they put high, in the middle and low, with ties left as ties."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from commonground.records.choices import IntArray
from commonground.records.errors import DataError, Problem

HIGH_LEVEL, LOW_LEVEL = 2, -2
"""The outer levels; 1 and −1 are the rest of the upper and of the lower half, 0 is exactly the middle."""


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


def levels(scores: IntArray) -> IntArray:
    """Where each item stands in its row, in five levels.

    An item is high if it and all that stand as high or higher are no more than a third of the list: who ties across
    that line is in the middle, all of them. The same from below. Between them, above or below the middle counts.

    Parameters
    ----------
    scores : (…, n_items) int

    Returns
    -------
    (…, n_items) int
        2 high, 1 middle but in the upper half, 0 exactly the middle, −1 middle but in the lower half, −2 low.

    Examples
    --------
    >>> levels(np.array([[3, 2, 0, 0, -1, -4], [1, 1, 1, -1, -1, -1]])).tolist()
    [[2, 2, 0, 0, -2, -2], [1, 1, 1, -1, -1, -1]]
    """
    as_high = (scores[..., None, :] >= scores[..., :, None]).sum(axis=-1)
    as_low = (scores[..., None, :] <= scores[..., :, None]).sum(axis=-1)
    size = outer_size(scores.shape[-1])
    outer = np.where(as_high <= size, HIGH_LEVEL, np.where(as_low <= size, LOW_LEVEL, 0))
    return np.where(outer != 0, outer, np.sign(as_low - as_high))


def bands(scores: Sequence[int]) -> tuple[Band, ...]:
    """The band of each item for one person.

    Examples
    --------
    >>> [band.value for band in bands([3, 1, 1, 0, -1, -4])]
    ['high', 'middle', 'middle', 'middle', 'low', 'low']
    """
    return tuple(BAND_OF_LEVEL[level] for level in levels(np.array(scores)).tolist())


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


BAND_OF_LEVEL: Mapping[int, Band] = {
    HIGH_LEVEL: Band.HIGH,
    1: Band.MIDDLE,
    0: Band.MIDDLE,
    -1: Band.MIDDLE,
    LOW_LEVEL: Band.LOW,
}
"""The band a level belongs to."""
