"""Hiding small counts so that they cannot be worked out from what is still shown.

A count of one or two in a table of characteristics can point to a person. Counts from 1 to below a threshold are
hidden; then further counts are hidden until no hidden one follows from sums that a reader knows, nor from what the
way of hiding says: a cell that reads "< 5" holds 1 to 4.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from commonground.records.choices import FloatArray, IntArray

Hidden = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Screened:
    """Which cells may be shown.

    Parameters
    ----------
    small : (rows, columns) bool
        Hidden because the count itself is small.
    guarding : (rows, columns) bool
        Hidden because a small one would follow from it.
    """

    small: Hidden
    guarding: Hidden

    @property
    def hidden(self) -> Hidden:
        """Every hidden cell."""
        return self.small | self.guarding


def hide_small(counts: IntArray, smallest: int, sums: Sequence[FloatArray]) -> Screened:
    """Hide counts from 1 to `smallest` − 1, and what would give them away.

    Parameters
    ----------
    counts : (rows, columns) int
    smallest : int
        The smallest count shown; 1 or less hides nothing.
    sums : sequence of (rows, columns) float
        What a reader knows: for each known sum the coefficient of every cell (1 where it is added, −1 where taken off).

    Examples
    --------
    One group's single choice, whose total of 12 is known: hiding 2 alone would hide nothing.

    >>> counts = np.array([[2], [4], [6]])
    >>> hide_small(counts, 3, [np.ones((3, 1))]).hidden.ravel().tolist()
    [True, True, False]
    """
    small = (counts >= 1) & (counts < smallest)
    hidden = small.copy()
    while hidden.any():
        pinned = _pinned(counts, Screened(small, hidden & ~small), smallest, sums)
        given_away = small & (_determined(hidden, sums) | pinned)
        near, far = (_linked(cells, sums) & ~hidden for cells in (given_away, hidden))
        if not given_away.any() or not far.any():
            break
        hidden |= _cheapest(counts, near if near.any() else far)
    return Screened(small, hidden & ~small)


def _determined(hidden: Hidden, sums: Sequence[FloatArray]) -> Hidden:
    """Which hidden cells follow exactly from the known sums and the shown cells."""
    cells = np.flatnonzero(hidden)
    known = np.array([one.ravel()[cells] for one in sums]).reshape(-1, cells.size)
    _, strength, directions = np.linalg.svd(known)
    free = directions[np.count_nonzero(strength > 1e-9) :]
    fixed = np.zeros(hidden.shape, dtype=np.bool_)
    fixed.ravel()[cells] = (np.abs(free) < 1e-9).all(axis=0)
    return fixed


def _pinned(counts: IntArray, screened: Screened, smallest: int, sums: Sequence[FloatArray]) -> Hidden:
    """Which hidden cells can have one value only, given what a hidden cell says by the way it is hidden.

    A small one is between 1 and `smallest` − 1, any other is 0 or at least `smallest`. Each known sum then narrows
    its cells, until nothing gets narrower.
    """
    low = np.where(screened.hidden, np.where(screened.small, 1, 0), counts).astype(np.float64)
    most = float(counts.max(initial=0))
    high = np.where(screened.hidden, np.where(screened.small, smallest - 1, most), counts).astype(np.float64)
    before = np.inf
    while (room := float((high - low).sum())) < before:
        before = room
        for one in sums:
            _narrow(low, high, one, float((one * counts).sum()))
        high[screened.guarding & (high < smallest)] = 0
        low[screened.guarding & (low > 0)] = np.maximum(low[screened.guarding & (low > 0)], smallest)
    return screened.hidden & (high - low < 0.5)


def _narrow(low: FloatArray, high: FloatArray, one: FloatArray, total: float) -> None:
    """Narrow the bounds of every cell in one known sum, in place."""
    least, most = np.where(one > 0, one * low, one * high), np.where(one > 0, one * high, one * low)
    largest, smallest = total - (least.sum() - least), total - (most.sum() - most)
    added, taken = one > 0, one < 0
    np.minimum(high, largest, out=high, where=added)
    np.maximum(low, smallest, out=low, where=added)
    np.minimum(high, -smallest, out=high, where=taken)
    np.maximum(low, -largest, out=low, where=taken)


def _linked(cells: Hidden, sums: Sequence[FloatArray]) -> Hidden:
    """Cells that stand in a known sum together with one of these."""
    parts = [one != 0 for one in sums]
    together = [part for part in parts if (part & cells).any()]
    return np.logical_or.reduce(together) if together else np.zeros(cells.shape, dtype=np.bool_)


def _cheapest(counts: IntArray, candidates: Hidden) -> Hidden:
    """The candidate that loses least: the smallest count above zero, else a zero; the first of several."""
    cost = np.where(counts > 0, counts, counts.max(initial=0) + 1).astype(np.float64)
    cost[~candidates] = np.inf
    chosen = np.zeros(counts.shape, dtype=np.bool_)
    chosen.ravel()[int(np.argmin(cost))] = True
    return chosen
