"""Best first out of the whole task, then worst out of what is left.

P(b, w) = exp(u_b) / Σ_shown exp(u_j) · exp(−u_w) / Σ_{shown without b} exp(−u_j).

With four equal items the best has probability 1/4 and the worst then 1/3, so each pair 1/12.
Where only one pick was asked it is a choice out of the whole task.

References
----------
Marley, A. A. J., & Louviere, J. J. (2005). Some probabilistic models of best, worst, and best–worst
choices. Journal of Mathematical Psychology, 49(6), 464–480.
Marley, A. A. J., Flynn, T. N., & Louviere, J. J. (2008). Probabilistic models of set-dependent and
attribute-level best–worst choice. Journal of Mathematical Psychology, 52(5), 281–296.
"""

import numpy as np

from commonground.likelihood import best, picks
from commonground.likelihood.tasks import Tasks
from commonground.records.choices import FloatArray, IntArray


def probabilities(utilities: FloatArray, shown: IntArray) -> FloatArray:
    """How likely each pair is: (..., n_tasks, k, k), best position first, summing to one a task.

    Examples
    --------
    >>> chances = probabilities(np.zeros(4), np.array([[0, 1, 2, 3]]))
    >>> round(float(chances[0, 0, 1]), 4), float(chances[0, 0, 0])
    (0.0833, 0.0)
    """
    k = shown.shape[-1]
    values = np.broadcast_to(picks.item_utilities(-utilities, shown)[..., None, :], (*_lead(utilities, shown), k, k))
    left = np.where(np.eye(k, dtype=bool), -np.inf, values)
    sums = picks.log_sums(left)
    worst = np.exp(left - np.where(np.isfinite(sums), sums, 0.0)[..., None])
    return best.probabilities(utilities, shown)[..., None] * worst


def log_probabilities(utilities: FloatArray, tasks: Tasks) -> FloatArray:
    """Log probability of each task's picks.

    Parameters
    ----------
    utilities : (..., n_items) float
        Logits; only differences matter.
    tasks : Tasks

    Returns
    -------
    (..., n_tasks) float
        Nats, at most 0; a pick not asked adds nothing.

    Examples
    --------
    >>> tasks = Tasks([[0, 1, 2, 3]], best=[0], worst=[1])
    >>> np.exp(log_probabilities(np.zeros(4), tasks)).round(4).tolist()
    [0.0833]
    """
    return best.log_probabilities(utilities, tasks) + picks.log_probabilities(-utilities, tasks.rest, tasks.worst)


def log_likelihood(utilities: FloatArray, tasks: Tasks) -> FloatArray:
    """The weighted sum over tasks: (...), nats, at most 0."""
    return (tasks.weight * log_probabilities(utilities, tasks)).sum(axis=-1)


def scores(utilities: FloatArray, tasks: Tasks) -> FloatArray:
    """Gradient of each task's log probability: (..., n_tasks, n_items)."""
    return best.scores(utilities, tasks) - picks.scores(-utilities, tasks.rest, tasks.worst)


def gradient(utilities: FloatArray, tasks: Tasks) -> FloatArray:
    """Gradient of the log-likelihood: (..., n_items), summing to zero."""
    return (tasks.weight[..., None] * scores(utilities, tasks)).sum(axis=-2)


def hessian(utilities: FloatArray, tasks: Tasks) -> FloatArray:
    """Second derivatives of the log-likelihood: (..., n_items, n_items)."""
    return best.hessian(utilities, tasks) + picks.hessian(-utilities, tasks.rest, tasks.worst, tasks.weight)


def _lead(utilities: FloatArray, shown: IntArray) -> tuple[int, ...]:
    """The axes of the result before the two positions."""
    return np.broadcast_shapes((*utilities.shape[:-1], 1), shown.shape[:-1])
