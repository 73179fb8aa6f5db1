"""Mean scores per person: the unrescaled companion of the published study's 0–1 scores."""

from dataclasses import dataclass

import numpy as np

from commonground.analysis.ratios import known
from commonground.analysis.resample import Resamples, interval, resample
from commonground.analysis.tallies import Tallies, tally
from commonground.records.choices import ChoiceData, FloatArray

Interval = tuple[float, float]


@dataclass(frozen=True, slots=True)
class GroupMean:
    """The mean score per person of one item in one group.

    Parameters
    ----------
    mean : float or None
        Best minus worst picks of a person, averaged: from −r to +r where an item is shown r times to each.
    interval : (low, high) or None
        None for a group of one person.
    """

    group: str
    item: str
    mean: float | None
    interval: Interval | None


def group_means(
    data: ChoiceData, *, by: str | None = None, resamples: int = 2000, level: float = 0.95, seed: int = 1
) -> tuple[GroupMean, ...]:
    """Mean scores per person by group, with intervals from resampling respondents.

    Where every item was shown equally often to everybody, a person's score is best minus worst. Where not, it is the
    share (best − worst)/shown, times the average number of showings, so that the scale stays the same.

    Parameters
    ----------
    data : ChoiceData
    by : str, optional
        A covariate; left out, everybody is one group, "all".
    resamples : int
    level : float
    seed : int

    Raises
    ------
    RequestError
        If there is no such column, or nobody is left.

    Examples
    --------
    >>> data = ChoiceData.from_rows(("a", "b", "c"), ("Ann", "Bo"), respondent=[0, 1], task=[1, 1],
    ...     shown=[[0, 1, 2], [2, 1, 0]], best=[0, 0], worst=[2, 1])
    >>> [one.mean for one in group_means(data, resamples=100)]
    [1.0, -0.5, -0.5]
    """
    each = tally(data, by)
    return summarised_means(each, resample(each, resamples, np.random.default_rng(seed)), level)


def summarised_means(each: Tallies, drawn: Resamples, level: float) -> tuple[GroupMean, ...]:
    """One `GroupMean` for every group and item, from resamples already drawn."""
    means = mean_scores(each.summed(each.best), each.summed(each.worst), each.summed(each.shown), each.appearances)
    draws = mean_scores(drawn.best, drawn.worst, drawn.shown, each.appearances)
    return tuple(
        GroupMean(group, item, known(means[index, place]), known_interval(bounds[:, place]))
        for index, group in enumerate(each.groups)
        for bounds in [interval(draws[:, index], level, (each.sizes[index],))]
        for place, item in enumerate(each.items)
    )


def mean_scores(best: FloatArray, worst: FloatArray, shown: FloatArray, appearances: float) -> FloatArray:
    """(Σbest − Σworst)/Σshown times the average number of showings; NaN where an item was never shown."""
    return appearances * (best - worst) / np.where(shown > 0, shown, np.nan)


def known_interval(bounds: FloatArray) -> Interval | None:
    """Both bounds, or None where they are not known."""
    return None if np.isnan(bounds).any() else (float(bounds[0]), float(bounds[1]))
