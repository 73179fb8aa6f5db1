"""Comparing groups: the published rule drawn and in a table, and beside it what chance alone could do."""

from collections.abc import Mapping, Sequence

from commonground.analysis.comparison import Comparison, FalseFlags, ItemComparison, PairComparison, Verdict
from commonground.records.sheet import Column, Record
from commonground.report.figures import differences, items_side_by_side
from commonground.report.names import Names
from commonground.report.parts import Figure, Row, Table
from commonground.report.wording import counted, likely, listed, plain, share, signed, spelled

NOT_COMPUTABLE = "not computable from published counts"

CLASS_WORDS = {
    "similar": "similar",
    "one_differs": "one group differs",
    "all_differ": "all groups differ",
    "groups_split": "groups split",
    "differ": "the two groups differ",
    "undefined": "no ratio",
}
_CLASS_ORDER = tuple(CLASS_WORDS)


def class_words(class_: str | None, apart: Sequence[str], names: Names) -> str:
    """A class of the rule in words, with the group that stands apart."""
    if class_ is None:
        return "no ratio, so no class"
    if class_ == "one_differs" and len(apart) == 1:
        return f"{names.group(apart[0])} differ" if len(names.groups) > 2 else "the two groups differ"
    return CLASS_WORDS[class_]


def by_class(comparison: Comparison) -> tuple[ItemComparison, ...]:
    """Items from similar to different by the rule, the wider range later."""
    return tuple(
        sorted(comparison.items, key=lambda item: (_CLASS_ORDER.index(item.class_ or "undefined"), item.range or 0.0))
    )


def panels_figure(comparison: Comparison, names: Names, *, letters: Mapping[str, str] | None = None) -> Figure:
    """One panel an item, one point a group: the published study's Fig. 5.

    Parameters
    ----------
    letters : mapping of item id to str, optional
        Panel letters in the order to draw; without them panels are sorted by class.
    """
    items = tuple(comparison.item(item) for item in letters) if letters else by_class(comparison)
    groups = {group: names.group(group) for group in names.groups if group in items[0].rescaled}
    panels = {
        item.item: f"{letters[item.item] + ' ' if letters else ''}{names.item(item.item)}\n"
        f"{class_words(item.class_, item.apart, names)}"
        for item in items
    }
    rows: list[Record] = [
        {"item": item.item, "group": group, "rescaled": item.rescaled[group], "class": item.class_}
        for item in items
        for group in groups
    ]
    wide, narrow = items_side_by_side(panels, groups, axis="Rescaled score")
    return Figure(
        id="rescaled-by-item",
        title=_panels_title(items, comparison.threshold),
        subtitle=f"Rescaled scores, 0 for a group’s lowest and 1 for its highest item. {_sizes(comparison, names)}.",
        alt=_panels_alt(items, names),
        spec=wide,
        narrow=narrow,
        rows=tuple(rows),
        columns=(
            Column("item", "Item"),
            Column("group", "Group"),
            Column("rescaled", "Rescaled", digits=2),
            Column("class", "Class by the rule"),
        ),
        notes=(
            (
                "Rescaling pins each group’s highest item to 1 and its lowest to 0, so groups that share a first or a "
                "last item cannot differ on it here. The scores per person, which are not rescaled, stand beside this "
                "figure for that reason."
            ),
        ),
    )


def _panels_title(items: Sequence[ItemComparison], threshold: float) -> str:
    similar = sum(item.class_ == "similar" for item in items)
    unknown = sum(item.class_ is None for item in items)
    different = len(items) - similar - unknown
    if unknown == len(items):
        return f"By the {threshold:g} rule the items cannot be classed, because a group has no ratios"
    left = f"; {spelled(unknown)} cannot be classed" if unknown else ""
    return (
        f"By the {threshold:g} rule, {spelled(similar)} of {spelled(len(items))} items count as similar and "
        f"{spelled(different)} as different{left}"
    )


