"""The pair at once: of all ordered pairs shown, the one whose difference is largest.

P(b, w) = exp(u_b − u_w) / D with D = Σ_{i≠j} exp(u_i − u_j) over everything shown.

D needs no double sum: with A = Σ exp(u_i), B = Σ exp(−u_j) and k items it is A·B − k, and since
A·B ≥ k² the subtraction loses at most one bit. Where only one pick was asked it is a choice out of the
whole task: the best and the worst choice that are concordant with this model (Marley & Louviere 2005).

References
----------
Marley, A. A. J., & Louviere, J. J. (2005). Some probabilistic models of best, worst, and best–worst
choices. Journal of Mathematical Psychology, 49(6), 464–480 (the maxdiff model).
"""

from typing import NamedTuple

import numpy as np

from commonground.likelihood import best, picks, worst
from commonground.likelihood.tasks import Tasks
from commonground.records.choices import MISSING, FloatArray, IntArray


class _Task(NamedTuple):
    """What one task's formulas are made of."""

    log_sum: FloatArray
    """(..., n_tasks): ln D."""
    inflation: FloatArray
    """(..., n_tasks): A·B/D, at least 1."""
    up: FloatArray
    """(..., n_tasks, k): exp(u)/A."""
    down: FloatArray
    """(..., n_tasks, k): exp(−u)/B."""


def _task(utilities: FloatArray, shown: IntArray) -> _Task:
    gains, losses = picks.item_utilities(utilities, shown), picks.item_utilities(-utilities, shown)
    a, b = picks.log_sums(gains), picks.log_sums(losses)
    filled = np.isfinite(a) & np.isfinite(b)
    a, b = np.where(filled, a, 0.0), np.where(filled, b, 0.0)
    size = (shown != MISSING).sum(axis=-1)
    diagonal = np.where(filled & (size > 1), size * np.exp(-(a + b)), 0.0)  # one item alone has no pair
    return _Task(
        log_sum=a + b + np.log1p(-diagonal),
        inflation=1 / (1 - diagonal),
        up=np.exp(gains - a[..., None]),
        down=np.exp(losses - b[..., None]),
    )


def probabilities(utilities: FloatArray, shown: IntArray) -> FloatArray:
    """How likely each pair is: (..., n_tasks, k, k), best position first, summing to one a task.

    Examples
    --------
    >>> chances = probabilities(np.zeros(4), np.array([[0, 1, 2, 3]]))
    >>> round(float(chances[0, 0, 1]), 4), float(chances[0, 0, 0])
    (0.0833, 0.0)
    """
    task = _task(utilities, shown)
    pairs = task.up[..., :, None] * task.down[..., None, :] * task.inflation[..., None, None]
    return np.where(np.eye(shown.shape[-1], dtype=bool), 0.0, pairs)


def log_probabilities(utilities: FloatArray, tasks: Tasks) -> FloatArray:
    """Log probability of each task's picks: (..., n_tasks), nats, at most 0.

    Examples
    --------
    >>> tasks = Tasks([[0, 1, 2, 3]], best=[0], worst=[1])
    >>> np.exp(log_probabilities(np.zeros(4), tasks)).round(4).tolist()
    [0.0833]
    """
    pairs, singles = _split(tasks)
    asked = pairs.best != MISSING
    gain = picks.item_utilities(utilities, np.where(asked, pairs.best, 0)[..., None])[..., 0]
    loss = picks.item_utilities(utilities, np.where(asked, pairs.worst, 0)[..., None])[..., 0]
    both = np.where(asked, gain - loss - _task(utilities, tasks.shown).log_sum, 0.0)
    return both + best.log_probabilities(utilities, singles) + worst.log_probabilities(utilities, singles)


def log_likelihood(utilities: FloatArray, tasks: Tasks) -> FloatArray:
    """The weighted sum over tasks: (...), nats, at most 0."""
    return (tasks.weight * log_probabilities(utilities, tasks)).sum(axis=-1)


def scores(utilities: FloatArray, tasks: Tasks) -> FloatArray:
    """Gradient of each task's log probability: (..., n_tasks, n_items).

    For a pair it is (best − worst) picked minus (best − worst) to be expected.
    """
    pairs, singles = _split(tasks)
    n_items = utilities.shape[-1]
    picked = picks.observed(pairs.best, n_items) - picks.observed(pairs.worst, n_items)
    both = picked - _expected_difference(utilities, pairs)
    return both + best.scores(utilities, singles) + worst.scores(utilities, singles)


def gradient(utilities: FloatArray, tasks: Tasks) -> FloatArray:
    """Gradient of the log-likelihood: (..., n_items), summing to zero."""
    return (tasks.weight[..., None] * scores(utilities, tasks)).sum(axis=-2)


def hessian(utilities: FloatArray, tasks: Tasks) -> FloatArray:
    """Second derivatives of the log-likelihood: (..., n_items, n_items).

    For pairs minus the covariance of z = (best − worst), whose second moment holds P(best) + P(worst) on
    the diagonal and −P(i, j) − P(j, i) beside it.
    """
    pairs, singles = _split(tasks)
    task = _task(utilities, pairs.shown)
    n_items = utilities.shape[-1]
    weight = np.where(pairs.best != MISSING, pairs.weight, 0.0)
    up, down = picks.dense(task.up, pairs.shown, n_items), picks.dense(task.down, pairs.shown, n_items)
    crossed = np.swapaxes(up, -1, -2) @ (down * (weight * task.inflation)[..., None])
    beside = crossed * (1 - np.eye(n_items))
    beside = beside + np.swapaxes(beside, -1, -2)
    second_moment = picks.diagonal(beside.sum(axis=-1)) - beside
    mean = _expected_difference(utilities, pairs)
    covariance = second_moment - np.swapaxes(mean, -1, -2) @ (mean * weight[..., None])
    return best.hessian(utilities, singles) + worst.hessian(utilities, singles) - covariance


def _expected_difference(utilities: FloatArray, pairs: Tasks) -> FloatArray:
    """P(item is best) − P(item is worst), spread over all items: (..., n_tasks, n_items).

    P(best = i) = (up_i − 1/(A·B))·inflation and P(worst = i) alike, so the two small terms cancel.
    """
    task = _task(utilities, pairs.shown)
    difference = (task.up - task.down) * task.inflation[..., None]
    asked = (pairs.best != MISSING)[..., None]
    return picks.dense(np.where(asked, difference, 0.0), pairs.shown, utilities.shape[-1])


def _split(tasks: Tasks) -> tuple[Tasks, Tasks]:
    """The same tasks twice: with only the pairs left in, and with only the single picks."""
    both = (tasks.best != MISSING) & (tasks.worst != MISSING)

    def only(wanted: np.ndarray[tuple[int, ...], np.dtype[np.bool_]]) -> Tasks:
        best_picks, worst_picks = np.where(wanted, tasks.best, MISSING), np.where(wanted, tasks.worst, MISSING)
        return Tasks(tasks.shown, best_picks, worst_picks, tasks.weight)

    return only(both), only(~both)
