"""Figures of single results, for a notebook or a paper: estimates, shares, groups side by side, differences.

Each takes a result and gives a `Figure` with its title, text alternative and data. Items are called by their ids unless
`names` knows better.
"""

from collections.abc import Mapping, Sequence

from commonground.analysis.comparison import Comparison
from commonground.records.errors import RequestError
from commonground.records.sheet import Column, Record
from commonground.report.estimates import Estimate, Estimates, Result, scores, shares
from commonground.report.figures import differences, items_side_by_side, scores_with_intervals
from commonground.report.names import NO_NAMES, Names
from commonground.report.parts import Figure
from commonground.report.result_specs import shares_by_group
from commonground.report.wording import listed, plain, signed

_LONGEST_TITLE = 150
MOST_ITEMS = 60
"""More items than this are not legible in one figure: the first and the last are drawn."""

_COLUMNS = (
    Column("item", "Item"),
    Column("group", "Group"),
    Column("value", "Value", 2, signed=True),
    Column("low", "from", 2, signed=True),
    Column("high", "to", 2, signed=True),
)


def caterpillar_figure(result: Result, names: Names = NO_NAMES) -> Figure:
    """Estimates from the highest down, each with its interval; several groups side by side within an item."""
    found = _legible(scores(result))
    rows = tuple(
        {"item": one.item, "group": one.group, "mean": one.value, "low": one.low, "high": one.high}
        for one in found.rows
        if one.value is not None
    )
    items = [item for item in found.items if any(row["item"] == item for row in rows)]
    wide, narrow = scores_with_intervals(rows, _labels(items, names), _groups(found, names), axis=found.axis)
    return Figure(
        id="estimates",
        title=_title(found, names),
        subtitle=found.about,
        alt=f"A dot an item with a line for its interval. {_told(found, names, digits=2)}",
        spec=wide,
        narrow=narrow,
        rows=rows,
        columns=tuple(Column("mean" if one.key == "value" else one.key, one.label, one.digits) for one in _COLUMNS),
        notes=_no_estimate(scores(result), names),
    )


def shares_figure(result: Result, names: Names = NO_NAMES) -> Figure:
    """Shares of preference, one panel a group."""
    found = _legible(shares(result))
    rows = tuple(
        {"item": one.item, "group": one.group, "value": one.value, "low": one.low, "high": one.high}
        for one in found.rows
        if one.value is not None
    )
    most = max((end for row in rows for end in (row["value"], row["high"]) if isinstance(end, float)), default=1.0)
    wide, narrow = shares_by_group(_labels(found.items, names), _groups(found, names), axis=found.axis, most=most)
    return Figure(
        id="shares",
        title=_title(found, names),
        subtitle=f"{found.about} Shares add up to 100\u00a0%.",
        alt=f"A dot an item at its share, with a line from zero. {_told(found, names, digits=1)}",
        spec=wide,
        narrow=narrow,
        rows=rows,
        columns=_COLUMNS,
        notes=_no_estimate(found, names),
    )


def groups_figure(comparison: Comparison, names: Names = NO_NAMES) -> Figure:
    """Every item in a panel of its own, groups side by side on the rescaled scores the threshold rule looks at."""
    groups = {group.group: names.group(group.group) for group in comparison.groups}
    apart = sorted(comparison.items, key=lambda item: -(item.range or 0.0))
    rows = tuple(
        {"item": item.item, "group": group, "rescaled": item.rescaled.get(group)} for item in apart for group in groups
    )
    wide, narrow = items_side_by_side(
        {item.item: names.item(item.item) for item in apart}, groups, axis="Score, 0 to 1"
    )
    widest = apart[0]
    return Figure(
        id="groups",
        title=f"The groups lie furthest apart on ‘{names.item(widest.item)}’",
        subtitle=f"Scores rescaled 0–1 within each group, {comparison.added}. "
        f"The rule calls {comparison.threshold:g} apart different; it knows nothing of chance.",
        alt="A panel an item, a dot a group. "
        + " ".join(f"{names.item(item.item)}: {_side_by_side(item.rescaled, groups)}." for item in apart),
        spec=wide,
        narrow=narrow,
        rows=rows,
        columns=(Column("item", "Item"), Column("group", "Group"), Column("rescaled", "Rescaled", 2)),
        notes=comparison.messages,
    )


