"""One move of everybody in a crowd, all chains at once, given the population.

In the whitened coordinates y of a person's reference (z = C y) the reference is normal around ν with unit variance.
A move turns y around ν into a fresh normal draw. A quarter of a turn would forget where the person stood, were the
posterior equal to the reference; what it gets wrong is mended on the way: the turn is cut into steps, and before and
after each the direction is corrected by the slope of ln w, where w is posterior over reference. These are Hamiltonian
dynamics of which the normal part is solved exactly; accepting with the probability min(1, e^−(energy gained)) leaves
the posterior as it is. No person's skewed posterior can hold a chain back, as it does when draws are only proposed
from the reference and accepted or not.

References
----------
Blanes, S., Casas, F., & Sanz-Serna, J. M. (2014). Numerical integrators for the hybrid Monte Carlo method. SIAM Journal
on Scientific Computing, 36(4), A1556–A1580 (the two-stage integrator with b = 0.21178).
Beskos, A., Pinski, F. J., Sanz-Serna, J. M., & Stuart, A. M. (2011). Hybrid Monte Carlo on Hilbert spaces. Stochastic
Processes and their Applications, 121(10), 2201–2230 (turns and kicks).
Shahbaba, B., Lan, S., Johnson, W. O., & Neal, R. M. (2014). Split Hamiltonian Monte Carlo. Statistics and Computing,
24(3), 339–349.
"""

from dataclasses import dataclass

import numpy as np

from commonground.analysis.hierarchical import matrices
from commonground.analysis.hierarchical.crowd import Crowd, Reference
from commonground.analysis.hierarchical.place import Place, by_chain, group_means, place
from commonground.analysis.hierarchical.population import Population
from commonground.records.choices import BoolArray, FloatArray

OUTER = 0.21178
"""b of the two-stage integrator: a pair of steps is kick b, half a turn, kick 1 − 2b, half a turn, kick b."""


@dataclass(frozen=True, slots=True)
class Turn:
    """How far a move turns, in radians, and in how many pairs of steps."""

    angle: float = np.pi / 2
    pairs: int = 1


def move(
    crowd: Crowd, given: Reference, at: Place, now: Population, *, turn: Turn, rng: np.random.Generator
) -> BoolArray:
    """Move everybody once.

    Returns
    -------
    (n_people, n_chains) bool
        Who moved. A proposal whose likelihood is no number is never accepted.
    """
    step = turn.angle / turn.pairs
    cos, sin = np.cos(step / 2), np.sin(step / 2)
    means = group_means(crowd, now)
    centre = given.shift[..., None] + given.pull @ means
    away = given.root @ at.z - centre
    back = matrices.transposed(given.factor)
    speed = rng.standard_normal(at.z.shape)
    slope, energy = _posterior(at, means, now)
    gain = _squared(speed) / 2 - energy
    new, force = at, step * (back @ slope + away)
    for _ in range(turn.pairs):
        for kick in (OUTER, 1 - 2 * OUTER):
            speed += kick * force
            away, speed = cos * away + sin * speed, cos * speed - sin * away
            new = place(crowd, given.factor @ (centre + away))
            slope, energy = _posterior(new, means, now)
            force = step * (back @ slope + away)
        speed += OUTER * force
    gain += energy - _squared(speed) / 2
    moved = gain > -rng.standard_exponential(gain.shape)
    at.take(new, moved)
    return moved


def _posterior(at: Place, means: FloatArray, now: Population) -> tuple[FloatArray, FloatArray]:
    """Slope by z (n_people, p, n_chains) and log posterior, up to a constant, (n_people, n_chains)."""
    distance = at.z - means
    pull = (now.precision @ by_chain(distance)).transpose(2, 1, 0)
    return at.slope - pull, at.log_likelihood - np.einsum("npc,npc->nc", distance, pull) / 2


def _squared(values: FloatArray) -> FloatArray:
    return np.einsum("npc,npc->nc", values, values)
