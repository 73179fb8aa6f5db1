"""What scoring many items finds, with the names the machine output carries."""

from dataclasses import dataclass

from commonground.records.sheet import Column, Sheet, cells
from commonground.records.tabular import Tabular


@dataclass(frozen=True, slots=True)
class ItemScore:
    """One item; everything but its name is None or 0 where it was never shown.

    Parameters
    ----------
    item : str
    shown : int
        Answered tasks it was in, not weighted.
    utility : float or None
        Logits, summing to zero over the items, pulled towards zero as far as the answers are few.
    standard_error : float or None
        Root of the expected squared distance from the truth: noise between people and the pull of the prior.
    rank : int or None
        By utility, 1 the highest; equal utilities share the smaller rank.
    rank_interval : (low, high) or None
        Ranks it may have, given the answers, with the probability asked for: for one item, on average over the items.
    joint_rank_interval : (low, high) or None
        Ranks it may have, so that those of all items hold at once with that probability (`analysis.rank_sets`).
    top_probability : float or None
        How likely it is among the first so many.
    """

    item: str
    shown: int
    utility: float | None
    standard_error: float | None
    rank: int | None
    rank_interval: tuple[int, int] | None
    joint_rank_interval: tuple[int, int] | None
    top_probability: float | None


@dataclass(frozen=True, slots=True)
class Reliability:
    """Whether other people of the same kind would give the same scores.

    Parameters
    ----------
    split_half : float or None
        Correlation of the utilities from one half of the respondents with those from the other, averaged over splits.
    spearman_brown : float or None
        What that means for all of the respondents: 2r/(1 + r), averaged over splits.
    interval : (low, high) or None
        Within which 95 % of the splits lie: how much the luck of the split matters, not how much other people would.
    splits : int
        Random splits, those left out that gave no correlation.
    """

    split_half: float | None
    spearman_brown: float | None
    interval: tuple[float, float] | None
    splits: int


_COLUMNS = (
    Column("rank", "rank"),
    Column("item", "item"),
    Column("shown", "shown"),
    Column("utility", "utility", digits=2, signed=True),
    Column("standard_error", "error", digits=2),
    Column("rank_low", "rank from"),
    Column("rank_high", "to"),
    Column("joint_rank_low", "all at once from"),
    Column("joint_rank_high", "to"),
    Column("top_probability", "in the top", digits=2),
)
_SPLIT = (
    Column("split_half", "split half", digits=2),
    Column("spearman_brown", "Spearman–Brown", digits=2),
    Column("low", "from", digits=2),
    Column("high", "to", digits=2),
    Column("splits", "splits"),
)
_GROUP = Column("group", "group")


@dataclass(frozen=True, slots=True, repr=False)
class ManyItems(Tabular):
    """Scores of many items by one group.

    Parameters
    ----------
    group : str
    respondents, tasks : int
        With at least one pick; scored.
    top : int
        What `top_probability` asks for.
    level : float
        Of the rank intervals.
    items : tuple of ItemScore
        In the order of the data.
    reliability : Reliability
    prior_sd : float
        How far items lie apart: the standard deviation of the prior, logits.
    noise_ratio : float
        How many times the noise between respondents is what the model alone gives; above 1 where people differ.
    components : int
        Sets of items that no chain of tasks joins; 1 is as it should be.
    converged : bool
    messages : tuple of str
    """

    group: str
    respondents: int
    tasks: int
    top: int
    level: float
    items: tuple[ItemScore, ...]
    reliability: Reliability
    prior_sd: float
    noise_ratio: float
    components: int
    converged: bool
    messages: tuple[str, ...]

    def item(self, name: str) -> ItemScore:
        """The item with this id."""
        return next(item for item in self.items if item.item == name)

    @property
    def ranking(self) -> tuple[ItemScore, ...]:
        """The items that were shown, the highest first."""
        placed = (item for item in self.items if item.rank is not None)
        return tuple(sorted(placed, key=lambda item: -(item.utility or 0.0)))

    def sheets(self) -> tuple[Sheet, ...]:
        """Two tables: `items`, the highest first and those never shown at the end, and `reliability`."""
        rows = tuple(cells(item) for item in self.in_order)
        caption = f"{len(self.items)} items ranked, {self.respondents} respondents; in the top: the first {self.top}"
        return (
            Sheet("items", caption, _COLUMNS, rows, self.messages),
            Sheet("reliability", "Split-half reliability", _SPLIT, (cells(self.reliability),)),
        )

    @property
    def in_order(self) -> tuple[ItemScore, ...]:
        """All items, the highest first, those never shown at the end."""
        return (*self.ranking, *(item for item in self.items if item.rank is None))


@dataclass(frozen=True, slots=True, repr=False)
class Rankings(Tabular):
    """Scores of many items by every group.

    Parameters
    ----------
    groups : tuple of ManyItems
        One, called "all", where no groups were asked for.
    without_group : int
        Respondents left out because their group is not known.
    messages : tuple of str
    """

    groups: tuple[ManyItems, ...]
    without_group: int
    messages: tuple[str, ...]

    def group(self, name: str) -> ManyItems:
        """The scores by this group."""
        return next(one for one in self.groups if one.group == name)

    def sheets(self) -> tuple[Sheet, ...]:
        """Two tables: `items`, group after group with the highest first, and `reliability`."""
        if len(self.groups) == 1:
            return self.groups[0].sheets()
        rows = tuple({"group": one.group} | cells(item) for one in self.groups for item in one.in_order)
        halves = tuple({"group": one.group} | cells(one.reliability) for one in self.groups)
        said = (*self.messages, *(f"{one.group}: {message}" for one in self.groups for message in one.messages))
        caption = f"{len(self.groups[0].items)} items ranked by {len(self.groups)} groups"
        return (
            Sheet("items", caption, (_GROUP, *_COLUMNS), rows, said),
            Sheet("reliability", "Split-half reliability", (_GROUP, *_SPLIT), halves),
        )