def differences_figure(comparison: Comparison, names: Names = NO_NAMES) -> Figure:
    """Differences between every two groups with their intervals and verdicts, one panel a pair."""
    pairs: dict[str, str] = {}
    rows: list[Record] = []
    for item in sorted(comparison.items, key=lambda one: -(one.range or 0.0)):
        for pair in item.pairs:
            key = "|".join(pair.groups)
            pairs[key] = f"{names.group(pair.groups[0])} − {names.group(pair.groups[1])}"
            low, high = pair.mean_interval or (None, None)
            found: Record = {"difference": pair.mean_difference, "low": low, "high": high, "verdict": pair.verdict}
            rows.append({"item": item.item, "pair": key, **found})
    if any(row["verdict"] is None for row in rows):
        raise RequestError("This comparison was made from counts without respondents, so it has no verdicts to draw.")
    items = _labels(tuple(dict.fromkeys(str(row["item"]) for row in rows)), names)
    wide, narrow = differences(rows, items, pairs, axis="Difference per person", margin=comparison.margin)
    differing = tuple(dict.fromkeys(str(row["item"]) for row in rows if row["verdict"] == "differs"))
    return Figure(
        id="differences",
        title=f"Beyond chance groups differ on {names.named(differing)}"
        if differing
        else "No difference between groups beyond chance",
        subtitle=f"First group less second, {100 * comparison.level:g} % intervals; family-wise test over all items "
        "and pairs. The band is the margin of likeness.",
        alt="A panel a pair of groups, a dot an item with its interval. "
        + " ".join(
            f"{items[str(row['item'])]}, {pairs[str(row['pair'])]}: {signed(float(row['difference'] or 0.0), 2)}, "
            f"{row['verdict']}."
            for row in rows
        ),
        spec=wide,
        narrow=narrow,
        rows=tuple(rows),
        columns=(
            Column("item", "Item"),
            Column("pair", "Groups"),
            *(Column(key, key, 2, signed=True) for key in ("difference", "low", "high")),
            Column("verdict", "Verdict"),
        ),
    )


def _labels(items: Sequence[str], names: Names) -> dict[str, str]:
    return {item: names.item(item) for item in items}


def _groups(found: Estimates, names: Names) -> dict[str, str]:
    """Labels of the groups; a single one needs none."""
    return {group: names.group(group) if len(found.groups) > 1 else "" for group in found.groups}


def _legible(found: Estimates) -> Estimates:
    """The first and the last of very many items."""
    if len(found.items) <= MOST_ITEMS:
        return found
    half = MOST_ITEMS // 2
    kept = {*found.items[:half], *found.items[-half:]}
    rows = tuple(row for row in found.rows if row.item in kept)
    about = f"{found.about} The first and the last {half} of {len(found.items)} items."
    return Estimates(rows, found.axis, about)


def _title(found: Estimates, names: Names) -> str:
    tops = {group: ranked[0].item for group in found.groups if (ranked := found.of_group(group))}
    firsts: dict[str, list[str]] = {}
    for group, item in tops.items():
        firsts.setdefault(item, []).append(names.group(group))
    if len(firsts) == 1:
        top, last = next(iter(firsts)), found.of_group(next(iter(tops)))[-1].item
        where = " in every group" if len(tops) > 1 else f", ‘{names.item(last)}’ lowest"
        return f"‘{names.item(top)}’ stands highest{where}"
    told = f"Highest: {listed([f'‘{names.item(item)}’ ({listed(who)})' for item, who in firsts.items()])}"
    return told if len(told) <= _LONGEST_TITLE else "What stands highest differs between groups"


def _told(found: Estimates, names: Names, digits: int) -> str:
    """Every group's highest and lowest item with their numbers."""
    said: list[str] = []
    for group in found.groups:
        ranked = found.of_group(group)
        if ranked:
            who = f"{names.group(group)}: " if len(found.groups) > 1 else ""
            ends = [f"{names.item(one.item)} {_number(one, digits)}" for one in (ranked[0], ranked[-1])]
            said.append(f"{who}{len(ranked)} items from {ends[0]} down to {ends[1]}.")
    return " ".join(said)


def _number(one: Estimate, digits: int) -> str:
    value = plain(one.value or 0.0, digits)
    return (
        value
        if one.low is None or one.high is None
        else (f"{value} ({plain(one.low, digits)} to {plain(one.high, digits)})")
    )


def _no_estimate(found: Estimates, names: Names) -> tuple[str, ...]:
    absent = tuple(dict.fromkeys(names.item(one.item) for one in found.rows if one.value is None))
    return (f"Without an estimate, so not drawn: {listed(absent)}.",) if absent else ()


def _side_by_side(rescaled: Mapping[str, float | None], groups: Mapping[str, str]) -> str:
    values = {label: rescaled.get(group) for group, label in groups.items()}
    return ", ".join(f"{label} {'–' if value is None else plain(value, 2)}" for label, value in values.items())
