"""Moves of scale: everybody's distance from the mean, and the covariance with it, times a factor.

Where the answers say little of how much people differ, the spread may be anything from a tenth to ten times as much,
and steps of a fixed length (`interweave`) are too long for small spreads and too short for large ones. Here steps are
multiples: z − μ becomes A (z − μ) and a root R of the covariance A R, with A = exp(Eᵀ diag(s) E) and s normal around 0,
either the same for all items or for one item drawn at random. As A is as likely as its inverse, accepting with

    L(μ + A(z − μ)) f(A R) (det A)^p  over  L(z) f(R),    f(R) = p(R Rᵀ) abs(det R),

leaves the posterior as it is.

References
----------
Liu, J. S., & Sabatti, C. (2000). Generalised Gibbs sampler and multigrid Monte Carlo for Bayesian computation.
Biometrika, 87(2), 353–369.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from commonground.analysis.hierarchical import matrices
from commonground.analysis.hierarchical.crowd import Crowd
from commonground.analysis.hierarchical.place import Place, place
from commonground.analysis.hierarchical.population import Population
from commonground.analysis.hierarchical.prior import Prior, draw_scales, draw_unseen, log_density_of_root
from commonground.records.choices import FloatArray

ACCEPTED = 0.4
"""What the steps are tuned to: near the best for one dimension (Gelman, Roberts & Gilks 1996)."""

LONGEST, NEEDLESS = 2.0, 0.4
"""Bounds of a step, as a logarithm: below the second, the moves of `interweave` do as well."""


@dataclass(frozen=True, slots=True)
class Stretching:
    """How far scales move, as logarithms.

    Parameters
    ----------
    all_items, one_item : float
    """

    all_items: float = 0.5
    one_item: float = 0.5

    def tuned(self, *, whole: bool, accepted: float) -> "Stretching":
        """A little further or less far, by how many of the last moves were accepted (Robbins & Monro)."""
        factor = float(np.exp(0.3 * (accepted - ACCEPTED)))
        if whole:
            return replace(self, all_items=min(self.all_items * factor, LONGEST))
        return replace(self, one_item=min(self.one_item * factor, LONGEST))

    @property
    def needed(self) -> bool:
        """Whether such moves go far enough to be worth their likelihoods."""
        return max(self.all_items, self.one_item) > NEEDLESS


def stretch(
    parts: Sequence[Crowd],
    at: Sequence[Place],
    now: Population,
    size: float,
    *,
    whole: bool,
    prior: Prior,
    rng: np.random.Generator,
) -> tuple[Population, float]:
    """Stretch or squeeze every chain's spread.

    Parameters
    ----------
    parts, at : sequence of Crowd and of Place
        Places are changed in place.
    now : Population
    size : float
        Standard deviation of s.
    whole : bool
        All items by the same factor, or one item's.
    prior : Prior
    rng : numpy.random.Generator

    Returns
    -------
    Population
    accepted : float
        Share of the chains that moved.
    """
    columns = parts[0].columns
    factor = _factor(columns, size, len(now.means), whole=whole, rng=rng)
    unseen = draw_unseen(now.scales, prior, rng)
    root = matrices.root(now.covariance)
    wide = factor @ root
    gain = log_density_of_root(wide, unseen, prior)[0] - log_density_of_root(root, unseen, prior)[0]
    gain = gain + columns.shape[1] * np.linalg.slogdet(factor)[1]
    places: list[Place] = []
    for part, one in zip(parts, at, strict=True):
        centre = matrices.transposed(now.means[:, part.group])
        moved = centre + factor @ (one.z.transpose(2, 1, 0) - centre)
        places.append(place(part, np.ascontiguousarray(moved.transpose(2, 1, 0))))
        gain = gain + (places[-1].log_likelihood - one.log_likelihood).sum(axis=0)
    taken = np.asarray(gain > -rng.standard_exponential(gain.shape), dtype=np.bool_)
    for one, new in zip(at, places, strict=True):
        one.take(new, taken[None])
    where = taken[:, None, None]
    inverse = matrices.inverse(wide)
    precision = np.where(where, matrices.transposed(inverse) @ inverse, now.precision)
    covariance = np.where(where, wide @ matrices.transposed(wide), now.covariance)
    scales = draw_scales(precision, unseen, prior, rng)
    return Population(now.means, covariance, precision, scales), float(taken.mean())


def _factor(columns: FloatArray, size: float, chains: int, *, whole: bool, rng: np.random.Generator) -> FloatArray:
    """A of every chain: (n_chains, p, p)."""
    n_items, p = columns.shape
    logarithms = size * rng.standard_normal(chains)
    if whole:
        return np.exp(logarithms)[:, None, None] * np.eye(p)
    one = columns[rng.integers(n_items, size=chains)]
    along = one / np.linalg.norm(one, axis=-1, keepdims=True)
    # Eᵀ diag(s) E has rank one here, so its exponential only stretches that one direction.
    stretched = np.exp(logarithms * (n_items - 1) / n_items) - 1
    return np.eye(p) + stretched[:, None, None] * along[:, :, None] * along[:, None, :]
