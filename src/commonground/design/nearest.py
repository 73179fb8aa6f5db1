"""The nearest design where no balanced one is to be had: a search that trades items between tasks.

Appearances are equal ±1 from the start and stay so. The search lowers the sum of squared pair counts, of each version
and of all versions together, which is smallest where all pairs stand together equally often (the (M, S) criterion of
Eccleston & Hedayat 1974, *Annals of Statistics* 2, 1238–1254), by the best exchange found, with a short memory against
going back (tabu search: Glover 1989, *ORSA Journal on Computing* 1, 190–206).
"""

import numpy as np
from numpy.typing import NDArray

from commonground.design.audit import components

IntArray = NDArray[np.int64]
FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]

_ROUNDS = 3000
"""Exchanges tried for a design, shared between its versions."""
_FEWEST_ROUNDS = 200
_MEMORY = 8
"""Rounds an item may not come back into a task it left."""


class _Version:
    """One version in the making. Whole numbers are kept as floats, for which products of matrices are fast.

    table : (tasks, items) 0/1; together : (items, items) tasks a pair shares in it, 0 on the diagonal; others : the
    same for the versions made before.
    """

    def __init__(self, table: FloatArray, others: FloatArray) -> None:
        self.others = others
        self.restore(table)
        self._pairs = np.ravel_multi_index(np.triu_indices(len(others), 1), others.shape)

    def restore(self, table: FloatArray) -> None:
        """Take this table, and count its pairs."""
        self.table = table
        self.together: FloatArray = table.T @ table
        np.fill_diagonal(self.together, 0)

    def weights(self) -> FloatArray:
        """Half the price of one more of each pair, in the sum of squares of this version and of all together."""
        return 2 * self.together + self.others

    def cost(self) -> float:
        """What the search makes small; each pair is counted twice in it."""
        return float((self.together**2).sum() + ((self.together + self.others) ** 2).sum())

    def even(self) -> bool:
        """Whether pairs are equal ±1 here and over all versions: it cannot become better."""
        return all(np.ptp(counts.ravel()[self._pairs]) <= 1 for counts in (self.together, self.together + self.others))

    def exchange(self, task: int, item: int, other_task: int, other_item: int) -> None:
        """Put each item in the place of the other."""
        for where, gone, come in ((task, item, other_item), (other_task, other_item, item)):
            self.table[where, gone] = 0
            self._count(where, gone, -1)
            self._count(where, come, 1)
            self.table[where, come] = 1

    def _count(self, task: int, item: int, change: int) -> None:
        """Change the pairs of an item that is not in the task with those that are."""
        self.together[item] += change * self.table[task]
        self.together[:, item] += change * self.table[task]


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
    together = np.zeros((items, items))
    tables: list[FloatArray] = []
    for _ in range(versions):
        quota = _quota(shown, tasks * per_task, rng)
        version = _Version(_filled(quota, per_task, tasks, together, rng), together)
        if per_task < items and tasks > 1:
            _improve(version, rounds, rng)
            _connect(version)
        shown += quota
        together = together + version.together
        tables.append(version.table)
    return [[frozenset(np.flatnonzero(row).tolist()) for row in table] for table in tables]


def _quota(shown: IntArray, places: int, rng: np.random.Generator) -> IntArray:
    """How often each item appears in the next version: equally ±1, those behind first."""
    whole, rest = divmod(places, shown.size)
    quota = np.full(shown.size, whole)
    behind = np.lexsort((rng.random(shown.size), shown))
    quota[behind[:rest]] += 1
    return quota


def _filled(quota: IntArray, per_task: int, tasks: int, others: FloatArray, rng: np.random.Generator) -> FloatArray:
    """A first table: each task takes the items with the most appearances left (Gale 1957; Ryser 1957).

    Among equals it takes those that have met the task's other items least.
    """
    left = quota.copy()
    met = others.copy()
    table = np.zeros((tasks, quota.size))
    for task in range(tasks):
        chosen: list[int] = []
        for _ in range(per_task):
            order = np.lexsort((rng.random(quota.size), met[chosen].sum(axis=0), -left, table[task]))
            chosen.append(int(order[0]))
            table[task, chosen[-1]] = 1
        left[chosen] -= 1
        met[np.ix_(chosen, chosen)] += 1
    return table


def _improve(version: _Version, rounds: int, rng: np.random.Generator) -> None:
    """Exchange items for so many rounds, and leave the best table met."""
    banned_until = np.zeros(version.table.shape, dtype=np.int64)
    cost = best = version.cost()
    best_table = version.table.copy()
    for now in range(1, rounds + 1):
        if version.even():
            return
        task = int(rng.integers(len(version.table)))
        item = int(rng.choice(np.flatnonzero(version.table[task])))
        prices = _prices(version, task, item, banned_until > now)
        lowest = prices.min()
        if lowest == np.inf:
            continue
        ties = np.flatnonzero(prices == lowest)
        other_task, other_item = divmod(int(rng.choice(ties)), version.table.shape[1])
        version.exchange(task, item, other_task, other_item)
        banned_until[task, item] = banned_until[other_task, other_item] = now + _MEMORY + int(rng.integers(_MEMORY))
        cost += float(lowest)
        if cost < best:
            best, best_table = cost, version.table.copy()
    version.restore(best_table)


def _prices(version: _Version, task: int, item: int, banned: BoolArray) -> FloatArray:
    """What each exchange of this item with one of another task would add to the cost: (tasks, items).

    With T(x, s) the weights of x with the items of task s, exchanging x of s and y of t costs
    4·(T(x,t) − T(x,s) + T(y,s) − T(y,t) − 2·w(x,y)) + 8·(|s △ t| − 2).
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
    return np.where(possible, prices, np.inf)


def _connect(version: _Version) -> None:
    """Join separate parts by exchanging an item that its own part can spare with one of another part."""
    while True:
        part = components(version.together)
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
        if len(set(components(version.together).tolist())) < before:
            return True
        version.exchange(task, other_item, other_task, item)
    return False
