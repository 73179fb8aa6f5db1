"""The utilities that best agree with sparse answers and with a normal prior around zero: Newton with inner iterations.

With a prior of standard deviation τ the largest posterior density lies where the log-likelihood minus Σu²/(2τ²) is
largest. A Newton step solves (H + I/τ²) step = slope by conjugate gradients, which need only products of H with a
vector, so that nothing of size items × items is ever made. Every item that was shown has a utility, whatever the
answers; the utilities of each set of items that hang together sum to zero by themselves.
"""

from dataclasses import dataclass

import numpy as np

from commonground.analysis.many.pick_sets import Curvature, PickSets
from commonground.records.choices import FloatArray

MOST_STEPS = 50
MOST_INNER = 500
MOST_HALVINGS = 30
TOLERANCE = 1e-9
"""Nats the next step could still gain, per item."""

INNER_TOLERANCE = 1e-3
"""Of the length of the right-hand side: a step need not be exact, the next one mends it."""

LONGEST_STEP = 5.0
"""No utility moves further in one step, in logits."""


@dataclass(frozen=True, slots=True)
class Ridge:
    """Where the posterior density is largest.

    Parameters
    ----------
    utilities : (items,) float
        Logits.
    converged : bool
    """

    utilities: FloatArray
    converged: bool


def fit_ridge(
    sets: PickSets, prior_sd: float, start: FloatArray | None = None, *, tolerance: float = TOLERANCE
) -> Ridge:
    """Find the utilities with the largest posterior density.

    Parameters
    ----------
    sets : PickSets
    prior_sd : float
        τ, logits, above 0.
    start : (items,) float, optional
    tolerance : float
        Nats per item that the next step could still gain when the search ends.

    References
    ----------
    Nash, S. G. (2000). A survey of truncated-Newton methods. Journal of Computational and Applied Mathematics,
    124(1–2), 45–59.

    Examples
    --------
    >>> sets = PickSets(2, 1, np.array([[0, 1]] * 4), np.array([0, 0, 0, 1]), np.zeros(4, dtype=int), np.ones(4))
    >>> wide, narrow = fit_ridge(sets, 1000.0).utilities, fit_ridge(sets, 0.5).utilities
    >>> round(float(wide[0] - wide[1]), 4), bool(narrow[0] < wide[0])
    (1.0986, True)
    """
    at = np.zeros(sets.items) if start is None else start
    precision = prior_sd**-2.0
    value = _posterior(sets, at, precision)
    for _ in range(MOST_STEPS):
        slope = sets.gradient(at) - precision * at
        step = solve(sets.curvature(at), precision, slope)
        gain = float(slope @ step) / 2
        step = step / max(float(np.abs(step).max()) / LONGEST_STEP, 1.0)
        at, value = _climb(sets, at, value, step, precision)
        if gain <= tolerance * sets.items:
            return Ridge(at, converged=True)
    return Ridge(at, converged=False)


def _posterior(sets: PickSets, at: FloatArray, precision: float) -> float:
    return sets.log_likelihood(at) - precision / 2 * float(at @ at)


def _climb(
    sets: PickSets, at: FloatArray, value: float, step: FloatArray, precision: float
) -> tuple[FloatArray, float]:
    """Halve the step until it does not go downhill, beyond what rounding can do."""
    slack = 1e-12 * (1 + abs(value))
    for _ in range(MOST_HALVINGS):
        reached = _posterior(sets, at + step, precision)
        if reached >= value - slack:
            return at + step, reached
        step = step / 2
    return at, value


def solve(
    curvature: Curvature, precision: float, right: FloatArray, *, tolerance: float = INNER_TOLERANCE
) -> FloatArray:
    """Solve (H + precision·I) x = right by preconditioned conjugate gradients, all columns side by side.

    Parameters
    ----------
    curvature : Curvature
    precision : float
    right : (items,) or (items, m) float
    tolerance : float
        What may be left of each column, beside its length.

    References
    ----------
    Hestenes, M. R., & Stiefel, E. (1952). Methods of conjugate gradients for solving linear systems. Journal of
    Research of the National Bureau of Standards, 49(6), 409–436.
    """
    columns = right if right.ndim == 2 else right[:, None]
    scale = 1 / (curvature.diagonal + precision)[:, None]
    found, rest = np.zeros_like(columns), columns.copy()
    enough = tolerance * np.sqrt((columns**2).sum(axis=0))
    ahead = scale * rest
    size = (rest * ahead).sum(axis=0)
    for _ in range(MOST_INNER):
        if (np.sqrt((rest**2).sum(axis=0)) <= enough).all():
            break
        moved = curvature.times(ahead) + precision * ahead
        length = _ratio(size, (ahead * moved).sum(axis=0))
        found, rest = found + length * ahead, rest - length * moved
        scaled = scale * rest
        before, size = size, (rest * scaled).sum(axis=0)
        ahead = scaled + _ratio(size, before) * ahead
    return found if right.ndim == 2 else found[:, 0]


def _ratio(above: FloatArray, below: FloatArray) -> FloatArray:
    """A quotient; 0 where a column is solved and nothing is left to divide."""
    return np.divide(above, below, out=np.zeros_like(above), where=below > 0)
