"""The size at which a curve through simulated results reaches what is wanted, and how sure that is.

Half-widths fall about with the root of the size, so their logarithm is nearly a line in its logarithm, followed from
one size looked at to the next and beyond the last. The chance to tell two groups apart rises as a normal distribution
function does, in the root of the size; shares are rough, so all sizes looked at together tell the one looked for. How
sure it is comes from drawing the simulated studies again with replacement.
"""

import numpy as np

from commonground.records.choices import BoolArray, FloatArray, IntArray

MOST = 0.9
"""Share of items and studies that shall be at least so precise."""

REDRAWN = 200
FURTHEST = 1e6
"""A size above this is none."""

STEPS = 25
SURE = 1e-9
"""Chances no nearer than this to 0 and 1."""

STEADY = 0.5
"""Added to successes and failures of a curve, so that it exists when all studies of a size agree."""


def size_for_precision(sizes: FloatArray, widths: FloatArray, wanted: float) -> float:
    """The size at which 90 % of half-widths are at most as wide as wanted; infinite where the curve does not fall.

    Parameters
    ----------
    sizes : (n_sizes,) float
    widths : (n_simulations, n_sizes, n_items) float
    wanted : float

    Examples
    --------
    >>> sizes = np.array([25.0, 100.0])
    >>> round(size_for_precision(sizes, np.array([[[0.4], [0.2]]]), 0.1), 6)
    400.0
    """
    each = widths.swapaxes(1, 2).reshape(-1, len(sizes))
    found = np.asarray(np.quantile(each, MOST, axis=0, method="higher"), dtype=np.float64)
    known = np.isfinite(found)
    if known.sum() < 2:
        return np.inf
    if found[known].min() <= wanted <= found[known].max():  # between sizes looked at, each of which is well known
        where = np.interp(np.array([-np.log(wanted)]), -np.log(found[known]), np.log(sizes[known]))
        return _limited(float(where[0]))
    slope, level = np.polyfit(np.log(sizes[known]), np.log(found[known]), 1)
    return _limited((np.log(wanted) - level) / slope) if slope < 0 else np.inf


def size_for_power(sizes: FloatArray, told: BoolArray, wanted: float) -> float:
    """The size at which groups are told apart as often as wanted; infinite where the curve does not rise.

    Parameters
    ----------
    sizes : (n_sizes,) float
    told : (n_simulations, n_sizes) bool
    wanted : float
        Between 0 and 1.

    Examples
    --------
    >>> told = np.arange(100)[:, None] < np.array([40, 60, 80])
    >>> round(size_for_power(np.array([64.0, 100.0, 144.0]), told, 0.8))
    146
    """
    from scipy.special import ndtr, ndtri  # noqa: PLC0415 # pyright: ignore[reportMissingTypeStubs] # costly to load

    roots = np.sqrt(sizes)
    middle, width = float(roots.mean()), float(roots.std())
    x = np.column_stack([np.ones(len(sizes)), (roots - middle) / width])
    successes, trials = told.sum(axis=0) + STEADY, len(told) + 2 * STEADY
    at: FloatArray = np.zeros(2)
    for _ in range(STEPS):
        height = np.asarray(x @ at, dtype=np.float64)
        chance = np.clip(np.asarray(ndtr(height), dtype=np.float64), SURE, 1 - SURE)
        density = np.exp(-(height**2) / 2) / np.sqrt(2 * np.pi) / (chance * (1 - chance))
        curvature = x.T @ (x * (trials * density**2 * chance * (1 - chance))[:, None])
        slopes = np.asarray(x.T @ (density * (successes - trials * chance)), dtype=np.float64)
        step = np.asarray(np.linalg.solve(curvature, slopes), dtype=np.float64)
        at += np.clip(step, -1.0, 1.0)
    level, slope = float(at[0]), float(at[1])
    if slope <= 0:
        return np.inf
    root = middle + width * (float(ndtri(wanted)) - level) / slope
    return min(max(root, 0.0) ** 2, FURTHEST)


def redrawn(simulations: int, rng: np.random.Generator) -> IntArray:
    """Which simulated studies are drawn, again and again: (REDRAWN, n_simulations) int."""
    return rng.integers(0, simulations, (REDRAWN, simulations))


def wilson(successes: int, trials: int) -> tuple[float, float]:
    """Within which a share lies with 95 %.

    References
    ----------
    Wilson, E. B. (1927). Probable inference, the law of succession, and statistical inference. Journal of the American
    Statistical Association, 22(158), 209–212.

    Examples
    --------
    >>> [round(bound, 3) for bound in wilson(80, 100)]
    [0.711, 0.867]
    """
    z = 1.959964
    middle = (successes + z**2 / 2) / (trials + z**2)
    reach = z / (trials + z**2) * np.sqrt(successes * (trials - successes) / trials + z**2 / 4)
    return float(middle - reach), float(middle + reach)


def _limited(logarithm: float) -> float:
    return float(np.exp(min(logarithm, np.log(FURTHEST))))
