"""Whether groups share their utilities: likelihood-ratio tests, calibrated by permuting group labels over people."""

from dataclasses import dataclass
from math import erfc, exp, lgamma, log, sqrt
from typing import TYPE_CHECKING

import numpy as np

from commonground.analysis.logit.estimate import Estimate
from commonground.analysis.logit.group import Groups, Settings, estimate_of
from commonground.analysis.logit.newton import Hill, Problem, maximise
from commonground.analysis.logit.records import GroupTests, LikelihoodRatio
from commonground.analysis.logit.words import PLAIN_P_WARNING
from commonground.likelihood.models import MODELS, Model
from commonground.likelihood.tasks import Tasks
from commonground.records.choices import MISSING, FloatArray, IntArray

if TYPE_CHECKING:
    from commonground.analysis.resample import Progress  # scipy.special comes with it: 0.2 s at every start

LOOSER = 1e-7
"""Nats: near enough for a permutation, whose statistic is only compared."""

SCALED_RIDGE = 1e-8
"""Of the trace; keeps the matrix invertible where a scale runs to zero."""

MOST_NUMBERS = 2_000_000
"""Numbers in one array while permutations are fitted side by side."""


def compare_groups(
    groups: Groups,
    settings: Settings,
    found: tuple[Estimate, ...],
    *,
    permutations: int,
    rng: np.random.Generator,
    progress: "Progress | None" = None,
) -> tuple[GroupTests | None, tuple[str, ...]]:
    """Test equal utilities, and equal utilities up to a scale, between groups.

    Parameters
    ----------
    groups : Groups
    settings : Settings
    found : tuple of Estimate
        Each group's own fit.
    permutations : int
        0 for the plain p alone.
    rng : numpy Generator
    progress : callable, optional

    Returns
    -------
    GroupTests or None
        None where there is nothing to test.
    tuple of str
        Why not, in words.

    References
    ----------
    Swait, J., & Louviere, J. (1993). The role of the scale parameter in the estimation and comparison of multinomial
    logit models. Journal of Marketing Research, 30(3), 305–314 (equality up to scale, df (groups − 1)(items − 2)).
    """
    if len(groups.names) < 2:
        return None, ("There is one group only, so there is nothing to compare.",)
    if settings.penalty > 0:
        return None, ("Groups are not tested with a penalty: the tests compare largest log-likelihoods.",)
    pooled = estimate_of(groups, groups.weights.sum(axis=0), groups.label != MISSING, settings)
    apart = sum(one.log_likelihood for one in found)
    scaled = _scaled(groups, settings, pooled)
    permuted = _permute(groups, settings, pooled, permutations=permutations, rng=rng, progress=progress)
    free = sum(one.connections.parameters for one in found)
    df = free - pooled.connections.parameters
    tests = GroupTests(
        log_likelihood_pooled=pooled.log_likelihood,
        log_likelihood_groups=apart,
        equal_utilities=_ratio(2 * (apart - pooled.log_likelihood), df, permuted[:, 0]),
        equal_up_to_scale=_ratio(
            2 * (apart - scaled.log_likelihood), df - len(found) + 1, permuted[:, 1], scaled.by_group(groups.names)
        ),
        permutations=permutations,
        warning=PLAIN_P_WARNING,
    )
    return tests, _doubts(groups, found)


