"""Counting: how often each item was best and worst, and the scores a published table makes of that."""

from dataclasses import dataclass

import numpy as np

from commonground.analysis.ratios import known, log_ratio, ranks, rescale, square_root_ratio
from commonground.analysis.tallies import EVERYONE, GroupTotals, group_totals
from commonground.records.choices import ChoiceData, CountTable, FloatArray
from commonground.records.errors import RequestError, SettingError
from commonground.records.sheet import Column, Record, Sheet, cells
from commonground.records.tabular import Tabular

Number = int | float
"""A count: whole, unless weights or a printed constant made it a fraction."""


@dataclass(frozen=True, slots=True)
class Added:
    """A constant added to every best and every worst count before ratios are taken.

    Parameters
    ----------
    constant : float
        0 or more.
    to : str
        "all" groups, or the name of one.

    Examples
    --------
    >>> Added(0.1, "R").per_group(("HP", "R", "P"))
    array([0. , 0.1, 0. ])
    """

    constant: float = 0.0
    to: str = EVERYONE

    def __post_init__(self) -> None:
        if not (np.isfinite(self.constant) and self.constant >= 0):
            raise SettingError(f"The added constant must be 0 or more, not {self.constant}.")

    def per_group(self, groups: tuple[str, ...]) -> FloatArray:
        """The constant of each group: (n_groups,).

        Raises
        ------
        RequestError
            If `to` names a group that is not there.
        """
        if self.to != EVERYONE and self.to not in groups:
            raise RequestError(f"The constant is to be added to '{self.to}', but the groups are: {', '.join(groups)}.")
        return np.array([self.constant if self.to in (EVERYONE, group) else 0.0 for group in groups])

    def __str__(self) -> str:
        return f"{self.constant:g} added to {'every group' if self.to == EVERYONE else self.to}"


@dataclass(frozen=True, slots=True)
class ItemCount:
    """One item in one group. `best`, `worst` and `mean` are without the constant, the ratio columns with it.

    Parameters
    ----------
    shown : number or None
        Times shown; None where a printed table does not say.
    mean : float or None
        (best − worst) / shown, from −1 to 1.
    sqrt_ratio, log_ratio : float or None
        √(B/W) and its natural logarithm. An item never worst has neither, one never best has a ratio of 0 and no
        logarithm, unless a constant is added.
    rescaled : float or None
        The log ratio between the group's lowest (0) and highest (1) item; None for the whole group where one item has
        no logarithm, for then an end of the scale is not known.
    rank, rank_by_ratio : int
        1 for the most important; ties share the smaller rank. `rank` is by `mean` (by best − worst where the times
        shown are not known); `rank_by_ratio` is None for the whole group where one item has no ratio.
    """

    item: str
    shown: Number | None
    best: Number
    worst: Number
    best_minus_worst: Number
    mean: float | None
    sqrt_ratio: float | None
    log_ratio: float | None
    rescaled: float | None
    rank: int
    rank_by_ratio: int | None


_COLUMNS = (
    Column("item", "item"),
    Column("shown", "shown"),
    Column("best", "best"),
    Column("worst", "worst"),
    Column("best_minus_worst", "best − worst", signed=True),
    Column("mean", "mean", digits=2, signed=True),
    Column("rescaled", "rescaled", digits=2),
    Column("rank", "rank"),
)


@dataclass(frozen=True, slots=True, repr=False)
class GroupCounts(Tabular):
    """One group's counts. `respondents` and `tasks` are None where a printed table does not say."""

    group: str
    respondents: int | None
    tasks: int | None
    items: tuple[ItemCount, ...]

    def item(self, name: str) -> ItemCount:
        """The item with this id."""
        return next(item for item in self.items if item.item == name)

    @property
    def rows(self) -> tuple[Record, ...]:
        """A row an item."""
        return tuple({"group": self.group, **cells(item)} for item in self.items)

    def sheets(self) -> tuple[Sheet, ...]:
        """One table: `items`."""
        people = "" if self.respondents is None else f", {self.respondents} respondents"
        return (Sheet("items", f"Counts of {self.group}{people}", _COLUMNS, self.rows),)


@dataclass(frozen=True, slots=True, repr=False)
class Counts(Tabular):
    """Counts by group, with what was added and what was left out."""

    added: Added
    groups: tuple[GroupCounts, ...]
    unanswered: int
    without_group: int
    messages: tuple[str, ...]

    def group(self, name: str) -> GroupCounts:
        """The group with this name."""
        return next(group for group in self.groups if group.group == name)

    def sheets(self) -> tuple[Sheet, ...]:
        """One table: `items`, group after group."""
        several = len(self.groups) > 1
        caption = f"Counts of {len(self.groups[0].items)} items" + (f" in {len(self.groups)} groups" if several else "")
        columns = (Column("group", "group"), *_COLUMNS) if several else _COLUMNS
        rows = tuple(row for group in self.groups for row in group.rows)
        added = f", {self.added}" if self.added.constant else ""
        return (Sheet("items", f"{caption}{added}", columns, rows, self.messages),)


