"""What a model expects of tasks: the chance of each item to be picked, averaged over all that is uncertain."""

from dataclasses import dataclass

import numpy as np

from commonground.likelihood import picks
from commonground.likelihood.models import MODELS
from commonground.likelihood.tasks import Tasks
from commonground.records.choices import MISSING, FloatArray, IntArray

_MOST_NUMBERS = 4_000_000
"""Numbers held at once while draws are averaged."""


@dataclass(frozen=True, slots=True)
class Chances:
    """What a model expects of each task, before anything is known of the answer.

    Parameters
    ----------
    best, worst : (n_tasks, k) float
        Of each position to be picked; each row sums to one, 0 where the task is filled up. The chance of being worst
        knows nothing of the best: it is summed over all that might be best.
    both : (n_tasks, k, k) float
        Of each pair, best position first; each task sums to one.
    """

    best: FloatArray
    worst: FloatArray
    both: FloatArray


def chances(
    utilities: FloatArray, tasks: Tasks, *, rule: str = "sequential", weights: FloatArray | None = None
) -> Chances:
    """Average over draws of what the utilities say about each task.

    The chances are averaged, not the utilities: a person known badly is expected to be anywhere, not in the middle.

    Parameters
    ----------
    utilities : (n_draws, n_tasks, n_items) float
        For each draw and task the utilities of the person who answers it, in logits.
    tasks : Tasks
        Without leading axes. A task that asks for one pick only is a choice out of the whole task.
    rule : str
        sequential or maxdiff: how the pair comes about.
    weights : (n_draws, n_tasks) float, optional
        How much each draw counts; each task's sum to one. Left out, all count alike.

    Returns
    -------
    Chances

    Examples
    --------
    >>> found = chances(np.zeros((1, 1, 3)), Tasks([[0, 1, 2]], best=[0], worst=[1]))
    >>> found.best.round(3).tolist(), found.both[0, 0].round(3).tolist()
    ([[0.333, 0.333, 0.333]], [0.0, 0.167, 0.167])
    """
    n_draws, n_tasks = utilities.shape[:2]
    weights = np.full((n_draws, n_tasks), 1 / n_draws) if weights is None else weights
    k = tasks.shown.shape[-1]
    best, worst, both = np.zeros((n_tasks, k)), np.zeros((n_tasks, k)), np.zeros((n_tasks, k, k))
    step = max(1, _MOST_NUMBERS // max(n_tasks * k * k, 1))
    for start in range(0, n_draws, step):
        some = slice(start, start + step)
        pairs, one_best, one_worst = _each(utilities[some], tasks.shown, rule)
        both += np.einsum("dt,dtij->tij", weights[some], pairs)
        best += np.einsum("dt,dti->ti", weights[some], one_best)
        worst += np.einsum("dt,dti->ti", weights[some], one_worst)
    best = np.where(_asked(tasks.worst), both.sum(axis=-1), best)
    return Chances(best, np.where(_asked(tasks.best), both.sum(axis=-2), worst), both)


def even_chances(tasks: Tasks) -> Chances:
    """What somebody expects who knows nothing: every item alike, every pair alike."""
    return chances(np.zeros((1, *tasks.best.shape, int(tasks.shown.max(initial=0)) + 1)), tasks)


def _each(utilities: FloatArray, shown: IntArray, rule: str) -> tuple[FloatArray, FloatArray, FloatArray]:
    """For each draw and task: pairs, and each pick as if it alone were asked."""
    one_task = shown[:, None, :]
    pairs = MODELS[rule].probabilities(utilities, one_task)[..., 0, :, :]
    best = picks.probabilities(utilities, one_task)[..., 0, :]
    return pairs, best, picks.probabilities(-utilities, one_task)[..., 0, :]


def _asked(picked: IntArray) -> FloatArray:
    return (picked != MISSING)[:, None]
