"""A fast answer: the population that fits best, everybody's posterior given it (importance-weighted EM).

For each person some points are drawn from a heavy-tailed normal curve near their posterior, and weighted by how likely
their answers and the population make each; the population is fitted to the weighted points, which changes the weights,
and so on. The likelihood of a point does not depend on the population, so it is computed once and a round of EM costs
next to nothing; then fresh points are drawn where the weights have moved. This mends what ails Laplace EM (`mode`).

What it leaves out is that the population itself is uncertain: everybody's standard deviations are a little too small,
the more so the fewer people there are. Use it where an answer must be there at once, and the sampler for a report.

References
----------
Booth, J. G., & Hobert, J. P. (1999). Maximizing generalized linear mixed model likelihoods with an automated Monte
Carlo EM algorithm. Journal of the Royal Statistical Society B, 61(1), 265–285.
Train, K. E. (2009). Discrete Choice Methods with Simulation (2nd ed.). Cambridge University Press, section 14.3.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from math import lgamma

import numpy as np

from commonground.analysis.hierarchical import contrast, encode, kernels, matrices, mode
from commonground.analysis.hierarchical import crowd as crowding
from commonground.analysis.hierarchical.crowd import Crowd
from commonground.analysis.hierarchical.draws import EmpiricalBayes
from commonground.analysis.hierarchical.mode import Start
from commonground.analysis.hierarchical.prior import Prior
from commonground.analysis.hierarchical.sample import grouped, starters
from commonground.likelihood.tasks import Tasks
from commonground.records.choices import FloatArray, IntArray
from commonground.records.errors import SettingError

TAIL_DF = 6.0
"""Degrees of freedom of the curves points are drawn from."""

MOST_EM_STEPS = 200
TOLERANCE = 1e-3
"""Of standard deviations: EM ends when no mean moves further and no variance changes by more."""

SETTLED = 0.1
"""The same between rounds, each of which has points of its own, so this much is chance."""

FITTINGS, FITTING_POINTS = 2, 4
"""Times each round fits the curves anew, each from so many pairs of points."""

ENOUGH_EFFECTIVE = 20.0
"""A person whose weights are worth fewer draws is judged partly by the curve itself, which is nearly right, rather than
by a few points, which are not."""

FEW_EFFECTIVE = 5.0
"""A person whose weights are worth fewer draws is named."""


@dataclass(frozen=True, slots=True)
class _Curves:
    """Where points are drawn: centre (n_people, p) and root (n_people, p, p) of the spread."""

    centre: FloatArray
    root: FloatArray


@dataclass(frozen=True, slots=True)
class _Points:
    """The curves, points (p, n_people, n_points), each one's log-likelihood and log weight without the population."""

    curves: _Curves
    z: FloatArray
    log_likelihood: FloatArray
    log_weight: FloatArray


@dataclass(frozen=True, slots=True)
class _Weighted:
    """What the weights say of everybody in a crowd.

    mean (n_people, p), spread (n_people, p, p), effective (n_people,), log marginal likelihood (n_people,) and
    posterior mean of the log-likelihood (n_people,).
    """

    mean: FloatArray
    spread: FloatArray
    effective: FloatArray
    marginal: FloatArray
    log_likelihood: FloatArray


