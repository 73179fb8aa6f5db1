"""Agreement within groups, between groups, and distances, in one call."""

import numpy as np

from commonground.analysis.agreement.between import between_groups
from commonground.analysis.agreement.records import Agreement
from commonground.analysis.agreement.within import within_group
from commonground.analysis.count import Added
from commonground.analysis.tallies import grouping, tally
from commonground.records.choices import ChoiceData

FEW = 10
"""Of fewer people than this agreement is said with a warning."""


def agreement(
    data: ChoiceData,
    *,
    by: str | None = None,
    added: Added | None = None,
    resamples: int = 2000,
    permutations: int = 2000,
    level: float = 0.95,
    seed: int = 1,
) -> Agreement:
    """How far people of a group agree, how far groups do, and how far apart groups are.

    Weights of respondents count in what is said of groups; within a group every person's order counts once.

    Parameters
    ----------
    data : ChoiceData
    by : str, optional
        The covariate that makes the groups; left out, everybody is one group and nothing is compared.
    added : Added, optional
        Added to the counts before ratios are taken, for the distances between shares and between log ratios; 0.5 to all
        where left out.
    resamples, permutations : int
    level : float
        Of the intervals.
    seed : int

    Raises
    ------
    RequestError
        If there is no such column, or nobody is left.

    References
    ----------
    Kendall, M. G., & Babington Smith, B. (1939). The problem of m rankings. Annals of Mathematical Statistics, 10(3),
    275–287.

    Examples
    --------
    >>> data = ChoiceData.from_rows(("a", "b", "c"), ("Ann", "Bo"), respondent=[0, 1], task=[1, 1],
    ...     shown=[[0, 1, 2], [2, 1, 0]], best=[0, 0], worst=[2, 2])
    >>> agreement(data, resamples=50, permutations=50).within[0].w
    1.0
    """
    each, rng = tally(data, by), np.random.default_rng(seed)
    names, label = grouping(data, by)
    answered = np.bincount(data.respondent[data.scored], minlength=len(data.respondents)) > 0
    within = tuple(
        within_group(
            data.keep(answered & (label == names.index(group))), group, level=level, permutations=permutations, rng=rng
        )
        for group in each.groups
    )
    between, distances = None, ()
    if len(each.groups) > 1:
        constants = (added or Added(0.5)).per_group(each.groups)
        between, distances = between_groups(
            each, constants=constants, resamples=resamples, permutations=permutations, level=level, rng=rng
        )
    return Agreement(within, between, distances, _messages(each.groups, each.sizes))


def _messages(groups: tuple[str, ...], sizes: tuple[int, ...]) -> tuple[str, ...]:
    small = [group for group, size in zip(groups, sizes, strict=True) if size < FEW]
    if not small:
        return ()
    return (f"Fewer than {FEW} people in {', '.join(small)}: agreement and distances there are mostly chance.",)
