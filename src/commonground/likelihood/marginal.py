"""Best and worst as two independent choices out of the whole task.

P(b, w) = exp(u_b) / Σ exp(u_j) · exp(−u_w) / Σ exp(−u_j), both sums over everything shown. The model
gives best = worst a positive probability, which no answer can have: its log-likelihood does not compare
with those of `sequential` and `maxdiff`.

References
----------
Marley, A. A. J., & Louviere, J. J. (2005). Some probabilistic models of best, worst, and best–worst
choices. Journal of Mathematical Psychology, 49(6), 464–480.
"""

from commonground.likelihood import best, worst
from commonground.likelihood.tasks import Tasks
from commonground.records.choices import FloatArray, IntArray


def probabilities(utilities: FloatArray, shown: IntArray) -> FloatArray:
    """How likely each pair is: (..., n_tasks, k, k), best position first; the diagonal is not empty.

    Examples
    --------
    >>> import numpy as np
    >>> chances = probabilities(np.zeros(4), np.array([[0, 1, 2, 3]]))
    >>> float(chances[0, 0, 1]), float(chances[0, 0, 0])
    (0.0625, 0.0625)
    """
    return best.probabilities(utilities, shown)[..., :, None] * worst.probabilities(utilities, shown)[..., None, :]


def log_probabilities(utilities: FloatArray, tasks: Tasks) -> FloatArray:
    """Log probability of each task's picks: (..., n_tasks), nats; a pick not asked adds nothing."""
    return best.log_probabilities(utilities, tasks) + worst.log_probabilities(utilities, tasks)


def log_likelihood(utilities: FloatArray, tasks: Tasks) -> FloatArray:
    """The weighted sum over tasks: (...), nats, at most 0."""
    return (tasks.weight * log_probabilities(utilities, tasks)).sum(axis=-1)


def scores(utilities: FloatArray, tasks: Tasks) -> FloatArray:
    """Gradient of each task's log probability: (..., n_tasks, n_items)."""
    return best.scores(utilities, tasks) + worst.scores(utilities, tasks)


def gradient(utilities: FloatArray, tasks: Tasks) -> FloatArray:
    """Gradient of the log-likelihood: (..., n_items), summing to zero."""
    return (tasks.weight[..., None] * scores(utilities, tasks)).sum(axis=-2)


def hessian(utilities: FloatArray, tasks: Tasks) -> FloatArray:
    """Second derivatives of the log-likelihood: (..., n_items, n_items)."""
    return best.hessian(utilities, tasks) + worst.hessian(utilities, tasks)
