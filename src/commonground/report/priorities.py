"""What groups share and where they part, in sentences whose rule is printed beside them."""

from collections.abc import Mapping

from commonground.analysis.comparison import Comparison, ItemComparison, PairComparison, Verdict
from commonground.analysis.count import Counts
from commonground.analysis.patterns import (
    Consistent,
    DifferenceCounts,
    FamilySummary,
    consistent,
    difference_counts,
    directions,
    families,
)
from commonground.records.sheet import Column
from commonground.report.contrast import class_words, pair_words
from commonground.report.names import Names
from commonground.report.parts import Block, Bullets, Note, Paragraph, Row, Table
from commonground.report.scores import in_study_order
from commonground.report.wording import listed, plain

LIST_LENGTH = 5
"""The published study's lists hold items among the first five of every group."""


def shared(counts: Counts) -> Consistent:
    """Items among the first five, or the last five, of every group; of a short list, among a half."""
    length = min(LIST_LENGTH, len(counts.groups[0].items) // 2)
    return consistent(counts, top=length, bottom=length)


def shared_blocks(counts: Counts, names: Names) -> tuple[Block, ...]:
    """The consistently more and less important items, with the rule."""
    found = shared(counts)
    everywhere = "in every group" if len(counts.groups) > 1 else "here"
    return (
        Bullets(
            (
                f"More important {everywhere}: {names.named(found.more)}.",
                f"Less important {everywhere}: {names.named(found.less)}.",
            )
        ),
        Paragraph(
            f"The rule: {found.rule}. Another number of items, or ranks by ratio, can give other lists. "
            "Less important means less than the other items of this list; it does not mean unimportant."
        ),
    )


def family_blocks(counts: Counts, names: Names, tags: Mapping[str, str]) -> tuple[Block, ...]:
    """A table by family where the study's author has tagged items; nothing otherwise."""
    found = families(counts, tags)
    if not found:
        return ()
    groups = [group.group for group in in_study_order(counts, names)]
    untagged = [item.item for item in counts.groups[0].items if not tags.get(item.item)]
    columns = (
        Column("family", "Family"),
        Column("items", "Items"),
        *(Column(f"mean_{group}", f"Mean score, {names.group(group)}", digits=2, signed=True) for group in groups),
        *(Column(f"rank_{group}", f"Mean rank, {names.group(group)}", digits=1) for group in groups),
    )
    notes = (
        (
            "Families are tags the study’s author gave, not a result. "
            "Mean score: times most minus times least, divided by times shown; from −1 to +1."
        ),
        *((f"In no family: {names.named(untagged)}.",) if untagged else ()),
    )
    rows = tuple(Row(_family_row(family, names, groups)) for family in found)
    return (Table("families", "Items by family, as the study’s author tagged them", columns, rows, notes),)


def _family_row(family: FamilySummary, names: Names, groups: list[str]) -> dict[str, str | int | float | None]:
    return {
        "family": family.family,
        "items": listed([names.item(item) for item in family.items]),
        **{f"mean_{group}": family.mean[group] for group in groups},
        **{f"rank_{group}": family.mean_rank[group] for group in groups},
    }


def direction_blocks(comparison: Comparison, names: Names) -> tuple[Block, ...]:
    """For every item the rule flags the order of the groups, and how many differences each group is part of."""
    found = directions(comparison)
    if not found:
        return (Paragraph(f"By the {comparison.threshold:g} rule no item is different between the groups."),)
    told = tuple(_direction(comparison.item(one.item), one.order, names) for one in found)
    opening = Paragraph("What the rule calls different, groups from the highest to the lowest rescaled score:")
    if len(comparison.groups) < 3:
        return (opening, Bullets(told))
    return (opening, Bullets(told), _bridge(difference_counts(comparison), comparison, names))


def _direction(item: ItemComparison, order: tuple[str, ...], names: Names) -> str:
    scores = listed([f"{names.group(group)} {plain(item.rescaled[group] or 0)}" for group in order])
    return f"‘{names.item(item.item)}’, {class_words(item.class_, item.apart, names)}: {scores}."


def _bridge(found: DifferenceCounts, comparison: Comparison, names: Names) -> Note:
    """The group with the fewest differences, put as a question."""
    fewest = min(found.groups.values())
    nearest = [group for group, number in found.groups.items() if number == fewest]
    pairs = listed([f"{pair_words(pair, names)} on {number}" for pair, number in found.pairs.items()])
    sums = listed([f"{names.who(group)} in {found.groups[group]}" for group in names.groups if group in found.groups])
    asked = (
        f"Could {names.who(nearest[0])} be a bridge between the others?"
        if len(nearest) == 1
        else "No single group stands nearest to all the others."
    )
    return Note(
        "A question, not a verdict.",
        f"Pairs at least {comparison.threshold:g} apart: {pairs}. Of these differences {sums}. {asked} "
        "Smaller groups differ more by chance alone, so these numbers do not answer it.",
    )


def beyond_chance(comparison: Comparison, names: Names) -> tuple[str, ...]:
    """For every item with a difference beyond chance, who stands higher than whom; the widest difference first."""
    found = differing(comparison)
    return tuple(f"‘{names.item(item)}’ ({'; '.join(_who(found[item], names))})" for item in found)


def sized(comparison: Comparison, names: Names) -> tuple[str, ...]:
    """The same with the difference of mean scores per person and its interval, pair by pair."""
    found = differing(comparison)
    return tuple(f"‘{names.item(item)}’: {'; '.join(_sized(pair, names) for pair in found[item])}." for item in found)


def differing(comparison: Comparison) -> dict[str, list[PairComparison]]:
    """Item to the pairs of groups that differ beyond chance on it, the widest difference first."""
    found = {
        item.item: pairs
        for item in comparison.items
        if (pairs := [pair for pair in item.pairs if pair.verdict == Verdict.DIFFERS])
    }
    widest = {item: max(abs(pair.mean_difference or 0) for pair in pairs) for item, pairs in found.items()}
    return {item: found[item] for item in sorted(found, key=lambda item: -widest[item])}


def _upwards(pair: PairComparison) -> tuple[str, str]:
    """The higher group, then the lower."""
    first, second = pair.groups
    return (first, second) if (pair.mean_difference or 0.0) >= 0 else (second, first)


def _who(pairs: list[PairComparison], names: Names) -> list[str]:
    """Who stands higher than whom, one phrase a higher group."""
    lower: dict[str, list[str]] = {}
    for pair in pairs:
        high, low = _upwards(pair)
        lower.setdefault(high, []).append(names.who(low))
    return [f"{names.who(high)} higher than {listed(lows)}" for high, lows in lower.items()]


def _sized(pair: PairComparison, names: Names) -> str:
    high, low = _upwards(pair)
    size = abs(pair.mean_difference or 0.0)
    ends = sorted(abs(end) for end in pair.mean_interval) if pair.mean_interval else []
    interval = f" ({plain(ends[0], 1)} to {plain(ends[1], 1)})" if ends else ""
    return f"{names.who(high)} higher than {names.who(low)} by {plain(size, 1)} a person{interval}"
