"""The nearest design where no balanced one is to be had.

Appearances are equal ±1 from the start and stay so. Versions are made one after the other, each looking at the pairs of
those before; at the end single versions are opened again until the pairs of all versions together are equal ±1.
"""

from collections.abc import Callable, Collection

import numpy as np
from numpy.typing import NDArray

from commonground.design.exchange import APART, Version, improve
from commonground.design.parts import parts_of

IntArray = NDArray[np.int64]
FloatArray = NDArray[np.float64]
Pair = tuple[int, int]
Progress = Callable[[int, int], None]
"""Told how many steps are done, and of how many."""

_ROUNDS = 3000
"""Trades tried for a design, shared between its versions."""
_FEWEST_ROUNDS = 200
_PATIENCE = 80
"""Rounds without a gain after which a version of many is left alone."""


_REOPENED = 8
"""How often each version may be opened again, on average; and how often any of them."""
_MOST_REOPENED = 600


def nearest_versions(
    items: int,
    per_task: int,
    tasks: int,
    versions: int,
    rng: np.random.Generator,
    *,
    prohibited: Collection[Pair] = (),
    progress: Progress | None = None,
) -> list[list[frozenset[int]]]:
    """Tasks for each version, as near to balance as the search gets.

    Parameters
    ----------
    items, per_task, tasks, versions : int
        per_task ≤ items.
    rng : numpy.random.Generator
    prohibited : collection of (int, int)
        Pairs to be kept apart; the search does what it can, and a caller checks what it could not.
    progress : callable, optional
        Told the versions done, and of how many.

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
    rounds, patience = max(_FEWEST_ROUNDS, _ROUNDS // versions), None if versions == 1 else _PATIENCE
    searched = per_task < items and tasks > 1
    shown = np.zeros(items, dtype=np.int64)
    together = kept_apart(items, prohibited)
    made: list[IntArray] = []
    for number in range(versions):
        quota = quotas(shown, tasks * per_task, rng)
        version = Version(filled(quota, per_task, tasks, together, rng), together)
        if searched:
            improve(version, rounds, rng, patience=patience)
            connect(version)
        shown += quota
        together = together + version.together
        made.append(version.tasks)
        if progress:
            progress(number + 1, versions)
    if searched and versions > 1:
        _even_out(made, together, rng)
    return [[frozenset(task) for task in version.tolist()] for version in made]


def kept_apart(items: int, prohibited: Collection[Pair]) -> FloatArray:
    """Pair counts to begin with: none together, but those to be kept apart far too often."""
    counts = np.zeros((items, items))
    for one, other in prohibited:
        counts[one, other] = counts[other, one] = APART
    return counts


def quotas(shown: IntArray, places: int, rng: np.random.Generator) -> IntArray:
    """How often each item appears in the next version: equally ±1, those behind first."""
    whole, rest = divmod(places, shown.size)
    quota = np.full(shown.size, whole)
    behind = np.lexsort((rng.random(shown.size), shown))
    quota[behind[:rest]] += 1
    return quota


def filled(quota: IntArray, per_task: int, tasks: int, others: FloatArray, rng: np.random.Generator) -> IntArray:
    """First tasks: each takes the items with the most appearances left (Gale 1957; Ryser 1957): (tasks, per_task).

    Among equals it takes those that have met the task's other items least; those to be kept apart only where an item
    must appear in every task left.
    """
    left = quota.astype(np.float64)
    met = others.copy()
    table = np.zeros((tasks, per_task), dtype=np.int64)
    for task in range(tasks):
        scale = 1 / (1 + per_task * met[met < APART].max(initial=0))
        wish = left + scale * rng.random(left.size) + _MUST * (left == tasks - task)
        wish[left == 0] = -np.inf
        for place in range(per_task):
            item = int(wish.argmax())
            table[task, place] = item
            wish = wish - scale * met[item]
            wish[item] = -np.inf
        chosen = table[task]
        left[chosen] -= 1
        met[np.ix_(chosen, chosen)] += 1
        met[chosen, chosen] = 0
    return table


_MUST = 100 * APART


def connect(version: Version) -> None:
    """Join separate parts by trading items between them, as cheaply as can be."""
    while (part := parts_of(version.tasks.tolist(), len(version.others))).any() and _joined(version, part):
        pass


def _joined(version: Version, part: IntArray) -> bool:
    """Make one trade that leaves fewer parts; False if there is none."""
    before = np.unique(part).size
    per_task = version.tasks.shape[1]
    for task in range(len(version.tasks)):
        prices = version.prices(task)
        prices[:, part[version.tasks.ravel()] == part[version.tasks[task, 0]]] = np.inf
        for trade in np.argsort(prices, axis=None)[: np.count_nonzero(prices < APART)].tolist():
            place, slot = divmod(trade, version.task_of.size)
            where = (task, place, *divmod(slot, per_task))
            version.exchange(*where)
            if np.unique(parts_of(version.tasks.tolist(), part.size)).size < before:
                return True
            version.exchange(*where)
    return False


def _even_out(made: list[IntArray], together: FloatArray, rng: np.random.Generator) -> None:
    """Open versions again, one at a time, until pairs are equal ±1 over all versions and in each.

    Uneven versions come first; where there is none, any version may help the whole.
    """
    allowed = np.flatnonzero((np.triu(np.ones_like(together), 1) > 0) & (together < APART))
    uneven = [number for number, tasks in enumerate(made) if _spread(_alone(tasks, together), allowed) > 1]
    for _ in range(min(_REOPENED * len(made), _MOST_REOPENED)):
        if not uneven and _spread(together, allowed) <= 1:
            return
        number = uneven.pop() if uneven else int(rng.integers(len(made)))
        version = Version(made[number], together - _alone(made[number], together))
        improve(version, _FEWEST_ROUNDS, rng, patience=_PATIENCE // 3)
        connect(version)
        together = version.others + version.together
        made[number] = version.tasks


def _alone(tasks: IntArray, together: FloatArray) -> FloatArray:
    return Version(tasks, np.zeros_like(together)).together


def _spread(counts: FloatArray, allowed: IntArray) -> float:
    return float(np.ptp(counts.ravel()[allowed]))
