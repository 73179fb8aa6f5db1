"""Where to start: everybody's posterior mode and the population that fits them (Laplace EM).

In turns, everybody takes a Newton step towards the mode of likelihood times population, and the population becomes
the one that fits these modes and the curvature around them. This is biased (means some 12 % too small, variances a
third), so it serves as a start and as a first approximation only; `empirical` corrects it by importance weights, the
sampler needs no correction.

References
----------
Laird, N. M., & Ware, J. H. (1982). Random-effects models for longitudinal data. Biometrics, 38(4), 963–974 (EM).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from commonground.analysis.hierarchical import crowd as crowding
from commonground.analysis.hierarchical import matrices
from commonground.analysis.hierarchical.crowd import Crowd, Site
from commonground.analysis.hierarchical.population import Moments
from commonground.analysis.hierarchical.prior import Prior
from commonground.records.choices import FloatArray

STEPS = 20
LONGEST_STEP = 3.0
"""No coordinate moves further in one step, in logits: keeps Newton from overshooting."""


@dataclass(frozen=True, slots=True)
class Start:
    """A first guess.

    Parameters
    ----------
    means : (n_groups, p) float
    covariance : (p, p) float
    """

    means: FloatArray
    covariance: FloatArray


def laplace_em(parts: Sequence[Crowd], n_groups: int, prior: Prior, *, steps: int = STEPS) -> Start:
    """The population that fits best, its people approximated by normal curves.

    Parameters
    ----------
    parts : sequence of Crowd
    n_groups : int
    prior : Prior
        Its scales taken at 1.
    steps : int
    """
    p = parts[0].columns.shape[1]
    start = Start(np.zeros((n_groups, p)), np.eye(p))
    at = [np.zeros((p, part.encoded.n_people)) for part in parts]
    for _ in range(steps):
        found = [_step(part, z, start) for part, z in zip(parts, at, strict=True)]
        at = [z for z, _ in found]
        start = fitted(
            moments(parts, at, n_groups), sum((spread for _, spread in found), start=np.zeros((p, p))), prior
        )
    return start


def modes(parts: Sequence[Crowd], start: Start, *, steps: int = 6) -> list[FloatArray]:
    """Everybody's posterior mode in a given population: (p, n_people) a crowd."""
    at = [np.ascontiguousarray(start.means[part.group].T) for part in parts]
    for _ in range(steps):
        at = [_step(part, z, start)[0] for part, z in zip(parts, at, strict=True)]
    return at


def moments(parts: Sequence[Crowd], at: Sequence[FloatArray], n_groups: int) -> Moments:
    """Everybody's coordinates added up, as one chain."""
    z, group = np.concatenate(at, axis=1), np.concatenate([part.group for part in parts])
    member = np.arange(n_groups)[:, None] == group
    return Moments(member.sum(axis=1).astype(np.float64), (member @ z.T)[None], (z @ z.T)[None])


def fitted(found: Moments, spread: FloatArray, prior: Prior) -> Start:
    """The population's mode given everybody's moments and the spread around them."""
    p = spread.shape[-1]
    means = found.total / np.maximum(found.size, 1)[:, None]
    scale = found.around(means)[0] + spread + prior.covariance_scale(np.ones(len(spread) + 1))
    return Start(means[0], scale / (found.size.sum() + prior.covariance_df(p) + p + 1))


def _step(part: Crowd, at: FloatArray, start: Start) -> tuple[FloatArray, FloatArray]:
    """One Newton step of everybody, and the sum of their posterior covariances."""
    precision = matrices.inverse(start.covariance)
    site = crowding.linearised(part, at)
    wanted = site.linear + start.means[part.group] @ precision
    spread = matrices.inverse(site.information + precision)
    step = np.einsum("nij,nj->in", spread, wanted) - at
    furthest: FloatArray = np.abs(step).max(axis=0, initial=0.0)
    step /= np.maximum(furthest / LONGEST_STEP, 1.0)
    return at + step, spread.sum(axis=0)


def site_at(part: Crowd, at: FloatArray) -> Site:
    """The site at everybody's mode."""
    return crowding.linearised(part, at)
