"""A full ranking of which only the first and the last are seen (Plackett–Luce, summed over orders of the middle).

P(b, w) = exp(u_b) / Σ_shown exp(u_j) · P(w comes last of the rest), the second factor from `likelihood.last`.

It differs from `sequential` in the worst pick only: here nobody looks for the worst, it is what remains when the best
has been taken again and again. With four equal items the best has probability 1/4 and the worst then 1/3.
Where only the worst was asked it is the item that comes last of the whole task. A task of k items costs 2^(k−2)
steps (2^(k−1) where only the worst was asked).

References
----------
Plackett, R. L. (1975). The analysis of permutations. Applied Statistics, 24(2), 193–202.
Marley, A. A. J., & Louviere, J. J. (2005). Some probabilistic models of best, worst, and best–worst
choices. Journal of Mathematical Psychology, 49(6), 464–480 (ranking models by repeated best choices).
"""

import numpy as np

from commonground.likelihood import best, last
from commonground.likelihood.tasks import Tasks
from commonground.records.choices import MISSING, FloatArray, IntArray


def probabilities(utilities: FloatArray, shown: IntArray) -> FloatArray:
    """How likely each pair is: (..., n_tasks, k, k), best position first, summing to one a task.

    Examples
    --------
    >>> chances = probabilities(np.zeros(4), np.array([[0, 1, 2, 3]]))
    >>> round(float(chances[0, 0, 1]), 4), float(chances[0, 0, 0])
    (0.0833, 0.0)
    """
    first = best.probabilities(utilities, shown)
    k = shown.shape[-1]
    found = np.zeros((*first.shape, k))
    for i in range(k):
        rest = shown.copy()
        rest[..., i] = MISSING
        for j in (place for place in range(k) if place != i):
            chance = np.exp(last.log_probabilities(utilities, rest, shown[..., j]))
            found[..., i, j] = np.where(shown[..., j] == MISSING, 0.0, first[..., i] * chance)
    return found


def log_probabilities(utilities: FloatArray, tasks: Tasks) -> FloatArray:
    """Log probability of each task's picks: (..., n_tasks), nats, at most 0; a pick not asked adds nothing.

    Examples
    --------
    >>> tasks = Tasks([[0, 1, 2, 3]], best=[0], worst=[1])
    >>> np.exp(log_probabilities(np.zeros(4), tasks)).round(4).tolist()
    [0.0833]
    """
    return best.log_probabilities(utilities, tasks) + last.log_probabilities(utilities, tasks.rest, tasks.worst)


def log_likelihood(utilities: FloatArray, tasks: Tasks) -> FloatArray:
    """The weighted sum over tasks: (...), nats, at most 0."""
    return (tasks.weight * log_probabilities(utilities, tasks)).sum(axis=-1)


def scores(utilities: FloatArray, tasks: Tasks) -> FloatArray:
    """Gradient of each task's log probability: (..., n_tasks, n_items)."""
    return best.scores(utilities, tasks) + last.scores(utilities, tasks.rest, tasks.worst)


def gradient(utilities: FloatArray, tasks: Tasks) -> FloatArray:
    """Gradient of the log-likelihood: (..., n_items), summing to zero."""
    return (tasks.weight[..., None] * scores(utilities, tasks)).sum(axis=-2)


def hessian(utilities: FloatArray, tasks: Tasks) -> FloatArray:
    """Second derivatives of the log-likelihood: (..., n_items, n_items)."""
    return best.hessian(utilities, tasks) + last.hessian(utilities, tasks.rest, tasks.worst, tasks.weight)
