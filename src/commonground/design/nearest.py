"""The nearest design where no balanced one is to be had: a search that trades items between tasks.

Appearances are equal ±1 from the start and stay so. The search lowers the sum of squared pair counts, of each version
and of all versions together, which is smallest where all pairs stand together equally often (the (M, S) criterion of
Eccleston & Hedayat 1974, *Annals of Statistics* 2, 1238–1254), by the best exchange found, with a short memory against
going back (tabu search: Glover 1989, *ORSA Journal on Computing* 1, 190–206).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from commonground.design.audit import components

IntArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]

_ROUNDS = 2500
"""Exchanges tried for a design, shared between its versions."""
_FEWEST_ROUNDS = 150
_MEMORY = 8
"""Rounds an item may not come back into a task it left."""
_FORBIDDEN = np.iinfo(np.int64).max


@dataclass(slots=True)
class _Version:
    """One version in the making.

    table : (tasks, items) 0/1; others : (items, items) pairs of the versions made before.
    """

    table: IntArray
    others: IntArray

    def weights(self) -> IntArray:
        """Half the price of one more of each pair, in the sum of squares of this version and of all together."""
        weights = 2 * (self.table.T @ self.table) + self.others
        np.fill_diagonal(weights, 0)
        return weights

    def cost(self) -> int:
        own = self.table.T @ self.table
        np.fill_diagonal(own, 0)
        return int((own**2).sum() + ((own + self.others) ** 2).sum())

    def even(self) -> bool:
        """Whether pairs are equal ±1 here and over all versions: it cannot become better."""
        own = self.table.T @ self.table
        upper = np.triu_indices(len(own), 1)
        return bool(np.ptp(own[upper]) <= 1 and np.ptp((own + self.others)[upper]) <= 1)

    def exchange(self, task: int, item: int, other_task: int, other_item: int) -> None:
        """Put each item in the place of the other."""
        self.table[task, item] = self.table[other_task, other_item] = 0
        self.table[task, other_item] = self.table[other_task, item] = 1


def nearest_versions(
    items: int, per_task: int, tasks: int, versions: int, rng: np.random.Generator
) -> list[list[frozenset[int]]]:
    """Tasks for each version, as near to balance as the search gets.

    Parameters
    ----------
    items, per_task, tasks, versions : int
        per_task ≤ items.
    rng : numpy.random.Generator

    Returns
    -------
    list of list of frozenset of int
        Appearances equal ±1 in each version and over all; connected whenever the numbers allow it within a version.

    Examples
    --------
    >>> [version] = nearest_versions(6, 3, 4, 1, np.random.default_rng(1))
    >>> sorted(item for task in version for item in task)
    [0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5]
    """
    rounds = max(_FEWEST_ROUNDS, _ROUNDS // versions)
    shown = np.zeros(items, dtype=np.int64)
    together = np.zeros((items, items), dtype=np.int64)
    tables: list[IntArray] = []
    for _ in range(versions):
        quota = _quota(shown, tasks * per_task, rng)
        version = _Version(_filled(quota, per_task, tasks, rng), together)
        if per_task < items and tasks > 1:
            _improve(version, rounds, rng)
            _connect(version)
        shown += quota
        together = together + version.table.T @ version.table
        np.fill_diagonal(together, 0)
        tables.append(version.table)
    return [[frozenset(np.flatnonzero(row).tolist()) for row in table] for table in tables]


def _quota(shown: IntArray, places: int, rng: np.random.Generator) -> IntArray:
    """How often each item appears in the next version: equally ±1, those behind first."""
    whole, rest = divmod(places, shown.size)
    quota = np.full(shown.size, whole)
    behind = np.lexsort((rng.random(shown.size), shown))
    quota[behind[:rest]] += 1
    return quota


def _filled(quota: IntArray, per_task: int, tasks: int, rng: np.random.Generator) -> IntArray:
    """A first table: each task takes the items with the most appearances left (Gale 1957; Ryser 1957)."""
    left = quota.copy()
    table = np.zeros((tasks, quota.size), dtype=np.int64)
    for task in range(tasks):
        chosen = np.lexsort((rng.random(quota.size), -left))[:per_task]
        table[task, chosen] = 1
        left[chosen] -= 1
    return table


def _improve(version: _Version, rounds: int, rng: np.random.Generator) -> None:
    """Exchange items for so many rounds, and keep the best table met."""
    banned_until = np.zeros(version.table.shape, dtype=np.int64)
    best, best_table, cost = version.cost(), version.table.copy(), version.cost()
    for now in range(1, rounds + 1):
        if version.even():
            return
        task = int(rng.integers(len(version.table)))
        item = int(rng.choice(np.flatnonzero(version.table[task])))
        prices = _prices(version, task, item, banned_until > now)
        lowest = prices.min()
        if lowest == _FORBIDDEN:
            continue
        ties = np.flatnonzero(prices == lowest)
        other_task, other_item = divmod(int(rng.choice(ties)), version.table.shape[1])
        version.exchange(task, item, other_task, other_item)
        banned_until[task, item] = banned_until[other_task, other_item] = now + _MEMORY + int(rng.integers(_MEMORY))
        cost += int(lowest)
        if cost < best:
            best, best_table = cost, version.table.copy()
    version.table = best_table


def _prices(version: _Version, task: int, item: int, banned: BoolArray) -> IntArray:
    """What each exchange of this item with one of another task would add to the cost: (tasks, items).

    With T(x, s) the weights of x with the items of task s, exchanging x of s and y of t costs
    2·(T(x,t) − T(x,s) + T(y,s) − T(y,t) − 2·w(x,y)) + 4·(|s △ t| − 2), doubled here because the cost counts each
    pair twice.
    """
    table, weights = version.table, version.weights()
    with_item = table @ weights[item]
    with_task = weights @ table[task]
    within = table @ weights
    different = 2 * (table[task].sum() - table @ table[task])
    change = with_item[:, None] - with_item[task] + with_task - within - 2 * weights[item]
    prices = 4 * change + 8 * (different[:, None] - 2)
    possible = (table == 1) & (table[task] == 0) & (table[:, item] == 0)[:, None]
    possible &= ~banned[task] & ~banned[:, item][:, None]
    return np.where(possible, prices, _FORBIDDEN)


def _connect(version: _Version) -> None:
    """Join separate parts by exchanging an item that its own part can spare with one of another part."""
    while True:
        part = components(version.table.T @ version.table)
        if (part == 0).all() or not _joined(version, part):
            return


def _joined(version: _Version, part: IntArray) -> bool:
    """Make one exchange that leaves fewer parts; False if there is none."""
    before = len(set(part.tolist()))
    outside = np.argwhere(version.table == 1)
    for task, item in outside.tolist():
        elsewhere = [(t, y) for t, y in outside.tolist() if part[y] != part[item]]
        if not elsewhere:
            continue
        other_task, other_item = elsewhere[0]
        version.exchange(task, item, other_task, other_item)
        if len(set(components(version.table.T @ version.table).tolist())) < before:
            return True
        version.exchange(task, other_item, other_task, item)
    return False
