"""What a reader asks of many counts: which ranks change, which items are high or low everywhere, who differs."""

from collections.abc import Mapping
from dataclasses import dataclass

from commonground.analysis.classify import SIMILAR, Pair
from commonground.analysis.comparison import Comparison
from commonground.analysis.count import Counts, GroupCounts


@dataclass(frozen=True, slots=True)
class RankChange:
    """An item whose rank by best minus worst is not its rank by ratio."""

    group: str
    item: str
    rank: int
    rank_by_ratio: int


def rank_changes(counts: Counts) -> tuple[RankChange, ...]:
    """Items that the two ways of ranking order differently, by group."""
    return tuple(
        RankChange(group.group, item.item, item.rank, item.rank_by_ratio)
        for group in counts.groups
        for item in group.items
        if item.rank_by_ratio is not None and item.rank != item.rank_by_ratio
    )


@dataclass(frozen=True, slots=True)
class Consistent:
    """Items that stand high, and low, in every group; `rule` says by which rule."""

    more: tuple[str, ...]
    less: tuple[str, ...]
    rule: str


def consistent(counts: Counts, *, top: int | None = None, bottom: int | None = None) -> Consistent:
    """Items among the first so many, and the last so many, of every group by best minus worst.

    Parameters
    ----------
    counts : Counts
    top, bottom : int, optional
        Half of the items, rounded down, where left out.

    Notes
    -----
    With 5 and 4 or 5 of 11 items this reproduces the published study's lists; ranks by ratio do not.
    """
    items = [item.item for item in counts.groups[0].items]
    top = len(items) // 2 if top is None else top
    bottom = len(items) // 2 if bottom is None else bottom
    return Consistent(
        more=tuple(item for item in items if all(group.item(item).rank <= top for group in counts.groups)),
        less=tuple(item for item in items if all(_rank_from_below(group, item) <= bottom for group in counts.groups)),
        rule=f"among the first {top} (more) or the last {bottom} (less) of {len(items)} items by best minus worst, "
        "in every group",
    )


def _rank_from_below(group: GroupCounts, item: str) -> int:
    rank = group.item(item).rank
    return 1 + sum(other.rank > rank for other in group.items)


@dataclass(frozen=True, slots=True)
class DifferenceCounts:
    """How many items are at least the threshold apart, for each pair of groups and in sum for each group."""

    pairs: Mapping[Pair, int]
    groups: Mapping[str, int]


def difference_counts(comparison: Comparison) -> DifferenceCounts:
    """Count the strict pairs of a comparison."""
    names = [size.group for size in comparison.groups]
    pairs = {(a, b): 0 for place, a in enumerate(names) for b in names[place + 1 :]}
    for item in comparison.items:
        for pair in item.strict_pairs:
            pairs[pair] += 1
    return DifferenceCounts(pairs, {name: sum(n for pair, n in pairs.items() if name in pair) for name in names})


@dataclass(frozen=True, slots=True)
class Direction:
    """The groups of an item that are not similar, highest rescaled score first."""

    item: str
    class_: str
    order: tuple[str, ...]


def directions(comparison: Comparison) -> tuple[Direction, ...]:
    """Which group gives more and which less importance, for every item the threshold rule flags."""
    return tuple(
        Direction(item.item, item.class_, _by_score(item.rescaled))
        for item in comparison.items
        if item.class_ not in (None, SIMILAR)
    )


def _by_score(scores: Mapping[str, float | None]) -> tuple[str, ...]:
    known = {group: score for group, score in scores.items() if score is not None}
    return tuple(sorted(known, key=lambda group: -known[group]))


@dataclass(frozen=True, slots=True)
class FamilySummary:
    """Items that share a tag given by the user, and where they stand on average, by group.

    Parameters
    ----------
    mean : mapping of group to float or None
        Mean over the items of (best − worst)/shown; None where the times shown are not known.
    mean_rank : mapping of group to float
    """

    family: str
    items: tuple[str, ...]
    mean: Mapping[str, float | None]
    mean_rank: Mapping[str, float]


def families(counts: Counts, tags: Mapping[str, str]) -> tuple[FamilySummary, ...]:
    """Summarise items by family; items without a tag are in none.

    Parameters
    ----------
    counts : Counts
    tags : mapping of item to family
        An empty text stands for no family.
    """
    items = [item.item for item in counts.groups[0].items]
    names = dict.fromkeys(tags[item] for item in items if tags.get(item))
    return tuple(_family(counts, name, tuple(item for item in items if tags.get(item) == name)) for name in names)


def _family(counts: Counts, name: str, items: tuple[str, ...]) -> FamilySummary:
    return FamilySummary(
        family=name,
        items=items,
        mean={group.group: _mean_of_means(group, items) for group in counts.groups},
        mean_rank={group.group: sum(group.item(item).rank for item in items) / len(items) for group in counts.groups},
    )


def _mean_of_means(group: GroupCounts, items: tuple[str, ...]) -> float | None:
    means = [mean for item in items if (mean := group.item(item).mean) is not None]
    return sum(means) / len(means) if len(means) == len(items) else None
