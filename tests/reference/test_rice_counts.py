"""Counts of a real data set against those of established R packages (support.BWS, bwsTools).

The data set `ricebws1` is not ours to pass on: COMMONGROUND_RICE_DATA names its folder, and in CI it must be there.
"""

import json
from pathlib import Path
from typing import Any

import pytest

from commonground.analysis.count import Added, GroupCounts, count
from commonground.files.choices import read_choices
from commonground.records.choices import ChoiceData


@pytest.fixture(scope="module")
def reference(rice_data: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((rice_data / "reference.json").read_text(encoding="utf-8"))
    return found


@pytest.fixture(scope="module")
def answers(rice_data: Path) -> ChoiceData:
    return read_choices(rice_data / "responses.csv").data


def agree(ours: GroupCounts, theirs: list[dict[str, Any]]) -> None:
    assert len(ours.items) == len(theirs)
    for row in theirs:
        item = ours.item(row["item"])
        assert (item.shown, item.best, item.worst) == (row["shown"], row["best"], row["worst"])
        assert item.best_minus_worst == row["bw"]
        assert item.mean == pytest.approx(row["std_bw"], abs=1e-10)


def test_counts_and_ranks_of_everybody(answers: ChoiceData, reference: dict[str, Any]) -> None:
    ours = count(answers).groups[0]
    assert (ours.respondents, ours.tasks) == (reference["n_respondents"], reference["n_tasks_total"])
    agree(ours, reference["counts"])
    assert [ours.item(row["item"]).rank for row in reference["counts"]] == [
        row["rank_bw"] for row in reference["counts"]
    ]


def test_ratio_scores_of_everybody(answers: ChoiceData, reference: dict[str, Any]) -> None:
    ours = count(answers).groups[0]
    half = count(answers, added=Added(0.5)).groups[0]
    for row in reference["counts"]:
        item = ours.item(row["item"])
        assert item.sqrt_ratio == pytest.approx(row["sqrt_bw"], abs=1e-10)
        assert item.log_ratio == pytest.approx(row["log_sqrt_bw"], abs=1e-10)
        assert half.item(row["item"]).log_ratio == pytest.approx(row["log_bw_half"] / 2, abs=1e-10)


@pytest.mark.parametrize("column", ["age", "chem"])
def test_counts_by_group(column: str, answers: ChoiceData, reference: dict[str, Any]) -> None:
    theirs = {name: group for name, group in reference["groups"][column].items() if "counts" in group}
    ours = count(answers, by=column)
    assert [group.group for group in ours.groups] == sorted(theirs)
    for name, group in theirs.items():
        assert ours.group(name).respondents == group["n_respondents"]
        agree(ours.group(name), group["counts"])
