"""One pick out of a set: the multinomial logit that most of the models are made of.

The probability of picking item i out of the set S is exp(u_i) / Σ_{j∈S} exp(u_j) (Luce 1959, ch. 1;
McFadden 1974). A worst pick is the same with negated utilities (Marley & Louviere 2005).
Utilities are shifted by the largest of the set before anything is exponentiated, so nothing overflows.

References
----------
Luce, R. D. (1959). Individual Choice Behavior. Wiley.
McFadden, D. (1974). Conditional logit analysis of qualitative choice behavior. In Zarembka (ed.),
Frontiers in Econometrics, 105–142.
Marley, A. A. J., & Louviere, J. J. (2005). Some probabilistic models of best, worst, and best–worst
choices. Journal of Mathematical Psychology, 49(6), 464–480.
"""

import numpy as np

from commonground.records.choices import MISSING, FloatArray, IntArray


def item_utilities(utilities: FloatArray, sets: IntArray) -> FloatArray:
    """The utility of every item of every set; −∞ where a set is filled up.

    Parameters
    ----------
    utilities : (..., n_items) float
    sets : (..., n_tasks, k) int

    Returns
    -------
    (..., n_tasks, k) float
    """
    utilities = np.asarray(utilities, dtype=np.float64)
    if utilities.ndim == 1:
        found = utilities[sets]
    else:
        missing_axes = max(utilities.ndim + 1 - sets.ndim, 0)
        sets = sets.reshape((1,) * missing_axes + sets.shape)
        table = utilities.reshape((1,) * (sets.ndim - utilities.ndim - 1) + utilities.shape)[..., None, :]
        found = np.take_along_axis(table, np.maximum(sets, 0), axis=-1)
    return np.where(sets == MISSING, -np.inf, found)


def log_sums(values: FloatArray) -> FloatArray:
    """Logarithm of Σ exp over the last axis, safely; −∞ where every value is.

    Examples
    --------
    >>> round(float(log_sums(np.array([1000.0, 1000.0])) - 1000), 4)
    0.6931
    """
    largest = values.max(axis=-1)
    safe = np.where(np.isfinite(largest), largest, 0.0)
    with np.errstate(divide="ignore"):
        return safe + np.log(np.exp(values - safe[..., None]).sum(axis=-1))


def probabilities(utilities: FloatArray, sets: IntArray) -> FloatArray:
    """How likely each item of each set is to be picked.

    Returns
    -------
    (..., n_tasks, k) float
        Sums to one over the last axis; 0 where a set is filled up, and throughout an empty set.

    Examples
    --------
    >>> probabilities(np.zeros(4), np.array([[0, 1, 2, 3], [1, 3, -1, -1]])).tolist()
    [[0.25, 0.25, 0.25, 0.25], [0.5, 0.5, 0.0, 0.0]]
    """
    values = item_utilities(utilities, sets)
    sums = log_sums(values)
    return np.exp(values - np.where(np.isfinite(sums), sums, 0.0)[..., None])


def log_probabilities(utilities: FloatArray, sets: IntArray, picked: IntArray) -> FloatArray:
    """How likely the item picked was, as logarithms; 0 where nothing was picked.

    Parameters
    ----------
    utilities : (..., n_items) float
    sets : (..., n_tasks, k) int
    picked : (..., n_tasks) int

    Returns
    -------
    (..., n_tasks) float, nats, at most 0
    """
    asked = picked != MISSING
    sums = log_sums(item_utilities(utilities, sets))
    own = item_utilities(utilities, np.where(asked, picked, 0)[..., None])[..., 0]
    return np.where(asked, own - np.where(asked, sums, 0.0), 0.0)


def dense(values: FloatArray, sets: IntArray, n_items: int) -> FloatArray:
    """Values of the items of each set, spread over all items.

    Returns
    -------
    (..., n_tasks, n_items) float
        0 for items that are not in the set.

    Examples
    --------
    >>> dense(np.array([[0.25, 0.75]]), np.array([[2, 0]]), 3).tolist()
    [[0.75, 0.0, 0.25]]
    """
    spread = np.zeros((*values.shape[:-1], n_items + 1))
    places = np.broadcast_to(np.where(sets == MISSING, n_items, sets), values.shape)
    np.put_along_axis(spread, places, values, axis=-1)
    return spread[..., :n_items]


def expected(utilities: FloatArray, sets: IntArray, picked: IntArray) -> FloatArray:
    """Pick probabilities spread over all items; 0 throughout where nothing was picked.

    Returns
    -------
    (..., n_tasks, n_items) float
    """
    chances = probabilities(utilities, sets) * (picked != MISSING)[..., None]
    return dense(chances, sets, utilities.shape[-1])


def observed(picked: IntArray, n_items: int) -> FloatArray:
    """1 for the item picked, else 0, as (..., n_tasks, n_items)."""
    return dense(np.ones((*picked.shape, 1)), picked[..., None], n_items)


def scores(utilities: FloatArray, sets: IntArray, picked: IntArray) -> FloatArray:
    """Gradient of each log probability: what was picked minus what was to be expected.

    Returns
    -------
    (..., n_tasks, n_items) float
    """
    return observed(picked, utilities.shape[-1]) - expected(utilities, sets, picked)


def hessian(utilities: FloatArray, sets: IntArray, picked: IntArray, weight: FloatArray) -> FloatArray:
    """Second derivatives of the weighted log-likelihood: minus the covariance of the picks, added up.

    −Σ_t w_t (diag(p_t) − p_t p_tᵀ) with p_t the pick probabilities of task t.

    Returns
    -------
    (..., n_items, n_items) float, symmetric, negative semi-definite; its rows sum to zero
    """
    chances = expected(utilities, sets, picked)
    weighted = chances * weight[..., None]
    return np.swapaxes(chances, -1, -2) @ weighted - diagonal(weighted.sum(axis=-2))


def diagonal(values: FloatArray) -> FloatArray:
    """Diagonal matrices from (..., n) values."""
    return values[..., None] * np.eye(values.shape[-1])
