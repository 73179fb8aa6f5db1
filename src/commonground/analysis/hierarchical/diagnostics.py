"""Whether Markov chains have found the same distribution, and how many independent draws theirs are worth.

Everything here looks at draws alone, whatever made them, and at many quantities side by side. Chains are cut in halves,
so that one that drifts disagrees with itself. *R-hat* compares the spread between half-chains with the spread within:
1 is agreement. The *effective sample size* (ESS) is the number of independent draws that would know the mean as
well; *bulk* asks about the middle of the distribution, *tail* about its 5 % and 95 % points. Draws are replaced by
normal scores of their ranks first, so that heavy tails do not hide what is wrong, and R-hat is taken of the draws'
distance from their median as well, so that chains that agree in place but not in width are found.

References
----------
Vehtari, A., Gelman, A., Simpson, D., Carpenter, B., & Bürkner, P.-C. (2021). Rank-normalization, folding, and
localization: an improved R̂ for assessing convergence of MCMC. Bayesian Analysis, 16(2), 667–718.
Geyer, C. J. (1992). Practical Markov chain Monte Carlo. Statistical Science, 7(4), 473–483 (where the sum of
autocorrelations ends).
"""

from collections.abc import Callable
from functools import lru_cache
from math import log10, prod
from statistics import NormalDist

import numpy as np

from commonground.records.choices import FloatArray, IntArray

TAILS = (0.05, 0.95)
FEWEST_DRAWS = 4
"""Draws a chain needs before anything can be said: each half needs two."""

_MOST_NUMBERS = 2_000_000
"""Numbers transformed at once; more quantities than that allows are taken in turns."""


def rhat(draws: FloatArray) -> FloatArray:
    """Rank-normalised split R-hat, the larger of bulk and folded.

    Parameters
    ----------
    draws : (n_chains, n_draws, ...) float

    Returns
    -------
    (...) float
        1 where chains agree; above 1.01 they have not run long enough. NaN where draws are not finite or all the same.

    Raises
    ------
    ValueError
        With fewer than four draws a chain.

    References
    ----------
    Vehtari et al. (2021), sections 3 and 4.

    Examples
    --------
    >>> draws = np.random.default_rng(1).normal(size=(4, 500, 2))
    >>> draws[0, :, 1] += 1  # one chain lies elsewhere
    >>> rhat(draws).round(2).tolist()
    [1.0, 1.1]
    """
    return _in_turns(draws, _rhat)


def ess_bulk(draws: FloatArray) -> FloatArray:
    """Effective sample size of the middle of the distribution.

    Parameters
    ----------
    draws : (n_chains, n_draws, ...) float

    Returns
    -------
    (...) float
        Independent draws that all chains together are worth; NaN where draws are not finite or all the same.

    References
    ----------
    Vehtari et al. (2021), section 3.2 and equation 10.

    Examples
    --------
    >>> draws = np.random.default_rng(1).normal(size=(4, 500))
    >>> bool(1500 < ess_bulk(draws) < 2500), bool(ess_bulk(np.repeat(draws, 10, axis=1)) < 2500)
    (True, True)
    """
    return _in_turns(draws, _ess_bulk)


def ess_tail(draws: FloatArray) -> FloatArray:
    """Effective sample size of the 5 % and 95 % points, the smaller of the two.

    Parameters
    ----------
    draws : (n_chains, n_draws, ...) float

    Returns
    -------
    (...) float

    References
    ----------
    Vehtari et al. (2021), section 4.3.
    """
    return _in_turns(draws, _ess_tail)


def mcse_mean(draws: FloatArray) -> FloatArray:
    """Monte Carlo standard error of the mean: how far it would move if all were run again.

    Parameters
    ----------
    draws : (n_chains, n_draws, ...) float

    Returns
    -------
    (...) float
        In units of the draws.

    Examples
    --------
    >>> draws = np.random.default_rng(1).normal(size=(4, 2500))
    >>> round(float(mcse_mean(draws)), 3)
    0.01
    """
    return _in_turns(draws, _mcse_mean)


