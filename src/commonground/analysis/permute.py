"""Permuting group labels over respondents: what differences chance alone would show."""

from collections.abc import Callable
from dataclasses import dataclass
from math import comb

import numpy as np

from commonground.analysis.classify import CLASSES, SIMILAR, class_codes
from commonground.analysis.ratios import SAME, log_ratio, rescale
from commonground.analysis.resample import batches
from commonground.analysis.tallies import Tallies
from commonground.records.choices import FloatArray, IntArray

STATISTIC = "studentised difference of mean scores per person"
"""What the family-wise test compares; the log ratio is not used, because a single pick can move it without bound."""

UNDEFINED = -1
"""In place of a number of flags: the rule could not be applied."""

PairIndex = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Permuted:
    """What each permutation of the group labels showed.

    Parameters
    ----------
    largest : (n_permutations,) float
        The largest statistic over items and pairs.
    flagged : (n_permutations,) int
        How many items the threshold rule called anything but similar; `UNDEFINED` where a group had no ratios.
    """

    largest: FloatArray
    flagged: IntArray


def permute(
    each: Tallies,
    pairs: tuple[PairIndex, ...],
    permutations: int,
    rng: np.random.Generator,
    *,
    constants: FloatArray,
    threshold: float,
    advance: Callable[[int], None] = lambda _: None,
) -> Permuted:
    """Shuffle the group labels over respondents and compare again.

    Parameters
    ----------
    each : Tallies
    pairs : tuple of (int, int)
        Group indices of the pairs that are tested.
    permutations : int
    rng : numpy Generator
    constants : (n_groups,) float
        Added to each group's counts before the threshold rule looks at them.
    threshold : float
    advance : callable, optional
        Called with the number of permutations just done.
    """
    moments = person_moments(each)
    largest, flagged = np.zeros(permutations), np.zeros(permutations, dtype=np.int64)
    for batch in batches(permutations, each.group.size):
        size = batch.stop - batch.start
        labels = rng.permuted(np.tile(each.group, (size, 1)), axis=1)
        sums = group_sums(moments, labels, len(each.groups))
        if pairs:
            found = statistics(sums, each.sizes, pairs)
            largest[batch] = np.nan_to_num(found, posinf=np.inf).max(axis=(-2, -1))
        flagged[batch] = flags(sums[..., 0, :], sums[..., 1, :], constants, threshold)
        advance(size)
    return Permuted(largest, flagged)


def person_moments(each: Tallies) -> FloatArray:
    """What the statistic needs of each respondent: (n_respondents, 6, n_items) float.

    The six are best, worst, shown, and with d = best − worst the products d², d·shown and shown².
    """
    difference = each.best - each.worst
    return np.stack(
        [each.best, each.worst, each.shown, difference**2, difference * each.shown, each.shown**2],
        axis=1,
    )


def group_sums(moments: FloatArray, labels: IntArray, groups: int) -> FloatArray:
    """Moments summed within groups, for many labellings at once.

    Parameters
    ----------
    moments : (n_respondents, 6, n_items) float
    labels : (n_labellings, n_respondents) int

    Returns
    -------
    (n_labellings, n_groups, 6, n_items) float
    """
    people, kinds, items = moments.shape
    flat = moments.reshape(people, kinds * items)
    sums = np.stack([(labels == group).astype(np.float64) @ flat for group in range(groups)], axis=1)
    return sums.reshape(len(labels), groups, kinds, items)


def statistics(sums: FloatArray, sizes: tuple[int, ...], pairs: tuple[PairIndex, ...]) -> FloatArray:
    """The absolute studentised difference of mean scores, for each pair and item.

    A group's mean score is m = Σd / Σshown, a ratio of sums; its variance is taken from the residuals d − m·shown.

    Parameters
    ----------
    sums : (…, n_groups, 6, n_items) float
    sizes : tuple of int
    pairs : tuple of (int, int)

    Returns
    -------
    (…, n_pairs, n_items) float
        At least 0; infinite where the groups differ and nobody within them does; NaN where an item was never shown.
    """
    best, worst, shown, squared, crossed, shown_squared = np.moveaxis(sums, -2, 0)
    seen = np.where(shown > 0, shown, np.nan)
    mean = (best - worst) / seen
    people = np.array(sizes, dtype=np.float64)[:, None]
    correction = people / np.maximum(people - 1, SAME)
    variance = correction * (squared - 2 * mean * crossed + mean**2 * shown_squared) / seen**2
    variance = np.where(variance < SAME**2, 0.0, variance)
    first, second = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
    gap = np.abs(mean[..., first, :] - mean[..., second, :])
    error = np.sqrt(variance[..., first, :] + variance[..., second, :])
    certain = error == 0
    return np.where(certain, np.where(gap > SAME, np.inf, gap * 0), gap / np.where(certain, 1.0, error))


def flags(best: FloatArray, worst: FloatArray, constants: FloatArray, threshold: float) -> IntArray:
    """How many items the threshold rule calls anything but similar: (…,) int, `UNDEFINED` where a group has no ratios.

    Parameters
    ----------
    best, worst : (…, n_groups, n_items) float
    constants : (n_groups,) float
    """
    scores = rescale(log_ratio(best + constants[:, None], worst + constants[:, None]))
    flagged = (class_codes(scores, threshold) != CLASSES.index(SIMILAR)).sum(axis=-1)
    return np.where(np.isnan(scores).any(axis=(-2, -1)), UNDEFINED, flagged)


def adjusted_p(observed: FloatArray, permuted: Permuted) -> FloatArray:
    """Family-wise p values: how often the largest statistic of a permutation reaches the one observed.

    The labelling that was observed counts as one of the permutations, so p is never 0.

    Parameters
    ----------
    observed : (…,) float

    Examples
    --------
    >>> adjusted_p(np.array([3.0, 0.5]), Permuted(np.array([1.0, 2.0, 4.0]), np.zeros(3, dtype=np.int64)))
    array([0.5, 1. ])
    """
    ordered = np.sort(permuted.largest)
    reached = ordered.size - np.searchsorted(ordered, observed - SAME, side="left")
    return np.where(np.isnan(observed), np.nan, (1 + reached) / (1 + ordered.size))


def smallest_p(first: int, second: int) -> float:
    """The smallest two-sided p that permuting the labels of two groups can give.

    Examples
    --------
    >>> [round(smallest_p(*sizes), 3) for sizes in ((2, 2), (3, 3), (3, 5), (5, 5))]
    [0.333, 0.1, 0.018, 0.008]
    """
    mirrored = 2 if first == second else 1
    return mirrored / comb(first + second, first)
