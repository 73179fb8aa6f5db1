"""How sure sparse estimates are: their errors and what they could as well have been.

A penalised estimate misses the truth in two ways: noise moves it, and the prior pulls it towards zero. With
K = (H + I/τ²)⁻¹, noise ε and utilities u from the prior, û − u = K(ε − u/τ²), so that its covariance is
K(J + I/τ²)K with J = Cov(ε). J is the sum over people of the outer products of their gradients, which holds whether or
not a person's answers hang together. Were J = H, this would be K, the Laplace approximation of the posterior.

Draws use the same formula without ever making J: every person's gradient is multiplied with a normal number of its own
and a normal vector over τ is added. They stand for what the utilities may be, given the answers.

References
----------
Hall, P., & Maiti, T. (2006). On parametric bootstrap methods for small area prediction. Journal of the Royal
Statistical Society B, 68(2), 221–238 (mean squared error of a shrunken estimate).
White, H. (1982). Maximum likelihood estimation of misspecified models. Econometrica, 50(1), 1–25 (J beside H).
Kline, P., & Santos, A. (2012). A score based approach to wild bootstrap inference. Journal of Econometric Methods,
1(1), 23–41 (multiplying gradients).
"""

from dataclasses import dataclass
from typing import cast

import numpy as np

from commonground.analysis.many.pick_sets import Matrix, PickSets
from commonground.analysis.many.prior import Clusters, Prior
from commonground.records.choices import FloatArray

_Solved = tuple[FloatArray, int]
"""What LAPACK hands back: a matrix, and 0 where all went well."""

NUMBERS_AT_ONCE = 10_000_000
"""In one array: about 80 MB."""

BLOCK = 256
"""Rows copied at once."""


@dataclass(frozen=True, slots=True)
class Posterior:
    """What the utilities may be.

    Parameters
    ----------
    utilities : (items,) float
        Logits, summing to zero.
    errors : (items,) float
        Roots of their expected squared distance from the truth, logits.
    draws : (n_draws, items) float
        As likely as the utilities themselves.
    """

    utilities: FloatArray
    errors: FloatArray
    draws: FloatArray


def posterior(sets: PickSets, clusters: Clusters, prior: Prior, draws: int, rng: np.random.Generator) -> Posterior:
    """Errors of the estimate under a prior, and draws around it.

    Parameters
    ----------
    sets : PickSets
    clusters : Clusters
    prior : Prior
    draws : int
    rng : numpy Generator
    """
    at, precision = prior.ridge.utilities, prior.sd**-2.0
    curvature = sets.curvature(at)
    scores = sets.scores(at, clusters.of, clusters.number, 1 / (curvature.diagonal + precision))
    spread = _inverse(curvature.dense(), precision)
    spread -= spread.mean(axis=0)  # utilities are told beside their mean
    variance = _between(scores, spread, clusters.number) + precision * np.einsum("ij,ij->i", spread, spread)
    centred = at - at.mean()
    return Posterior(
        centred,
        np.sqrt(variance),
        centred + _moves(scores, spread, clusters=clusters.number, sd=prior.sd, draws=draws, rng=rng),
    )


def _inverse(matrix: FloatArray, precision: float) -> FloatArray:
    """(matrix + precision·I)⁻¹ by Cholesky, half of the work of a general inverse; overwrites `matrix`."""
    from scipy.linalg import lapack  # noqa: PLC0415 # pyright: ignore[reportMissingTypeStubs] # costly to load

    matrix[np.diag_indices_from(matrix)] += precision
    factor, failed = cast("_Solved", lapack.dpotrf(matrix.T, lower=1, overwrite_a=1))  # pyright: ignore[reportUnknownMemberType, reportAttributeAccessIssue] # SciPy's wrappers have no types
    if failed:
        raise ArithmeticError("the curvature of a concave log-likelihood was not positive definite")
    inverse, _ = cast("_Solved", lapack.dpotri(factor, lower=1, overwrite_c=1))  # pyright: ignore[reportUnknownMemberType, reportAttributeAccessIssue] # SciPy's wrappers have no types
    for start in range(0, len(inverse), BLOCK):  # LAPACK fills one half only
        stop = start + BLOCK
        inverse[start:stop, start:stop] = np.tril(inverse[start:stop, start:stop])
        corner = inverse[start:stop, start:stop]
        corner += np.tril(corner, -1).T
        inverse[start:stop, stop:] = inverse[stop:, start:stop].T
    return inverse


def _between(scores: Matrix, spread: FloatArray, clusters: int) -> FloatArray:
    """What noise adds to each utility's variance: the diagonal of spread·J·spreadᵀ, (items,)."""
    step = max(1, NUMBERS_AT_ONCE // clusters)
    parts = [
        ((scores @ spread[start : start + step].T.copy()) ** 2).sum(axis=0) for start in range(0, len(spread), step)
    ]
    return np.concatenate(parts)


def _moves(
    scores: Matrix, spread: FloatArray, *, clusters: int, sd: float, draws: int, rng: np.random.Generator
) -> FloatArray:
    """How far each draw lies from the estimate: (n_draws, items)."""
    found = np.empty((draws, len(spread)))
    step = max(1, NUMBERS_AT_ONCE // max(clusters, len(spread)))
    for start in range(0, draws, step):
        size = min(step, draws - start)
        noise = scores.T @ rng.normal(size=(clusters, size)) + rng.normal(size=(len(spread), size)) / sd
        found[start : start + size] = (spread @ noise).T
    return found
