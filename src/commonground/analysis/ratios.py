"""The published study's arithmetic on counts: √(B/W), its logarithm, the 0–1 rescaling, and ranks."""

import numpy as np

from commonground.records.choices import FloatArray

SAME = 1e-9
"""Two results of the same arithmetic this close are equal: 0.3 + 0.1 − 0.2 is 0.2."""


def log_ratio(best: FloatArray, worst: FloatArray) -> FloatArray:
    """The log ratio ln √(B/W): the natural logarithm of the ratio score; NaN where a count is zero.

    Parameters
    ----------
    best, worst : (…, n_items) float
        Counts, with any constant already added.

    References
    ----------
    The published study, Methods: the ratio of the counts, its square root, the natural logarithm of that.

    Examples
    --------
    >>> log_ratio(np.array([123.0, 0.0]), np.array([9.0, 90.0])).round(2)
    array([1.31,  nan])
    """
    both = (best > 0) & (worst > 0)
    return np.where(both, 0.5 * (np.log(np.where(both, best, 1.0)) - np.log(np.where(both, worst, 1.0))), np.nan)


def square_root_ratio(best: FloatArray, worst: FloatArray) -> FloatArray:
    """The ratio score √(B/W): 0 for an item never best, NaN for one never worst.

    Parameters
    ----------
    best, worst : (…, n_items) float
        Counts, with any constant already added.

    Examples
    --------
    >>> square_root_ratio(np.array([4.0, 0.0, 3.0]), np.array([1.0, 90.0, 0.0]))
    array([ 2.,  0., nan])
    """
    return np.sqrt(np.where(worst > 0, best / np.where(worst > 0, worst, 1.0), np.nan))


def rescale(logs: FloatArray) -> FloatArray:
    """Min–max over the items (last axis): the lowest becomes 0, the highest 1.

    Undefined (NaN) for the whole row as soon as one item has no ratio, for then an end of the scale is not known; and
    where all items are equal.

    Parameters
    ----------
    logs : (…, n_items) float

    Examples
    --------
    >>> rescale(np.array([1.0, 0.0, -1.0]))
    array([1. , 0.5, 0. ])
    """
    lowest = logs.min(axis=-1, keepdims=True)
    spread = logs.max(axis=-1, keepdims=True) - lowest
    told_apart = spread > SAME
    return np.where(told_apart, (logs - lowest) / np.where(told_apart, spread, 1.0), np.nan)


def ranks(values: FloatArray) -> tuple[int, ...]:
    """Rank 1 for the highest; ties share the smaller rank.

    Parameters
    ----------
    values : (n_items,) float
        No NaN.

    Examples
    --------
    >>> ranks(np.array([0.2, 0.5, 0.2, -1.0]))
    (2, 1, 2, 4)
    """
    return tuple(1 + int((values > one + SAME).sum()) for one in values)


def known(value: float) -> float | None:
    """The number, or None for NaN."""
    return None if np.isnan(value) else float(value)
