"""The population's mean and covariance given everybody's coordinates: conjugate draws.

With n_g people in group g whose coordinates add up to s_g, and Ω the precision, the mean of group g is normal with
precision n_g Ω + 1/mean_sd² and mean (that)⁻¹ Ω s_g. The covariance, common to all groups, is inverse Wishart:
degrees of freedom and scale matrix of the prior, plus the number of people and the sum of squares around the means.
"""

from dataclasses import dataclass

import numpy as np

from commonground.analysis.hierarchical import matrices
from commonground.analysis.hierarchical.prior import Prior, draw_inverse_wishart
from commonground.records.choices import FloatArray


@dataclass(frozen=True, slots=True)
class Population:
    """What everybody is drawn from, once a chain.

    Parameters
    ----------
    means : (n_chains, n_groups, p) float
        In coordinates of `contrast`.
    covariance, precision : (n_chains, p, p) float
    scales : (n_chains, n_items) float
        The covariance prior's mixing variables.
    """

    means: FloatArray
    covariance: FloatArray
    precision: FloatArray
    scales: FloatArray


@dataclass(frozen=True, slots=True)
class Moments:
    """What the population needs to know of its people.

    Parameters
    ----------
    size : (n_groups,) float
        People in each group.
    total : (n_chains, n_groups, p) float
        Their coordinates added up.
    squares : (n_chains, p, p) float
        Σ z zᵀ over everybody.
    """

    size: FloatArray
    total: FloatArray
    squares: FloatArray

    def around(self, means: FloatArray) -> FloatArray:
        """Σ (z − μ)(z − μ)ᵀ over everybody: (n_chains, p, p)."""
        cross = matrices.transposed(self.total) @ means
        between = matrices.transposed(means * self.size[:, None]) @ means
        return self.squares - cross - matrices.transposed(cross) + between


def draw_population(now: Population, moments: Moments, prior: Prior, rng: np.random.Generator) -> Population:
    """One Gibbs step: means, then covariance; the scales stay."""
    means = draw_means(now.precision, moments, prior, rng)
    df = prior.covariance_df(means.shape[-1]) + moments.size.sum()
    scale = moments.around(means) + prior.covariance_scale(now.scales)
    covariance, precision = draw_inverse_wishart(df, scale, rng)
    return Population(means, covariance, precision, now.scales)


def draw_means(precision: FloatArray, moments: Moments, prior: Prior, rng: np.random.Generator) -> FloatArray:
    """Every group's mean given the precision: (n_chains, n_groups, p)."""
    own = moments.size[:, None, None] * precision[:, None] + np.eye(precision.shape[-1]) / prior.mean_sd**2
    root = matrices.root(own)
    wanted = np.einsum("cij,cgj->cgi", precision, moments.total)
    half = matrices.solved(root, wanted[..., None]) + rng.standard_normal((*wanted.shape, 1))
    return matrices.solved(matrices.transposed(root), half)[..., 0]
