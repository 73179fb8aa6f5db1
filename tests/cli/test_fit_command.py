"""`commonground fit`: what it prints, what it refuses, and that its promises hold in a process of its own."""

import subprocess
import sys
from pathlib import Path

import pytest

ITEM_KEYS = {*("item", "utility", "standard_error", "robust_standard_error", "share", "rank", "joint_rank_interval")}
MODEL_KEYS = {
    *("group", "model", "respondents", "choices", "log_likelihood", "null_log_likelihood", "mcfadden_r2", "aic", "bic"),
    *("converged", "items"),
}


@pytest.fixture
def answers(tmp_path: Path, commonground) -> Path:
    """Thirty simulated people in two groups."""
    path = tmp_path / "answers.csv"
    run = commonground(
        *("simulate", "--items", 5, "--per-task", 3, "--groups", "A:15,B:15", "--sd", 0.5, "--out", path, "--seed", 3)
    )
    assert run.status == 0
    return path


@pytest.mark.parametrize("model", ["best", "worst", "marginal", "sequential", "maxdiff", "rank"])
def test_json_holds_what_the_contract_names(model, answers, commonground):
    found = commonground("fit", answers, "--model", model, "--json").json()
    (one,) = found["models"]
    assert set(one) >= MODEL_KEYS
    assert (one["group"], one["model"], one["respondents"], one["converged"]) == ("all", model, 30, True)
    assert all(set(item) == ITEM_KEYS for item in one["items"])
    assert sum(item["utility"] for item in one["items"]) == pytest.approx(0, abs=1e-9)
    assert sum(item["share"] for item in one["items"]) == pytest.approx(1)
    assert found["provenance"]["settings"]["model"] == model


def test_sequential_is_the_default(answers, commonground):
    assert commonground("fit", answers, "--json").json()["models"][0]["model"] == "sequential"


def test_groups_are_fitted_apart_and_tested(answers, commonground):
    run = commonground("fit", answers, "--by", "group", "--permutations", 50, "--seed", 4, "--json")
    found = run.json()
    assert [one["group"] for one in found["models"]] == ["A", "B"]
    assert found["group_tests"]["equal_utilities"]["df"] == 4
    assert 0 < found["group_tests"]["equal_utilities"]["permuted_p"] <= 1
    assert "far too small" in found["group_tests"]["warning"]
    assert found["provenance"]["seed"] == 4


def test_words_for_people_fit_a_terminal_and_carry_the_warning(answers, commonground, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    run = commonground("fit", answers, "--by", "group", "--reference", "item-3", "--permutations", 20)
    words = " ".join(run.out.split())
    assert "group A: sequential, 15 respondents" in words
    assert "relative to item-3" in words
    assert "far too small" in words
    assert "Converged" in words
    assert max(map(len, run.out.splitlines())) <= 80


def test_separation_is_said_by_name_and_utilities_are_null(tmp_path, commonground):
    path = tmp_path / "choices.csv"
    path.write_text(
        "respondent,task,item_1,item_2,item_3,item_4,best,worst\n"
        "r,1,a,b,c,the fourth,a,b\nr,2,a,b,c,the fourth,b,c\n"
        "s,1,a,b,c,the fourth,c,a\ns,2,a,b,c,the fourth,a,the fourth\n"
        "s,3,a,b,c,,b,a\n"
    )
    run = commonground("fit", path, "--model", "best", "--json")
    assert run.status == 0
    (one,) = run.json()["models"]
    assert not one["converged"]
    assert {item["item"]: item["utility"] is None for item in one["items"]}["the fourth"]
    assert one["separated"][0]["items"] == ["the fourth"]
    assert "'the fourth' was never picked as best" in run.err
    assert "penalty" in run.err
    people = commonground("fit", path, "--model", "best")
    assert "NOT converged" in people.out
    assert "–" in people.out
    mended = commonground("fit", path, "--model", "best", "--penalty", 0.5, "--json").json()["models"][0]
    assert mended["converged"]
    assert commonground("fit", path, "--model", "sequential", "--json").json()["models"][0]["converged"]


def test_marginal_says_that_it_does_not_compare(answers, commonground):
    run = commonground("fit", answers, "--model", "marginal", "--json")
    assert "do not compare" in run.err
    assert any("do not compare" in message for message in run.json()["models"][0]["messages"])


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (("--model", "probit"), 2, "probit"),
        (("--penalty", "-1"), 2, "penalty"),
        (("--reference", "nobody"), 1, "There is no item 'nobody'"),
        (("--by", "nothing"), 1, "There is no column 'nothing'"),
    ],
)
def test_wrong_calls_are_refused_with_words(arguments, status, words, answers, commonground):
    run = commonground("fit", answers, *arguments)
    assert run.status == status
    assert not run.out
    assert words in run.err


def test_an_option_the_model_does_not_use_is_refused(answers, commonground, monkeypatch):
    from commonground.cli import fit

    monkeypatch.setitem(fit.ONLY_FOR, "permutations", frozenset({fit.ModelName.BEST}))
    run = commonground("fit", answers, "--permutations", 10)
    assert run.status == 2
    assert "--model sequential does not use it. It is for best." in run.err
    assert commonground("fit", answers).status == 0  # the default is nobody's mistake


def test_a_count_table_has_no_choices_to_fit(tmp_path, commonground):
    path = tmp_path / "counts.csv"
    path.write_text("item,best,worst\na,3,1\nb,1,3\n")
    run = commonground("fit", path)
    assert run.status == 1
    assert "count table" in run.err


def test_a_fit_needs_no_scipy_and_the_same_call_gives_the_same_bytes(answers, tmp_path):
    """Importing scipy alone takes longer than the whole fit."""
    program = """
import sys
from commonground.cli.main import main
sys.argv = ["commonground", "fit", sys.argv[1], "--by", "group", "--permutations", "20", "--json"]
try:
    main()
finally:
    print(*sorted(name for name in sys.modules if name == "scipy" or name == "rich"), file=sys.stderr)
"""
    runs = [
        subprocess.run([sys.executable, "-c", program, answers], capture_output=True, text=True, check=True)
        for _ in range(2)
    ]
    assert runs[0].stdout.partition('"run"')[0] == runs[1].stdout.partition('"run"')[0]
    assert runs[0].stderr.split() == []


def test_one_respondent_is_one(tmp_path, commonground):
    (tmp_path / "one.csv").write_text("respondent,task,item_1,item_2,best,worst\nA,1,a,b,a,b\nA,2,b,a,b,a\n")
    assert "1 respondent, 4 choices" in commonground("fit", tmp_path / "one.csv").out
