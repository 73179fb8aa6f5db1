"""Every way the others can have answered a list of six items, and what follows about them from how the items stand.

A world is a row of scores for each other person. Worlds in which the items stand alike, to a member who knows their own
answers, cannot be told apart by that member. Who has the same band in all of them is given away.
"""

from collections.abc import Iterator, Sequence
from itertools import product
from typing import NamedTuple

import numpy as np

from commonground.partnership.own import places
from commonground.partnership.standing import Standing, Tally, stand_all
from commonground.partnership.thresholds import Thresholds

Scores = tuple[int, ...]
STANDINGS = list(Standing)
SPLIT, MIXED = STANDINGS.index(Standing.SPLIT), STANDINGS.index(Standing.MIXED)


class Certain(NamedTuple):
    """What a member can work out: how the items stand, and the item for which only some band is left."""

    standings: tuple[str, ...]
    item: int
    bands: tuple[bool, bool, bool]


class Rows(NamedTuple):
    """Rows of answers as far as they matter.

    `sides` (4, n_rows, n_items) int: high, upper, lower, low; `bands` (n_rows, n_items, 3) bool: which are possible.
    """

    sides: np.ndarray
    bands: np.ndarray


def orders(items: int) -> tuple[Scores, ...]:
    """One row of scores for every way of putting items in order, ties allowed; each sums to zero."""
    found = {tuple(sorted(set(ranks)).index(rank) for rank in ranks) for ranks in product(range(items), repeat=items)}
    return tuple(sorted(tuple(items * rank - sum(ranks) for rank in ranks) for ranks in found))


def distinct(rows: Sequence[Scores]) -> Rows:
    """The rows that differ in what matters."""
    sides = np.stack(places(np.array(rows))).astype(np.int64)
    _, first = np.unique(sides.transpose(1, 0, 2).reshape(len(rows), -1), axis=0, return_index=True)
    kept = sides[:, first]
    high, low = kept[0] == 1, kept[3] == 1
    return Rows(kept, np.stack([high, ~high & ~low, low], axis=-1))


def by_halves(rows: Rows) -> Rows:
    """The rows that differ in their halves; where only halves are told, all bands that go with them are possible."""
    halves = rows.sides[1:3].transpose(1, 0, 2).reshape(rows.bands.shape[0], -1)
    _, first, kind = np.unique(halves, axis=0, return_index=True, return_inverse=True)
    bands = np.zeros((len(first), *rows.bands.shape[1:]), dtype=bool)
    np.logical_or.at(bands, kind.ravel(), rows.bands)
    return Rows(rows.sides[:, first] * np.array([0, 1, 1, 0])[:, None, None], bands)


def of_shape(rows: Rows, *, high: int, low: int, upper: int | None = None) -> Rows:
    """Those with so many items in the high band, the low band and the upper half."""
    keep = (rows.sides[0].sum(axis=1) == high) & (rows.sides[3].sum(axis=1) == low)
    if upper is not None:
        keep &= rows.sides[1].sum(axis=1) == upper
    return Rows(rows.sides[:, keep], rows.bands[keep])


def one_of_each_shape(rows: Rows) -> list[int]:
    """Places of rows such that every other is one of them with the items renamed."""
    shapes: dict[tuple[tuple[int, ...], ...], int] = {}
    for place in range(rows.bands.shape[0]):
        shapes.setdefault(tuple(sorted(map(tuple, rows.sides[:, place].T.tolist()))), place)
    return list(shapes.values())


def worked_out(own: int, rows: Rows, thresholds: Thresholds, most_splits: int) -> Iterator[Certain]:
    """Everything that the member with row `own` of a team of three to five can work out about anybody."""
    others, items = thresholds.people - 1, rows.bands.shape[1]
    code = np.einsum("srv,s->rv", rows.sides, (thresholds.people + 1) ** np.arange(3, -1, -1))
    table = _standing_table(thresholds)
    weights = len(STANDINGS) ** np.arange(items)
    possible = np.zeros((len(STANDINGS) ** items, rows.bands.shape[0]), dtype=bool)
    one, two = np.triu_indices(rows.bands.shape[0])
    pair = code[one] + code[two]
    for first in product(range(rows.bands.shape[0]), repeat=others - 2):
        if list(first) != sorted(first):
            continue
        rest = slice(np.searchsorted(one, first[-1]) if first else 0, None)
        stand = table[pair[rest] + code[own] + code[list(first)].sum(axis=0)]
        splits = stand == SPLIT
        stand[splits & (splits.sum(axis=1) > most_splits)[:, None]] = MIXED
        seen = stand @ weights
        for place in first:
            possible[seen, place] = True
        possible[seen, one[rest]] = True
        possible[seen, two[rest]] = True
    for seen in np.flatnonzero(possible.any(axis=1)):
        found = rows.bands[possible[seen]].any(axis=0)
        for item in np.flatnonzero(found.sum(axis=1) < 2):
            yield Certain(_names(int(seen), items), int(item), tuple(found[item].tolist()))


def _standing_table(thresholds: Thresholds) -> np.ndarray:
    """How an item stands, by its four counts written as one number; the limit on splits is applied later."""
    counts = product(range(thresholds.people + 1), repeat=4)
    found = stand_all([Tally(*count) for count in counts], thresholds, most_splits=10**9)
    return np.array([STANDINGS.index(one) for one in found])


def _names(seen: int, items: int) -> tuple[str, ...]:
    return tuple(STANDINGS[seen // len(STANDINGS) ** place % len(STANDINGS)].value for place in range(items))
