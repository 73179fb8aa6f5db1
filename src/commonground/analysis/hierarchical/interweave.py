"""Moves of population and people together: mean and spread change, everybody keeps their relative place.

Given everybody's utilities the population is drawn exactly (`population`), but where each person's answers say little
the utilities follow the population of the moment, and the two creep along together. The cure is to alternate with a
move that holds η = R⁻¹(z − μ) and changes μ and R, any root of the covariance Σ = R Rᵀ (Yu & Meng 2011): then
utilities move with the population, and the answers judge directly. The posterior of (μ, R) given η has the density

    L(μ + R η) · p(μ) · p(R Rᵀ) abs(det R),

the last factor because many R make the same Σ; the scales of the covariance prior are integrated out. With
x_i = (1 at the place of i's group, η_i) and B = (μ, Rᵀ) stacked, z_i = Bᵀ x_i is a regression. B is explored by
Hamiltonian dynamics in units in which its posterior, were everybody's likelihood curved alike, would be spherical:
the precision Σ η ηᵀ ⊗ H of the answers plus I ⊗ κΩ of the prior is diagonal on the axes of Σ η ηᵀ and of (H, Ω).

References
----------
Yu, Y., & Meng, X.-L. (2011). To center or not to center: that is not the question – an ancillarity–sufficiency
interweaving strategy (ASIS) for boosting MCMC efficiency. Journal of Computational and Graphical Statistics, 20(3),
531–570.
Blanes, S., Casas, F., & Sanz-Serna, J. M. (2014). Numerical integrators for the hybrid Monte Carlo method. SIAM Journal
on Scientific Computing, 36(4), A1556–A1580 (the two-stage integrator with b = 0.21178).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from commonground.analysis.hierarchical import matrices
from commonground.analysis.hierarchical.crowd import Crowd
from commonground.analysis.hierarchical.place import Place, place
from commonground.analysis.hierarchical.population import Population
from commonground.analysis.hierarchical.prior import Prior, draw_scales, draw_unseen, log_density_of_root
from commonground.records.choices import BoolArray, FloatArray

OUTER = 0.21178
"""b of the two-stage integrator."""


@dataclass(frozen=True, slots=True)
class Metric:
    """What is near in one direction and far in another: fixed once the warm-up is over.

    With Ω a typical precision of the population and H the average curvature of a person's likelihood, T is the matrix
    with Ω = TᵀT and H = Tᵀ diag(λ) T.

    Parameters
    ----------
    back : (p, p) float
        T⁻¹.
    curvature : (p,) float
        λ: what a person's answers say in units of what the population says.
    """

    back: FloatArray
    curvature: FloatArray


@dataclass(frozen=True, slots=True)
class Stride:
    """How the population moves.

    Parameters
    ----------
    metric : Metric
    size : (n_groups,) float
        People in each group.
    step : float
        Length of a step, in posterior standard deviations, about.
    pairs : int
        Pairs of steps.
    """

    metric: Metric
    size: FloatArray
    step: float
    pairs: int


@dataclass(frozen=True, slots=True)
class _Held:
    """What stays as it is: everybody's η, the units it makes, and the unseen part of the covariance."""

    relative: list[FloatArray]
    """(n_chains, p, n_people) a crowd."""
    axes: FloatArray
    """(n_chains, p, p): the principal axes of Σ η ηᵀ, as columns."""
    units: FloatArray
    """(n_chains, n_groups + p, p): standard deviations of B on these axes."""
    unseen: FloatArray
    """(n_chains, n_items)."""


@dataclass(slots=True)
class _Point:
    """B and places of all chains, with the log posterior and its slope in the units of the move."""

    stacked: FloatArray
    places: list[Place]
    value: FloatArray
    slope: FloatArray


def interweave(
    parts: Sequence[Crowd],
    at: Sequence[Place],
    now: Population,
    stride: Stride,
    *,
    prior: Prior,
    rng: np.random.Generator,
) -> tuple[Population, BoolArray]:
    """Move means, covariance and everybody with them, then draw the scales.

    Parameters
    ----------
    parts, at : sequence of Crowd and of Place
        Places are changed in place.
    now : Population
    stride : Stride
    prior : Prior
    rng : numpy.random.Generator

    Returns
    -------
    Population
    moved : (n_chains,) bool
    """
    root = matrices.root(now.covariance)
    held = _held(_relative(parts, at, now.means, matrices.inverse(root)), now, stride, prior, rng)
    stacked = np.concatenate([now.means, matrices.transposed(root)], axis=1)
    start = _point(parts, stacked, held, stride=stride, prior=prior, places=list(at))
    point, gain = _flight(parts, start, held, stride=stride, prior=prior, speed=rng.standard_normal(stacked.shape))
    moved = gain > -rng.standard_exponential(gain.shape)
    for one, new in zip(at, point.places, strict=True):
        one.take(new, moved[None])
    after = np.where(moved[:, None, None], point.stacked, stacked)
    means, covariance, precision = _population(after, now.means.shape[1])
    return Population(means, covariance, precision, draw_scales(precision, held.unseen, prior, rng)), moved


