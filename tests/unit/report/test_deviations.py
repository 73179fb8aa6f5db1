"""Departures from the plan, as the report prints them."""

from commonground.records.deviations import DataSeen, Deviation, PlanLog, PlanPart
from commonground.report.deviations import deviations_section
from commonground.report.parts import Paragraph, Table

LATE = Deviation(2, "2026-05-02", PlanPart.ANALYSIS, "The constant is 0.5.", "Ratios.", DataSeen.ANSWERS, "Olga")
EARLY = Deviation(1, "2026-03-01", PlanPart.FIELDING, "Two months longer.", "Few had answered.", DataSeen.COUNTS)


def said(log: PlanLog) -> str:
    first = deviations_section(log).blocks[0]
    assert isinstance(first, Paragraph)
    return first.text


def test_a_frozen_plan_without_departures_says_so() -> None:
    log = PlanLog("2026-01-15", "abc")
    assert said(log) == "The plan of analysis was frozen on 2026-01-15 (SHA-256 abc). No departure from it was entered."
    assert len(deviations_section(log).blocks) == 1


def test_departures_are_counted_by_what_was_known() -> None:
    assert said(PlanLog("2026-01-15", "", (EARLY, LATE))).endswith(
        "Since then 2 departures from it were entered, 1 of them decided with answers seen."
    )
    assert "1 departure from it was entered, none of them" in said(PlanLog("", "", (EARLY,)))


def test_each_has_its_row() -> None:
    table = deviations_section(PlanLog("2026-01-15", "", (EARLY, LATE))).blocks[1]
    assert isinstance(table, Table)
    assert [row.cells["changed"] for row in table.rows] == ["Two months longer.", "The constant is 0.5."]
    assert [row.cells["data_seen"] for row in table.rows] == ["only how many had answered", "answers seen"]
