"""The count tables, and the difference scores drawn: as counts, and per person because groups differ in size."""

from collections.abc import Sequence
from statistics import fmean

from commonground.analysis.count import Counts, GroupCounts, ItemCount
from commonground.analysis.group_means import GroupMean
from commonground.records.sheet import Column, Record
from commonground.report.figures import counts_by_group, scores_with_intervals
from commonground.report.names import Names
from commonground.report.parts import Figure, Row, Table
from commonground.report.wording import listed, plain, signed

CHANGE = "⇄"

_COUNT_COLUMNS = (
    Column("item", "Item"),
    Column("best", "Most (M)"),
    Column("worst", "Least (L)"),
    Column("best_minus_worst", "M\u00a0−\u00a0L", signed=True),
    Column("sqrt_ratio", "√(M/L)", digits=2),
    Column("log_ratio", "ln\u00a0√(M/L)", digits=2),
    Column("rescaled", "Rescaled 0–1", digits=2),
    Column("rank", "Rank by M\u00a0−\u00a0L"),
    Column("rank_by_ratio", "Rank by ratio"),
    Column("change", "Rank changes"),
)


def in_study_order(counts: Counts, names: Names) -> tuple[GroupCounts, ...]:
    """The groups in the study's order, unknown ones last."""
    order = list(names.groups)
    return tuple(sorted(counts.groups, key=lambda one: order.index(one.group) if one.group in order else len(order)))


def overall_order(counts: Counts) -> tuple[str, ...]:
    """Items from most to least important over all groups, every group counting the same."""
    scores: dict[str, list[float]] = {}
    for group in counts.groups:
        picks = sum(item.best for item in group.items) or 1
        for item in group.items:
            scores.setdefault(item.item, []).append(item.best_minus_worst / picks)
    return tuple(sorted(scores, key=lambda item: -fmean(scores[item])))


def count_table(group: GroupCounts, counts: Counts, names: Names) -> Table:
    """One group's counts and scores, sorted by most minus least."""
    items = sorted(group.items, key=lambda item: (-item.best_minus_worst, item.item))
    size = "" if group.respondents is None else f" (n\u00a0=\u00a0{group.respondents})"
    return Table(
        id=f"counts-{group.group}",
        caption=f"How often {names.who(group.group)}{size} chose each item as most and least important, and the scores "
        "made of that",
        columns=_COUNT_COLUMNS,
        rows=tuple(Row(_count_row(item, names)) for item in items),
        notes=_count_notes(group, counts, names),
        records=tuple({"group": group.group, **_count_record(item)} for item in items),
    )


def _count_record(item: ItemCount) -> dict[str, str | int | float | None]:
    return {
        "item": item.item,
        "shown": item.shown,
        "best": item.best,
        "worst": item.worst,
        "best_minus_worst": item.best_minus_worst,
        "mean": item.mean,
        "sqrt_ratio": item.sqrt_ratio,
        "log_ratio": item.log_ratio,
        "rescaled": item.rescaled,
        "rank": item.rank,
        "rank_by_ratio": item.rank_by_ratio,
    }


def _count_row(item: ItemCount, names: Names) -> Record:
    changes = item.rank_by_ratio is not None and item.rank != item.rank_by_ratio
    return {**_count_record(item), "item": names.item(item.item), "change": CHANGE if changes else ""}


def _count_notes(group: GroupCounts, counts: Counts, names: Names) -> tuple[str, ...]:
    """What was added before ratios, whether picks add up, and items nobody chose."""
    added = counts.added
    constant = added.constant if added.to in ("all", group.group) else 0
    picks = {sum(item.best for item in group.items), sum(item.worst for item in group.items)}
    never = [item.item for item in group.items if item.best == 0]
    notes = [
        f"M and L are plain counts; {constant:g} is added to each before the ratio is taken."
        if constant
        else "M and L are plain counts; nothing is added before the ratio is taken."
    ]
    if group.tasks is not None:
        right = picks == {group.tasks}
        notes.append(
            f"Both columns of counts add up to the {group.tasks} scored tasks."
            if right
            else f"The columns of counts add up to {listed([plain(one, 0) for one in sorted(picks)])}, "
            f"but {group.tasks} tasks were scored."
        )
    if never:
        notes.append(f"Never chosen as most important here: {names.named(never)}.")
    return tuple(notes)


def rank_note(counts: Counts, names: Names) -> str:
    """How many items change rank between the two methods, by group."""
    found = {group.group: _changes(group) for group in in_study_order(counts, names)}
    if not any(found.values()):
        return "Both methods, M − L and the ratio, rank every item alike."
    told = [f"{number} among {names.who(group)}" for group, number in found.items() if number]
    return (
        f"Items whose rank depends on the method are marked {CHANGE}: {listed(told)}. Both methods agree on whether an "
        "item was chosen more often as most or as least important; which items stand in the first three can change."
    )


def _changes(group: GroupCounts) -> int:
    return sum(item.rank_by_ratio is not None and item.rank != item.rank_by_ratio for item in group.items)


