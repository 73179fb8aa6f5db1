"""The same analysis with and without the people left out: what hangs on screening, item by item."""

from collections.abc import Sequence

from commonground.analysis.comparison import ItemComparison, Verdict
from commonground.analysis.count import Counts
from commonground.records.sheet import Column, Record
from commonground.report.answered import SENSITIVITY_SET, UNFINISHED, AnsweredSet
from commonground.report.contrast import class_words
from commonground.report.names import Names
from commonground.report.parts import Block, Note, Paragraph, Row, Section, Table
from commonground.report.wording import counted, listed, people, plain


def exclusions_section(sets: Sequence[AnsweredSet], main: str, names: Names) -> Section:
    """Everything side by side, the main analysis named.

    Parameters
    ----------
    sets : sequence of AnsweredSet
        At least two.
    main : str
        The id of the set all other sections are about.
    """
    blocks: list[Block] = [Paragraph(_opening(sets, main)), _sizes_table(sets, names), _means_table(sets, names)]
    if all(one.comparison is not None for one in sets):
        blocks += [_classes_table(sets, names), _changes_note(sets, main, names)]
    return Section("exclusions", _title(sets, main), tuple(blocks))


def _title(sets: Sequence[AnsweredSet], main: str) -> str:
    """What tells the sets apart: people who stopped, or people left out."""
    others = {one.id for one in sets} - {main}
    if others == {UNFINISHED}:
        return "With unfinished answers as well"
    return "With and without exclusions" + (", and with unfinished answers" if UNFINISHED in others else "")


def _opening(sets: Sequence[AnsweredSet], main: str) -> str:
    told = next(one for one in sets if one.id == main)
    words = [f"Every other section is about one set of answers: {told.label.lower()}."]
    words.append("Here the same analysis stands beside itself with other sets.")
    names = {one.id for one in sets}
    if SENSITIVITY_SET in names:
        words.append("Leaving people out for how they chose selects on the outcome, so it is done here only.")
    if UNFINISHED in names:
        words.append(
            "People who stop early may see things otherwise than those who go on; what they answered before they "
            "stopped counts here with as many showings as they had."
        )
    return " ".join(words)


def _sizes_table(sets: Sequence[AnsweredSet], names: Names) -> Table:
    groups = [group for group in names.groups if any(group in one.sizes for one in sets)]
    columns = (
        Column("set", "Answers"),
        *(Column(group, names.group(group)) for group in groups),
        Column("all", "All"),
    )
    rows = tuple(
        Row({"set": one.label, **{group: one.sizes.get(group, 0) for group in groups}, "all": sum(one.sizes.values())})
        for one in sets
    )
    return Table("exclusion-sizes", "How many people each analysis rests on", columns, rows)


def _means_table(sets: Sequence[AnsweredSet], names: Names) -> Table:
    columns = (
        Column("item", "Item"),
        *(Column(one.id, one.label, digits=2, signed=True) for one in sets),
        Column("change", "Widest change", digits=2),
    )
    rows: list[Row] = []
    for group in (group for group in names.groups if all(group in one.sizes for one in sets)):
        rows.append(Row({"item": names.group(group)}, heading=True))
        rows.extend(Row(_means_row(item, group, sets, names), indent=1) for item in names.items)
    notes = ("Mean best-minus-worst score, −1 to 1: chosen as most less chosen as least, over the times shown.",)
    return Table("exclusion-means", "Scores with each set of answers", columns, tuple(rows), notes)


def _means_row(item: str, group: str, sets: Sequence[AnsweredSet], names: Names) -> Record:
    means = {one.id: _mean(one.counts, group, item) for one in sets}
    known = [value for value in means.values() if value is not None]
    return {"item": names.item(item), **means, "change": max(known) - min(known) if known else None}


def _mean(counts: Counts, group: str, item: str) -> float | None:
    return next(one for one in counts.groups if one.group == group).item(item).mean


def _classes_table(sets: Sequence[AnsweredSet], names: Names) -> Table:
    columns = (
        Column("item", "Item"),
        *(Column(f"class_{one.id}", f"By the rule: {one.label.lower()}") for one in sets),
        *(Column(f"differ_{one.id}", f"Beyond chance: {one.label.lower()}") for one in sets),
    )
    rows = tuple(Row(_classes_row(item, sets, names)) for item in names.items)
    notes = (
        "By the rule: the class of the threshold rule.",
        "Beyond chance: the pairs of groups that differ at the family-wise level of the plan.",
    )
    return Table("exclusion-classes", "Differences between groups with each set of answers", columns, rows, notes)


def _classes_row(item: str, sets: Sequence[AnsweredSet], names: Names) -> Record:
    found = {one.id: one.comparison.item(item) for one in sets if one.comparison is not None}
    return {
        "item": names.item(item),
        **{f"class_{name}": class_words(one.class_, one.apart, names) for name, one in found.items()},
        **{f"differ_{name}": _pairs_words(one, names) for name, one in found.items()},
    }


def _pairs_words(item: ItemComparison, names: Names) -> str:
    found = [f"{names.group(one)} and {names.group(other)}" for one, other in _differing(item)]
    return listed(found) if found else "none"


def _differing(item: ItemComparison) -> list[tuple[str, str]]:
    return [(pair.groups[0], pair.groups[1]) for pair in item.pairs if pair.verdict is Verdict.DIFFERS]


def _changes_note(sets: Sequence[AnsweredSet], main: str, names: Names) -> Note:
    told = next(one for one in sets if one.id == main)
    changing = [item for item in names.items if len({_conclusion(one, item) for one in sets}) > 1]
    shift = _widest_change(sets, names)
    if not changing:
        words = (
            "No class and no difference beyond chance depends on which of these answers are analysed. The widest "
            f"change of a score is {plain(shift)}."
        )
    else:
        words = (
            f"{counted(len(changing), 'item')} of {len(names.items)} would be told otherwise with another set of "
            f"answers: {names.named(changing)}. The widest change of a score is {plain(shift)}."
        )
    return Note(f"What hangs on the set of answers, beside the analysis of {people(sum(told.sizes.values()))}.", words)


def _conclusion(one: AnsweredSet, item: str) -> tuple[object, ...]:
    found = None if one.comparison is None else one.comparison.item(item)
    return () if found is None else (found.class_, found.apart, tuple(_differing(found)))


def _widest_change(sets: Sequence[AnsweredSet], names: Names) -> float:
    changes = (
        _means_row(item, group, sets, names)["change"]
        for group in names.groups
        if all(group in one.sizes for one in sets)
        for item in names.items
    )
    return max((float(change) for change in changes if change is not None), default=0.0)