def chi_square_p(statistic: float, df: int) -> float:
    """The probability that χ² with df degrees of freedom is at least so large, from its finite sums.

    Examples
    --------
    >>> round(chi_square_p(3.841459, 1), 6), round(chi_square_p(12.591587, 6), 6), chi_square_p(0.0, 3)
    (0.05, 0.05, 1.0)
    """
    half = statistic / 2
    if half <= 0:
        return 1.0
    odd = df % 2
    powers = [place + odd / 2 for place in range((df - odd) // 2)]
    first = erfc(sqrt(half)) if odd else 0.0
    return min(1.0, first + sum(exp(power * log(half) - half - lgamma(power + 1)) for power in powers))


def _ratio(
    statistic: float, df: int, permuted: FloatArray, scales: dict[str, float] | None = None
) -> LikelihoodRatio | None:
    """One test; None where no difference is left to test."""
    if df < 1:
        return None
    statistic = max(statistic, 0.0)
    reached = int((permuted >= statistic - 1e-6).sum())
    return LikelihoodRatio(
        statistic=statistic,
        df=df,
        plain_p=chi_square_p(statistic, df),
        permuted_p=(1 + reached) / (1 + permuted.size) if permuted.size else None,
        permuted_mean=float(permuted.mean()) if permuted.size else None,
        scales=scales,
    )


@dataclass(frozen=True, slots=True)
class _ScaledProblem:
    """One set of utilities for all groups, times a scale a group; the first group's scale is 1.

    The parameters are the utilities and then the logarithms of the other groups' scales.
    """

    model: Model
    tasks: Tasks
    n_items: int

    def _split(self, at: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Utilities (..., n_items) and scales (..., n_groups)."""
        logs = at[..., self.n_items :]
        return at[..., : self.n_items], np.exp(np.concatenate([np.zeros((*at.shape[:-1], 1)), logs], axis=-1))

    def _utilities(self, at: FloatArray) -> FloatArray:
        utilities, scales = self._split(at)
        return scales[..., None] * utilities[..., None, :]

    def log_likelihood(self, at: FloatArray) -> FloatArray:
        """Summed over groups: (...)."""
        return self.model.log_likelihood(self._utilities(at), self.tasks).sum(axis=-1)

    value = log_likelihood

    def slope(self, at: FloatArray) -> FloatArray:
        """Its gradient: (..., n_parameters)."""
        utilities, scales = self._split(at)
        each = self.model.gradient(self._utilities(at), self.tasks) * scales[..., None]
        along = (each * utilities[..., None, :]).sum(axis=-1)
        return np.concatenate([each.sum(axis=-2), along[..., 1:]], axis=-1)

    def information(self, at: FloatArray) -> FloatArray:
        """Minus the second derivatives where they are positive definite, else their Gauss–Newton part, which always is.

        With A the derivatives of a group's utilities by the parameters that part is Σ Aᵀ(−H)A.
        """
        utilities, scales = self._split(at)
        curve = -self.model.hessian(self._utilities(at), self.tasks) * (scales**2)[..., None, None]
        across = (curve @ utilities[..., None, :, None])[..., 0]
        each = self.model.gradient(self._utilities(at), self.tasks) * scales[..., None]
        nearly, fully = self._assembled(curve, across, utilities), self._assembled(curve, across - each, utilities)
        steady = np.linalg.eigvalsh(fully)[..., 0] > 0
        return np.where(steady[..., None, None], fully, nearly)

    def _assembled(self, curve: FloatArray, across: FloatArray, utilities: FloatArray) -> FloatArray:
        """The matrix from its blocks, made invertible."""
        items, along = self.n_items, (across * utilities[..., None, :]).sum(axis=-1)
        summed = curve.sum(axis=-3)
        constant = np.trace(summed, axis1=-2, axis2=-1)[..., None, None] / items**2
        beside = np.swapaxes(across[..., 1:, :], -1, -2)
        scales = along[..., 1:, None] * np.eye(along.shape[-1] - 1)
        found = np.concatenate(
            [
                np.concatenate([summed + constant, beside], axis=-1),
                np.concatenate([np.swapaxes(beside, -1, -2), scales], axis=-1),
            ],
            axis=-2,
        )
        size = np.maximum(np.trace(found, axis1=-2, axis2=-1), 1.0)[..., None, None]
        return found + SCALED_RIDGE * size * np.eye(found.shape[-1])

    def centred(self, at: FloatArray) -> FloatArray:
        """The utilities summing to zero."""
        utilities = at[..., : self.n_items]
        return np.concatenate([utilities - utilities.mean(axis=-1, keepdims=True), at[..., self.n_items :]], axis=-1)


@dataclass(frozen=True, slots=True)
class _Scaled:
    log_likelihood: float
    scales: FloatArray

    def by_group(self, names: tuple[str, ...]) -> dict[str, float]:
        """Each group's scale beside the first's."""
        return dict(zip(names, self.scales.tolist(), strict=True))


def _scaled(groups: Groups, settings: Settings, pooled: Estimate) -> _Scaled:
    """The fit with one set of utilities and a scale a group."""
    tasks = weighted(groups.answers.tasks, groups.weights)
    hill = _ScaledProblem(MODELS[settings.model], tasks, len(settings.items))
    start = np.concatenate([pooled.maximum.utilities, np.zeros(len(groups.names) - 1)])
    found = maximise(hill, start)
    return _Scaled(float(found.log_likelihood), np.exp(np.append(0.0, found.utilities[len(settings.items) :])))


def _permute(
    groups: Groups,
    settings: Settings,
    pooled: Estimate,
    *,
    permutations: int,
    rng: np.random.Generator,
    progress: "Progress | None",
) -> FloatArray:
    """Both statistics with the labels shuffled over people: (n_permutations, 2)."""
    statistics = np.zeros((permutations, 2))
    known = np.flatnonzero(groups.label != MISSING)
    size = groups.weights.size * max(len(settings.items), groups.answers.tasks.shown.shape[1])
    step = max(1, MOST_NUMBERS // size)
    for start in range(0, permutations, step):
        stop = min(start + step, permutations)
        labels = np.full((stop - start, groups.label.size), MISSING)
        labels[:, known] = rng.permuted(np.tile(groups.label[known], (stop - start, 1)), axis=1)
        statistics[start:stop] = _statistics(groups, settings, pooled, labels)
        if progress:
            progress(stop, permutations)
    return statistics


def _statistics(groups: Groups, settings: Settings, pooled: Estimate, labels: IntArray) -> FloatArray:
    """Both statistics of each labelling: (n_labellings, 2)."""
    weights = np.stack([groups.answers.weights(label, len(groups.names)) for label in labels])
    tasks = weighted(groups.answers.tasks, weights)
    model, items = MODELS[settings.model], len(settings.items)
    start = np.broadcast_to(pooled.maximum.utilities, (*weights.shape[:-1], items)).copy()
    apart = _largest(Problem(model, tasks, np.zeros(items, dtype=np.int64)), start).sum(axis=-1)
    scales = np.zeros((len(labels), len(groups.names) - 1))
    scaled = _largest(_ScaledProblem(model, tasks, items), np.concatenate([start[:, 0], scales], axis=-1))
    return 2 * np.stack([apart - pooled.log_likelihood, apart - scaled], axis=-1)


def _largest(hill: Hill, start: FloatArray) -> FloatArray:
    return maximise(hill, start, tolerance=LOOSER).log_likelihood


def weighted(tasks: Tasks, weights: FloatArray) -> Tasks:
    """The same tasks under many sets of weights, side by side."""
    lead = weights.shape[:-1]
    return Tasks(
        np.broadcast_to(tasks.shown, (*lead, *tasks.shown.shape)),
        np.broadcast_to(tasks.best, weights.shape),
        np.broadcast_to(tasks.worst, weights.shape),
        weights,
    )


def _doubts(groups: Groups, found: tuple[Estimate, ...]) -> tuple[str, ...]:
    bad = [name for name, one in zip(groups.names, found, strict=True) if not one.exists]
    if not bad:
        return ()
    return (f"Not every utility exists in {', '.join(bad)}: the degrees of freedom of the tests are nominal.",)
