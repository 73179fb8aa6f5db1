"""`commonground predict`: models beside one another and beside chance, in rounds or by a holdout table."""

import csv
from pathlib import Path

import numpy as np
import pytest


@pytest.fixture
def answers(tmp_path: Path, commonground) -> Path:
    """Forty simulated people who differ a lot."""
    path = tmp_path / "answers.csv"
    run = commonground(
        *("simulate", "--items", 5, "--per-task", 3, "--respondents", 40, "--sd", 2, "--out", path, "--seed", 4)
    )
    assert run.status == 0
    return path


def test_models_that_know_people_foresee_them_better_than_one_for_all(answers, commonground):
    run = commonground(
        "predict", answers, "--models", "counts,aggregate,eb", "--leave-out", 2, "--repeats", 2, "--json"
    )
    found = run.json()
    assert run.status == 0
    assert (found["tasks"], found["respondents"], found["rounds"]) == (160, 40, 2)
    scores = {one["model"]: one["score"]["log_score"] for one in found["models"]}
    assert np.log(1 / 6) == pytest.approx(found["chance"]["log_score"])
    assert found["chance"]["log_score"] < scores["aggregate"] < scores["eb"]
    assert scores[found["best_model"]] == max(scores.values())
    for one in found["models"]:
        assert one["behind_best"] == pytest.approx(one["score"]["log_score"] - scores[found["best_model"]])
        assert one["standard_error"]["log_score"] > 0


def test_every_model_has_a_row_and_chance_stands_first(answers, commonground, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    run = commonground("predict", answers, "--leave-out", 1, "--repeats", 1)
    assert run.status == 0
    rows = [line.split()[0] for line in run.out.splitlines() if "%" in line]
    assert rows == ["chance", "counts", "aggregate", "latent-class", "eb", "hb"]
    assert max(map(len, run.out.splitlines())) <= 80


def test_a_holdout_table_says_which_tasks(answers, tmp_path, commonground):
    with answers.open(encoding="utf-8") as table:
        people = dict.fromkeys(row["respondent"] for row in csv.DictReader(table))
    path = tmp_path / "holdout.csv"
    path.write_text("respondent,task,holdout\n" + "".join(f"{who},1,1\n" for who in people))
    found = commonground("predict", answers, "--models", "counts", "--holdout", path, "--json").json()
    assert (found["tasks"], found["rounds"]) == (40, 1)
    run = commonground("predict", answers, "--holdout", path, "--repeats", 3)
    assert run.status == 2
    assert "the holdout table says which tasks are left out" in run.err


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (("--models", "tarot"), 2, "there is no model 'tarot'"),
        (("--models", ","), 2, "no model is named"),
        (("--leave-out", 0), 2, "--leave-out"),
        (("--choice-rule", "rank"), 2, "foresees no pairs"),
    ],
)
def test_wrong_calls_are_refused_with_words(arguments, status, words, answers, commonground):
    run = commonground("predict", answers, *arguments)
    assert run.status == status
    assert words in run.err
