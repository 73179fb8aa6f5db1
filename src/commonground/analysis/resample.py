"""Resampling respondents: what the counts could have been with other people of the same kind."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr, stdtrit  # pyright: ignore[reportMissingTypeStubs]  # scipy ships none

from commonground.analysis.tallies import Tallies
from commonground.records.choices import FloatArray, IntArray

Progress = Callable[[int, int], None]
"""Called with what is done and how much there is to do."""

CELLS_AT_ONCE = 4_000_000
"""Numbers held in memory for one batch of resamples or permutations: about 32 MB."""


@dataclass(frozen=True, slots=True)
class Resamples:
    """Counts by group in each resample; every array is (n_resamples, n_groups, n_items) float."""

    best: FloatArray
    worst: FloatArray
    shown: FloatArray


def resample(
    each: Tallies, resamples: int, rng: np.random.Generator, advance: Callable[[int], None] = lambda _: None
) -> Resamples:
    """Draw respondents with replacement, within each group, and count again.

    A resample is a row of multinomial weights, so that all of them are one matrix product with the respondents' counts.

    Parameters
    ----------
    each : Tallies
    resamples : int
    rng : numpy Generator
    advance : callable, optional
        Called with the number of resamples just done.
    """
    counts = np.hstack([each.best, each.worst, each.shown])
    sums = np.empty((resamples, len(each.groups), counts.shape[1]))
    for batch in batches(resamples, each.group.size):
        size = batch.stop - batch.start
        for group in range(len(each.groups)):
            members = counts[each.group == group]
            sums[batch, group] = times_drawn(len(members), size, rng) @ members
        advance(size)
    best, worst, shown = np.split(sums, 3, axis=-1)
    return Resamples(best, worst, shown)


def times_drawn(people: int, resamples: int, rng: np.random.Generator) -> FloatArray:
    """How often each of so many people is drawn in each resample: (n_resamples, n_people), rows sum to n_people."""
    drawn: IntArray = rng.integers(0, people, (resamples, people))
    flat = (drawn + people * np.arange(resamples)[:, None]).ravel()
    return np.bincount(flat, minlength=resamples * people).reshape(resamples, people).astype(np.float64)


def batches(total: int, people: int) -> Iterator[slice]:
    """Slices of `total` repetitions small enough for memory."""
    step = max(1, CELLS_AT_ONCE // max(people, 1))
    for start in range(0, total, step):
        yield slice(start, min(start + step, total))


def interval(draws: FloatArray, level: float, sizes: tuple[int, ...]) -> FloatArray:
    """The expanded percentile interval of resampled values.

    The plain percentile interval is too short for small groups, by a factor √((n−1)/n) and by taking normal for t
    quantiles; the expanded one asks for wider percentiles to make up for both. Simulated on the published design with
    groups of 32 and 31, it covers 94 % (mean scores and log ratios) where the plain one covers 93 %.

    Parameters
    ----------
    draws : (n_resamples, …) float
    level : float
        Such as 0.95.
    sizes : tuple of int
        People in each group the value is made from; the smallest decides the expansion.

    Returns
    -------
    (2, …) float
        NaN where a group has only one person, or a resample has no value.

    References
    ----------
    Hesterberg (2015), What teachers should know about the bootstrap, The American Statistician 69(4).
    """
    smallest, freedom = min(sizes), sum(sizes) - len(sizes)
    if smallest < 2:
        return np.full((2, *draws.shape[1:]), np.nan)
    tail = float(ndtr(np.sqrt(smallest / (smallest - 1)) * stdtrit(freedom, (1 - level) / 2)))
    return np.quantile(draws, [tail, 1 - tail], axis=0)
