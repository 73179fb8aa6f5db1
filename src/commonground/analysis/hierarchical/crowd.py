"""Some people with their answers and their approximations: what one pass of the sampler moves at a time.

Everybody's likelihood, as a function of the coordinates z, is approximated by a normal curve, exp(bᵀz − zᵀHz/2), the
*site*. With a normal population it gives the *reference*, a normal distribution near each person's posterior: mean
C(Cᵀb + CᵀΩ₀μ), covariance C Cᵀ = (H + Ω₀)⁻¹, with Ω₀ a fixed guess of the population's precision and μ the population
mean of the moment. Draws are proposed from it; what it gets wrong only costs acceptance.
"""

from dataclasses import dataclass

import numpy as np

from commonground.analysis.hierarchical import contrast, kernels, matrices
from commonground.analysis.hierarchical.encode import Encoded, encode, people
from commonground.likelihood.tasks import Tasks
from commonground.records.choices import FloatArray, IntArray

NUMBERS_AT_ONCE = 5_600
"""Utilities moved in one go (people × chains × items): few enough for a processor's cache, enough to make numpy's
own time per call small."""


@dataclass(frozen=True, slots=True)
class Site:
    """Normal approximations of everybody's likelihood: exp(bᵀz − zᵀHz/2).

    Parameters
    ----------
    linear : (n_people, p) float
    information : (n_people, p, p) float
        Positive semi-definite.
    """

    linear: FloatArray
    information: FloatArray


@dataclass(frozen=True, slots=True)
class Reference:
    """Normal distributions near everybody's posterior, z = factor (shift + pull μ + ε).

    Parameters
    ----------
    factor : (n_people, p, p) float
        C, upper triangular: factor factorᵀ = (H + Ω₀)⁻¹.
    root : (n_people, p, p) float
        Its inverse: y = root z.
    shift : (n_people, p) float
        Cᵀ b.
    pull : (n_people, p, p) float
        Cᵀ Ω₀.
    """

    factor: FloatArray
    root: FloatArray
    shift: FloatArray
    pull: FloatArray


@dataclass(frozen=True, slots=True)
class Crowd:
    """A chunk of people.

    Parameters
    ----------
    who : (n_people,) int
        Their places among everybody.
    group : (n_people,) int
    encoded : Encoded
    columns : (n_items, p) float
        The basis of `contrast`.
    """

    who: IntArray
    group: IntArray
    encoded: Encoded
    columns: FloatArray

    def utilities(self, coordinates: FloatArray) -> FloatArray:
        """Utilities (n_items, n_people, n_draws) from coordinates (p, n_people, n_draws), bounded."""
        flat = self.columns @ coordinates.reshape(len(coordinates), -1)
        return kernels.bounded(flat.reshape(len(flat), *coordinates.shape[1:]))


def crowds(tasks: Tasks, n_items: int, groups: IntArray, who: IntArray, *, model: str, draws: int) -> tuple[Crowd, ...]:
    """Cut some people into chunks.

    Parameters
    ----------
    tasks : Tasks
        (n_people, n_tasks, k), of everybody.
    n_items : int
    groups : (n_people,) int
        Of everybody.
    who : (n,) int
        Those to take.
    model : str
    draws : int
        How many draws of each person will be moved side by side.
    """
    size = max(1, NUMBERS_AT_ONCE // (draws * n_items))
    columns = contrast.basis(n_items)
    parts = np.array_split(who, max(1, -(-len(who) // size))) if len(who) else []
    return tuple(Crowd(part, groups[part], encode(people(tasks, part), n_items, model), columns) for part in parts)


def linearised(crowd: Crowd, coordinates: FloatArray) -> Site:
    """The site that touches the log-likelihood at a point: same slope, same curvature.

    Parameters
    ----------
    crowd : Crowd
    coordinates : (p, n_people) float
    """
    utilities = crowd.utilities(coordinates[..., None])
    _, gradient = kernels.value_and_gradient(crowd.encoded, utilities)
    columns = crowd.columns
    information = columns.T @ kernels.information(crowd.encoded, utilities[..., 0]) @ columns
    slope = (columns.T @ gradient[..., 0]).T
    return Site(slope + np.einsum("nij,jn->ni", information, coordinates), information)


def reference(site: Site, precision: FloatArray) -> Reference:
    """What sites and a population precision make of each other."""
    root = matrices.root(site.information + precision)
    factor = matrices.transposed(matrices.inverse(root))
    turned = matrices.transposed(factor)
    return Reference(
        np.ascontiguousarray(factor),
        np.ascontiguousarray(matrices.transposed(root)),
        (turned @ site.linear[..., None])[..., 0],
        np.ascontiguousarray(turned @ precision),
    )