def empirical_bayes(
    tasks: Tasks,
    n_items: int,
    *,
    groups: IntArray | None = None,
    model: str = "sequential",
    prior: Prior | None = None,
    points: int = 100,
    rounds: int = 12,
    seed: int,
    keep: int = 0,
    progress: Callable[[int, int], None] | None = None,
) -> EmpiricalBayes:
    """Fit the population and everybody in it, without draws of either.

    Parameters
    ----------
    tasks, n_items, groups, model, prior
        As in `sample.sample`; the prior keeps the covariance of few people from collapsing.
    points : int
        Of each person.
    rounds : int
        At most so many: each draws fresh points and runs EM until it stands still; two rounds that agree are the last.
    seed : int
    keep : int
        Draws from everybody's posterior to return.
    progress : callable, optional
        Called with (rounds done, rounds).

    Returns
    -------
    EmpiricalBayes

    Examples
    --------
    >>> tasks = Tasks([[[0, 1, 2], [0, 1, 2]]] * 8, best=[[0, 0]] * 8, worst=[[1, 2]] * 8)
    >>> found = empirical_bayes(tasks, 3, seed=1)
    >>> found.means.shape, int(found.means[0].argmax())
    ((1, 3), 0)
    """
    if min(points, rounds) < 2 or n_items < 2:
        raise SettingError("empirical Bayes needs at least 2 items, 2 points and 2 rounds.")
    encode.check(tasks, model)
    group, size = grouped(groups, tasks.shown.shape[0])
    known, rng = prior or Prior(), np.random.default_rng(seed)
    few = crowding.crowds(tasks, n_items, group, starters(group), model=model, draws=1)
    start = mode.laplace_em(few, len(size), known)
    parts = crowding.crowds(tasks, n_items, group, np.arange(group.size, dtype=np.int64), model=model, draws=points)
    curves = [_near_mode(part, z, start) for part, z in zip(parts, mode.modes(parts, start), strict=True)]
    steps, drawn, weighted, moved = 0, list[_Points](), list[_Weighted](), np.inf
    scales = np.ones(n_items)
    for done in range(rounds):
        for _ in range(FITTINGS):
            curves = [_nearer(part, curve, start, rng) for part, curve in zip(parts, curves, strict=True)]
        drawn = [_draw(part, curve, points, rng) for part, curve in zip(parts, curves, strict=True)]
        before = start
        start, scales, taken = _em(parts, drawn, start, scales, known)
        weighted = [_weigh(part, some, start) for part, some in zip(parts, drawn, strict=True)]
        steps, moved = steps + taken, _moved(before, start)
        if progress is not None:
            progress(done + 1, rounds)
        if moved < SETTLED and done:
            break
    kept = [_resampled(part, some, start, keep, rng) for part, some in zip(parts, drawn, strict=True)]
    found = _result(parts, weighted, start, tasks, steps=steps, moved=moved)
    return replace(found, kept=np.concatenate(kept, axis=1), messages=_messages(found, moved))


def _near_mode(part: Crowd, at: FloatArray, start: Start) -> _Curves:
    """The curve that touches the posterior at its mode."""
    site = crowding.linearised(part, at)
    return _curves(site.information, site.linear, start, part)


def _nearer(part: Crowd, curve: _Curves, start: Start, rng: np.random.Generator) -> _Curves:
    """The curve that fits the posterior best all over: slopes and curvatures averaged over the one before."""
    noise = (curve.root @ rng.standard_normal((*curve.centre.shape, FITTING_POINTS)))[None] * np.array(
        [1.0, -1.0]
    ).reshape(2, 1, 1, 1)
    information, linear = np.zeros(curve.root.shape), np.zeros(curve.centre.shape)
    for away in np.concatenate(list(np.moveaxis(noise, -1, 0))):
        at = curve.centre + away
        site = crowding.linearised(part, np.ascontiguousarray(at.T))
        information += site.information / (2 * FITTING_POINTS)
        linear += (site.linear - _times(site.information, at)) / (2 * FITTING_POINTS)
    return _curves(information, linear + _times(information, curve.centre), start, part)


def _curves(information: FloatArray, linear: FloatArray, start: Start, part: Crowd) -> _Curves:
    """What normal approximations of everybody's likelihood and the population make of each other."""
    precision = matrices.inverse(start.covariance)
    root = matrices.transposed(matrices.inverse(matrices.root(information + precision)))
    wanted = linear + start.means[part.group] @ precision
    return _Curves(_times(root @ matrices.transposed(root), wanted), root)


def _times(matrix: FloatArray, vector: FloatArray) -> FloatArray:
    """Each person's matrix times their vector."""
    return (matrix @ vector[..., None])[..., 0]


