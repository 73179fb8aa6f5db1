"""The published numbers as data: whole, consistent with themselves where they should be, and compared honestly."""

from collections import Counter

import pytest

from commonground.published import tables
from commonground.published.cells import CellVerdict, Contradiction, fact_cell, number_cell, tally_verdicts
from commonground.published.characteristics import BLOCKS
from commonground.published.labels import GROUP_LABELS, ITEM_LABELS, SHORT_LABELS
from commonground.published.replicate import replicate

PLACE = ("Table 9", "HP", "open", "sqrt")


def test_every_item_has_its_labels_row_and_class() -> None:
    assert set(ITEM_LABELS) == set(SHORT_LABELS) == set(tables.ITEMS) == set(tables.CLASSES_AS_PUBLISHED)
    for group in GROUP_LABELS:
        assert set(tables.TABLES[group]) == set(tables.PRINTED_ORDER[group]) == set(tables.ITEMS)


def test_pooled_counts() -> None:
    """Both columns sum to 127 people × 11 tasks."""
    table = tables.count_table()
    pooled = dict(zip(table.items, zip(table.best.sum(axis=0), table.worst.sum(axis=0), strict=True), strict=True))
    assert (pooled["open"], pooled["comm"], pooled["net"]) == ((254, 17), (19, 276), (72, 107))
    assert table.best.sum() == table.worst.sum() == 127 * 11


def test_tables_2_and_3_hold_a_number_and_a_percentage_for_every_group() -> None:
    rows = [(block, row) for block in BLOCKS.values() for row in block.rows]
    assert len(rows) == 121
    for block, row in rows:
        assert len(row.people) == len(row.percent) == len(block.groups)


def test_panels_run_from_a_to_k() -> None:
    assert sorted(one.panel for one in tables.CLASSES_AS_PUBLISHED.values()) == list("ABCDEFGHIJK")


def test_numbers_are_compared_at_the_digits_printed() -> None:
    assert number_cell(PLACE, "3.70", 3.6968).verdict is CellVerdict.MATCHES
    assert number_cell(PLACE, "3.70", 3.7051).verdict is CellVerdict.DIFFERS
    assert number_cell(PLACE, "81.3", 81.25).verdict is CellVerdict.MATCHES


def test_only_the_known_contradiction_counts_as_one() -> None:
    """Another wrong number at the same place is not excused."""
    known = Contradiction("1.6", "1 of 61 is 1.6 %.")
    assert number_cell(PLACE, "0.01", 100 / 61, known=known).verdict is CellVerdict.INCONSISTENT
    assert number_cell(PLACE, "0.01", 2.5, known=known).verdict is CellVerdict.DIFFERS
    assert number_cell(PLACE, "0.01", 2.5, known=known).why == ""
    assert fact_cell(PLACE, 61, 62, known=Contradiction(62, "")).verdict is CellVerdict.INCONSISTENT
    assert fact_cell(PLACE, 61, 63, known=Contradiction(62, "")).verdict is CellVerdict.DIFFERS


def test_a_contradiction_that_has_gone_is_a_match() -> None:
    assert fact_cell(PLACE, 62, 62, known=Contradiction(61, "")).verdict is CellVerdict.MATCHES


@pytest.mark.parametrize(
    ("check", "inconsistent"),
    {
        "X-1": 2,
        "X-2": 3,
        "X-4": 1,
        "X-5": 2,
        "X-7": 1,
        "X-8": 1,
        "X-9": 1,
        "X-10": 2,
        "X-12": 2,
        "X-13": 1,
        "X-14": 3,
        "X-15": 1,
    }.items(),
)
def test_each_known_inconsistency_is_found(check: str, inconsistent: int) -> None:
    found = Counter(cell.check for cell in replicate() if cell.verdict is CellVerdict.INCONSISTENT)
    assert found[check] == inconsistent


@pytest.mark.parametrize("check", ["X-3", "X-6", "X-11", "X-16", "X-18", "X-20"])
def test_checks_that_turn_out_well_are_there_too(check: str) -> None:
    assert {cell.verdict for cell in replicate() if cell.check == check} == {CellVerdict.MATCHES}


def test_the_verdicts_sum_to_the_cells() -> None:
    cells = replicate()
    assert sum(tally_verdicts(cells).values()) == len(cells)


def test_no_cell_is_compared_twice() -> None:
    places = Counter((cell.table, cell.group, cell.item, cell.column) for cell in replicate())
    assert [place for place, times in places.items() if times > 1] == []
