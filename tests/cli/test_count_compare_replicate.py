"""`commonground count`, `compare` and `replicate`, as people and programs call them."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Run

    Program = Callable[..., Run]

COUNTS = """item,best,worst,group,respondents
open,123,9,HP,64
comm,4,143,HP,64
goal,125,12,HP,64
open,43,6,R,32
comm,0,90,R,32
goal,48,6,R,32
"""


@pytest.fixture
def answers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Twelve people in two groups who answer seven tasks of three; a blank row and one person without a group."""
    lines = ["respondent,task,item_1,item_2,item_3,best,worst,group"]
    for person in range(12):
        group = "" if person == 11 else "xy"[person % 2]
        for task in range(7):
            shown = ["abcdefg"[(task + step) % 7] for step in (1, 2, 4)]
            shown.sort(reverse=bool((person * task + person) % 3 == 1))
            best, worst = ("", "") if (person, task) == (0, 6) else (shown[0], shown[-1])
            lines.append(",".join([f"p{person}", str(task + 1), *shown, best, worst, group]))
    (tmp_path / "answers.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return "answers.csv"


@pytest.fixture
def counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A count table as a paper prints it."""
    (tmp_path / "counts.csv").write_text(COUNTS, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return "counts.csv"


def as_json(result: "Run") -> dict[str, Any]:
    assert result.status == 0
    return result.json()


def test_count_gives_the_keys_of_the_contract(commonground: "Program", answers: str) -> None:
    found = as_json(commonground("count", answers, "--by", "group", "--add", "0.5", "--json"))
    assert found["added"] == {"constant": 0.5, "to": "all"}
    assert [group["group"] for group in found["groups"]] == ["x", "y"]
    assert set(found["groups"][0]) == {"group", "respondents", "tasks", "items"}
    assert set(found["groups"][0]["items"][0]) == {
        "item",
        "shown",
        "best",
        "worst",
        "best_minus_worst",
        "mean",
        "sqrt_ratio",
        "log_ratio",
        "rescaled",
        "rank",
        "rank_by_ratio",
    }
    assert (found["unanswered"], found["without_group"]) == (1, 1)


def test_count_says_what_it_left_out(commonground: "Program", answers: str) -> None:
    ended = commonground("count", answers, "--by", "group")
    assert "1 row without any answer left out." in ended.err
    assert "1 respondent without a value in 'group' left out." in ended.err
    assert "x, 6 respondents" in ended.out


def test_count_of_everybody(commonground: "Program", answers: str) -> None:
    found = as_json(commonground("count", answers, "--json"))
    assert [(group["group"], group["respondents"], group["tasks"]) for group in found["groups"]] == [("all", 12, 83)]


def test_a_column_that_is_not_there_ends_with_1_and_names_those_that_are(commonground: "Program", answers: str) -> None:
    ended = commonground("count", answers, "--by", "role")
    assert (ended.status, ended.out) == (1, "")
    assert "There is no column 'role'. Columns that describe respondents: group." in ended.err


def test_a_constant_below_zero_is_a_wrong_call(commonground: "Program", answers: str) -> None:
    assert commonground("count", answers, "--add", "-1").status == 2


def test_compare_gives_the_keys_of_the_contract(commonground: "Program", answers: str) -> None:
    found = as_json(
        commonground("compare", answers, "--by", "group", "--resamples", "50", "--permutations", "50", "--json")
    )
    assert found["added"] == {"constant": 0.5, "to": "all"}
    item = found["items"][0]
    assert {"item", "class", "apart", "rescaled", "range", "strict_pairs", "pairs"} <= set(item)
    assert set(item["pairs"][0]) == {
        "groups",
        "mean_difference",
        "mean_interval",
        "log_ratio_difference",
        "log_ratio_interval",
        "adjusted_p",
        "verdict",
    }
    assert set(found["class_frequencies"]) == {"a", "b", "c", "d", "e", "f", "g"}
    assert set(found["false_flags"]) == {"mean", "percentile_95", "at_least_one", "observed"}
    assert found["provenance"]["seed"] == 1


def test_the_same_call_gives_the_same_bytes(commonground: "Program", answers: str) -> None:
    call = ("compare", answers, "--by", "group", "--resamples", "50", "--permutations", "50", "--json", "--seed", "3")
    first, again = (as_json(commonground(*call)) for _ in range(2))
    del first["run"], again["run"]
    assert json.dumps(first) == json.dumps(again)


def test_compare_speaks_of_people_and_chance(commonground: "Program", answers: str) -> None:
    ended = commonground("compare", answers, "--by", "group", "--resamples", "50", "--permutations", "50")
    assert ended.status == 0
    assert "on mean scores per person (from −2.96 to 2.96)" in ended.out, "one task of one person is without an answer"
    assert "The rule flags" in ended.out
    assert "Fewer than 10 people in x, y" in ended.err


def test_compare_of_printed_counts_says_what_it_cannot_know(commonground: "Program", counts: str) -> None:
    found = as_json(commonground("compare", counts, "--by", "group", "--add", "0.1", "--add-to", "R", "--json"))
    assert (found["class_frequencies"], found["false_flags"], found["group_means"]) == (None, None, None)
    assert {pair["adjusted_p"] for item in found["items"] for pair in item["pairs"]} == {None}
    assert "counts without respondents" in found["messages"][0]
    open_item = next(item for item in found["items"] if item["item"] == "open")
    assert open_item["pairs"][0]["mean_difference"] == pytest.approx(114 / 64 - 37 / 32)


def test_a_count_table_is_counted_too(commonground: "Program", counts: str) -> None:
    found = as_json(commonground("count", counts, "--by", "group", "--json"))
    comm = {item["item"]: item for item in found["groups"][1]["items"]}["comm"]
    assert (comm["sqrt_ratio"], comm["log_ratio"], comm["rescaled"], comm["rank_by_ratio"]) == (0.0, None, None, 3)
    assert found["groups"][0]["tasks"] is None


@pytest.mark.parametrize(
    ("option", "value", "words"),
    [
        ("--threshold", "3", "This threshold cannot be used. Take a number above 0, at most 1, such as 0.2."),
        ("--threshold", "nan", "This threshold cannot be used."),
        ("--margin", "0", "This margin cannot be used."),
        ("--level", "95", "This level cannot be used. Take a number between 0.5 and 1, such as 0.95."),
        ("--add", "inf", "The added constant must be 0 or more"),
        ("--only", "group", "'group' is no choice of respondents."),
    ],
)
def test_an_impossible_setting_is_a_wrong_call(
    commonground: "Program", answers: str, option: str, value: str, words: str
) -> None:
    ended = commonground("compare", answers, "--by", "group", option, value)
    assert (ended.status, ended.out) == (2, "")
    assert words in ended.err


def test_replicate_ends_with_0_and_every_derived_cell_matched(commonground: "Program") -> None:
    found = as_json(commonground("replicate", "--json"))
    assert found["summary"] == {"matches": 709, "published inconsistent": 20, "differs": 0}
    derived = [
        cell
        for cell in found["cells"]
        if cell["table"] in ("Table 4", "Table 5", "Table 6") and cell["column"] in ("√(M/L)", "ln √(M/L)", "rescaled")
    ]
    assert len(derived) == 99
    assert {cell["verdict"] for cell in derived} == {"matches"}


def test_replicate_prints_every_table_and_a_summary(commonground: "Program") -> None:
    ended = commonground("replicate")
    assert ended.status == 0
    for name in ("Table 2", "Table 3", "Table 4", "Table 5", "Table 6", "Fig. 4", "Fig. 5", "Drop-out", "Recruitment"):
        assert name in ended.out
    assert ended.out.rstrip().endswith("729 cells: 709 match, 20 are published inconsistent, 0 differ.")


def test_replicate_ends_with_1_when_a_cell_differs(commonground: "Program", monkeypatch: pytest.MonkeyPatch) -> None:
    """The negative control: with one printed number changed, the program must notice."""
    from commonground.published import conduct

    monkeypatch.setattr("commonground.published.check_people.COMPLETED", conduct.COMPLETED + 1)
    ended = commonground("replicate")
    assert ended.status == 1
    assert "differs: participants, completed = sum of groups: 128, recomputed 127." in ended.out
