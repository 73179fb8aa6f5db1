"""The same analysis with and without the people left out, and a flow that still adds up."""

from dataclasses import replace

import numpy as np
import pytest

from commonground.records.respondents import RespondentTable
from commonground.report.flow import recruitment
from commonground.report.parts import Document, Note, Section, Table
from commonground.screening.statuses import REASON, SCREENING, SENSITIVITY


def decided(table: RespondentTable) -> RespondentTable:
    """The first complete person of each group is excluded, the second left out for how they chose."""
    place: dict[str | None, int] = {}
    states: list[tuple[str | None, str | None, str | None]] = []
    for group, status in zip(table.values("group"), table.values("status"), strict=True):
        if status != "complete":
            states.append((None, None, None))
            continue
        place[group] = place.get(group, 0) + 1
        excluded = place[group] == 1
        states.append(
            (
                "excluded" if excluded else "kept",
                "duplicate" if excluded else None,
                "left_out" if place[group] == 2 else None,
            )
        )
    columns = dict(zip((SCREENING, REASON, SENSITIVITY), zip(*states, strict=True), strict=True))
    return replace(table, columns={**table.columns, **columns})


@pytest.fixture(scope="module")
def screened(fielded) -> Document:
    return replace(fielded, respondents=decided(fielded.respondents)).report()


def section(document: Document) -> Section:
    return next(one for one in document.sections if one.id == "exclusions")


def test_every_set_of_answers_stands_beside_the_main_one(screened):
    sizes = next(block for block in section(screened).blocks if isinstance(block, Table))
    assert {row.cells["set"]: row.cells["all"] for row in sizes.rows} == {
        "All complete answers": 43,
        "Complete answers kept after screening": 40,
        "Less those left out for how they chose": 37,
        "Unfinished answers as well": 49,
    }


def test_scores_and_conclusions_are_told_for_each_with_what_hangs_on_it(screened):
    _, means, classes = (block for block in section(screened).blocks if isinstance(block, Table))
    assert {"all", "kept", "sensitivity", "unfinished", "change"} < {column.key for column in means.columns}
    for row in means.data:
        values = [row[name] for name in ("all", "kept", "sensitivity", "unfinished")]
        assert row["change"] == pytest.approx(max(values) - min(values))
    assert len(classes.rows) == 11
    assert any(isinstance(block, Note) for block in section(screened).blocks)


def test_the_main_analysis_leaves_the_excluded_out_and_nobody_else(screened):
    completion = next(table for table in screened.tables if table.id == "exclusion-sizes")
    assert completion.rows
    flow = next(figure for figure in screened.figures if figure.id == "recruitment-flow")
    assert "Excluded after screening: the same person again: 3" in flow.alt
    assert "Analysed: 40" in flow.alt
    assert not any(isinstance(block, Note) and "does not add up" in block.heading for block in screened.blocks())


def test_the_flow_tells_reasons_apart(fielded):
    table = decided(fielded.respondents)
    reasons = list(table.values(REASON))
    reasons[next(place for place, one in enumerate(reasons) if one)] = "my_own_code"
    mixed = replace(table, columns={**table.columns, REASON: tuple(reasons)})
    flow = recruitment(mixed, {"HP": "HP", "R": "R", "P": "P"}, 40)
    left = next(stage.left for stage in flow.stages if stage.label == "Answered every task")
    assert left == {
        "Excluded after screening: the same person again": 2,
        "Excluded after screening: my own code": 1,
    }
    assert flow.gaps == ()
    assert sum(flow.groups.values()) == 40


def test_without_anything_to_set_beside_there_is_no_such_section(fielded):
    complete = np.array([status == "complete" for status in fielded.choices.groups_by("status")])
    document = replace(fielded, choices=fielded.choices.keep(complete)).report()
    assert "exclusions" not in [one.id for one in document.sections]


def test_a_study_in_which_nobody_was_left_out_shows_unfinished_answers_beside_complete_ones(fielded):
    found = section(fielded.report())
    assert found.title == "With unfinished answers as well"
    assert "stop early" in found.blocks[0].text
    assert "selects on the outcome" not in found.blocks[0].text
    sizes = next(block for block in found.blocks if isinstance(block, Table))
    assert [row.cells["set"] for row in sizes.rows] == ["Complete answers", "Unfinished answers as well"]


def test_both_reasons_are_in_the_title_where_both_hold(screened):
    assert section(screened).title == "With and without exclusions, and with unfinished answers"
