"""Split-half reliability: how well one half of the respondents tells what the other half says.

Respondents are split into two halves at random, each half is scored on its own with the same prior, and the two lists
of utilities are correlated over the items that both halves saw. Half of the people are less reliable than all of them;
Spearman and Brown's formula, 2r/(1 + r), says what the correlation means for everybody. One split is a matter of luck,
so many are made.

References
----------
Spearman, C. (1910). Correlation calculated from faulty data. British Journal of Psychology, 3(3), 271–295.
Brown, W. (1910). Some experimental results in the correlation of mental abilities. British Journal of Psychology, 3(3),
296–322.
Kiritchenko, S., & Mohammad, S. M. (2017). Best-worst scaling more reliable than rating scales. Proceedings of ACL,
465–470 (split halves of best-worst scores, many times).
"""

from collections.abc import Callable

import numpy as np

from commonground.analysis.many.pick_sets import PickSets
from commonground.analysis.many.records import Reliability
from commonground.analysis.many.ridge import fit_ridge
from commonground.records.choices import BoolArray, FloatArray, IntArray

FEWEST_PEOPLE = 4
FEWEST_ITEMS = 3
NEAR_ENOUGH = 1e-5
"""Nats per item: a correlation needs no more."""

LEVEL = 0.95


def split_half(
    sets: PickSets,
    prior_sd: float,
    start: FloatArray,
    *,
    splits: int,
    rng: np.random.Generator,
    progress: Callable[[int, int], None] | None = None,
) -> Reliability:
    """Split the respondents in two many times, and correlate what the halves say.

    Parameters
    ----------
    sets : PickSets
    prior_sd : float
        Logits; the same for both halves.
    start : (items,) float
        Utilities to begin with.
    splits : int
    rng : numpy Generator
    progress : callable, optional
        Called with the number of splits done, and of all.
    """
    people = np.unique(sets.owner)
    found: list[float] = []
    for done in range(splits if people.size >= FEWEST_PEOPLE else 0):
        mixed = rng.permutation(people)
        halves = (mixed[: people.size // 2], mixed[people.size // 2 :])
        found.append(_correlation(*(_half(sets, half, prior_sd, start) for half in halves)))
        if progress:
            progress(done + 1, splits)
    return _summary(np.array([one for one in found if np.isfinite(one)]))


_Half = tuple[FloatArray, BoolArray]
"""Utilities, and whether each item was shown to this half."""


def _half(sets: PickSets, people: IntArray, prior_sd: float, start: FloatArray) -> _Half:
    half = sets.only(people)
    shown = np.bincount(half.sets[half.sets >= 0] % sets.items, minlength=sets.items) > 0
    return fit_ridge(half, prior_sd, start, tolerance=NEAR_ENOUGH).utilities, shown


def _correlation(first: _Half, second: _Half) -> float:
    """Over the items both halves saw; NaN where it does not exist."""
    both = first[1] & second[1]
    if both.sum() < FEWEST_ITEMS:
        return np.nan
    x, y = first[0][both] - first[0][both].mean(), second[0][both] - second[0][both].mean()
    size = float(np.sqrt((x @ x) * (y @ y)))
    return float(x @ y) / size if size > 0 else np.nan


def _summary(correlations: FloatArray) -> Reliability:
    if not correlations.size:
        return Reliability(None, None, None, 0)
    whole = np.where(correlations > -1, 2 * correlations / np.maximum(1 + correlations, 1e-12), -1.0)
    whole = np.maximum(whole, -1.0)  # halves that disagree are no more reliable together
    low, high = np.quantile(whole, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return Reliability(
        float(correlations.mean()), float(whole.mean()), (float(low), float(high)), int(correlations.size)
    )
