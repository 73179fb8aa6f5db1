"""The item that is left at the end of a ranking, whatever the order before it: a worst pick under Plackett–Luce.

An item i is ranked next with probability v_i / Σ v_j over what is left, v = exp(u). That w comes last out of a
set is the sum over all orders of the others, which a recursion over *subsets* adds up without going through the
orders. With f(A) the probability that all of A are ranked before w when A and w are left,

f(∅) = 1,  f(A) = Σ_{i∈A} v_i f(A∖i) / (v_w + Σ_{j∈A} v_j).

Every term is positive, so nothing cancels, and in logarithms nothing overflows. For m others it takes 2^m subsets
instead of m! orders (256 instead of 40,320 for m = 8). In terms of waiting times with rates v the event is that w
comes after all others: a convex set under a log-concave density, so its logarithm is concave in u (Prékopa 1973).

References
----------
Plackett, R. L. (1975). The analysis of permutations. Applied Statistics, 24(2), 193–202.
Prékopa, A. (1973). On logarithmic concave measures and functions. Acta Scientiarum Mathematicarum, 34, 335–343.
"""

from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import combinations
from math import comb
from typing import NamedTuple

import numpy as np

from commonground.likelihood import picks
from commonground.records.choices import MISSING, FloatArray, IntArray

MOST_NUMBERS = 4_000_000
"""Numbers held at once while the recursion runs; more tasks than that allows are taken in turns."""


class _Level(NamedTuple):
    """The subsets of one size."""

    members: IntArray
    """(n_subsets, size): which of the others are in each."""
    before: IntArray
    """(n_subsets, size): where the subset without that member stands in the level before."""


class _Part(NamedTuple):
    """Tasks with the same number of items."""

    rows: IntArray
    """(n,): where they stand among all tasks, counted flat."""
    items: IntArray
    """(n, m + 1): the others first, the picked item at the end."""
    values: FloatArray
    """(n, m + 1): their utilities."""


class _Derivatives(NamedTuple):
    """Log probability that the item at the end comes last, with derivatives by the utilities of the set."""

    value: FloatArray
    gradient: FloatArray
    hessian: FloatArray


def log_probabilities(utilities: FloatArray, sets: IntArray, picked: IntArray) -> FloatArray:
    """How likely it was that the item picked comes last, as logarithms; 0 where nothing was picked.

    Parameters
    ----------
    utilities : (..., n_items) float
    sets : (..., n_tasks, k) int
    picked : (..., n_tasks) int

    Returns
    -------
    (..., n_tasks) float, nats, at most 0

    Examples
    --------
    >>> alone = log_probabilities(np.log([1.0, 2.0, 3.0]), np.array([[0, 1, 2]]), np.array([0]))
    >>> round(float(np.exp(alone[0])), 4), round(2 / 6 * 3 / 4 + 3 / 6 * 2 / 3, 4)
    (0.5833, 0.5833)
    """
    shape, parts = _parts(utilities, sets, picked)
    found = np.zeros(int(np.prod(shape)))
    for part in parts:
        found[part.rows] = _values(part.values)
    return found.reshape(shape)


def scores(utilities: FloatArray, sets: IntArray, picked: IntArray) -> FloatArray:
    """Gradient of each log probability: (..., n_tasks, n_items), each summing to zero."""
    n_items = utilities.shape[-1]
    shape, parts = _parts(utilities, sets, picked)
    found = np.zeros((int(np.prod(shape)), n_items))
    for part in parts:
        found[part.rows[:, None], part.items] = _in_turns(part.values, 1).gradient
    return found.reshape(*shape, n_items)


def hessian(utilities: FloatArray, sets: IntArray, picked: IntArray, weight: FloatArray) -> FloatArray:
    """Second derivatives of the weighted sum of log probabilities: (..., n_items, n_items)."""
    n_items = utilities.shape[-1]
    shape, parts = _parts(utilities, sets, picked)
    weights, members = np.broadcast_to(weight, shape).ravel(), int(np.prod(shape[:-1]))
    found = np.zeros(members * n_items * n_items)
    for part in parts:
        member = part.rows // shape[-1]
        place = (member[:, None, None] * n_items + part.items[:, :, None]) * n_items + part.items[:, None, :]
        values = _in_turns(part.values, 2).hessian * weights[part.rows, None, None]
        found += np.bincount(place.ravel(), weights=values.ravel(), minlength=found.size)
    return found.reshape(*shape[:-1], n_items, n_items)


def _parts(utilities: FloatArray, sets: IntArray, picked: IntArray) -> tuple[tuple[int, ...], Iterator[_Part]]:
    """The shape of the result, and the tasks with a pick by their number of items."""
    values = picks.item_utilities(utilities, sets)
    sets, picked = np.broadcast_to(sets, values.shape), np.broadcast_to(picked, values.shape[:-1])
    others = (sets != MISSING) & (sets != picked[..., None])
    inside = (sets == picked[..., None]) & (picked != MISSING)[..., None]
    # 0 for the others, 1 for the picked item, 2 for the filling: in this order
    order = np.argsort(2 - 2 * others - inside, axis=-1, kind="stable")
    flat_items = np.take_along_axis(sets, order, axis=-1).reshape(-1, sets.shape[-1])
    flat_values = np.take_along_axis(values, order, axis=-1).reshape(-1, sets.shape[-1])
    sizes = np.where(inside.any(axis=-1), others.sum(axis=-1), MISSING).ravel()
    return picked.shape, (
        _Part(rows := np.flatnonzero(sizes == size), flat_items[rows, : size + 1], flat_values[rows, : size + 1])
        for size in np.unique(sizes[sizes != MISSING]).tolist()
    )