def _sizes(comparison: Comparison, names: Names) -> str:
    return listed(
        [
            f"{one.respondents if one.respondents is not None else 'an unknown number of'} {names.who(one.group)}"
            for one in sorted(comparison.groups, key=lambda one: list(names.groups).index(one.group))
        ]
    )


def _panels_alt(items: Sequence[ItemComparison], names: Names) -> str:
    told = [
        f"{names.item(item.item)} ({class_words(item.class_, item.apart, names)}): "
        + ", ".join(
            f"{names.group(group)} {plain(value)}" for group, value in item.rescaled.items() if value is not None
        )
        + "."
        for item in items
    ]
    return f"A small panel an item with a point a group between 0 and 1. {' '.join(told)}"


def class_table(comparison: Comparison, names: Names, *, letters: Mapping[str, str] | None = None) -> Table:
    """The rule item by item: scores, range, class, strict pairs, and how often resamples give the same class."""
    items = tuple(comparison.item(item) for item in letters) if letters else by_class(comparison)
    groups = [group for group in names.groups if group in items[0].rescaled]
    columns = (
        Column("item", "Item"),
        *(Column(f"rescaled_{group}", names.group(group), digits=2) for group in groups),
        Column("range", "Range", digits=2),
        Column("class", "Class by the rule"),
        *_frequency_columns(comparison),
        Column("strict", f"Pairs at least {comparison.threshold:g} apart"),
    )
    rows = tuple(Row(_class_row(item, names, groups)) for item in items)
    return Table(
        id="classes",
        caption=f"Which groups stand apart on which item by the {comparison.threshold:g} rule, and how sure that is",
        columns=columns,
        rows=rows,
        notes=_class_notes(comparison, names),
    )


def _frequency_columns(comparison: Comparison) -> tuple[Column, ...]:
    if comparison.class_frequencies is None:
        return ()
    return (Column("same_class", "Same class in resamples"), Column("not_similar", "Not similar in resamples"))


def _class_row(item: ItemComparison, names: Names, groups: Sequence[str]) -> Record:
    frequencies = item.class_frequencies
    return {
        "item": names.item(item.item),
        **{f"rescaled_{group}": item.rescaled[group] for group in groups},
        "range": item.range,
        "class": class_words(item.class_, item.apart, names),
        "strict": _strict(item, names),
        "same_class": None if frequencies is None else share(frequencies.get(item.class_ or "", 0.0), 1, 0),
        "not_similar": None if frequencies is None else share(1 - frequencies.get("similar", 0.0), 1, 0),
    }


def _strict(item: ItemComparison, names: Names) -> str:
    if not item.strict_pairs:
        return "none"
    if len(item.strict_pairs) == len(item.pairs):
        return "all"
    return "; ".join(pair_words(pair, names) for pair in item.strict_pairs)


def pair_words(pair: Sequence[str], names: Names) -> str:
    """Two groups side by side."""
    return f"{names.group(pair[0])} – {names.group(pair[1])}"


def _class_notes(comparison: Comparison, names: Names) -> tuple[str, ...]:
    rule = (
        f"The rule: a range below {comparison.threshold:g} is similar; otherwise the sorted scores are split at every "
        f"gap of at least {comparison.threshold:g}, or, where no single gap is that wide, at the widest. "
        f"{_added_words(comparison, names)}."
    )
    if comparison.class_frequencies is None:
        return rule, f"How often resamples give the same class: {NOT_COMPUTABLE}."
    return rule, f"‘In resamples’: shares of {comparison.resamples} resamples of the respondents of each group."


def _added_words(comparison: Comparison, names: Names) -> str:
    added = comparison.added
    if not added.constant:
        return "Nothing is added before ratios are taken"
    to = "every group" if added.to == "all" else f"{names.who(added.to)} alone"
    return f"{added.constant:g} is added to every count of {to} before ratios are taken"


