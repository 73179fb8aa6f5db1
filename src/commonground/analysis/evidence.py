"""What only respondents can tell of groups: intervals, family-wise p values, how steady classes are, false flags."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from commonground.analysis.classify import CLASSES, class_codes
from commonground.analysis.count import Added
from commonground.analysis.group_means import GroupMean, mean_scores, summarised_means
from commonground.analysis.permute import (
    PairIndex,
    Permuted,
    adjusted_p,
    group_sums,
    permute,
    person_moments,
    smallest_p,
    statistics,
)
from commonground.analysis.ratios import log_ratio, rescale
from commonground.analysis.resample import Progress, Resamples, interval, resample
from commonground.analysis.tallies import Tallies
from commonground.records.choices import BoolArray, FloatArray

FEWEST_FOR_ALIKE = 10
"""In smaller groups resampling cannot show how far apart two groups may be, so none are called alike."""

UNDEFINED = "undefined"
"""Beside the classes: resamples in which an item had no ratio."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How to compare; `analysis.compare.compare` explains each."""

    added: Added
    threshold: float
    margin: float
    level: float
    resamples: int
    permutations: int


@dataclass(frozen=True, slots=True)
class Evidence:
    """Over pairs and items (bounds of intervals first).

    Parameters
    ----------
    mean_intervals, log_intervals : (2, n_pairs, n_items) float
    p : (n_pairs, n_items) float
        NaN for pairs too small to test.
    class_frequencies : tuple of dict, one an item
    permuted : Permuted
    group_means : tuple of GroupMean
    large_enough : tuple of bool, one a pair
        Whether both groups have enough people to be called alike.
    """

    mean_intervals: FloatArray
    log_intervals: FloatArray
    p: FloatArray
    class_frequencies: tuple[dict[str, float], ...]
    permuted: Permuted
    group_means: tuple[GroupMean, ...]
    large_enough: tuple[bool, ...]


def gather(
    each: Tallies,
    settings: Settings,
    constants: FloatArray,
    rng: np.random.Generator,
    progress: Progress | None = None,
) -> Evidence:
    """Resample and permute respondents, and sum up what that shows.

    Parameters
    ----------
    each : Tallies
    settings : Settings
    constants : (n_groups,) float
        Added to each group's counts before ratios are taken.
    rng : numpy Generator
    progress : callable, optional
    """
    advance = _counter(settings.resamples + settings.permutations, progress)
    drawn = resample(each, settings.resamples, rng, advance)
    tested = testable_pairs(each, settings.level)
    permuted = permute(
        each,
        tested,
        settings.permutations,
        rng,
        constants=constants,
        threshold=settings.threshold,
        advance=advance,
    )
    means = mean_scores(drawn.best, drawn.worst, drawn.shown, each.appearances)
    logs = log_ratios(drawn.best, drawn.worst, constants)
    return Evidence(
        mean_intervals=_pair_intervals(means, each, settings.level),
        log_intervals=_pair_intervals(logs, each, settings.level),
        p=_p_values(each, tested, permuted),
        class_frequencies=_frequencies(drawn, constants, settings.threshold),
        permuted=permuted,
        group_means=summarised_means(each, drawn, settings.level),
        large_enough=tuple(min(each.sizes[a], each.sizes[b]) >= FEWEST_FOR_ALIKE for a, b in pair_indices(each.groups)),
    )


def pair_indices(groups: tuple[str, ...]) -> tuple[PairIndex, ...]:
    """Every two groups, as indices, in order."""
    return tuple(combinations(range(len(groups)), 2))


def log_ratios(best: FloatArray, worst: FloatArray, constants: FloatArray) -> FloatArray:
    """Log ratios after adding each group's constant: (…, n_groups, n_items)."""
    return log_ratio(best + constants[:, None], worst + constants[:, None])


def testable_pairs(each: Tallies, level: float) -> tuple[PairIndex, ...]:
    """The pairs of which some permutation could pass a test corrected for the number of items."""
    bar = (1 - level) / len(each.items)
    return tuple((a, b) for a, b in pair_indices(each.groups) if smallest_p(each.sizes[a], each.sizes[b]) <= bar)


def warnings(each: Tallies, level: float) -> tuple[str, ...]:
    """What small groups mean for the results, in words."""
    return _hopeless_pairs(each, level) + _small_groups(each)


def _counter(total: int, progress: Progress | None) -> Callable[[int], None]:
    done = 0

    def advance(more: int) -> None:
        nonlocal done
        done += more
        if progress:
            progress(done, total)

    return advance


def _pair_intervals(draws: FloatArray, each: Tallies, level: float) -> FloatArray:
    pairs = pair_indices(each.groups)
    bounds = [interval(draws[:, a] - draws[:, b], level, (each.sizes[a], each.sizes[b])) for a, b in pairs]
    return np.stack(bounds, axis=1)


def _p_values(each: Tallies, tested: tuple[PairIndex, ...], permuted: Permuted) -> FloatArray:
    pairs = pair_indices(each.groups)
    p = np.full((len(pairs), len(each.items)), np.nan)
    if tested:
        sums = group_sums(person_moments(each), each.group[None, :], len(each.groups))[0]
        p[[pair in tested for pair in pairs]] = adjusted_p(statistics(sums, each.sizes, tested), permuted)
    return p


def _frequencies(drawn: Resamples, constants: FloatArray, threshold: float) -> tuple[dict[str, float], ...]:
    scores = rescale(log_ratios(drawn.best, drawn.worst, constants))
    undefined: BoolArray = np.any(np.isnan(scores), axis=1)
    codes = class_codes(scores, threshold)
    return tuple(_shares(codes[:, item], undefined[:, item]) for item in range(codes.shape[-1]))


def _shares(codes: NDArray[np.intp], undefined: BoolArray) -> dict[str, float]:
    times = np.bincount(np.where(undefined, len(CLASSES), codes), minlength=len(CLASSES) + 1)
    return {name: float(n) / codes.size for name, n in zip((*CLASSES, UNDEFINED), times, strict=True) if n}


def _hopeless_pairs(each: Tallies, level: float) -> tuple[str, ...]:
    tested = testable_pairs(each, level)
    bar = (1 - level) / len(each.items)
    return tuple(
        f"{each.groups[a]} and {each.groups[b]} have {each.sizes[a]} and {each.sizes[b]} people: the smallest p that "
        f"permuting can give is {smallest_p(each.sizes[a], each.sizes[b]):.2g}, and {len(each.items)} items need less "
        f"than {bar:.2g}. No item can pass, so no p is given."
        for a, b in pair_indices(each.groups)
        if (a, b) not in tested
    )


def _small_groups(each: Tallies) -> tuple[str, ...]:
    small = [group for group, size in zip(each.groups, each.sizes, strict=True) if size < FEWEST_FOR_ALIKE]
    few = f"Fewer than {FEWEST_FOR_ALIKE} people in {', '.join(small)}: "
    return (few + "intervals there are too short, and nothing is called alike.",) if small else ()
