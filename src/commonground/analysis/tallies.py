"""Each respondent's counts, as matrices: the one summary that counting, resampling and permuting start from."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np

from commonground.records.choices import MISSING, BoolArray, ChoiceData, CountTable, FloatArray, IntArray
from commonground.records.errors import Problem, RequestError

EVERYONE = "all"
"""The name of the one group there is when nobody asked for groups."""

GROUP_COLUMN = "group"
"""The only column a count table can be split by."""


@dataclass(frozen=True, slots=True)
class Tallies:
    """What each respondent chose, in which group; those without an answer or without a group are left out.

    Parameters
    ----------
    items, groups : tuple of str
    group : (n_respondents,) int
        Index into `groups`.
    best, worst, shown : (n_respondents, n_items) float
        How often this person picked or saw an item, times the person's weight; repeats left out.
    tasks : (n_respondents,) int
        Scored tasks of this person.
    weight : (n_respondents,) float
    unanswered : int
        Rows with neither pick, left out.
    without_group : int
        Respondents whose group is not known, left out.
    asked_best, asked_worst : bool
        Whether anybody picked a best (a worst) at all.
    """

    items: tuple[str, ...]
    groups: tuple[str, ...]
    group: IntArray
    best: FloatArray
    worst: FloatArray
    shown: FloatArray
    tasks: IntArray
    weight: FloatArray
    unanswered: int
    without_group: int
    asked_best: bool
    asked_worst: bool

    @property
    def sizes(self) -> tuple[int, ...]:
        """Respondents in each group."""
        return tuple(int(size) for size in np.bincount(self.group, minlength=len(self.groups)))

    @property
    def appearances(self) -> float:
        """How often an item was shown to a respondent, on average over items and respondents."""
        return float(self.shown.sum() / (self.weight.sum() * len(self.items)))

    def summed(self, each: FloatArray) -> FloatArray:
        """A per-respondent matrix summed within groups: (n_groups, n_items)."""
        return np.stack([each[self.group == index].sum(axis=0) for index in range(len(self.groups))])

    def messages(self, by: str | None) -> tuple[str, ...]:
        """What was left out, in words."""
        said: list[str] = []
        if self.unanswered:
            said.append(f"{_times(self.unanswered, 'row')} without any answer left out.")
        if self.without_group:
            said.append(f"{_times(self.without_group, 'respondent')} without a value in '{by}' left out.")
        return tuple(said)


@dataclass(frozen=True, slots=True)
class GroupTotals:
    """Counts by group, from respondents or from a printed table.

    Parameters
    ----------
    best, worst : (n_groups, n_items) float
    shown : (n_groups, n_items) float or None
    respondents, tasks : one int a group, or None where the source does not say
    """

    items: tuple[str, ...]
    groups: tuple[str, ...]
    best: FloatArray
    worst: FloatArray
    shown: FloatArray | None = None
    respondents: tuple[int, ...] | None = None
    tasks: tuple[int, ...] | None = None
    asked_best: bool = True
    asked_worst: bool = True
    unanswered: int = 0
    without_group: int = 0
    messages: tuple[str, ...] = field(default=())

    @property
    def asked_both(self) -> bool:
        """Whether anybody picked a best, and anybody a worst: without both there are no ratios."""
        return self.asked_best and self.asked_worst


def tally(data: ChoiceData, by: str | None = None) -> Tallies:
    """Count each respondent's picks and showings, by a covariate.

    Parameters
    ----------
    data : ChoiceData
    by : str, optional
        A covariate; left out, everybody is in one group, "all".

    Raises
    ------
    RequestError
        If there is no such covariate, or nobody has both a value in it and an answer.

    Examples
    --------
    >>> data = ChoiceData.from_rows(("a", "b", "c"), ("Ann", "Bo"), respondent=[0, 1], task=[1, 1],
    ...     shown=[[0, 1, 2], [2, 1, 0]], best=[0, 0], worst=[2, 1], covariates={"role": ("x", None)})
    >>> ours = tally(data, "role")
    >>> ours.best.tolist(), ours.without_group
    ([[1.0, 0.0, 0.0]], 1)
    """
    rows = data.scored
    if rows.size == data.best.size:
        rows = slice(None)  # copies nothing
    who, shown = data.respondent[rows], data.shown[rows]
    tasks = np.bincount(who, minlength=len(data.respondents))
    groups, group = grouping(data, by)
    kept = (tasks > 0) & (group != MISSING)
    if not kept.any():
        raise RequestError("Nobody is left to count: no answered task belongs to a respondent with a known group.")
    present = np.flatnonzero(np.bincount(group[kept], minlength=len(groups)))
    return Tallies(
        items=data.items,
        groups=tuple(name for index, name in enumerate(groups) if index in present),
        group=np.searchsorted(present, group[kept]),
        best=_per_respondent(data, who, data.best[rows, None])[kept],
        worst=_per_respondent(data, who, data.worst[rows, None])[kept],
        shown=_per_respondent(data, who, shown)[kept],
        tasks=tasks[kept],
        weight=data.weight[kept],
        unanswered=unanswered_rows(data),
        without_group=int(((tasks > 0) & (group == MISSING)).sum()),
        asked_best=bool((data.best[rows] != MISSING).any()),
        asked_worst=bool((data.worst[rows] != MISSING).any()),
    )


def unanswered_rows(data: ChoiceData) -> int:
    """Rows, repeats left out, that hold neither a best nor a worst."""
    return int(((data.best == MISSING) & (data.worst == MISSING) & (data.repeat_of == 0)).sum())


def grouping(data: ChoiceData, by: str | None) -> tuple[tuple[str, ...], IntArray]:
    """Names of the groups in natural order, and each respondent's index into them (`MISSING` where unknown).

    Raises
    ------
    RequestError
        If there is no such covariate.
    """
    if by is None:
        return (EVERYONE,), np.zeros(len(data.respondents), dtype=np.int64)
    if by not in data.covariates:
        raise RequestError([Problem(f"There is no column '{by}'.", mend=_columns_there_are(data.covariates))])
    values = [value if value not in ("", None) else None for value in data.groups_by(by)]
    names = natural_order(value for value in values if value is not None)
    index = {name: place for place, name in enumerate(names)}
    return names, np.array([MISSING if value is None else index[value] for value in values], dtype=np.int64)


def group_totals(data: ChoiceData | CountTable, by: str | None = None) -> GroupTotals:
    """Counts by group from either kind of table.

    Raises
    ------
    RequestError
        If there is no such column; a count table can only be split by "group".
    """
    if isinstance(data, CountTable):
        return _from_count_table(data, by)
    return totals_of(tally(data, by), by)


def totals_of(each: Tallies, by: str | None) -> GroupTotals:
    """The sums of each group."""
    sizes = len(each.groups)
    return GroupTotals(
        items=each.items,
        groups=each.groups,
        best=each.summed(each.best),
        worst=each.summed(each.worst),
        shown=each.summed(each.shown),
        respondents=each.sizes,
        tasks=tuple(int(each.tasks[each.group == index].sum()) for index in range(sizes)),
        asked_best=each.asked_best,
        asked_worst=each.asked_worst,
        unanswered=each.unanswered,
        without_group=each.without_group,
        messages=each.messages(by),
    )


def natural_order(names: Iterable[str]) -> tuple[str, ...]:
    """Each name once, sorted so that 2 comes before 10.

    Examples
    --------
    >>> natural_order(["10", "2", "b", "2"])
    ('2', '10', 'b')
    """
    return tuple(sorted(set(names), key=lambda name: ([_piece(part) for part in re.split(r"(\d+)", name)], name)))


def _piece(part: str) -> tuple[int, int, str]:
    return (0, int(part), "") if part.isdecimal() else (1, 0, part.casefold())


def _per_respondent(data: ChoiceData, who: IntArray, items: IntArray) -> FloatArray:
    """How often each item stands in a person's rows, times the weight: (n_respondents, n_items)."""
    shape = (len(data.respondents), len(data.items))
    counted = np.zeros(shape[0] * shape[1])
    for column in items.T:
        there = column != MISSING
        chosen: BoolArray | slice = slice(None) if there.all() else there
        place = who[chosen].astype(np.int64) * shape[1]
        place += column[chosen]
        counted += np.bincount(place, minlength=counted.size)
    return counted.reshape(shape) * data.weight[:, None]


def _from_count_table(table: CountTable, by: str | None) -> GroupTotals:
    if by not in (None, GROUP_COLUMN):
        raise RequestError(
            [Problem(f"A count table has no column '{by}'.", mend="It can only be split by its column 'group'.")]
        )
    whole = GroupTotals(
        table.items, table.groups, table.best, table.worst, shown=table.shown, respondents=table.respondents
    )
    return whole if by else _pooled(whole)


def _pooled(totals: GroupTotals) -> GroupTotals:
    return GroupTotals(
        items=totals.items,
        groups=(EVERYONE,),
        best=totals.best.sum(axis=0, keepdims=True),
        worst=totals.worst.sum(axis=0, keepdims=True),
        shown=None if totals.shown is None else totals.shown.sum(axis=0, keepdims=True),
        respondents=None if totals.respondents is None else (sum(totals.respondents),),
    )


def _columns_there_are(covariates: Iterable[str]) -> str:
    names = ", ".join(sorted(covariates))
    return f"Columns that describe respondents: {names}." if names else "The table has no column about respondents."


def _times(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"
