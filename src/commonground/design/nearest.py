"""The nearest design where no balanced one is to be had.

Appearances are equal ±1 from the start and stay so. Versions are made one after the other, each looking at the pairs of
those before; at the end single versions are opened again until the pairs of all versions together are equal ±1.
"""

from collections.abc import Collection

import numpy as np

from commonground.design.exchange import APART, Evenness, FloatArray, IntArray, Version, drift, improve
from commonground.design.parts import parts_of
from commonground.design.prohibited import Pair
from commonground.design.wanted import Progress, Wanted, behind

_ROUNDS = 3000
"""Trades tried for a design, shared between its versions."""
_FEWEST_ROUNDS = 200
_PATIENCE = 80
"""Rounds without a gain after which a version of many is left alone."""


_OPEN = 100
"""So many versions, the last ones, can still be changed in the end."""
_DRIFTS, _DRIFTS_A_VERSION, _DRIFT_ROUNDS = 200, 8, 60
"""How often at most it is looked whether pairs are even at last, and rounds between two looks."""
_REOPENED = 2
"""Uneven versions searched again before each look; where there is none, any one."""


_SHARPENINGS = 1500
"""Trades at no cost tried, for a single version, to find the one of equals that tells most."""


def nearest_versions(
    wanted: Wanted, rng: np.random.Generator, progress: Progress | None = None
) -> list[list[frozenset[int]]]:
    """Tasks for each version, as near to balance as the search gets.

    Parameters
    ----------
    wanted : Wanted
    rng : numpy.random.Generator
    progress : callable, optional
        Told the versions done, and of how many.

    Returns
    -------
    list of list of frozenset of int
        Appearances equal ±1 in each version and over all; connected whenever the numbers allow it within a version.

    Examples
    --------
    >>> [version] = nearest_versions(Wanted(6, 3, 4), np.random.default_rng(1))
    >>> sorted(item for task in version for item in task)
    [0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5]
    """
    versions = wanted.versions
    searched = wanted.per_task < wanted.items and wanted.tasks > 1
    shown = np.zeros(wanted.items, dtype=np.int64)
    everywhere = kept_apart(wanted.items, wanted.prohibited)
    evenness = Evenness(everywhere)
    rounds, patience = max(_FEWEST_ROUNDS, _ROUNDS // versions), None if versions == 1 else _PATIENCE
    made: list[Version] = []
    closed: list[IntArray] = []
    for number in range(versions):
        quota = quotas(shown, wanted.places, rng)
        version = Version(filled(quota, wanted.per_task, wanted.tasks, everywhere, rng), everywhere)
        if searched:
            improve(version, evenness, rounds, rng, patience=patience)
            connect(version)
        shown += quota
        made.append(version)
        if len(made) > _OPEN:
            closed.append(made.pop(0).tasks)
        if progress:
            progress(number + 1, versions)
    if searched and versions > 1:
        _even_out(made, evenness, rng)
    elif searched and not made[0].broken():
        _sharpen(made[0], rng)
    return [[frozenset(task) for task in table.tolist()] for table in (*closed, *(version.tasks for version in made))]


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
    quota[behind(shown, rng)[:rest]] += 1
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
    while (part := parts_of(version.tasks.tolist(), len(version.everywhere))).any() and _joined(version, part):
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


def _even_out(made: list[Version], evenness: Evenness, rng: np.random.Generator) -> None:
    """Trade on in all versions together, until pairs are equal ±1 over all of them and in each."""
    for _ in range(min(_DRIFTS, _DRIFTS_A_VERSION * len(made))):
        uneven = [version for version in made if not evenness.of(version.together)]
        if not uneven and evenness.of(made[0].everywhere):
            break
        for version in uneven[:_REOPENED] or [made[int(rng.integers(len(made)))]]:
            improve(version, evenness, _FEWEST_ROUNDS, rng, patience=_PATIENCE // 2)
        drift(made, _DRIFT_ROUNDS, rng)
    for version in made:
        connect(version)


def _sharpen(version: Version, rng: np.random.Generator) -> None:
    """Of the tasks that trades at no cost lead to, leave the connected ones that tell most: the largest determinant."""
    best, most = version.tasks.copy(), _determinant(version)
    for _ in range(_SHARPENINGS):
        before = version.cost()
        drift([version], int(rng.integers(1, 4)), rng)
        told = _determinant(version)
        if version.cost() < before or told >= most:
            best, most = version.tasks.copy(), told
        else:
            version.restore(best)
    version.restore(best)


def _determinant(version: Version) -> float:
    """Logarithm of the determinant of the item information but for a factor, minus infinity if not connected."""
    information = np.diag(version.together.sum(axis=1)) - version.together + 1
    sign, logarithm = np.linalg.slogdet(information)
    return float(logarithm) if sign > 0 else -np.inf
