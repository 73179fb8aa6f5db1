"""Who took part in the published study and how it was carried out, recomputed: Tables 2 and 3, recruitment, quality."""

import numpy as np

from commonground.analysis.dropout import chi_square_tail, dropout, splits
from commonground.published.cells import Cell, Contradiction, fact_cell, number_cell
from commonground.published.characteristics import BLOCKS, PrintedBlock, PrintedCharacteristic
from commonground.published.conduct import (
    ALTERNATIVE_PER_TASK,
    BEGAN,
    CLINICS,
    COMPLETED,
    CONSIDERED,
    DESIGN,
    DROPOUT_CHI_SQUARE,
    DROPOUT_INFERRED,
    DROPOUT_P,
    MISSING_STATED,
    ORGANIZATIONS,
    REPEATED_TASK,
    REPEATED_TASKS,
    TASKS_SHOWN,
    UNDERSTOOD,
    Outreach,
    PrintedAnswers,
)
from commonground.published.tables import GROUP_SIZES
from commonground.records.choices import IntArray

AGE_SUMS = {
    "HP": Contradiction(42, "The age rows of the health professionals sum to 42 of 64, 22 short."),
    "P": Contradiction(36, "The age rows of the partners sum to 36 of 31, 5 too many."),
}

DIFFERENCE_SET = (1, 3, 4, 5, 9)
"""Shifted eleven times modulo 11, this gives a design with the printed parameters; the study's own is not published."""


def characteristic_cells() -> tuple[Cell, ...]:
    """Tables 2 and 3: every percentage, and whether the rows of a block sum to the group."""
    return tuple(
        cell
        for question, block in BLOCKS.items()
        for cells in (_percentages(question, block), _block_sums(question, block), _child_sums(question, block))
        for cell in cells
    )


def _percentages(question: str, block: PrintedBlock) -> list[Cell]:
    return [
        number_cell(
            (f"Table {block.table}", group, f"{question}: {row.label}", "%"), printed, 100 * people / GROUP_SIZES[group]
        )
        for row in block.rows
        for group, people, printed in zip(block.groups, row.people, row.percent, strict=True)
    ]


def _block_sums(question: str, block: PrintedBlock) -> list[Cell]:
    """Where a person is in one row only, the rows sum to the group (X-12)."""
    if block.multiple:
        return []
    parents = [row for row in block.rows if not row.child]
    return [
        fact_cell(
            (f"Table {block.table}", group, question, "sum of the rows"),
            GROUP_SIZES[group],
            sum(row.people[place] for row in parents),
            known=AGE_SUMS.get(group) if question.startswith("Age") else None,
            check="X-12",
        )
        for place, group in enumerate(block.groups)
    ]


def _child_sums(question: str, block: PrintedBlock) -> list[Cell]:
    """The provinces of a country sum to it; children of multiple choices need not."""
    children = [row for row in block.rows if row.child]
    if block.multiple or not children:
        return []
    parent = _parent_of(block, children[0])
    return [
        fact_cell(
            (f"Table {block.table}", group, f"{question}: {parent.label}", "sum of its parts"),
            parent.people[place],
            sum(row.people[place] for row in children),
        )
        for place, group in enumerate(block.groups)
    ]


def _parent_of(block: PrintedBlock, child: PrintedCharacteristic) -> PrintedCharacteristic:
    before = block.rows[: block.rows.index(child)]
    return [row for row in before if not row.child][-1]


def design_cells() -> tuple[Cell, ...]:
    """A balanced incomplete block design must satisfy two equations; one with the printed numbers is counted out."""
    d = DESIGN
    appearances, co_appearances = _counted(DIFFERENCE_SET)
    rest = tuple(item for item in range(d.items) if item not in DIFFERENCE_SET)
    facts = {
        "tasks × items per task = items × r": (d.items * d.appearances, d.tasks * d.per_task),
        "λ × (items − 1) = r × (items per task − 1)": (
            d.co_appearances * (d.items - 1),
            d.appearances * (d.per_task - 1),
        ),
        "tasks shown = tasks + repeated": (TASKS_SHOWN, d.tasks + REPEATED_TASKS),
        "appearances per item in such a design (r)": (str(d.appearances), appearances),
        "co-appearances per pair in such a design (λ)": (str(d.co_appearances), co_appearances),
        "items per task of the alternative, its complement": (ALTERNATIVE_PER_TASK, len(rest)),
        "appearances per item in the complement": ("6", _counted(rest)[0]),
        "co-appearances per pair in the complement": ("3", _counted(rest)[1]),
    }
    return tuple(
        fact_cell(("Design", "", "", column), printed, found, check="X-20" if "(r)" in column else "")
        for column, (printed, found) in facts.items()
    )


def _counted(block: tuple[int, ...]) -> tuple[str, str]:
    """How often each item, and each pair, stands in the shifted blocks; one number each where that is balanced."""
    shown: IntArray = np.zeros((DESIGN.tasks, DESIGN.items), dtype=np.int64)
    for shift in range(DESIGN.tasks):
        shown[shift, [(item + shift) % DESIGN.items for item in block]] = 1
    together = shown.T @ shown
    pairs = together[np.triu_indices(DESIGN.items, 1)]
    return _values(np.diag(together)), _values(pairs)


