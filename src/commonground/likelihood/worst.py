"""The worst choice alone, as a multinomial logit on negated utilities: P(w) = exp(−u_w) / Σ_shown exp(−u_j).

References
----------
Marley, A. A. J., & Louviere, J. J. (2005). Some probabilistic models of best, worst, and best–worst
choices. Journal of Mathematical Psychology, 49(6), 464–480.
"""

from commonground.likelihood import picks
from commonground.likelihood.tasks import Tasks
from commonground.records.choices import FloatArray, IntArray


def probabilities(utilities: FloatArray, shown: IntArray) -> FloatArray:
    """How likely each shown item is to be picked as worst: (..., n_tasks, k), summing to one a task.

    Examples
    --------
    >>> import numpy as np
    >>> probabilities(np.log([1.0, 3.0]), np.array([[0, 1]])).round(2).tolist()
    [[0.75, 0.25]]
    """
    return picks.probabilities(-utilities, shown)


def log_probabilities(utilities: FloatArray, tasks: Tasks) -> FloatArray:
    """Log probability of each task's worst pick: (..., n_tasks), nats; 0 where none was asked."""
    return picks.log_probabilities(-utilities, tasks.shown, tasks.worst)


def log_likelihood(utilities: FloatArray, tasks: Tasks) -> FloatArray:
    """The weighted sum over tasks: (...), nats, at most 0."""
    return (tasks.weight * log_probabilities(utilities, tasks)).sum(axis=-1)


def scores(utilities: FloatArray, tasks: Tasks) -> FloatArray:
    """Gradient of each task's log probability: (..., n_tasks, n_items)."""
    return -picks.scores(-utilities, tasks.shown, tasks.worst)


def gradient(utilities: FloatArray, tasks: Tasks) -> FloatArray:
    """Gradient of the log-likelihood: (..., n_items), summing to zero."""
    return (tasks.weight[..., None] * scores(utilities, tasks)).sum(axis=-2)


def hessian(utilities: FloatArray, tasks: Tasks) -> FloatArray:
    """Second derivatives of the log-likelihood: (..., n_items, n_items)."""
    return picks.hessian(-utilities, tasks.shown, tasks.worst, tasks.weight)
