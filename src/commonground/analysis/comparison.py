"""What comparing partner groups gives, as records with the names of the machine output."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from commonground.analysis.classify import Pair
from commonground.analysis.count import Added
from commonground.analysis.group_means import GroupMean, Interval
from commonground.records.sheet import Column, Record, Sheet, cells
from commonground.records.tabular import Tabular


class Verdict(StrEnum):
    """What can be said of two groups on one item.

    DIFFERS: the family-wise p is at most 1 − level. ALIKE: not so, and the whole interval of the mean difference lies
    inside the equivalence margin. CANNOT_TELL: anything else.
    """

    DIFFERS = "differs"
    ALIKE = "alike"
    CANNOT_TELL = "cannot tell"


@dataclass(frozen=True, slots=True)
class PairComparison:
    """Two groups on one item: the first less the second.

    Parameters
    ----------
    groups : pair of str
    mean_difference : float or None
        Of the mean scores per person, from −2r to +2r; None where a printed table does not say how many people there
        were.
    mean_interval : (low, high) or None
    log_ratio_difference : float or None
        Of ln √(B/W), with the added constant.
    log_ratio_interval : (low, high) or None
    adjusted_p : float or None
        Family-wise; None where there are no respondents, or too few for any p to pass.
    verdict : Verdict or None
        None where there are no respondents.
    """

    groups: Pair
    mean_difference: float | None
    mean_interval: Interval | None
    log_ratio_difference: float | None
    log_ratio_interval: Interval | None
    adjusted_p: float | None
    verdict: Verdict | None


@dataclass(frozen=True, slots=True)
class ItemComparison:
    """One item across the groups.

    Parameters
    ----------
    class_ : str or None
        By the threshold rule (`analysis.classify`); None where an item has no ratio. Written `class` in machine output.
    apart : tuple of str
        The groups set apart.
    rescaled : mapping of group to float or None
    range : float or None
        Highest less lowest rescaled score.
    strict_pairs : tuple of pairs
        Every two groups at least the threshold apart.
    pairs : tuple of PairComparison
    class_frequencies : mapping of class to float, or None
        In what share of the resamples the rule gave each class; "undefined" where a resample had no ratio.
    """

    item: str
    class_: str | None
    apart: tuple[str, ...]
    rescaled: Mapping[str, float | None]
    range: float | None
    strict_pairs: tuple[Pair, ...]
    pairs: tuple[PairComparison, ...]
    class_frequencies: Mapping[str, float] | None


@dataclass(frozen=True, slots=True)
class FalseFlags:
    """How many items the threshold rule flags when groups of these sizes come from one population.

    Permutations in which a group has no ratios, because a count is zero, are left out.

    Parameters
    ----------
    mean : float
    percentile_95 : int
        In 95 % of the permutations no more items than this are flagged.
    at_least_one : float
        Share of the permutations with a flag.
    observed : int or None
        Items flagged in the data as they are; None where they have no ratios.
    """

    mean: float
    percentile_95: int
    at_least_one: float
    observed: int | None


@dataclass(frozen=True, slots=True)
class GroupSize:
    """A group and how many people it has; None where a printed table does not say."""

    group: str
    respondents: int | None


@dataclass(frozen=True, slots=True, repr=False)
class Comparison(Tabular):
    """Everything `compare` found, with the settings it used.

    Parameters
    ----------
    statistic : str
        What the family-wise test compares.
    appearances : float or None
        How often an item was shown to a respondent, on average: scores per person run from minus this to plus this.
    class_frequencies : mapping of item to mapping of class to float, or None
    false_flags : FalseFlags or None
    group_means : tuple of GroupMean, or None
    """

    added: Added
    threshold: float
    margin: float
    level: float
    resamples: int
    permutations: int
    statistic: str
    appearances: float | None
    groups: tuple[GroupSize, ...]
    items: tuple[ItemComparison, ...]
    class_frequencies: Mapping[str, Mapping[str, float]] | None
    false_flags: FalseFlags | None
    group_means: tuple[GroupMean, ...] | None
    unanswered: int
    without_group: int
    messages: tuple[str, ...]

    def item(self, name: str) -> ItemComparison:
        """The item with this id."""
        return next(item for item in self.items if item.item == name)

    def sheets(self) -> tuple[Sheet, ...]:
        """Three tables: `items` by the threshold rule, `pairs` of groups by test, `group_means` with intervals."""
        return (self._items_sheet(), self._pairs_sheet(), self._means_sheet())

    def _items_sheet(self) -> Sheet:
        groups = [group.group for group in self.groups]
        rows: tuple[Record, ...] = tuple(
            {**cells(item), "apart": ", ".join(item.apart), **item.rescaled} for item in self.items
        )
        columns = (
            Column("item", "item"),
            Column("class", "class"),
            Column("apart", "apart"),
            *(Column(group, group, digits=2) for group in groups),
            Column("range", "range", digits=2),
        )
        caption = f"{len(self.items)} items in {len(groups)} groups, rescaled 0–1, {self.added}"
        return Sheet("items", caption, columns, rows, self.messages)

    def _pairs_sheet(self) -> Sheet:
        rows = tuple(
            {"item": item.item, "first": pair.groups[0], "second": pair.groups[1], **cells(pair)}
            for item in self.items
            for pair in item.pairs
        )
        columns = (
            Column("item", "item"),
            Column("first", "first"),
            Column("second", "second"),
            Column("mean_difference", "difference", digits=2, signed=True),
            Column("mean_low", "low", digits=2, signed=True),
            Column("mean_high", "high", digits=2, signed=True),
            Column("adjusted_p", "p, family-wise", digits=3),
            Column("verdict", "verdict"),
        )
        return Sheet("pairs", "Differences of mean scores per person, the first group less the second", columns, rows)

    def _means_sheet(self) -> Sheet:
        rows = tuple(cells(one) for one in self.group_means or ())
        columns = (
            Column("group", "group"),
            Column("item", "item"),
            Column("mean", "mean", digits=2, signed=True),
            Column("low", "low", digits=2, signed=True),
            Column("high", "high", digits=2, signed=True),
        )
        return Sheet("group_means", "Mean scores per person", columns, rows)