def metric(precision: FloatArray, curvature: FloatArray) -> Metric:
    """The directions in which a population precision and an average curvature, both (p, p), are diagonal at once."""
    back = matrices.inverse(matrices.root(precision)).T
    strengths, turn = np.linalg.eigh(back.T @ curvature @ back)
    return Metric(back @ turn, np.maximum(strengths, 0.0))


def _relative(parts: Sequence[Crowd], at: Sequence[Place], means: FloatArray, inverse: FloatArray) -> list[FloatArray]:
    """Everybody's η."""
    return [
        inverse @ (one.z.transpose(2, 1, 0) - matrices.transposed(means[:, part.group]))
        for part, one in zip(parts, at, strict=True)
    ]


def _held(relative: list[FloatArray], now: Population, stride: Stride, prior: Prior, rng: np.random.Generator) -> _Held:
    """Units in which the posterior of B would be spherical."""
    p = now.covariance.shape[-1]
    squares, axes = np.linalg.eigh(sum((eta @ matrices.transposed(eta) for eta in relative), start=np.zeros((p, p))))
    strength = stride.metric.curvature
    believed = (stride.metric.back**2).sum(axis=0) / prior.mean_sd**2
    of_means = np.broadcast_to(stride.size[:, None] * strength + believed, now.means.shape)
    of_root = np.maximum(squares, 0.0)[..., None] * strength + (prior.df + 2 * p - 1)
    units = np.concatenate([of_means, of_root], axis=1) ** -0.5
    return _Held(relative, axes, units, draw_unseen(now.scales, prior, rng))


def _flight(
    parts: Sequence[Crowd], start: _Point, held: _Held, *, stride: Stride, prior: Prior, speed: FloatArray
) -> tuple[_Point, FloatArray]:
    """Kicks and drifts in turn; where they end and the log posterior gained less the energy of the speed gained."""
    before = _energy(speed)
    point = start
    for _ in range(stride.pairs):
        for kick in (OUTER, 1 - 2 * OUTER):
            speed = speed + 2 * kick * stride.step * point.slope
            stacked = point.stacked + stride.step * _drift(speed, held, stride)
            point = _point(parts, stacked, held, stride=stride, prior=prior)
        speed = speed + 2 * OUTER * stride.step * point.slope
    return point, point.value - start.value + before - _energy(speed)


def _point(
    parts: Sequence[Crowd],
    stacked: FloatArray,
    held: _Held,
    *,
    stride: Stride,
    prior: Prior,
    places: list[Place] | None = None,
) -> _Point:
    """Everything at a given B; places are computed unless they are known."""
    n_groups = stacked.shape[1] - stacked.shape[2]
    means, root = stacked[:, :n_groups], matrices.transposed(stacked[:, n_groups:])
    if places is None:
        centres = matrices.transposed(means)
        everybody = (
            np.ascontiguousarray((centres[..., part.group] + root @ eta).transpose(2, 1, 0))
            for part, eta in zip(parts, held.relative, strict=True)
        )
        places = [place(part, z) for part, z in zip(parts, everybody, strict=True)]
    value, by_root = log_density_of_root(root, held.unseen, prior)
    value = value - (means**2).sum(axis=(-2, -1)) / prior.mean_sd**2 / 2
    by_means, by_root = -means / prior.mean_sd**2, matrices.transposed(by_root)
    for part, one, eta in zip(parts, places, held.relative, strict=True):
        slope = np.ascontiguousarray(one.slope.transpose(2, 0, 1))
        value = value + one.log_likelihood.sum(axis=0)
        by_root = by_root + eta @ slope
        by_means = by_means + _group_sums(part, slope, n_groups)
    by_axes = np.concatenate([by_means, matrices.transposed(held.axes) @ by_root], axis=1)
    return _Point(stacked, places, value, held.units * (by_axes @ stride.metric.back))


def _drift(speed: FloatArray, held: _Held, stride: Stride) -> FloatArray:
    """A speed in spherical units as one of B."""
    along = (held.units * speed) @ stride.metric.back.T
    n_groups = along.shape[1] - along.shape[2]
    return np.concatenate([along[:, :n_groups], held.axes @ along[:, n_groups:]], axis=1)


def _group_sums(part: Crowd, slope: FloatArray, n_groups: int) -> FloatArray:
    """Slopes (n_chains, n_people, p) added up by group: (n_chains, n_groups, p)."""
    if n_groups == 1:
        return slope.sum(axis=1)[:, None]
    return (np.arange(n_groups)[:, None] == part.group).astype(np.float64) @ slope


def _energy(speed: FloatArray) -> FloatArray:
    return (speed**2).sum(axis=(-2, -1)) / 2


def _population(stacked: FloatArray, n_groups: int) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Means, covariance and precision of a B."""
    root = matrices.transposed(stacked[:, n_groups:])
    inverse = matrices.inverse(root)
    return stacked[:, :n_groups], root @ matrices.transposed(root), matrices.transposed(inverse) @ inverse
