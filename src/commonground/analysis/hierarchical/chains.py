"""Several chains side by side: warm-up, in which the moves are fitted to the data, and then draws.

During warm-up everybody's site is averaged over where the chains have been (the curvature of a likelihood at its peak
says little of a skewed posterior; its average over the posterior makes the best normal approximation), the reference
population follows, and step sizes are tuned. Four fifths into the warm-up all of this stops, so that every draw that
counts comes from one fixed Markov chain that leaves the posterior as it is.

References
----------
Opper, M., & Archambeau, C. (2009). The variational Gaussian approximation revisited. Neural Computation, 21(3),
786–792 (averaged slopes and curvatures).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from commonground.analysis.hierarchical import crowd as crowding
from commonground.analysis.hierarchical import interweave as interweaving
from commonground.analysis.hierarchical import matrices
from commonground.analysis.hierarchical.crowd import Crowd, Reference, Site
from commonground.analysis.hierarchical.interweave import Stride
from commonground.analysis.hierarchical.mode import Start
from commonground.analysis.hierarchical.place import Place, by_chain, place
from commonground.analysis.hierarchical.population import Moments, Population, draw_population
from commonground.analysis.hierarchical.prior import Prior
from commonground.analysis.hierarchical.stretch import Stretching, stretch
from commonground.analysis.hierarchical.sweep import Turn, move
from commonground.records.choices import BoolArray, FloatArray

JITTER = 0.2
"""Turns and steps vary by this share, so that no direction comes round to where it started."""

MOST_PAIRS = 8
FEW_ACCEPTED, MANY_ACCEPTED = 0.6, 0.98
"""Between these shares neither a turn nor a stride gets a pair of steps more or fewer."""

STRIDE_LENGTH = 2.4
"""Posterior standard deviations, about, that population and people travel together. Beyond a quarter of a turn (π/2)
successive draws lie on opposite sides, which makes averages over them more precise."""

WHOLE = 0.3
"""Share of the stretches that stretch all items alike."""

SPREADS = 0.6, 1.6
"""Chains start with everybody drawn together or apart by factors between these."""


@dataclass(slots=True)
class Learned:
    """Sites averaged over the warm-up so far.

    Parameters
    ----------
    count : int
    information : (n_people, p, p) float
        Sums, as the others.
    slope, at : (n_people, p) float
    """

    count: int
    information: FloatArray
    slope: FloatArray
    at: FloatArray

    def add(self, site: Site, at: FloatArray) -> None:
        """Add what a site at coordinates (n_people, p) says."""
        self.count += 1
        self.information += site.information
        self.slope += site.linear - np.einsum("nij,nj->ni", site.information, at)
        self.at += at

    def site(self) -> Site:
        """The average: touches nowhere and fits best all over."""
        information = self.information / self.count
        linear = self.slope / self.count + np.einsum("nij,nj->ni", information, self.at / self.count)
        return Site(linear, information)


@dataclass(slots=True)
class Chains:
    """Everything that moves; changed in place.

    Parameters
    ----------
    parts : tuple of Crowd
    places : list of Place
    references : list of Reference
    population : Population
    turn : Turn
    stride : Stride
    prior : Prior
    rng : numpy.random.Generator
    stretching : Stretching
    warming : bool
        Whether the stretching is still being tuned.
    """

    parts: tuple[Crowd, ...]
    places: list[Place]
    references: list[Reference]
    population: Population
    turn: Turn
    stride: Stride
    prior: Prior
    rng: np.random.Generator
    stretching: Stretching = field(default_factory=Stretching)
    warming: bool = True

    def sweep(self) -> tuple[list[FloatArray], BoolArray]:
        """Move everybody, then the population, then both together.

        Returns
        -------
        accepted : list of (n_people,) float
            Share of the chains in which each person moved, a crowd.
        strode : (n_chains,) bool
            Which chains moved people and population together.
        """
        turn = replace(self.turn, angle=self.turn.angle * self._jitter())
        together = zip(self.parts, self.references, self.places, strict=True)
        accepted: list[FloatArray] = [
            move(part, given, at, self.population, turn=turn, rng=self.rng).mean(axis=-1)
            for part, given, at in together
        ]
        moments = moments_of(self.places, self.parts, self.stride.size)
        now = draw_population(self.population, moments, self.prior, self.rng)
        stride = replace(self.stride, step=self.stride.step * self._jitter())
        self.population, strode = interweaving.interweave(
            self.parts, self.places, now, stride, prior=self.prior, rng=self.rng
        )
        if self.warming or self.stretching.needed:
            self._stretch()
        return accepted, strode

    def _stretch(self) -> None:
        whole = bool(self.rng.random() < WHOLE)
        size = self.stretching.all_items if whole else self.stretching.one_item
        self.population, accepted = stretch(
            self.parts, self.places, self.population, size, whole=whole, prior=self.prior, rng=self.rng
        )
        if self.warming:
            self.stretching = self.stretching.tuned(whole=whole, accepted=accepted)

    def _jitter(self) -> float:
        return float(self.rng.uniform(1 - JITTER, 1 + JITTER))


def moments_of(places: Sequence[Place], parts: Sequence[Crowd], size: FloatArray) -> Moments:
    """What the population needs to know of everybody."""
    groups = np.arange(len(size))[:, None]
    total, squares = 0.0, 0.0
    for part, at in zip(parts, places, strict=True):
        z = by_chain(at.z)
        total = total + (groups == part.group).astype(np.float64) @ matrices.transposed(z)
        squares = squares + z @ matrices.transposed(z)
    return Moments(size, np.asarray(total), np.asarray(squares))


def begin(
    parts: tuple[Crowd, ...],
    sites: Sequence[Site],
    start: Start,
    size: FloatArray,
    *,
    chains: int,
    prior: Prior,
    rng: np.random.Generator,
) -> Chains:
    """Chains that start well apart: everybody near their reference, but drawn together or apart.

    Parameters
    ----------
    parts : tuple of Crowd
    sites : sequence of Site
        Of each crowd.
    start : Start
        From `mode.laplace_em`.
    size : (n_groups,) float
        People in each group.
    chains : int
    prior : Prior
    rng : numpy.random.Generator
    """
    precision = matrices.inverse(start.covariance)
    references = [crowding.reference(site, precision) for site in sites]
    spreads = np.geomspace(*SPREADS, chains) if chains > 1 else np.ones(1)
    places = [
        place(part, _scattered(part, given, start, spreads, rng)) for part, given in zip(parts, references, strict=True)
    ]
    items = parts[0].encoded.n_items
    same = Population(
        np.repeat(start.means[None], chains, axis=0),
        np.repeat(start.covariance[None], chains, axis=0),
        np.repeat(precision[None], chains, axis=0),
        np.ones((chains, items)),
    )
    population = draw_population(same, moments_of(places, parts, size), prior, rng)
    stride = Stride(interweaving.metric(precision, _average(sites)), size, *_paces(2))
    return Chains(parts, places, references, population, Turn(), stride, prior, rng)


def _scattered(
    part: Crowd, given: Reference, start: Start, spreads: FloatArray, rng: np.random.Generator
) -> FloatArray:
    """Starting coordinates: (n_people, p, n_chains)."""
    means = start.means[part.group][..., None]
    centre = given.shift[..., None] + given.pull @ means
    z = given.factor @ (centre + rng.standard_normal((*given.shift.shape, len(spreads))))
    return means + spreads * (z - means)


def warm_up(chains: Chains, sites: Sequence[Site], sweeps: int, told: "Told") -> None:
    """Run the warm-up, fitting the moves to the data for its first four fifths.

    Parameters
    ----------
    chains : Chains
    sites : sequence of Site
        What the references were made of.
    sweeps : int
    told : callable
        Called after each sweep.
    """
    learning = sweeps * 4 // 5
    quarter = max(1, learning // 4)
    every = max(1, sweeps // 40)
    learned = [Learned(1, site.information.copy(), *_slope_at(site)) for site in sites]
    seen: list[FloatArray] = []
    rates: list[tuple[float, float]] = []
    chains.warming = sweeps > 0
    for sweep in range(1, sweeps + 1):
        accepted, strode = chains.sweep()
        told()
        chains.warming = sweep < learning
        if sweep > learning:
            continue
        rates.append((float(np.concatenate(accepted).mean()), float(strode.mean())))
        seen.append(chains.population.precision.mean(axis=0))
        if sweep % every == 0:
            _learn(chains, learned, sweep // every)
        if sweep % quarter == 0:
            _refit(chains, learned, np.mean(seen[len(seen) // 2 :], axis=0))
            moved, walked = np.mean(rates[-max(1, quarter // 2) :], axis=0)
            _tune(chains, float(moved), float(walked))


class Told:
    """What is called after each sweep."""

    def __call__(self) -> None:
        """One more sweep is done."""


def _slope_at(site: Site) -> tuple[FloatArray, FloatArray]:
    """A site as slope and place: at the origin its slope is its linear part."""
    return site.linear.copy(), np.zeros_like(site.linear)


def _learn(chains: Chains, learned: Sequence[Learned], turn: int) -> None:
    """Add the sites where one of the chains stands, the chains taking turns."""
    for part, at, one in zip(chains.parts, chains.places, learned, strict=True):
        z = at.z[..., turn % at.z.shape[-1]]
        one.add(crowding.linearised(part, np.ascontiguousarray(z.T)), z)


def _refit(chains: Chains, learned: Sequence[Learned], precision: FloatArray) -> None:
    """New references and a new scale of the stride from what has been learned."""
    sites = [one.site() for one in learned]
    chains.references = [crowding.reference(site, precision) for site in sites]
    chains.stride = replace(chains.stride, metric=interweaving.metric(precision, _average(sites)))


def _average(sites: Sequence[Site]) -> FloatArray:
    """The average person's curvature: (p, p)."""
    p = sites[0].information.shape[-1]
    total = sum((site.information.sum(axis=0) for site in sites), start=np.zeros((p, p)))
    return total / sum(len(site.linear) for site in sites)


def _paces(pairs: int) -> tuple[float, int]:
    """Step and pairs of a stride of the usual length."""
    return STRIDE_LENGTH / (2 * pairs), pairs


def _pairs(now: int, accepted: float) -> int:
    """More steps where few moves are accepted, fewer where nearly all are."""
    return int(np.clip(now + (accepted < FEW_ACCEPTED) - (accepted > MANY_ACCEPTED), 1, MOST_PAIRS))


def _tune(chains: Chains, moved: float, strode: float) -> None:
    """Steps as short as acceptance asks for."""
    chains.turn = replace(chains.turn, pairs=_pairs(chains.turn.pairs, moved))
    step, pairs = _paces(_pairs(chains.stride.pairs, strode))
    chains.stride = replace(chains.stride, step=step, pairs=pairs)
