"""Log-likelihood, gradient and Hessian of many people and many draws at once, from index tables.

With A = Σ exp(u) over a task's best set and B = Σ exp(−u) over its worst set, a task's log-likelihood is
u_b − u_w − ln D, where D = A·B for *sequential* (B over what is left) and D = A·B − k for *maxdiff* (both over all k
items shown; the k pairs of an item with itself are taken off). A sum that was not asked for is 1.

Draws of the same person lie beside each other in memory, so one index gathers all of them, and one logarithm serves
the product of several tasks.
"""

import numpy as np

from commonground.analysis.hierarchical.encode import Encoded
from commonground.records.choices import FloatArray, IntArray

LARGEST_UTILITY = 80.0
"""Callers hold utilities within ±80 logits (`bounded`), so that no product below leaves the range of numbers: e^80 to 1
are odds that no data can tell from certainty."""

FACTORS = 4
"""Tasks whose D go into one product: (100 e^80 · 100 e^80)^4 is still a number."""


def exponentials(utilities: FloatArray) -> FloatArray:
    """The table of rows the index tables point into.

    Parameters
    ----------
    utilities : (n_items, n_people, n_draws) float

    Returns
    -------
    (2 n_items + 2, n_people, n_draws) float
        exp(u), exp(−u), a row of 0 and a row of 1.
    """
    n_items = len(utilities)
    table = np.empty((2 * n_items + 2, *utilities.shape[1:]))
    up, down = table[:n_items], table[n_items : 2 * n_items]
    np.exp(utilities, out=up)
    np.reciprocal(up, out=down)
    table[-2], table[-1] = 0.0, 1.0
    return table


def bounded(utilities: FloatArray) -> FloatArray:
    """The same array, held within ±`LARGEST_UTILITY`."""
    np.minimum(utilities, LARGEST_UTILITY, out=utilities)
    return np.maximum(utilities, -LARGEST_UTILITY, out=utilities)


def sums(encoded: Encoded, table: FloatArray) -> FloatArray:
    """A of every task, then B of every task: (2 n_tasks, n_people, n_draws)."""
    return _gathered(table, encoded.members)


def denominators(encoded: Encoded, found: FloatArray) -> FloatArray:
    """D of every task: (n_tasks, n_people, n_draws)."""
    a, b = found[: encoded.n_tasks], found[encoded.n_tasks :]
    return a * b if encoded.pair_size is None else a * b - encoded.pair_size[..., None]


def log_likelihood(encoded: Encoded, utilities: FloatArray, divisors: FloatArray) -> FloatArray:
    """Log-likelihood of every person and draw.

    Parameters
    ----------
    encoded : Encoded
    utilities : (n_items, n_people, n_draws) float
    divisors : (n_tasks, n_people, n_draws) float
        From `denominators`.

    Returns
    -------
    (n_people, n_draws) float
        Nats; 0 for a person without answers.
    """
    value = np.einsum("in,inc->nc", encoded.tally, utilities)
    for start in range(0, encoded.n_tasks, FACTORS):
        value -= np.log(np.multiply.reduce(divisors[start : start + FACTORS], axis=0))
    return value


def value(encoded: Encoded, utilities: FloatArray) -> FloatArray:
    """Log-likelihood alone: (n_people, n_draws), nats."""
    return log_likelihood(encoded, utilities, denominators(encoded, sums(encoded, exponentials(utilities))))


def value_and_gradient(encoded: Encoded, utilities: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Log-likelihood (n_people, n_draws) and its gradient by utilities (n_items, n_people, n_draws)."""
    table = exponentials(utilities)
    found = sums(encoded, table)
    divisors = denominators(encoded, found)
    value = log_likelihood(encoded, utilities, divisors)
    return value, _gradient(encoded, table, found, divisors)


def _gradient(encoded: Encoded, table: FloatArray, found: FloatArray, divisors: FloatArray) -> FloatArray:
    """∂/∂u_j: tally − exp(u_j) Σ B/D + exp(−u_j) Σ A/D over the tasks whose sets hold j."""
    n, t = encoded.n_items, encoded.n_tasks
    ratios = np.zeros((t + 1, *divisors.shape[1:]))
    gradient = np.repeat(encoded.tally[..., None], divisors.shape[-1], axis=-1)
    np.divide(found[t:], divisors, out=ratios[:t])
    gradient -= table[:n] * _gathered(ratios, encoded.best_of)
    np.divide(found[:t], divisors, out=ratios[:t])
    gradient += table[n : 2 * n] * _gathered(ratios, encoded.worst_of)
    return gradient


def information(encoded: Encoded, utilities: FloatArray) -> FloatArray:
    """Minus the second derivatives by utilities, at one point a person.

    Parameters
    ----------
    encoded : Encoded
    utilities : (n_items, n_people) float

    Returns
    -------
    (n_people, n_items, n_items) float
        Symmetric, positive semi-definite, rows summing to zero.
    """
    table = exponentials(utilities[..., None])
    found = sums(encoded, table)
    divisors = denominators(encoded, found)[..., 0]
    up, down = _spread(encoded, table[..., 0])  # (n, t, items)
    a, b = found[: encoded.n_tasks, :, 0], found[encoded.n_tasks :, :, 0]
    pull = up * (b / divisors).T[..., None]  # exp(u) B / D
    push = down * (a / divisors).T[..., None]
    diagonal = (pull + push).sum(axis=1)
    slope = pull - push
    # ∂²D/D has diag(pull + push) minus, for a pair's product, exp(u_i) exp(−u_j)/D both ways; *sequential*, a plain
    # product of two sums, keeps its sums apart and needs no such term but each sum's own square.
    if encoded.pair_size is None:
        inner = np.swapaxes(pull, 1, 2) @ pull + np.swapaxes(push, 1, 2) @ push
        return diagonal[..., None] * np.eye(encoded.n_items) - inner
    pair = (encoded.pair_size > 0).T[..., None] / divisors.T[..., None]
    both = np.swapaxes(up * pair, 1, 2) @ down
    return (
        diagonal[..., None] * np.eye(encoded.n_items)
        - both
        - np.swapaxes(both, 1, 2)
        - np.swapaxes(slope, 1, 2) @ slope
    )


def _spread(encoded: Encoded, table: FloatArray) -> tuple[FloatArray, FloatArray]:
    """exp(u) and exp(−u) where a task's best and worst sets hold the item: (n_people, n_tasks, n_items), twice."""
    n_people, n_items = encoded.n_people, encoded.n_items
    spread: list[FloatArray] = []
    for holders, rows in ((encoded.best_of, table[:n_items]), (encoded.worst_of, table[n_items : 2 * n_items])):
        tasks, person = np.divmod(holders, n_people)
        found = np.zeros((n_people, encoded.n_tasks + 1, n_items))
        found[person, tasks, np.arange(n_items)[:, None]] = rows
        spread.append(found[:, :-1])
    return spread[0], spread[1]


def _gathered(rows: FloatArray, places: IntArray) -> FloatArray:
    """Σ over the first axis of `places` of the rows it points at; clip, because checking bounds costs a copy."""
    flat = rows.reshape(-1, rows.shape[-1])
    shape = (*places.shape[1:], rows.shape[-1])
    if not len(places):
        return np.zeros(shape)
    total = np.asarray(flat.take(places[0], axis=0, mode="clip"), dtype=np.float64)
    part = np.empty(shape)
    for one in places[1:]:
        flat.take(one, axis=0, out=part, mode="clip")
        total += part
    return total