def false_flag_words(comparison: Comparison) -> str:
    """How often the rule flags items when there is nothing to flag."""
    flags = comparison.false_flags
    if flags is None:
        why = "because a group has no ratios" if _tested(comparison) else "from published counts: it needs respondents"
        return f"How many items the rule would flag if the groups did not differ at all is not computable {why}."
    return (
        f"{_found_words(flags)} If groups of these sizes came from one and the same population, the rule would flag "
        f"{plain(flags.mean, 1)} items on average, and at least one in {likely(flags.at_least_one)} of such "
        f"studies; in 95\u202f% of them {flags.percentile_95} or fewer. {_judged(flags)}"
    )


def _found_words(flags: FalseFlags) -> str:
    if flags.observed is None:
        return "What the rule flags here is not known, because a group has no ratios."
    return f"The rule flags {counted(flags.observed, 'item')} here."


def _judged(flags: FalseFlags) -> str:
    if flags.observed is not None and flags.observed > flags.percentile_95:
        return "More are flagged here than chance usually gives; the comparison with chance tells which of them hold."
    return "So a flag by the rule alone is not evidence of a difference; the comparison with chance is stricter."


def differences_figure(comparison: Comparison, names: Names, order: Sequence[str]) -> Figure:
    """Differences of scores per person between every two groups, with intervals, zero and the margin of likeness."""
    pairs = comparison.items[0].pairs
    labels = {_key(pair): f"{names.group(pair.groups[0])} − {names.group(pair.groups[1])}" for pair in pairs}
    rows: list[Record] = [_difference_row(item, pair) for item in order for pair in comparison.item(item).pairs]
    wide, narrow = differences(
        rows,
        {item: names.item(item) for item in order},
        labels,
        axis="Difference per person",
        margin=comparison.margin,
    )
    verdicts = [row["verdict"] for row in rows]
    differ = verdicts.count(Verdict.DIFFERS.value)
    unclear = verdicts.count(Verdict.CANNOT_TELL.value)
    return Figure(
        id="differences",
        title=f"Of {len(rows)} comparisons, {spelled(differ)} differ beyond chance; {spelled(unclear)} cannot be told",
        subtitle=f"Difference of mean scores per person with {100 * comparison.level:g} % intervals; the band is the "
        f"margin of likeness, ±{comparison.margin:g}. {_sizes(comparison, names)}.",
        alt=_differences_alt(rows, labels, names),
        spec=wide,
        narrow=narrow,
        rows=tuple(rows),
        columns=(
            Column("item", "Item"),
            Column("pair", "Groups"),
            Column("difference", "Difference", digits=2, signed=True),
            Column("low", "Interval from", digits=2, signed=True),
            Column("high", "to", digits=2, signed=True),
            Column("verdict", "Verdict"),
        ),
        notes=(
            (
                "An interval is for one comparison; the verdict takes all comparisons together. So an interval may "
                "miss zero where the verdict is ‘cannot tell’."
            ),
        ),
    )


def _key(pair: PairComparison) -> str:
    return f"{pair.groups[0]} − {pair.groups[1]}"


def _difference_row(item: str, pair: PairComparison) -> Record:
    low, high = pair.mean_interval or (None, None)
    verdict = None if pair.verdict is None else pair.verdict.value
    return {
        "item": item,
        "pair": _key(pair),
        "difference": pair.mean_difference,
        "low": low,
        "high": high,
        "verdict": verdict,
    }


def _differences_alt(rows: Sequence[Record], labels: Mapping[str, str], names: Names) -> str:
    told = [
        f"{names.item(str(row['item']))}, {labels[str(row['pair'])]}: {signed(float(row['difference'] or 0))}."
        for row in rows
        if row["verdict"] == Verdict.DIFFERS.value
    ]
    alike = [row for row in rows if row["verdict"] == Verdict.ALIKE.value]
    return (
        f"A panel for every two groups, a dot and an interval an item. Beyond chance: {' '.join(told) or 'none.'} "
        f"Alike: {counted(len(alike), 'comparison')}. All others cannot be told."
    )