def _draw(part: Crowd, curve: _Curves, points: int, rng: np.random.Generator) -> _Points:
    """Points from multivariate t curves, the second half mirroring the first around the centre."""
    n_people, p = curve.centre.shape
    half = rng.standard_normal((n_people, p, -(-points // 2)))
    spread = np.sqrt(TAIL_DF / 2 / rng.standard_gamma(TAIL_DF / 2, size=(n_people, 1, half.shape[-1])))
    noise = np.concatenate([half * spread, -half * spread], axis=-1)
    z = np.ascontiguousarray((curve.centre[..., None] + curve.root @ noise).transpose(1, 0, 2))
    log_density = (
        lgamma((TAIL_DF + p) / 2)
        - lgamma(TAIL_DF / 2)
        - p / 2 * np.log(TAIL_DF * np.pi)
        - np.linalg.slogdet(curve.root)[1][:, None]
        - (TAIL_DF + p) / 2 * np.log1p((noise**2).sum(axis=1) / TAIL_DF)
    )
    value = kernels.value(part.encoded, part.utilities(z))
    return _Points(curve, z, value, value - log_density)


def _weigh(part: Crowd, drawn: _Points, start: Start) -> _Weighted:
    """Moments of everybody's posterior under a population."""
    points = drawn.z.shape[2]
    log_weight = _log_weights(part, drawn, start)
    largest = log_weight.max(axis=1, keepdims=True)
    weight = np.exp(log_weight - largest)
    total = weight.sum(axis=1, keepdims=True)
    weight /= total
    mean = np.einsum("pnr,nr->np", drawn.z, weight)
    apart = (drawn.z.transpose(1, 0, 2) - mean[..., None]) * np.sqrt(weight)[:, None]
    effective = 1 / (weight**2).sum(axis=1)
    trust = np.minimum(effective / ENOUGH_EFFECTIVE, 1.0)[:, None]
    curves = drawn.curves
    spread = trust[..., None] * (apart @ matrices.transposed(apart))
    spread += (1 - trust[..., None]) * (curves.root @ matrices.transposed(curves.root))
    return _Weighted(
        trust * mean + (1 - trust) * curves.centre,
        spread,
        effective,
        (largest + np.log(total / points))[:, 0],
        (drawn.log_likelihood * weight).sum(axis=1),
    )


def _log_weights(part: Crowd, drawn: _Points, start: Start) -> FloatArray:
    """How likely the answers and a population make each point beside the curve it is from: (n_people, n_points)."""
    p, n_people, points = drawn.z.shape
    root = matrices.inverse(matrices.root(start.covariance))
    away = (drawn.z - start.means[part.group].T[..., None]).reshape(p, -1)
    prior = -((root @ away) ** 2).sum(axis=0).reshape(n_people, points) / 2
    return drawn.log_weight + prior + np.linalg.slogdet(root)[1] - p / 2 * np.log(2 * np.pi)


def _resampled(part: Crowd, drawn: _Points, start: Start, keep: int, rng: np.random.Generator) -> FloatArray:
    """Points of everybody, each as often as its weight says: (keep, n_people, n_items).

    Systematic: the weights laid end to end are looked at in even steps, from a place left to chance.
    """
    log_weight = _log_weights(part, drawn, start)
    weight = np.exp(log_weight - log_weight.max(axis=1, keepdims=True))
    ends = weight.cumsum(axis=1)
    looks = (rng.random((len(ends), 1)) + np.arange(keep)) / keep * ends[:, -1:]
    which = (ends[:, None] < looks[..., None]).sum(axis=-1).clip(max=ends.shape[1] - 1)
    z = np.take_along_axis(drawn.z, which[None], axis=2)
    return np.einsum("ip,pnk->kni", part.columns, z).astype(np.float32)


def _em(
    parts: Sequence[Crowd], drawn: Sequence[_Points], start: Start, scales: FloatArray, prior: Prior
) -> tuple[Start, FloatArray, int]:
    """Weigh and fit in turns until neither moves."""
    steps, moved = 0, np.inf
    while steps < MOST_EM_STEPS and moved > TOLERANCE:
        weighted = [_weigh(part, some, start) for part, some in zip(parts, drawn, strict=True)]
        fitted = _fitted(parts, weighted, start, scales, prior)
        scales = _expected_scales(fitted.covariance, scales, prior)
        steps, moved, start = steps + 1, _moved(start, fitted), fitted
    return start, scales, steps


def _fitted(
    parts: Sequence[Crowd], weighted: Sequence[_Weighted], start: Start, scales: FloatArray, prior: Prior
) -> Start:
    """The mean's posterior mode, and the inverse of the precision's posterior mean, given everybody's moments."""
    p = start.covariance.shape[0]
    found = mode.moments(parts, [one.mean.T for one in weighted], len(start.means))
    precision = matrices.inverse(start.covariance)
    own = found.size[:, None, None] * precision + np.eye(p) / prior.mean_sd**2
    means = matrices.solved(own, (found.total[0] @ precision)[..., None])[..., 0]
    spread = sum((one.spread.sum(axis=0) for one in weighted), start=np.zeros((p, p)))
    scale = found.around(means[None])[0] + spread + prior.covariance_scale(scales)
    return Start(means, scale / (found.size.sum() + prior.covariance_df(p)))


def _expected_scales(covariance: FloatArray, scales: FloatArray, prior: Prior) -> FloatArray:
    """Every item's a at the mean of 1/a, the unseen part of the covariance at its mean (`prior.draw_unseen`)."""
    n_items = scales.size
    columns = contrast.basis(n_items)
    weights = 2 * prior.df / scales
    inner = matrices.inverse(prior.covariance_scale(scales))
    cross = columns.T @ weights / np.sqrt(n_items)
    left = weights.mean() - cross @ inner @ cross
    direction = n_items**-0.5 - columns @ inner @ cross
    unseen = direction**2 * (prior.df + n_items - 1) / left + ((columns @ inner) * columns).sum(axis=-1)
    seen = ((columns @ matrices.inverse(covariance)) * columns).sum(axis=-1)
    return (prior.df * (seen + unseen) + prior.scale**-2) / ((prior.df + n_items) / 2)


def _moved(before: Start, after: Start) -> float:
    """The furthest any mean went, in standard deviations, or any variance changed, as a share of it."""
    sd = np.sqrt(np.diag(after.covariance))
    means = np.abs(after.means - before.means) / sd
    return float(max(means.max(), np.abs(np.diag(before.covariance) / sd**2 - 1).max()))


def _result(
    parts: Sequence[Crowd], weighted: Sequence[_Weighted], start: Start, tasks: Tasks, *, steps: int, moved: float
) -> EmpiricalBayes:
    columns = parts[0].columns
    mean = np.concatenate([one.mean for one in weighted]) @ columns.T
    spread = np.concatenate([one.spread for one in weighted])
    sd = np.sqrt(np.maximum(np.einsum("ji,nik,jk->nj", columns, spread, columns), 0.0))
    effective = np.concatenate([one.effective for one in weighted])
    picks = np.asarray(tasks.picks, dtype=np.float64)
    rlh = np.full(len(mean), np.nan)
    np.divide(np.concatenate([one.log_likelihood for one in weighted]), picks, out=rlh, where=picks > 0)
    return EmpiricalBayes(
        means=start.means @ columns.T,
        covariance=columns @ start.covariance @ columns.T,
        individual_mean=mean,
        individual_sd=sd,
        log_likelihood=float(sum(one.marginal.sum() for one in weighted)),
        effective_draws=effective,
        rlh=np.exp(rlh),
        kept=np.zeros((0, *mean.shape)),
        steps=steps,
        converged=moved < SETTLED,
        messages=(),
    )


def _messages(found: EmpiricalBayes, moved: float) -> tuple[str, ...]:
    messages: list[str] = []
    if not found.converged:
        messages.append(
            f"NOT SETTLED: the population still moved by {moved:.2f} standard deviations in the last round. "
            "Answers are too few for the fast way: do not use these numbers, let chains find them."
        )
    few = int((found.effective_draws < FEW_EFFECTIVE).sum())
    if few:
        messages.append(
            f"The points of {few} respondents are worth fewer than {FEW_EFFECTIVE:.0f} draws: their utilities are "
            "rough. Let chains find them before using them one by one."
        )
    return tuple(messages)
