"""What is kept of the draws: the population's all, everybody's added up, and a few of everybody's whole."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import cast

import numpy as np

from commonground.analysis.hierarchical.chains import Chains
from commonground.records.choices import BoolArray, FloatArray


@dataclass(slots=True)
class Tally:
    """Sums over draws, changed in place.

    Parameters
    ----------
    draws : int
        Added so far.
    keep : int
        How many whole draws of everybody to keep at least; fewer than twice as many are kept.
    stride : int
        Every which draw is kept.
    first, second : (n_people, n_items) float
        Σ u and Σ u² over draws and chains.
    log_likelihood, accepted : (n_people,) float
    strode : (n_chains,) float
    largest : float
        Furthest any utility was from 0.
    kept : list of (draw, (n_chains, n_people, n_items) float32)
    """

    keep: int
    first: FloatArray
    second: FloatArray
    log_likelihood: FloatArray
    accepted: FloatArray
    strode: FloatArray
    draws: int = 0
    stride: int = 1
    largest: float = 0.0
    kept: list[tuple[int, FloatArray]] = field(default_factory=list)

    def add(self, chains: Chains, accepted: Sequence[FloatArray], strode: BoolArray) -> None:
        """Add the draw at which the chains stand."""
        for part, at, moved in zip(chains.parts, chains.places, accepted, strict=True):
            u = at.utilities
            self.first[part.who] += u.sum(axis=-1).T
            self.second[part.who] += np.einsum("inc,inc->ni", u, u)
            self.log_likelihood[part.who] += at.log_likelihood.sum(axis=-1)
            self.accepted[part.who] += moved
            self.largest = max(self.largest, float(u.max()), -float(u.min()))
        self.strode += strode
        if self.keep and self.draws % self.stride == 0:
            self._keep(chains)
        self.draws += 1

    def _keep(self, chains: Chains) -> None:
        """Keep this draw; once there are twice as many as wanted, let go of every second one."""
        n_chains = len(self.strode)
        whole = small((n_chains, *self.first.shape))
        for part, at in zip(chains.parts, chains.places, strict=True):
            whole[:, part.who] = at.utilities.transpose(2, 1, 0)
        self.kept.append((self.draws, whole))
        if len(self.kept) >= 2 * self.keep:
            self.kept = self.kept[::2]
            self.stride *= 2


def small(shape: tuple[int, ...]) -> FloatArray:
    """Room for numbers kept by the million, of which seven digits are enough: float32 in memory."""
    return cast("FloatArray", np.empty(shape, dtype=np.float32))


def tally(people: int, items: int, chains: int, keep: int) -> Tally:
    """An empty tally."""
    return Tally(
        keep,
        np.zeros((people, items)),
        np.zeros((people, items)),
        np.zeros(people),
        np.zeros(people),
        np.zeros(chains),
    )


def shares(chains: Chains, weight: FloatArray) -> FloatArray:
    """Weighted mean over people of everybody's shares exp(u)/Σ exp(u): (n_chains, n_items).

    Parameters
    ----------
    chains : Chains
    weight : (n_people,) float
        Adding up to 1.
    """
    total = 0.0
    for part, at in zip(chains.parts, chains.places, strict=True):
        odds = np.exp(at.utilities - at.utilities.max(axis=0))
        total = total + np.einsum("inc,nc->ci", odds, weight[part.who, None] / odds.sum(axis=0))
    return np.asarray(total)