def pairs_table(comparison: Comparison, names: Names, order: Sequence[str]) -> Table:
    """Every two groups on every item: both differences; with respondents also intervals, adjusted p and verdict."""
    tested = _tested(comparison)
    level = f"{100 * comparison.level:g} %"
    columns = (
        Column("pair", "Groups"),
        Column("mean", "Difference per person", digits=2, signed=True),
        *((Column("mean_interval", f"{level} interval"),) if tested else ()),
        Column("log", "Difference of ln √(M/L)", digits=2, signed=True),
        *((Column("log_interval", f"{level} interval of that"),) if tested else ()),
        *((Column("p", "Adjusted p"), Column("verdict", "Verdict")) if tested else ()),
    )
    rows: list[Row] = []
    for item in order:
        rows.append(Row({"pair": names.item(item)}, heading=True))
        rows.extend(Row(_pair_row(pair, names), indent=1) for pair in comparison.item(item).pairs)
    said = "how far apart, how uncertain, and what can be said" if tested else "how far apart"
    return Table(
        id="pairs",
        caption=f"Every two groups on every item: {said}",
        columns=columns,
        rows=tuple(rows),
        notes=_pair_notes(comparison, names),
        records=tuple(_pair_record(item, pair) for item in order for pair in comparison.item(item).pairs),
    )


def _tested(comparison: Comparison) -> bool:
    """Whether there are respondents behind the counts."""
    return any(pair.verdict is not None for item in comparison.items for pair in item.pairs)


def _pair_row(pair: PairComparison, names: Names) -> Record:
    return {
        "pair": pair_words(pair.groups, names),
        "mean": pair.mean_difference,
        "mean_interval": _interval(pair.mean_interval),
        "log": pair.log_ratio_difference,
        "log_interval": _interval(pair.log_ratio_interval),
        "p": None if pair.adjusted_p is None else _p(pair.adjusted_p),
        "verdict": None if pair.verdict is None else pair.verdict.value,
    }


def _p(value: float) -> str:
    return "< 0.001" if value < 0.001 else plain(value, 3)


def _interval(bounds: tuple[float, float] | None) -> str | None:
    return None if bounds is None else f"{signed(bounds[0], 2)} to {signed(bounds[1], 2)}"


def _pair_record(item: str, pair: PairComparison) -> Record:
    low, high = pair.mean_interval or (None, None)
    log_low, log_high = pair.log_ratio_interval or (None, None)
    return {
        "item": item,
        "first_group": pair.groups[0],
        "second_group": pair.groups[1],
        "mean_difference": pair.mean_difference,
        "mean_low": low,
        "mean_high": high,
        "log_ratio_difference": pair.log_ratio_difference,
        "log_ratio_low": log_low,
        "log_ratio_high": log_high,
        "adjusted_p": pair.adjusted_p,
        "verdict": None if pair.verdict is None else pair.verdict.value,
    }


def _pair_notes(comparison: Comparison, names: Names) -> tuple[str, ...]:
    moved = f"{_added_words(comparison, names)}, on which the differences of ln √(M/L) hang."
    first = f"Differences are the first group less the second. {moved}"
    unsure = any(pair.log_ratio_interval is None for item in comparison.items for pair in item.pairs)
    gap = ("A dash: in some resamples a count was zero, so that ratio has no interval.",) if unsure else ()
    if not _tested(comparison):
        return (first, f"Intervals, adjusted p and verdicts: {NOT_COMPUTABLE}.")
    return (
        first,
        (
            f"Intervals: {comparison.resamples} resamples of respondents. Adjusted p: {comparison.permutations} random "
            f"exchanges of group labels, each compared by its largest statistic over all items and pairs "
            f"({comparison.statistic}), so that the whole family is wrong at most {100 * (1 - comparison.level):g} % "
            f"of the time. Alike: not different, and the whole interval inside ±{comparison.margin:g} per person."
        ),
        *gap,
    )