def count(data: ChoiceData | CountTable, *, by: str | None = None, added: Added | None = None) -> Counts:
    """Count best and worst picks by group and derive the scores of a published table.

    Repeated tasks and rows without an answer are not counted; respondents without a group are left out, and both are
    reported. Weights multiply a respondent's counts.

    Parameters
    ----------
    data : ChoiceData or CountTable
    by : str, optional
        The covariate that makes the groups ("group" for a count table); left out, everybody is one group, "all".
    added : Added, optional
        Added to the counts before ratios are taken; nothing by default, so that plain counts stay plain.

    Returns
    -------
    Counts

    Raises
    ------
    RequestError
        If the column or the group that gets the constant does not exist, or nobody is left to count.

    References
    ----------
    The published study's count analysis and ratio scores (Methods; Tables 4–6).

    Examples
    --------
    >>> table = CountTable(("open", "goal", "comm"), ("HP",), np.array([[123.0, 125, 4]]), np.array([[9.0, 12, 143]]))
    >>> first = count(table).groups[0].items[0]
    >>> first.best_minus_worst, round(first.sqrt_ratio, 2), round(first.log_ratio, 2), first.rescaled, first.rank
    (114, 3.7, 1.31, 1.0, 1)
    """
    added = added or Added()
    totals = group_totals(data, by)
    constants = added.per_group(totals.groups)
    ratios = _ratios(totals, constants)
    groups = tuple(_group_counts(totals, index, ratios[index]) for index in range(len(totals.groups)))
    messages = totals.messages + ratio_messages(totals, ratios[:, 1], added)
    return Counts(added, groups, totals.unanswered, totals.without_group, messages)


def _ratios(totals: GroupTotals, constants: FloatArray) -> FloatArray:
    """√(B/W) and its logarithm, (n_groups, 2, n_items); NaN throughout where only best or only worst was asked."""
    best, worst = totals.best + constants[:, None], totals.worst + constants[:, None]
    both = np.stack([square_root_ratio(best, worst), log_ratio(best, worst)], axis=1)
    return both if totals.asked_both else np.full_like(both, np.nan)


def _group_counts(totals: GroupTotals, index: int, ratios: FloatArray) -> GroupCounts:
    roots, logs = ratios
    best, worst = totals.best[index], totals.worst[index]
    shown = None if totals.shown is None else totals.shown[index]
    means = None if shown is None else np.where(shown > 0, (best - worst) / np.where(shown > 0, shown, 1.0), np.nan)
    # An item nobody saw has no mean; it ranks by 0, where an item nobody picked would stand.
    rank = ranks(best - worst if means is None else np.nan_to_num(means))
    rescaled = rescale(logs)
    rank_by_ratio = None if np.isnan(roots).any() else ranks(np.where(roots > 0, logs, -np.inf))
    return GroupCounts(
        group=totals.groups[index],
        respondents=None if totals.respondents is None else totals.respondents[index],
        tasks=None if totals.tasks is None else totals.tasks[index],
        items=tuple(
            ItemCount(
                item=name,
                shown=None if shown is None else whole(shown[place]),
                best=whole(best[place]),
                worst=whole(worst[place]),
                best_minus_worst=whole(best[place] - worst[place]),
                mean=None if means is None else known(means[place]),
                sqrt_ratio=known(roots[place]),
                log_ratio=known(logs[place]),
                rescaled=known(rescaled[place]),
                rank=rank[place],
                rank_by_ratio=None if rank_by_ratio is None else rank_by_ratio[place],
            )
            for place, name in enumerate(totals.items)
        ),
    )


def ratio_messages(totals: GroupTotals, logs: FloatArray, added: Added) -> tuple[str, ...]:
    """Why some log ratios are not defined, in words.

    Parameters
    ----------
    totals : GroupTotals
    logs : (n_groups, n_items) float
        NaN where not defined.
    added : Added
    """
    if not totals.asked_both:
        return (f"Nobody picked a {'worst' if totals.asked_best else 'best'} item, so there are no ratios.",)
    return tuple(
        f"In {group} a count of {', '.join(name for name, gap in zip(totals.items, row, strict=True) if gap)} is zero "
        f"({added}): its ratio has no logarithm, so the group's ratios have no ends and are not rescaled. "
        "Adding a constant to every count, such as 0.5, mends that."
        for group, row in zip(totals.groups, np.isnan(logs), strict=True)
        if row.any()
    )


def whole(value: float) -> Number:
    """The number as an int where it is one; sums of weights keep twelve decimals."""
    rounded = round(float(value), 12)
    return int(rounded) if rounded.is_integer() else rounded
