"""How far items lie apart, told by the answers themselves: the standard deviation of the prior.

The utilities u have the prior N(0, τ²I). At a given τ the estimate is û = (H + I/τ²)⁻¹-shrunken, and near it
û = A·u + (H + I/τ²)⁻¹·ε with A = (H + I/τ²)⁻¹H and ε the noise of the gradient. So the expected squared length of û is
τ²·tr(A²) + tr(V), V being the covariance that ε gives û, and τ² is what makes both sides equal. With the noise the
model itself implies, V = (H + I/τ²)⁻¹H(H + I/τ²)⁻¹, this is MacKay's fixed point τ² = ‖û‖²/tr(A), at which the Laplace
approximation of the marginal likelihood is largest. Here V is measured between people instead, so that what makes
people differ is not taken for differences between items.

Traces come from random vectors of signs (Hutchinson's estimator), one linear solve each.

References
----------
MacKay, D. J. C. (1992). Bayesian interpolation. Neural Computation, 4(3), 415–447, eq. 4.9.
Hutchinson, M. F. (1990). A stochastic estimator of the trace of the influence matrix. Communications in Statistics –
Simulation and Computation, 19(2), 433–450.
"""

from dataclasses import dataclass

import numpy as np

from commonground.analysis.many.pick_sets import PickSets
from commonground.analysis.many.ridge import Ridge, fit_ridge, solve
from commonground.records.choices import FloatArray, IntArray

PROBES = 48
MOST_ROUNDS = 100
TOLERANCE = 1e-4
"""Relative change of τ at which the search ends."""

SMALLEST_SD = 0.02
LARGEST_SD = 5.0
"""In logits; outside these the answers do not tell τ."""

LOOSER = 1e-6


@dataclass(frozen=True, slots=True)
class Clusters:
    """What is independent of what: people, or tasks where there are too few people to tell.

    Parameters
    ----------
    of : (n_picks,) int
        Which cluster each pick belongs to.
    number : int
    """

    of: IntArray
    number: int


@dataclass(frozen=True, slots=True)
class Prior:
    """The prior found, and the estimate under it.

    Parameters
    ----------
    sd : float
        τ, logits.
    inside : bool
        Whether τ lies between the limits, so that the answers tell it.
    noise_ratio : float
        How many times the noise between clusters is what the model alone would give; above 1 where people differ.
    ridge : Ridge
    """

    sd: float
    inside: bool
    noise_ratio: float
    ridge: Ridge


def find_prior(sets: PickSets, clusters: Clusters, rng: np.random.Generator) -> Prior:
    """Find the prior's standard deviation, and the utilities under it.

    Parameters
    ----------
    sets : PickSets
        Every item is in some set.
    clusters : Clusters
    rng : numpy Generator
    """
    probes = rng.choice(np.array([-1.0, 1.0]), size=(sets.items, PROBES))
    probes -= probes.mean(axis=0)  # the mean of all utilities is not estimated, and is left out of every trace
    sd, found, ratio = 1.0, Ridge(np.zeros(sets.items), converged=False), 1.0
    for _ in range(MOST_ROUNDS):
        found = fit_ridge(sets, sd, found.utilities, tolerance=LOOSER)
        before, (sd, ratio) = sd, _next(sets, clusters, found.utilities, sd, probes)
        if abs(sd - before) <= TOLERANCE * before:
            break
    return Prior(sd, SMALLEST_SD < sd < LARGEST_SD, ratio, fit_ridge(sets, sd, found.utilities))


def with_prior(sets: PickSets, clusters: Clusters, sd: float, rng: np.random.Generator) -> Prior:
    """The estimate under a prior somebody chose.

    Parameters
    ----------
    sets : PickSets
    clusters : Clusters
    sd : float
        Logits, above 0.
    rng : numpy Generator
    """
    probes = rng.choice(np.array([-1.0, 1.0]), size=(sets.items, PROBES))
    probes -= probes.mean(axis=0)
    found = fit_ridge(sets, sd)
    return Prior(sd, inside=True, noise_ratio=_next(sets, clusters, found.utilities, sd, probes)[1], ridge=found)


def _next(sets: PickSets, clusters: Clusters, at: FloatArray, sd: float, probes: FloatArray) -> tuple[float, float]:
    """The standard deviation that would fit, and the ratio of noise measured to noise implied."""
    precision = sd**-2.0
    curvature = sets.curvature(at)
    solved = solve(curvature, precision, probes)
    trace, square = float((probes * solved).sum()) / PROBES, float((solved**2).sum()) / PROBES
    scores = sets.scores(at, clusters.of, clusters.number, 1 / (curvature.diagonal + precision))
    measured = float(((scores @ solved) ** 2).sum()) / PROBES
    implied = trace - precision * square
    ratio = measured / implied if implied > 0 else 1.0
    determined = sets.items - 1 - precision * trace  # tr(A), the number of utilities the answers determine
    free = determined + precision * (measured - implied)
    wanted = float(np.sqrt(float(at @ at) / free)) if free > 0 else LARGEST_SD
    return float(np.clip(wanted, SMALLEST_SD, LARGEST_SD)), ratio