@lru_cache(maxsize=16)
def _levels(others: int) -> tuple[_Level, ...]:
    """Every subset of so many items, smallest first, the empty one left out."""
    found: list[_Level] = []
    places: dict[tuple[int, ...], int] = {(): 0}
    for size in range(1, others + 1):
        subsets = list(combinations(range(others), size))
        before = [[places[(*one[:at], *one[at + 1 :])] for at in range(size)] for one in subsets]
        found.append(_Level(np.array(subsets), np.array(before)))
        places = {one: place for place, one in enumerate(subsets)}
    return tuple(found)


def _values(values: FloatArray) -> FloatArray:
    """Log probabilities alone: (n,)."""
    log_f = np.zeros((len(values), 1))
    for level in _levels(values.shape[1] - 1):
        log_f = picks.log_sums(_terms(values, log_f, level)) - _log_totals(values, level)
    return log_f[:, 0]


def _terms(values: FloatArray, log_f: FloatArray, level: _Level) -> FloatArray:
    """ln(v_i f(A∖i)) for each subset and member: (n, n_subsets, size)."""
    return values[:, level.members] + log_f[:, level.before]


def _log_totals(values: FloatArray, level: _Level) -> FloatArray:
    """ln(v_w + Σ v_j) of each subset: (n, n_subsets)."""
    return np.logaddexp(picks.log_sums(values[:, level.members]), values[:, -1:])


def _in_turns(values: FloatArray, order: int) -> _Derivatives:
    """Derivatives up to this order, so many tasks at a time that memory stays small."""
    size = values.shape[1]
    widest = comb(size - 1, (size - 1) // 2)
    step = max(1, MOST_NUMBERS // (widest * size**order))
    first_or_second: Callable[[FloatArray], _Derivatives] = _first if order == 1 else _second
    parts = [first_or_second(values[start : start + step]) for start in range(0, len(values), step)]
    return _Derivatives(*(np.concatenate(pieces) for pieces in zip(*parts, strict=True)))


def _first(values: FloatArray) -> _Derivatives:
    """Value and gradient; the Hessian stays empty."""
    n, size = values.shape
    log_f, slope = np.zeros((n, 1)), np.zeros((n, 1, size))
    for level in _levels(size - 1):
        terms = _terms(values, log_f, level)
        sums, totals = picks.log_sums(terms), _log_totals(values, level)
        slope = _mean_slope(np.exp(terms - sums[..., None]), slope, level) - _next(values, totals, level)
        log_f = sums - totals
    return _Derivatives(log_f[:, 0], slope[:, 0], np.zeros((n, 0, 0)))


def _second(values: FloatArray) -> _Derivatives:
    """Value, gradient and Hessian.

    With r_i the probability that i is the first of A given that w comes last, and z_i = 1_i + ∇ ln f(A∖i):
    ∇² ln f(A) = Σ r_i (∇² ln f(A∖i) + z_i z_iᵀ) − z̄ z̄ᵀ − (diag p − p pᵀ).
    """
    n, size = values.shape
    log_f, slope, curve = np.zeros((n, 1)), np.zeros((n, 1, size)), np.zeros((n, 1, size, size))
    for level in _levels(size - 1):
        terms = _terms(values, log_f, level)
        sums, totals = picks.log_sums(terms), _log_totals(values, level)
        share, chances = np.exp(terms - sums[..., None]), _next(values, totals, level)
        mean = _mean_slope(share, slope, level)
        spread = chances[..., :, None] * chances[..., None, :] - picks.diagonal(chances)
        inner = spread - mean[..., :, None] * mean[..., None, :]
        for place in range(level.members.shape[1]):
            z = _slope_after(slope, level, place)
            weight = share[..., place, None, None]
            inner += weight * (curve[:, level.before[:, place]] + z[..., :, None] * z[..., None, :])
        log_f, slope, curve = sums - totals, mean - chances, inner
    return _Derivatives(log_f[:, 0], slope[:, 0], curve[:, 0])


def _slope_after(slope: FloatArray, level: _Level, place: int) -> FloatArray:
    """z_i = 1_i + ∇ ln f(A∖i) with i the member of each subset at this place: (n, n_subsets, m + 1)."""
    z = slope[:, level.before[:, place]]
    z[:, np.arange(len(level.members)), level.members[:, place]] += 1
    return z


def _mean_slope(share: FloatArray, slope: FloatArray, level: _Level) -> FloatArray:
    """Σ r_i z_i of each subset: (n, n_subsets, m + 1)."""
    size = level.members.shape[1]
    return sum(
        (share[..., place, None] * _slope_after(slope, level, place) for place in range(size)),
        start=np.zeros((*share.shape[:2], slope.shape[-1])),
    )


def _next(values: FloatArray, totals: FloatArray, level: _Level) -> FloatArray:
    """The probability of each item to be ranked next, spread over all of the set: (n, n_subsets, m + 1)."""
    found = np.zeros((*totals.shape, values.shape[1]))
    found[..., -1] = np.exp(values[:, -1:] - totals)
    subsets = np.arange(len(level.members))[:, None]
    found[:, subsets, level.members] = np.exp(values[:, level.members] - totals[..., None])
    return found
