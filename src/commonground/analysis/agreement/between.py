"""How alike groups order the items, and how far apart they are, beside what groups of one population would show."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from commonground.analysis.agreement.orders import centred_ranks, concordance, cosine, kendall, spearman
from commonground.analysis.agreement.records import BetweenGroups, Distance, Likeness, PairAgreement, PairDistances
from commonground.analysis.group_means import known_interval, mean_scores
from commonground.analysis.ratios import known, log_ratio
from commonground.analysis.resample import Resamples, batches, interval, resample
from commonground.analysis.tallies import Tallies
from commonground.records.choices import FloatArray

Compared = Callable[[FloatArray, FloatArray], FloatArray]
"""A figure of two groups' values: (..., n_items) twice -> (...)."""


@dataclass(frozen=True, slots=True)
class _Values:
    """What is compared: (..., n_groups, n_items) each.

    Parameters
    ----------
    scores : mean scores per person
    logs : log ratios, NaN where only one pick was asked
    """

    scores: FloatArray
    logs: FloatArray

    @classmethod
    def of(cls, each: Tallies, drawn: Resamples, constants: FloatArray) -> "_Values":
        logs = log_ratio(drawn.best + constants[:, None], drawn.worst + constants[:, None])
        both = each.asked_best and each.asked_worst
        return cls(
            mean_scores(drawn.best, drawn.worst, drawn.shown, each.appearances),
            np.where(np.isfinite(logs) & both, logs, np.nan),
        )


def between_groups(
    each: Tallies, *, constants: FloatArray, resamples: int, permutations: int, level: float, rng: np.random.Generator
) -> tuple[BetweenGroups, tuple[PairDistances, ...]]:
    """Agreement of the groups' orders, and distances.

    Parameters
    ----------
    each : Tallies
        With at least two groups.
    constants : (n_groups,) float
        Added to each group's counts before ratios are taken.
    resamples, permutations : int
        Of respondents within groups; of labels over the respondents of two groups (for W: of all).
    level : float
    rng : numpy Generator
    """
    observed = _Values.of(each, _as_they_are(each), constants)
    drawn = _Values.of(each, resample(each, resamples, rng), constants)
    pairs = tuple(combinations(range(len(each.groups)), 2))
    found = [_Pair(each, a, b, observed, drawn, level) for a, b in pairs]
    shuffled = [_Values.of(each, _shuffled(each, (a, b), permutations, rng), constants) for a, b in pairs]
    everybody = tuple(range(len(each.groups)))
    mixed = _Values.of(each, _shuffled(each, everybody, permutations, rng), constants)
    w = [concordance(centred_ranks(values.scores)) for values in (observed, drawn, mixed)]
    between = BetweenGroups(
        w=_likeness(float(w[0][0]), interval(w[1], level, each.sizes), w[2]),
        pairs=tuple(one.agreement(there) for one, there in zip(found, shuffled, strict=True)),
    )
    return between, tuple(one.distances(there) for one, there in zip(found, shuffled, strict=True))


@dataclass(frozen=True, slots=True)
class _Pair:
    """Two of the groups."""

    each: Tallies
    first: int
    second: int
    observed: _Values
    drawn: _Values
    level: float

    @property
    def names(self) -> tuple[str, str]:
        return self.each.groups[self.first], self.each.groups[self.second]

    def agreement(self, shuffled: _Values) -> PairAgreement:
        likenesses = [self._likeness(compared, shuffled) for compared in (spearman, kendall)]
        return PairAgreement(self.names, *likenesses)

    def distances(self, shuffled: _Values) -> PairDistances:
        return PairDistances(
            self.names,
            self._distance(_euclidean, shuffled, "scores"),
            self._distance(_half_apart, shuffled, "logs"),
            self._distance(_up_to_scale, shuffled, "logs"),
        )

    def _figures(self, compared: Compared, shuffled: _Values, what: str) -> tuple[float, FloatArray, FloatArray]:
        """Observed, in resamples, and in permutations."""
        found = [
            compared(values[..., self.first, :], values[..., self.second, :])
            for values in (getattr(one, what) for one in (self.observed, self.drawn, shuffled))
        ]
        return float(found[0][0]), found[1], found[2]

    def _bounds(self, drawn: FloatArray) -> FloatArray:
        return interval(drawn, self.level, (self.each.sizes[self.first], self.each.sizes[self.second]))

    def _likeness(self, compared: Compared, shuffled: _Values) -> Likeness:
        value, drawn, there = self._figures(compared, shuffled, "scores")
        return _likeness(value, self._bounds(drawn), there)

    def _distance(self, compared: Compared, shuffled: _Values, what: str) -> Distance:
        value, drawn, there = self._figures(compared, shuffled, what)
        there = there[np.isfinite(there)]
        if not (np.isfinite(value) and there.size):
            return Distance(None, None, None, None, None)
        noise = float((there**2).mean())
        return Distance(
            distance=value,
            interval=known_interval(self._bounds(drawn)),
            expected=known(np.sqrt(noise)),
            corrected=known(np.sqrt(max(value**2 - noise, 0.0))),
            p=(1 + int((there >= value - 1e-12).sum())) / (1 + there.size),
        )


def _likeness(value: float, bounds: FloatArray, shuffled: FloatArray) -> Likeness:
    if not np.isfinite(value):
        return Likeness(None, None, None, None)
    there = shuffled[np.isfinite(shuffled)]
    reached = int((there <= value + 1e-12).sum())
    low_high = known_interval(bounds)
    return Likeness(
        value,
        None if low_high is None else (max(low_high[0], -1.0), min(low_high[1], 1.0)),
        known(there.mean()) if there.size else None,
        (1 + reached) / (1 + there.size),
    )


def _euclidean(first: FloatArray, second: FloatArray) -> FloatArray:
    return np.sqrt(((first - second) ** 2).sum(axis=-1))


def _half_apart(first: FloatArray, second: FloatArray) -> FloatArray:
    """Half the summed differences of shares made from log ratios."""
    shares = [np.exp(one - one.max(axis=-1, keepdims=True)) for one in (first, second)]
    up, down = (one / one.sum(axis=-1, keepdims=True) for one in shares)
    return np.abs(up - down).sum(axis=-1) / 2


def _up_to_scale(first: FloatArray, second: FloatArray) -> FloatArray:
    centred = [one - one.mean(axis=-1, keepdims=True) for one in (first, second)]
    return np.sqrt(np.maximum(2 - 2 * cosine(*centred), 0.0))


def _shuffled(each: Tallies, groups: tuple[int, ...], permutations: int, rng: np.random.Generator) -> Resamples:
    """Counts by group with the labels of these groups shuffled over their people, time and again."""
    counts = np.hstack([each.best, each.worst, each.shown])
    sums = np.empty((permutations, len(each.groups), counts.shape[1]))
    theirs = np.flatnonzero(np.isin(each.group, groups))
    for batch in batches(permutations, each.group.size):
        labels = np.tile(each.group, (batch.stop - batch.start, 1))
        labels[:, theirs] = rng.permuted(labels[:, theirs], axis=1)
        for group in range(len(each.groups)):
            sums[batch, group] = (labels == group).astype(np.float64) @ counts
    return Resamples(*np.split(sums, 3, axis=-1))


def _as_they_are(each: Tallies) -> Resamples:
    """Counts by group, as if drawn once."""
    return Resamples(*(each.summed(side)[None] for side in (each.best, each.worst, each.shown)))
