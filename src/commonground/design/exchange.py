"""One version in the making, and the search that trades items between its tasks.

Trading keeps every item's number of appearances. The search lowers the sum of squared pair counts, of the version and
of all versions together, which is smallest where all pairs stand together equally often (the (M, S) criterion of
Eccleston & Hedayat 1974, *Annals of Statistics* 2, 1238–1254). In each round it makes the best trade of one task with
the others, with a short memory against going back (tabu search: Glover 1989, *ORSA Journal on Computing* 1, 190–206).
"""

import numpy as np
from numpy.typing import NDArray

IntArray = NDArray[np.int64]
FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]

APART = 1e6
"""Counts as so many times together already: what a pair costs that is to be kept apart."""
WITHIN = 2
"""What evenness within a version counts, against 1 for evenness over all of them."""
_MEMORY = 8
"""Rounds an item may not come back into a task it left."""


class Version:
    """One version in the making. Whole numbers are kept as floats, for which products of matrices are fast.

    Parameters
    ----------
    tasks : (tasks, per_task) int
        Items from 0.
    everywhere : (items, items) float
        How often each pair stands together in the other versions; at least `APART` for pairs to be kept apart. The
        array is shared: this version adds its own pairs to it, and every trade changes them there.

    Attributes
    ----------
    shown : (tasks, items) float
        1 where the task shows the item.
    together : (items, items) float
        Tasks a pair shares in this version; 0 on the diagonal.
    """

    def __init__(self, tasks: IntArray, everywhere: FloatArray) -> None:
        self.everywhere = everywhere
        self.together: FloatArray = np.zeros_like(everywhere)
        self.task_of: IntArray = np.repeat(np.arange(len(tasks)), tasks.shape[1])
        self.restore(tasks)

    def restore(self, tasks: IntArray) -> None:
        """Take these tasks instead, and count their pairs."""
        self.tasks = tasks.copy()
        self.shown: FloatArray = np.zeros((len(tasks), len(self.everywhere)))
        self.shown[np.arange(len(tasks))[:, None], tasks] = 1
        self.everywhere -= self.together
        self.together = pairs_of(tasks, len(self.everywhere))
        self.everywhere += self.together

    def cost(self) -> float:
        """What the search makes small: Σ 2t² + T² over the pairs, t in this version and T in all of them."""
        return float((WITHIN * self.together**2 + self.everywhere**2).sum() / 2)

    def broken(self) -> bool:
        """Whether a pair stands together that is to be kept apart."""
        return bool((self.together[self.everywhere >= APART] > 0).any())

    def prices(self, task: int) -> FloatArray:
        """What each trade of this task with another adds to the cost: (per_task, tasks · per_task).

        With T(x, s) the weights of x with the items of task s, trading x of s for y of t costs
        2·(T(x,t) − T(x,s) + T(y,s) − T(y,t) − 2·w(x,y)) + 12·(k − 1 − #(s ∩ t)). Infinite where a task would show an
        item twice.
        """
        items, slots = self.tasks[task], self.tasks.ravel()
        inside = (self.tasks[:, :, None], self.tasks[:, None, :])
        rows = WITHIN * self.together[items] + self.everywhere[items]
        mine = rows @ self.shown.T
        theirs = (WITHIN * self.together[inside] + self.everywhere[inside]).sum(axis=2)
        different = len(items) - 1 - self.shown @ self.shown[task]
        of_slot = (2 * (rows.sum(axis=0)[self.tasks] - theirs) + 4 * (WITHIN + 1) * different[:, None]).ravel()
        prices = 2 * (mine - mine[:, [task]])[:, self.task_of] - 4 * rows[:, slots] + of_slot
        prices[(self.shown[:, items].T > 0)[:, self.task_of]] = np.inf
        prices[:, self.shown[task, slots] > 0] = np.inf
        return prices

    def exchange(self, task: int, place: int, other_task: int, other_place: int) -> None:
        """Put each item in the place of the other."""
        item, other = self.tasks[task, place], self.tasks[other_task, other_place]
        for where, which, gone, come in ((task, place, item, other), (other_task, other_place, other, item)):
            rest = np.delete(self.tasks[where], which)
            self._count(gone, rest, -1)
            self._count(come, rest, 1)
            self.tasks[where, which] = come
            self.shown[where, gone], self.shown[where, come] = 0, 1

    def _count(self, item: int, rest: IntArray, change: int) -> None:
        """Count the pairs of an item with the rest of a task."""
        for counts in (self.together, self.everywhere):
            counts[item, rest] += change
            counts[rest, item] += change