def _values(numbers: IntArray) -> str:
    return ", ".join(str(number) for number in sorted(set(numbers.tolist())))


def recruitment_cells() -> tuple[Cell, ...]:
    """Flow of participants and outreach (X-1, X-16)."""
    too_few = Contradiction(62, "41 agreed, 20 did not reply and 1 declined: that makes 62.")
    declined = Contradiction(
        "1.6", "1 of 61 is 1.6 %; 0.01 % is wrong as a percentage, and as a proportion it is 0.016."
    )
    flow = fact_cell(
        ("Recruitment", "", "participants", "completed = sum of groups"), COMPLETED, sum(GROUP_SIZES.values())
    )
    return (
        flow,
        *_outreach("organizations", ORGANIZATIONS, too_few, {"declined": declined}, "X-1"),
        *_outreach("clinics", CLINICS, None, {}, "X-16"),
    )


def _outreach(
    name: str, outreach: Outreach, total: Contradiction | None, percentages: dict[str, Contradiction], check: str
) -> list[Cell]:
    contacted = sum(number for number, _ in outreach.outcomes.values())
    place = ("Recruitment", "", name)
    return [
        fact_cell((*place, "contacted = sum of outcomes"), outreach.contacted, contacted, known=total, check=check),
        *(
            number_cell(
                (*place, f"{outcome}, %"),
                printed,
                100 * number / outreach.contacted,
                known=percentages.get(outcome),
                check=check,
            )
            for outcome, (number, printed) in outreach.outcomes.items()
        ),
    ]


def dropout_cells() -> tuple[Cell, ...]:
    """The test of equal drop-out (X-2), from the only split of the drop-outs that gives the printed p."""
    left = sum(DROPOUT_INFERRED.values())
    found = dropout({group: (size + DROPOUT_INFERRED[group], size) for group, size in GROUP_SIZES.items()})
    statistics = _chi_squares(left)
    no_split = Contradiction(0, f"None of the {len(statistics)} ways to split {left} people gives 0.70.")
    too_large = Contradiction(
        "0.65", "The split that gives the printed p gives 0.65; perhaps 0.65 became 0.7, then 0.70."
    )
    other_p = Contradiction("0.70", "χ² = 0.70 with 2 degrees of freedom has p = 0.705; p = 0.72 belongs to 0.657.")
    place = ("Drop-out", "", "")
    p_of_printed = chi_square_tail(float(DROPOUT_CHI_SQUARE), found.df)
    giving_p = sum(f"{chi_square_tail(one, found.df):.2f}" == DROPOUT_P for one in statistics)
    giving_chi = sum(f"{one:.2f}" == DROPOUT_CHI_SQUARE for one in statistics)
    return (
        fact_cell((*place, "began − completed"), BEGAN - COMPLETED, left, check="X-2"),
        number_cell((*place, "p, split inferred"), DROPOUT_P, found.p or 0.0, check="X-2"),
        number_cell(
            (*place, "χ², split inferred"), DROPOUT_CHI_SQUARE, found.chi_square or 0.0, known=too_large, check="X-2"
        ),
        number_cell((*place, "p of the printed χ²"), DROPOUT_P, p_of_printed, known=other_p, check="X-2"),
        fact_cell((*place, "splits that give the printed p"), 1, giving_p, check="X-2"),
        fact_cell((*place, "splits that give the printed χ²"), 1, giving_chi, known=no_split, check="X-2"),
    )


def _chi_squares(left: int) -> tuple[float, ...]:
    """χ² of every way to split those who left over the groups, given who completed."""
    plenty = np.full(len(GROUP_SIZES), left)
    ways = splits(plenty, left).tolist()
    return tuple(_chi_square(tuple(way)) for way in ways)


def _chi_square(way: tuple[int, ...]) -> float:
    numbers = {group: (size + gone, size) for (group, size), gone in zip(GROUP_SIZES.items(), way, strict=True)}
    return dropout(numbers).chi_square or 0.0


def quality_cells() -> tuple[Cell, ...]:
    """The two questions about data quality and the repeated task (X-15)."""
    return tuple(cell for printed in (UNDERSTOOD, CONSIDERED, REPEATED_TASK) for cell in _answers(printed))


def _answers(printed: PrintedAnswers) -> list[Cell]:
    one_missing = Contradiction(126, "The answers sum to 126; the text mentions no missing answer here.")
    answered = sum(number for number, _ in printed.answers.values())
    total = fact_cell(
        ("Data quality", "", printed.question, "answers + missing stated"),
        COMPLETED,
        answered + MISSING_STATED.get(printed.question, 0),
        known=one_missing if printed is UNDERSTOOD else None,
        check="X-15" if printed is not REPEATED_TASK else "",
    )
    return [total] + [
        number_cell(("Data quality", "", printed.question, f"{answer}, %"), percentage, 100 * number / COMPLETED)
        for answer, (number, percentage) in printed.answers.items()
        if percentage
    ]
