"""Who took part, by group: counts with percentages, missing answers shown, sums checked, small counts protected."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from commonground.records.choices import FloatArray, IntArray
from commonground.records.sheet import Column, Record, Value
from commonground.report.names import Names
from commonground.report.parts import Row, Table
from commonground.report.suppress import Screened, hide_small
from commonground.report.wording import grouped, listed, n_percent

ALL = "all"
SMALLEST_CELL = 5
"""Counts from 1 to below this are not shown unless the report's author asks for it."""

_MISSING = "No answer"


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer and how many people of each group gave it; `child` stands under the answer before it."""

    label: str
    people: Mapping[str, int]
    child: bool = False


@dataclass(frozen=True, slots=True)
class QuestionBlock:
    """One question by group.

    Parameters
    ----------
    question : str
    asked : mapping of group to int
        People the question was put to; groups that were not asked are left out.
    answers : tuple of Answer
    missing : mapping of group to int
        People who were asked and gave no answer.
    multiple : bool
        Whether a person may give several answers; then they need not add up to the people asked.
    """

    question: str
    asked: Mapping[str, int]
    answers: tuple[Answer, ...]
    missing: Mapping[str, int]
    multiple: bool = False


def characteristics_table(
    blocks: Sequence[QuestionBlock],
    names: Names,
    *,
    name: str,
    caption: str,
    smallest_cell: int,
    notes: tuple[str, ...],
) -> Table:
    """Blocks of answers as one table, a column a group and one for all.

    Parameters
    ----------
    smallest_cell : int
        The smallest count shown; 1 shows everything.
    """
    groups = [group for group in names.groups if any(group in block.asked for block in blocks)]
    sizes = {group: max(block.asked.get(group, 0) for block in blocks) for group in groups}
    columns = (
        Column("answer", "Answer"),
        *(Column(group, f"{names.group(group)}, n\u00a0=\u00a0{sizes[group]}") for group in groups),
        Column(ALL, f"All, n\u00a0=\u00a0{sum(sizes.values())}"),
    )
    rows: list[Row] = []
    records: list[Record] = []
    for block in blocks:
        shown, data = _block(block, groups, smallest_cell)
        rows += shown
        records += data
    told = ("Numbers are people, with percentages of those asked in brackets, rounded half up.", *_protected(rows))
    gaps = tuple(one for block in blocks for one in sum_gaps(block, names))
    return Table(name, caption, columns, tuple(rows), told + notes + gaps, tuple(records))


def _block(block: QuestionBlock, groups: Sequence[str], smallest: int) -> tuple[list[Row], list[Record]]:
    asked = [group for group in groups if group in block.asked]
    answers = [*block.answers, *_missing(block)]
    counts, hidden = _screened(block, asked, answers, smallest)
    totals = [*(block.asked[group] for group in asked), _total(block.asked)]
    rows = [Row({"answer": _heading(block)}, heading=True)]
    records: list[Record] = []
    for place, one in enumerate(answers):
        cells: dict[str, Value] = dict.fromkeys(groups, "not asked")
        record: dict[str, Value] = {"question": block.question, "answer": one.label}
        for column, key in enumerate([*asked, ALL]):
            cells[key] = _cell(int(counts[place, column]), totals[column], hidden, (place, column), smallest)
            visible = not hidden.hidden[place, column]
            record[key] = int(counts[place, column]) if visible else None
            record[f"{key}_asked"] = totals[column]
        rows.append(Row({"answer": one.label, **cells}, indent=int(one.child)))
        records.append(record)
    return rows, records


def _screened(
    block: QuestionBlock, asked: Sequence[str], answers: Sequence[Answer], smallest: int
) -> tuple[IntArray, Screened]:
    """The counts, (n_answers, n_groups + 1) with all groups together in the last column, and which may be shown."""
    counts = np.array([[*(one.people.get(g, 0) for g in asked), _total(one.people)] for one in answers], dtype=np.int64)
    return counts, hide_small(counts, smallest, _known_sums(block, answers, len(asked)))


def _heading(block: QuestionBlock) -> str:
    return f"{block.question} (several answers possible)" if block.multiple else block.question


def _missing(block: QuestionBlock) -> list[Answer]:
    return [Answer(_MISSING, block.missing)] if any(block.missing.values()) else []


def _total(people: Mapping[str, int]) -> int:
    return sum(people.values())


def _known_sums(block: QuestionBlock, answers: Sequence[Answer], groups: int) -> list[FloatArray]:
    """What a reader can add up: groups to all in every row; in a single choice, answers to the people asked."""
    shape = (len(answers), groups + 1)
    known: list[FloatArray] = []
    for place in range(len(answers)):
        row = np.zeros(shape)
        row[place, :groups], row[place, groups] = 1, -1
        known.append(row)
    if block.multiple:
        return known
    top = np.array([not one.child for one in answers], dtype=np.float64)
    for column in range(groups + 1):
        whole = np.zeros(shape)
        whole[:, column] = top
        known.append(whole)
    return known


def _cell(count: int, of: int, hidden: Screened, place: tuple[int, int], smallest: int) -> str:
    if hidden.small[place]:
        return f"< {smallest}"
    return "not shown" if hidden.guarding[place] else n_percent(count, of)


def _protected(rows: Sequence[Row]) -> tuple[str, ...]:
    """A note where something was hidden."""
    shown = {value for row in rows for value in row.cells.values() if isinstance(value, str)}
    if not any(value.startswith("< ") for value in shown):
        return ()
    return (
        (
            "Small counts are hidden so that nobody can be recognised, and some larger ones because a small one would "
            "follow from them."
        ),
    )


def sum_gaps(block: QuestionBlock, names: Names) -> tuple[str, ...]:
    """Groups whose answers to a single choice do not add up to the people asked."""
    if block.multiple:
        return ()
    found: list[str] = []
    for group, asked in block.asked.items():
        given = sum(one.people.get(group, 0) for one in block.answers if not one.child) + block.missing.get(group, 0)
        if given != asked:
            found.append(f"{names.who(group)} {grouped(given)} instead of {grouped(asked)}")
    return (f"{block.question}: the answers do not add up to the people asked: {listed(found)}.",) if found else ()


def make_up(
    blocks: Sequence[QuestionBlock], questions: Sequence[str], *, smallest_cell: int
) -> dict[str, dict[str, int]]:
    """People by answer over all groups, for some single choices: what the limitations are drawn from.

    A question whose commonest answer the table hides is left out, for a sentence would give it away.
    """
    return {
        block.question: {one.label: _total(one.people) for one in block.answers if not one.child}
        for block in blocks
        if block.question in questions and not block.multiple and _commonest_is_shown(block, smallest_cell)
    }


def _commonest_is_shown(block: QuestionBlock, smallest: int) -> bool:
    answers = [*block.answers, *_missing(block)]
    counts, hidden = _screened(block, list(block.asked), answers, smallest)
    top = [place for place, one in enumerate(answers) if not one.child]
    commonest = max(top, key=lambda place: int(counts[place, -1]))
    return not hidden.hidden[commonest, -1]