def pairs_of(tasks: IntArray, items: int) -> FloatArray:
    """How often each pair stands together in these tasks: (items, items), 0 on the diagonal."""
    codes = (tasks[:, :, None] * items + tasks[:, None, :]).ravel()
    counts = np.bincount(codes, minlength=items**2).reshape(items, items).astype(np.float64)
    np.fill_diagonal(counts, 0)
    return counts


class Evenness:
    """Looks whether pairs are equal ±1, those to be kept apart left out."""

    def __init__(self, everywhere: FloatArray) -> None:
        upper = np.triu_indices(len(everywhere), 1)
        allowed = everywhere[upper] < APART
        self._pairs: IntArray = np.ravel_multi_index(upper, everywhere.shape)[allowed]

    def of(self, counts: FloatArray) -> bool:
        """Whether these counts are equal ±1."""
        return bool(np.ptp(counts.ravel()[self._pairs]) <= 1)

    def complete(self, version: Version) -> bool:
        """Whether this version and all of them are so: it cannot become better."""
        return self.of(version.together) and self.of(version.everywhere) and not version.broken()


def improve(
    version: Version, evenness: Evenness, rounds: int, rng: np.random.Generator, *, patience: int | None = None
) -> None:
    """Trade items for so many rounds, and leave the best tasks met; of equally good ones, the last.

    Parameters
    ----------
    version : Version
    evenness : Evenness
    rounds : int
    rng : numpy.random.Generator
    patience : int, optional
        Stop after so many rounds without becoming better.
    """
    memory = np.zeros(version.shown.shape, dtype=np.int64)
    cost = best = 0.0
    best_tasks, better_at = version.tasks.copy(), 0
    for now in range(1, rounds + 1):
        if better_at == now - 1 and evenness.complete(version):
            return
        if patience is not None and now - better_at > patience:
            break
        cost += _trade(version, memory, now, rng, worth=best - cost)
        if cost < best:
            better_at = now
        if cost <= best:
            best, best_tasks = cost, version.tasks.copy()
    version.restore(best_tasks)


def _trade(version: Version, memory: IntArray, now: int, rng: np.random.Generator, *, worth: float) -> float:
    """Make the best trade of a task drawn at random that is not remembered, or is worth it all the same: its price."""
    task = int(rng.integers(len(version.tasks)))
    items, slots = version.tasks[task], version.tasks.ravel()
    prices = version.prices(task)
    remembered = (memory[task, slots] > now) | (memory[:, items] > now).T[:, version.task_of]
    prices[remembered & (prices >= worth)] = np.inf
    lowest = float(prices.min())
    if lowest == np.inf:
        return 0.0
    place, slot = _drawn(prices, lowest, rng)
    other_task, other_place = divmod(slot, items.size)
    until = now + _MEMORY + int(rng.integers(_MEMORY))
    memory[task, items[place]] = memory[other_task, slots[slot]] = until
    version.exchange(task, place, other_task, other_place)
    return lowest


def _drawn(prices: FloatArray, lowest: float, rng: np.random.Generator) -> tuple[int, int]:
    """One of the trades that cost least."""
    ties = np.flatnonzero(prices == lowest)
    return divmod(int(ties[rng.integers(ties.size)]), prices.shape[1])


def drift(versions: list[Version], rounds: int, rng: np.random.Generator) -> None:
    """Make trades that cost nothing or gain, now in this version and now in that, for so many rounds.

    Trades at no cost move the versions past one another, until a gain appears that none of them had alone.
    """
    for _ in range(rounds):
        version = versions[int(rng.integers(len(versions)))]
        task = int(rng.integers(len(version.tasks)))
        prices = version.prices(task)
        lowest = float(prices.min())
        if lowest <= 0:
            place, slot = _drawn(prices, lowest, rng)
            version.exchange(task, place, *divmod(slot, version.tasks.shape[1]))