def difference_figure(counts: Counts, names: Names) -> Figure:
    """Most minus least by group, as counts: the published study's Fig. 4."""
    groups = in_study_order(counts, names)
    order = overall_order(counts)
    rows: list[Record] = [
        {"item": item, "group": group.group, "difference": group.item(item).best_minus_worst}
        for group in groups
        for item in order
    ]
    labels = {group.group: _sized(group, names) for group in groups}
    wide, narrow = counts_by_group(
        rows, {item: names.item(item) for item in order}, labels, axis="Times most minus times least"
    )
    return Figure(
        id="difference-scores",
        title=_difference_title(groups, names),
        subtitle=f"Times chosen as most important minus times chosen as least important. {_sizes(groups, names)}.",
        alt=_difference_alt(groups, names),
        spec=wide,
        narrow=narrow,
        rows=tuple(rows),
        columns=(Column("item", "Item"), Column("group", "Group"), Column("difference", "M − L", signed=True)),
        notes=(
            (
                "Counts grow with the number of people, so the lengths of two groups must not be compared here; "
                "the scores per person can be."
            ),
        ),
    )


def _sized(group: GroupCounts, names: Names) -> str:
    label = names.group(group.group)
    return label if group.respondents is None else f"{label} (n\u00a0=\u00a0{group.respondents})"


def _sizes(groups: Sequence[GroupCounts], names: Names) -> str:
    return listed([f"{group.respondents or 'unknown number of'} {names.who(group.group)}" for group in groups])


def _first(group: GroupCounts) -> str:
    return min(group.items, key=lambda item: (item.rank, item.item)).item


def _difference_title(groups: Sequence[GroupCounts], names: Names) -> str:
    firsts: dict[str, list[str]] = {}
    for group in groups:
        firsts.setdefault(_first(group), []).append(names.who(group.group))
    told = [f"‘{names.item(item)}’ for {listed(who)}" for item, who in firsts.items()]
    if len(firsts) == 1 and len(groups) > 1:
        return f"‘{names.item(next(iter(firsts)))}’ stands first in every group"
    return f"What stands first: {listed(told)}"


def _difference_alt(groups: Sequence[GroupCounts], names: Names) -> str:
    told: list[str] = []
    for group in groups:
        ranked = sorted(group.items, key=lambda item: item.rank)
        top, bottom = ranked[0], ranked[-1]
        told.append(
            f"{names.group(group.group)}: from {names.item(top.item)} with {signed(top.best_minus_worst, 0)} "
            f"down to {names.item(bottom.item)} with {signed(bottom.best_minus_worst, 0)}."
        )
    return f"A panel a group, a dot an item, with a line to zero. {' '.join(told)}"


def mean_figure(
    means: Sequence[GroupMean], counts: Counts, names: Names, *, appearances: float | None, level: float
) -> Figure:
    """Most minus least per person by group, with intervals where there are respondents."""
    groups = in_study_order(counts, names)
    order = overall_order(counts)
    found = {(one.group, one.item): one for one in means}
    rows: list[Record] = []
    for item in order:
        for group in groups:
            one = found[group.group, item]
            low, high = one.interval or (None, None)
            rows.append({"item": item, "group": group.group, "mean": one.mean, "low": low, "high": high})
    reach = "" if appearances is None else f", from −{appearances:g} to +{appearances:g}"
    known = any(row["low"] is not None for row in rows)
    percent = f"{100 * level:g}"
    drawn = f"Lines are {percent} % intervals from resampling respondents" if known else "No intervals: counts only"
    wide, narrow = scores_with_intervals(
        rows,
        {item: names.item(item) for item in order},
        {group.group: names.group(group.group) for group in groups},
        axis="Mean score per person",
    )
    top = order[0]
    spread = max(order, key=lambda item: _spread([found[group.group, item].mean for group in groups]))
    return Figure(
        id="scores-per-person",
        title=_mean_title(top, spread, names, several=len(groups) > 1),
        subtitle=f"Most minus least per person{reach}. {drawn}. {_sizes(groups, names)}.",
        alt=_mean_alt(rows, names, [group.group for group in groups]),
        spec=wide,
        narrow=narrow,
        rows=tuple(rows),
        columns=(
            Column("item", "Item"),
            Column("group", "Group"),
            Column("mean", "Mean", digits=2, signed=True),
            Column("low", "Interval from", digits=2, signed=True),
            Column("high", "to", digits=2, signed=True),
        ),
        notes=(
            (
                "Items are sorted by the mean over the groups, each group counting the same. Zero means chosen as "
                "most as often as least; a low score means less important than the other items, not unimportant."
            ),
        ),
    )


def _spread(values: Sequence[float | None]) -> float:
    known = [value for value in values if value is not None]
    return max(known) - min(known) if known else 0.0


def _mean_title(top: str, spread: str, names: Names, *, several: bool) -> str:
    if not several:
        return f"‘{names.item(top)}’ scores highest per person"
    return (
        f"Over all groups ‘{names.item(top)}’ scores highest; the groups lie furthest apart on ‘{names.item(spread)}’"
    )


def _mean_alt(rows: Sequence[Record], names: Names, groups: Sequence[str]) -> str:
    told: list[str] = []
    for item in dict.fromkeys(str(row["item"]) for row in rows):
        values = {str(row["group"]): row["mean"] for row in rows if row["item"] == item}
        parts = [f"{names.group(one)} {signed(float(values[one] or 0))}" for one in groups]
        told.append(f"{names.item(item)}: {', '.join(parts)}.")
    return f"Dots by item and group on a scale with zero in the middle, highest item first. {' '.join(told)}"
