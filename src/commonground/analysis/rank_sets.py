"""Ranks, and the ranks that hold for all items at once.

A rank is a count of differences: one plus the number of items that lie higher. So intervals for the differences between
all pairs of items, wide enough to hold together, bound every rank: items that surely lie higher come before, items that
surely lie lower come after, and the others may stand on either side. The common width is a quantile of the largest of
all differences between estimates and truth, each over its standard error (the max-statistic), told by draws of the
errors. It takes in that differences share items, which makes it less wide than Bonferroni's.

The stepwise refinement of the source, which gains a little where much is certain, is left out.

References
----------
Mogstad, M., Romano, J. P., Shaikh, A. M., & Wilhelm, D. (2024). Inference for ranks with applications to mobility
across neighbourhoods and academic achievement across countries. Review of Economic Studies, 91(1), 476–518
(simultaneous confidence sets).
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from commonground.records.choices import FloatArray, IntArray

Floats = NDArray[np.floating[Any]]
"""Of any precision: half of the usual does for thousands of items."""

SAME = 1e-9
"""Utilities nearer than this, in logits, come from the same answers."""

ROWS = 512
"""Compared with all items at once."""

FEW = 48
"""Items, all pairs of which are looked at in every draw."""

ENDS = 12
"""Items at either end of a draw whose differences give a first bound of its largest one."""


def ranks(utilities: FloatArray) -> IntArray:
    """Rank by utility, 1 the highest; equal ones share the smaller rank: (items,).

    Examples
    --------
    >>> ranks(np.array([0.5, 2.0, 0.5, -1.0])).tolist()
    [2, 1, 2, 4]
    """
    order = np.argsort(-utilities, kind="stable")
    falls = np.append(True, -np.diff(utilities[order]) > SAME)
    first = np.maximum.accumulate(np.where(falls, np.arange(1, order.size + 1), 0))
    found = np.empty(order.size, dtype=np.int64)
    found[order] = first
    return found


def rank_sets(utilities: FloatArray, covariance: Floats, moves: Floats, level: float) -> IntArray:
    """The ranks each item may have, so that all of them hold at once: (2, items), the lowest and the highest.

    Parameters
    ----------
    utilities : (items,) float
        Estimates, logits; only differences matter.
    covariance : (items, items) float
        Of their errors.
    moves : (n_draws, items) float
        Errors drawn with that covariance; a thousand draws or more.
    level : float
        The probability that all true ranks lie inside, from 0 to 1.

    Examples
    --------
    >>> moves = np.random.default_rng(1).normal(size=(2000, 3))
    >>> rank_sets(np.array([9.0, 0.5, 0.0]), np.eye(3), moves, 0.95).tolist()
    [[1, 2, 2], [1, 3, 3]]
    """
    errors = _errors(covariance)
    critical = np.quantile(largest(moves, errors, np.sqrt(np.diag(covariance))), level)
    before, after = np.zeros(utilities.size, dtype=np.int64), np.zeros(utilities.size, dtype=np.int64)
    for start in range(0, utilities.size, ROWS):
        rows = slice(start, start + ROWS)
        ahead = utilities[rows, None] - utilities > critical * errors[rows]
        before += ahead.sum(axis=0)
        after[rows] = ahead.sum(axis=1)
    return np.stack([1 + before, utilities.size - after])


def _errors(covariance: Floats) -> Floats:
    """Standard errors of the differences between items, infinite where a difference cannot move: (items, items)."""
    errors = -2 * covariance
    variance = np.diag(covariance)
    errors += variance
    errors += variance[:, None]
    np.maximum(errors, 0, out=errors)
    np.sqrt(errors, out=errors)
    errors[errors == 0] = np.inf
    np.fill_diagonal(errors, np.inf)
    return errors


def largest(moves: Floats, errors: Floats, own: Floats) -> FloatArray:
    """In every draw the largest difference between two items, over its standard error: (n_draws,).

    Many items are not all compared. With z each item's move over its own error, the difference of two of them is at
    most √(z² + z²) times the root of their summed variances (Cauchy–Schwarz), of which the pair's error is at least a
    share that is looked up once. So as soon as some pairs near the ends of a draw have shown a large ratio, only items
    that are themselves far out can be in a larger one.

    Parameters
    ----------
    moves : (n_draws, items) float
    errors : (items, items) float
        Of the differences; infinite where one does not count.
    own : (items,) float
        Standard errors of the items themselves.
    """
    if own.size <= FEW:
        return (np.abs(moves[:, :, None] - moves[:, None, :]) / errors).max(axis=(1, 2))
    least = min(float((row / np.hypot(error, own)).min()) for row, error in zip(errors, own, strict=True))
    return np.array([_largest(move, move / own, errors, least) for move in moves])


def _largest(move: Floats, z: Floats, errors: Floats, least: float) -> float:
    up, down = np.maximum(z, 0.0), np.maximum(-z, 0.0)
    bound = _between(move, errors, np.argpartition(up, -ENDS)[-ENDS:], np.argpartition(down, -ENDS)[-ENDS:])
    reach = (bound * least) ** 2
    high = np.flatnonzero(up**2 >= reach - down.max() ** 2)
    low = np.flatnonzero(down**2 >= reach - up.max() ** 2)
    return max(bound, _between(move, errors, high, low))


def _between(move: Floats, errors: Floats, high: IntArray, low: IntArray) -> float:
    """The largest difference of one of the first from one of the second."""
    if not (high.size and low.size):
        return 0.0
    return float(((move[high][:, None] - move[low]) / errors[np.ix_(high, low)]).max())
