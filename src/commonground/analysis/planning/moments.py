"""Means and variances of what people answer, worked out over every pair they could pick in every task.

Nothing is drawn but the people: given a person's utilities, each task's picks have known probabilities, so the expected
gradient of the model and its variance are sums over the k(k − 1) ordered pairs.
"""

from dataclasses import dataclass

import numpy as np

from commonground.likelihood.models import MODELS
from commonground.likelihood.picks import item_utilities
from commonground.likelihood.tasks import Tasks
from commonground.records.choices import MISSING, FloatArray, IntArray

MOST_STEPS = 50
NEAR = 1e-9
LARGEST_STEP = 2.0


@dataclass(frozen=True, slots=True)
class Crowd:
    """People answering a design.

    Parameters
    ----------
    model : str
        How they choose, and what is fitted.
    tasks : (n_versions, n_tasks, k) int
    version : (n_people,) int
    utilities : (n_people, n_items) float
    """

    model: str
    tasks: IntArray
    version: IntArray
    utilities: FloatArray

    @property
    def items(self) -> int:
        """How many there are."""
        return int(self.utilities.shape[1])

    def chances(self) -> FloatArray:
        """How likely each person picks each ordered pair of positions: (n_people, n_tasks, k·(k − 1))."""
        shown = self.tasks[self.version]
        best, worst = pairs(shown.shape[-1])
        own = item_utilities(self.utilities, np.maximum(shown, 0)) * (shown != MISSING)
        chances = MODELS[self.model].probabilities(own, positions(shown)[..., None, :])[..., 0, :, :]
        return chances[..., best, worst]


@dataclass(frozen=True, slots=True)
class Moments:
    """Of one person, averaged over people.

    Parameters
    ----------
    utilities : (n_items,) float
        Where the model of one utility an item for everybody is fitted best: nearer to zero than people's own where they
        differ.
    information : (n_items, n_items) float
        Minus the expected second derivatives there.
    between : (n_items, n_items) float
        The covariance of people's gradients there.
    """

    utilities: FloatArray
    information: FloatArray
    between: FloatArray


def pairs(k: int) -> tuple[IntArray, IntArray]:
    """Every ordered pair of different positions: best and worst, (k·(k − 1),) each."""
    best, worst = np.nonzero(~np.eye(k, dtype=np.bool_))
    return best, worst


def positions(shown: IntArray) -> IntArray:
    """Positions from 0 in place of items."""
    return np.where(shown == MISSING, MISSING, np.arange(int(shown.shape[-1])))


def moments(crowd: Crowd) -> Moments:
    """The fit to expect, its information, and how people's gradients scatter around it."""
    chances = crowd.chances()
    weights = _by_version(chances, crowd)
    at = crowd.utilities.mean(axis=0)
    at = at - at.mean()
    for _ in range(MOST_STEPS):
        slope, information = _slope(crowd, weights, at), _information(crowd, weights, at)
        step = np.linalg.solve(information + 1 / crowd.items, slope)
        at = at + step / max(float(np.abs(step).max()) / LARGEST_STEP, 1.0)
        if np.abs(step).max() < NEAR:
            break
    return Moments(at, _information(crowd, weights, at), _between(crowd, chances, weights, at))


def _by_version(values: FloatArray, crowd: Crowd) -> FloatArray:
    """People's values averaged, each in its version: (n_versions, …)."""
    found = np.zeros((len(crowd.tasks), *values.shape[1:]))
    np.add.at(found, crowd.version, values / len(values))
    return found


def _every_pair(crowd: Crowd, weights: FloatArray | None = None) -> Tasks:
    """Each task with every pair that could be picked, over positions: (n_versions, n_tasks, k·(k − 1)) picks."""
    shown = positions(crowd.tasks)
    k = shown.shape[-1]
    best, worst = pairs(k)
    there = (shown[..., best] != MISSING) & (shown[..., worst] != MISSING)
    spread = np.broadcast_to(shown[..., None, :], (*there.shape, k))
    weight = np.array(1.0) if weights is None else weights
    return Tasks(spread, np.where(there, best, MISSING), np.where(there, worst, MISSING), weight)


def _positional(crowd: Crowd, at: FloatArray) -> FloatArray:
    """The utility in each position of each task: (n_versions, n_tasks, k)."""
    return np.where(crowd.tasks == MISSING, 0.0, at[crowd.tasks])


def _slopes(crowd: Crowd, at: FloatArray) -> FloatArray:
    """The gradient after each pair: (n_versions, n_tasks, k·(k − 1), k)."""
    return MODELS[crowd.model].scores(_positional(crowd, at), _every_pair(crowd))


def _slope(crowd: Crowd, weights: FloatArray, at: FloatArray) -> FloatArray:
    """The expected gradient: (n_items,)."""
    expected = np.einsum("vtq,vtqk->vtk", weights, _slopes(crowd, at))
    return spread_vector(expected, crowd.tasks, crowd.items)


def _information(crowd: Crowd, weights: FloatArray, at: FloatArray) -> FloatArray:
    blocks = -MODELS[crowd.model].hessian(_positional(crowd, at), _every_pair(crowd, weights))
    return spread_matrix(blocks, crowd.tasks, crowd.items)


def _between(crowd: Crowd, chances: FloatArray, weights: FloatArray, at: FloatArray) -> FloatArray:
    """Covariance of people's gradients: of their expectations, and of their picks around these."""
    slopes = _slopes(crowd, at)
    own = np.einsum("ptq,ptqk->ptk", chances, slopes[crowd.version])
    whole = by_person(own, crowd)
    within = np.einsum("vtq,vtqk,vtql->vtkl", weights, slopes, slopes, optimize=True)
    within -= _by_version(own[..., :, None] * own[..., None, :], crowd)
    return whole.T @ whole / len(whole) + spread_matrix(within, crowd.tasks, crowd.items)


def by_person(values: FloatArray, crowd: Crowd) -> FloatArray:
    """Values of each position added up over tasks: (n_people, n_tasks, k) to (n_people, n_items)."""
    people, width = len(values), crowd.items + 1
    shown = crowd.tasks[crowd.version]
    place = np.where(shown == MISSING, crowd.items, shown) + width * np.arange(people)[:, None, None]
    flat = np.bincount(place.ravel(), weights=values.ravel(), minlength=people * width)
    return flat.reshape(people, width)[:, : crowd.items].astype(np.float64)


def spread_vector(values: FloatArray, tasks: IntArray, items: int) -> FloatArray:
    """Values of each position added up by item: (n_items,)."""
    filled = tasks != MISSING
    return np.bincount(tasks[filled], weights=values[filled], minlength=items).astype(np.float64)


def spread_matrix(blocks: FloatArray, tasks: IntArray, items: int) -> FloatArray:
    """Blocks of positions added up by items: (n_versions, n_tasks, k, k) to (n_items, n_items)."""
    filled = (tasks != MISSING)[..., :, None] & (tasks != MISSING)[..., None, :]
    place = (tasks[..., :, None] * items + tasks[..., None, :])[filled]
    found = np.bincount(place, weights=blocks[filled], minlength=items * items)
    return found.reshape(items, items).astype(np.float64)