def _in_turns(draws: FloatArray, measure: Callable[[FloatArray], FloatArray]) -> FloatArray:
    """Apply a measure of (quantities, n_chains, n_draws) to so many quantities at a time as fit in memory."""
    draws = np.asarray(draws, dtype=np.float64)
    n_chains, n_draws, *shape = draws.shape
    if n_draws < FEWEST_DRAWS:
        raise ValueError(f"needs at least {FEWEST_DRAWS} draws a chain, not {n_draws}")
    flat = draws.reshape(n_chains, n_draws, prod(shape))
    found = np.full(flat.shape[2], np.nan)
    usable = np.flatnonzero(np.isfinite(flat).all(axis=(0, 1)) & (np.ptp(flat, axis=(0, 1)) > 0))
    step = max(1, _MOST_NUMBERS // (n_chains * n_draws))
    for start in range(0, usable.size, step):
        columns = usable[start : start + step]
        found[columns] = measure(np.ascontiguousarray(np.moveaxis(flat[:, :, columns], 2, 0)))
    return found.reshape(shape)


def _halves(draws: FloatArray) -> FloatArray:
    """Each chain as two; of an odd number of draws the one in the middle is left out."""
    half = draws.shape[2] // 2
    return np.concatenate([draws[:, :, :half], draws[:, :, -half:]], axis=1)


def _rhat(draws: FloatArray) -> FloatArray:
    halves = _halves(draws)
    folded = np.abs(halves - np.median(halves, axis=(1, 2), keepdims=True))
    return np.maximum(_split_rhat(_normal_scores(halves)), _split_rhat(_normal_scores(folded)))


def _ess_bulk(draws: FloatArray) -> FloatArray:
    return _ess(_normal_scores(_halves(draws)))


def _ess_tail(draws: FloatArray) -> FloatArray:
    quantiles = np.quantile(draws, TAILS, axis=(1, 2))[..., None, None]
    each = [_ess(_halves((draws <= quantile).astype(np.float64))) for quantile in quantiles]
    return np.minimum(*each)


def _mcse_mean(draws: FloatArray) -> FloatArray:
    return draws.std(axis=(1, 2), ddof=1) / np.sqrt(_ess(_halves(draws)))


def _split_rhat(halves: FloatArray) -> FloatArray:
    within, total = _variances(halves)
    with np.errstate(divide="ignore", invalid="ignore"):  # folded draws of two values only do not vary
        return np.sqrt(total / within)


def _variances(halves: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Mean variance within half-chains, and the estimate of the whole variance, between them included."""
    n = halves.shape[2]
    within = halves.var(axis=2, ddof=1).mean(axis=1)
    return within, within * (n - 1) / n + halves.mean(axis=2).var(axis=1, ddof=1)


def _normal_scores(halves: FloatArray) -> FloatArray:
    """Ranks over all chains as quantiles of the normal distribution; equal draws share their mean rank."""
    flat = halves.reshape(halves.shape[0], -1)
    order = np.argsort(flat, axis=1)
    in_order = np.take_along_axis(flat, order, axis=1)
    twice_rank = _twice_mean_place(in_order)
    scores = np.empty(flat.shape)
    np.put_along_axis(scores, order, _quantiles(flat.shape[1])[twice_rank], axis=1)
    return scores.reshape(halves.shape)


def _twice_mean_place(in_order: FloatArray) -> IntArray:
    """For sorted rows, twice the mean place of the values equal to each."""
    n = in_order.shape[1]
    place = np.arange(n, dtype=np.int64)
    differs = in_order[:, 1:] != in_order[:, :-1]
    if differs.all():
        return np.broadcast_to(2 * place, in_order.shape)
    edge = np.ones((in_order.shape[0], 1), dtype=bool)
    first = np.maximum.accumulate(np.where(np.hstack([edge, differs]), place, 0), axis=1)
    last = np.where(np.hstack([differs, edge]), place, n)[:, ::-1]
    return first + np.minimum.accumulate(last, axis=1)[:, ::-1]


@lru_cache(maxsize=8)
def _quantiles(n: int) -> FloatArray:
    """Normal quantiles of the ranks 1, 1½, 2 … n after Blom; the standard library has them, without importing scipy."""
    normal = NormalDist()
    return np.array([normal.inv_cdf((1 + twice / 2 - 3 / 8) / (n + 1 / 4)) for twice in range(2 * n - 1)])


def _ess(halves: FloatArray) -> FloatArray:
    """Draws over the integrated autocorrelation time, estimated over all half-chains together: (quantities,)."""
    n_halves, n = halves.shape[1:]
    covariance = _autocovariance(halves)
    within, total = _variances(halves)
    with np.errstate(divide="ignore", invalid="ignore"):
        correlation = 1 - (within[:, None] - covariance) / total[:, None]
    correlation[:, 0] = 1.0
    time = np.maximum(_autocorrelation_time(correlation), 1 / log10(n_halves * n))
    return np.where(total > 0, n_halves * n / time, np.nan)


def _autocovariance(halves: FloatArray) -> FloatArray:
    """By lag, the mean over half-chains: (quantities, n)."""
    n = halves.shape[2]
    padded = 1 << (2 * n - 1).bit_length()
    spectrum = np.fft.rfft(halves - halves.mean(axis=2, keepdims=True), n=padded, axis=2)
    power = (spectrum.real**2 + spectrum.imag**2).mean(axis=1)
    return np.fft.irfft(power, n=padded, axis=1)[:, :n] / n


def _autocorrelation_time(correlation: FloatArray) -> FloatArray:
    """−1 + 2 Σ of pairs of autocorrelations while they are positive, each at most the one before (Geyer).

    Sums of neighbouring autocorrelations of a reversible chain are positive and fall; where an estimate does not, only
    noise is left. The first autocorrelation of the pair that ends the sum still counts once if it is positive.
    """
    quantities, n = correlation.shape
    pairs = correlation[:, : n // 2 * 2].reshape(quantities, n // 2, 2)[:, : max(n // 2 - 1, 1)]
    sums = pairs.sum(axis=2)
    ends = np.where((sums <= 0).any(axis=1), (sums <= 0).argmax(axis=1), np.int64(sums.shape[1] - 1))
    before = np.arange(sums.shape[1], dtype=np.int64) < ends[:, None]
    falling = np.minimum.accumulate(sums, axis=1)
    last = np.take_along_axis(pairs[..., 0], ends[:, None], axis=1)[:, 0]
    return -1 + 2 * np.where(before, falling, 0.0).sum(axis=1) + np.maximum(last, 0.0)
