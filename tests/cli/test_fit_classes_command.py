"""`commonground fit --model latent-class`: what it prints, writes and refuses."""

import csv
from pathlib import Path

import pytest
import typer

from commonground.cli.fit_classes import numbers_of

SOLUTION_KEYS = {
    *(
        "bootstrap",
        "number_of_classes",
        "log_likelihood",
        "parameters",
        "aic",
        "bic",
        "caic",
        "entropy",
        "starts",
        "agreeing_starts",
    ),
    *("converged", "classes", "groups", "messages"),
}
ITEM_KEYS = {
    *("item", "utility", "standard_error", "robust_standard_error", "share", "share_standard_error"),
    "share_robust_standard_error",
}
FEW = ("--model", "latent-class", "--classes", "1-2", "--starts", 4)


@pytest.fixture
def answers(tmp_path: Path, commonground) -> Path:
    """Forty simulated people in two groups that lie far apart."""
    path = tmp_path / "answers.csv"
    run = commonground(
        *("simulate", "--items", 5, "--per-task", 3, "--groups", "A:25,B:15", "--sd", 0.2, "--out", path, "--seed", 3)
    )
    assert run.status == 0
    return path


def test_json_holds_what_the_contract_names(answers, commonground):
    found = commonground("fit", answers, *FEW, "--json").json()
    assert found["model"] == "latent-class"
    assert [one["number_of_classes"] for one in found["solutions"]] == [1, 2]
    assert all(set(one) == SOLUTION_KEYS for one in found["solutions"])
    assert found["chosen"] in {1, 2}
    assert found["why"].startswith(str(found["chosen"]))
    two = found["solutions"][1]
    assert [one["class"] for one in two["classes"]] == [1, 2]
    assert sum(one["size"] for one in two["classes"]) == pytest.approx(1)
    assert all(set(item) == ITEM_KEYS for one in two["classes"] for item in one["items"])
    assert two["groups"] is None
    assert not {"posteriors", "answered"} & set(found), "nobody is in the machine output"
    assert found["provenance"]["settings"] | {"classes": [1, 2], "starts": 4} == found["provenance"]["settings"]


def test_the_number_of_classes_is_tested_where_that_is_asked_for(answers, commonground):
    run = commonground("fit", answers, *FEW, "--bootstrap", 4)
    assert "of the bootstrapped test against one class fewer" in " ".join(run.out.split())
    assert "classes against one fewer: 2 against 1 p = " in " ".join(run.out.split())
    refused = commonground("fit", answers, "--model", "best", "--bootstrap", 9)
    assert (refused.status, "does not use it. It is for latent-class" in refused.err) == (2, True)


def test_one_class_is_what_the_aggregate_model_gives(answers, commonground):
    one = commonground("fit", answers, "--model", "latent-class", "--classes", 1, "--choice-rule", "maxdiff", "--json")
    whole = commonground("fit", answers, "--model", "maxdiff", "--json").json()["models"][0]
    (solution,) = one.json()["solutions"]
    assert solution["bic"] == pytest.approx(whole["bic"])
    ours = [item["robust_standard_error"] for item in solution["classes"][0]["items"]]
    assert ours == pytest.approx([item["robust_standard_error"] for item in whole["items"]])


def test_words_for_people_fit_a_terminal(answers, commonground, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    run = commonground("fit", answers, "--model", "latent-class", "--classes", 2, "--starts", 4, "--by", "group")
    words = " ".join(run.out.split())
    assert "Latent classes: sequential, 40 respondents" in words
    assert "Taken: 2 classes" in words
    assert "Class 1:" in words
    assert "Classes by group" in words
    assert max(map(len, run.out.splitlines())) <= 80
    assert "pulled towards" in run.err


def test_membership_is_written_for_every_respondent_in_their_order(answers, commonground, tmp_path):
    path = tmp_path / "membership.csv"
    run = commonground("fit", answers, "--model", "latent-class", "--classes", 2, "--individuals", path, "--json")
    assert "Membership of 40 respondents in 2 classes" in run.err
    rows = list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))
    assert list(rows[0]) == ["respondent", "class", "class_1", "class_2"]
    assert [row["respondent"] for row in rows[:3]] == ["r1", "r2", "r3"]
    for row in rows:
        chances = [float(row["class_1"]), float(row["class_2"])]
        assert sum(chances) == pytest.approx(1, abs=2e-6)
        assert row["class"] == str(1 + chances.index(max(chances)))


def test_the_same_seed_gives_the_same_output(answers, commonground):
    runs = [commonground("fit", answers, *FEW, "--seed", 5, "--json").out.partition('"run"')[0] for _ in range(2)]
    assert runs[0] == runs[1]


def test_numbers_of_classes_are_read_as_people_write_them():
    assert numbers_of("1-3") == (1, 2, 3)
    assert numbers_of(" 2 , 4-5 ") == (2, 4, 5)
    for wrong in ("", "x", "3-1", "1-", "1;2", "-2"):
        with pytest.raises(typer.BadParameter):
            numbers_of(wrong)


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (("--classes", "five"), 2, "write 3, or 1-5"),
        (("--classes", "0-2"), 2, "between 1 and 10"),
        (("--choice-rule", "probit"), 2, "probit"),
        (("--starts", "0"), 2, "starts"),
        (("--reference", "item-1"), 2, "--model latent-class does not use it"),
        (("--individuals", "members.xlsx"), 2, "members.csv"),
        (("--by", "nothing"), 1, "There is no column 'nothing'"),
        (("--only", "group=B", "--only", "respondent=r26"), 1, ""),
    ],
)
def test_wrong_calls_are_refused_with_words(arguments, status, words, answers, commonground):
    run = commonground("fit", answers, "--model", "latent-class", *arguments)
    assert run.status == status
    assert not run.out
    assert words in run.err


def test_more_classes_than_people_are_refused(tmp_path, commonground):
    path = tmp_path / "choices.csv"
    path.write_text("respondent,task,item_1,item_2,item_3,best,worst\nr,1,a,b,c,a,b\ns,1,a,b,c,b,c\n")
    run = commonground("fit", path, "--model", "latent-class", "--classes", "1-3")
    assert run.status == 1
    assert "3 classes for 2 respondents" in run.err


def test_the_options_of_classes_are_for_classes_only(answers, commonground):
    for option, value in (("--classes", "2"), ("--starts", "3"), ("--choice-rule", "best"), ("--individuals", "x.csv")):
        run = commonground("fit", answers, "--model", "sequential", option, value)
        assert run.status == 2
        assert "latent-class" in run.err
