"""Ranks and how sure they are, from draws of what the utilities may be.

Ranking estimates overstates how sure ranks are, and resampling them as well: noise is put on top of noise, so that
items which lie close together look further apart than they are. Draws around shrunken estimates do neither. Their
intervals hold the true rank as often as they say on average over the items; what holds for all items at once is wider
(`analysis.rank_sets`).

References
----------
Laird, N. M., & Louis, T. A. (1989). Empirical Bayes ranking methods. Journal of Educational Statistics, 14(1), 29–46.
"""

import numpy as np

from commonground.records.choices import FloatArray, IntArray


def draw_ranks(draws: FloatArray) -> IntArray:
    """The rank of every item in every draw: (n_draws, items), 1 the highest."""
    return np.argsort(np.argsort(-draws, axis=1), axis=1).astype(np.int64) + 1


def rank_intervals(drawn: IntArray, level: float) -> IntArray:
    """The ranks within which the middle share of the draws lie: (2, items).

    Parameters
    ----------
    drawn : (n_draws, items) int
    level : float
        At least this share lies inside.

    Examples
    --------
    >>> rank_intervals(np.array([[1, 2], [1, 2], [2, 1], [1, 2]]), 0.5).tolist()
    [[1, 1], [2, 2]]
    """
    tail = (1 - level) / 2
    low = np.quantile(drawn, tail, axis=0, method="lower")
    high = np.quantile(drawn, 1 - tail, axis=0, method="higher")
    return np.stack([low, high]).astype(np.int64)


def top_probabilities(drawn: IntArray, top: int) -> FloatArray:
    """How likely each item is among the first so many: (items,).

    Examples
    --------
    >>> top_probabilities(np.array([[1, 2, 3], [2, 1, 3]]), 1).tolist()
    [0.5, 0.5, 0.0]
    """
    return np.asarray((drawn <= top).mean(axis=0), dtype=np.float64)
