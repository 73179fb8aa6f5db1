"""Scores, ranks and reliability of many items, in one call: for everybody, or for each group."""

from collections.abc import Callable

import numpy as np

from commonground.analysis.many.records import Rankings
from commonground.analysis.many.score import Asked, score_items
from commonground.analysis.tallies import grouping
from commonground.records.choices import MISSING, ChoiceData
from commonground.records.errors import RequestError


def rank(
    data: ChoiceData,
    *,
    by: str | None = None,
    top: int = 10,
    splits: int = 50,
    draws: int = 1000,
    level: float = 0.95,
    prior_sd: float | None = None,
    seed: int = 1,
    progress: Callable[[int, int], None] | None = None,
) -> Rankings:
    """Score items from sparse answers: utilities, ranks with intervals, reliability.

    Best out of the task, then worst out of the rest, with one utility an item for everybody (or everybody in a group),
    and a normal prior whose width the answers tell. Made for 100 to 5,000 items of which each respondent sees a few,
    each a few times; it works for fewer items as well, where `analysis.logit.fit` says more.

    Parameters
    ----------
    data : ChoiceData
    by : str, optional
        The covariate that makes the groups, each scored by itself; left out, everybody is one group, "all".
    top : int
        For the probability of being among the first so many.
    splits : int
        Random halves for the reliability; 0 for none.
    draws : int
        Of the utilities, for rank intervals.
    level : float
        Of the rank intervals.
    prior_sd : float, optional
        Standard deviation of the prior, logits; left out, the answers tell it.
    seed : int
    progress : callable, optional
        Called with the number of splits done, and of all.

    Returns
    -------
    Rankings

    Raises
    ------
    SettingError
        If a setting is out of its range.
    RequestError
        If there is no such column, or nobody has a value in it.
    DataError
        If a group picked nothing, or only one item was ever shown to it.

    Examples
    --------
    >>> data = ChoiceData.from_rows(("a", "b", "c"), ("Ann", "Bo"), respondent=[0, 1], task=[1, 1],
    ...                             shown=[[0, 1, 2], [2, 1, 0]], best=[0, 0], worst=[2, 1])
    >>> found = rank(data, top=1, prior_sd=1.0).groups[0]
    >>> [item.item for item in found.ranking], found.item("a").rank
    (['a', 'b', 'c'], 1)
    """
    asked = Asked(top, splits, draws, level, prior_sd)
    names, label = grouping(data, by)
    groups = [(name, label == place) for place, name in enumerate(names) if (label == place).any()]
    if not groups:
        raise RequestError(f"Nobody has a value in '{by}'.")
    said = _Steps(len(groups) * splits, progress)
    return Rankings(
        groups=tuple(
            score_items(
                data if members.all() else data.keep(members), asked, seed=seed, group=name, progress=said.after(place)
            )
            for place, (name, members) in enumerate(groups)
        ),
        without_group=int(np.count_nonzero(label == MISSING)),
        messages=_left_out(int(np.count_nonzero(label == MISSING)), by),
    )


class _Steps:
    """Counts the splits of all groups together."""

    def __init__(self, total: int, progress: Callable[[int, int], None] | None) -> None:
        self.total, self.progress = total, progress

    def after(self, groups: int) -> Callable[[int, int], None] | None:
        """What a group tells, once so many groups are done."""
        told = self.progress
        return None if told is None else lambda done, splits: told(groups * splits + done, self.total)


def _left_out(without: int, by: str | None) -> tuple[str, ...]:
    people = "1 respondent" if without == 1 else f"{without} respondents"
    return (f"{people} without a value in '{by}' left out.",) if without else ()
