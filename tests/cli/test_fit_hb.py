"""`commonground fit --model hb`: what it prints and writes, and what it says when it must not be believed."""

import csv
import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

POPULATION = {"group", "item", "mean", "sd", "interval", "ess_bulk", "ess_tail", "rhat"}
SHORT = ("--model", "hb", "--draws", 100, "--warmup", 50, "--chains", 2, "--no-sensitivity")


@pytest.fixture
def answers(tmp_path: Path, commonground) -> Path:
    """Thirty simulated people in two groups who differ."""
    path = tmp_path / "answers.csv"
    run = commonground(
        *("simulate", "--items", 5, "--per-task", 3, "--groups", "A:15,B:15", "--sd", 1, "--out", path, "--seed", 3)
    )
    assert run.status == 0
    return path


@pytest.fixture
def holdout(tmp_path: Path, answers: Path) -> Path:
    """Each person's task 2."""
    with answers.open(encoding="utf-8") as table:
        rows = [(row["respondent"], row["task"], int(row["task"] == "2")) for row in csv.DictReader(table)]
    path = tmp_path / "holdout.csv"
    path.write_text("\n".join(["respondent,task,holdout", *(f"{a},{b},{c}" for a, b, c in rows), ""]))
    return path


def test_json_holds_what_the_contract_names(answers, commonground):
    run = commonground("fit", answers, *SHORT, "--json")
    assert run.status == 0
    found = run.json()
    assert all(set(one) == POPULATION for one in found["population"])
    assert sum(one["mean"] for one in found["population"]) == pytest.approx(0, abs=1e-9)
    assert len(found["heterogeneity"]["correlation"]) == len(found["heterogeneity"]["sd"]) == 5
    assert sum(one["share"] for one in found["share"]) == pytest.approx(1)
    assert {"max_rhat", "min_ess", "converged"} <= set(found["diagnostics"])
    assert found["null_rlh"] == pytest.approx((1 / 6) ** 0.5)  # three items: 1/3, then 1/2
    assert found["null_rlh"] < found["rlh"] < 1
    assert set(found["hit_rate"]) == {"best", "worst", "both"}
    assert found["held_out"] is None
    assert found["run"]["seconds"] > 0
    assert (found["provenance"]["seed"], found["provenance"]["settings"]["model"]) == (1, "hb")


def test_chains_that_did_not_converge_are_never_silent(answers, commonground):
    arguments = ("--model", "hb", "--draws", 10, "--warmup", 5, "--chains", 2, "--no-sensitivity")
    run = commonground("fit", answers, *arguments, "--json")
    assert run.status == 0
    assert run.json()["diagnostics"]["converged"] is False
    assert "NOT CONVERGED: the largest R-hat is" in run.err
    assert "Do not use these numbers. Run again with" in run.err
    assert "NOT CONVERGED, do not use" in " ".join(commonground("fit", answers, *arguments).out.split())


def test_without_a_number_of_draws_it_goes_on_until_it_has_converged(answers, commonground):
    found = commonground("fit", answers, "--model", "hb", "--json").json()
    assert found["diagnostics"]["converged"] is True
    assert found["diagnostics"]["max_rhat"] < 1.01
    assert found["diagnostics"]["min_ess"] > 400
    assert len(found["prior_sensitivity"]["items"]) == 5
    assert found["prior_sensitivity"]["other_scale"] == 2 * found["prior"]["scale"]


def test_individuals_are_written_one_a_row_whatever_items_are_called(tmp_path, commonground):
    path, out = tmp_path / "choices.csv", tmp_path / "individuals.csv"
    names = ("clear, shared goal", "à l'écoute", 'the "champion"', "money")
    with path.open("w", encoding="utf-8", newline="") as table:
        write = csv.writer(table).writerow
        write(["respondent", "task", "item_1", "item_2", "item_3", "best", "worst"])
        for person in range(8):
            for task in range(1, 5):
                shown = [names[(task + place) % 4] for place in range(3)]
                write([f"p {person}", task, *shown, shown[person % 2], shown[2]])
    assert commonground("fit", path, *SHORT, "--individuals", out).status == 0
    with out.open(encoding="utf-8", newline="") as table:
        rows = list(csv.DictReader(table))
    first, *columns, last = rows[0]
    assert (first, last) == ("respondent", "rlh")
    assert set(columns) == {*names, *(f"{name}_sd" for name in names)}
    assert [row["respondent"] for row in rows] == [f"p {person}" for person in range(8)]
    for row in rows:
        assert sum(float(row[name]) for name in names) == pytest.approx(0, abs=1e-9)
        assert 0 < float(row["rlh"]) < 1


def test_tasks_held_out_are_not_seen_and_foreseen(answers, holdout, commonground):
    found = commonground("fit", answers, *SHORT, "--holdout", holdout, "--json").json()
    held = found["held_out"]
    assert (held["tasks"], held["respondents"]) == (30, 30)
    assert held["chance"]["both"] == pytest.approx(1 / 6)
    assert held["chance"]["log_score"] == pytest.approx(np.log(1 / 6))
    assert held["chance"]["log_score"] < held["log_score"] < 0
    assert held["best"] > held["chance"]["best"]
    assert found["choices"] == commonground("fit", answers, *SHORT, "--json").json()["choices"] - 60
    assert len(found["provenance"]["settings"]["holdout_hash"]) == 64


def test_empirical_bayes_answers_at_once_and_says_what_it_is(answers, holdout, commonground):
    run = commonground("fit", answers, "--model", "hb", "--fast", "--by", "group", "--json")
    found = run.json()
    assert found["method"] == "empirical_bayes"
    assert found["diagnostics"]["converged"] is None
    assert "uncertainty is a little too small" in run.err
    sampled = commonground("fit", answers, "--model", "hb", "--draws", 400, "--by", "group", "--json").json()
    for fast, slow in zip(found["population"], sampled["population"], strict=True):
        assert fast["mean"] == pytest.approx(slow["mean"], abs=0.5 * slow["sd"])
        assert fast["sd"] == pytest.approx(slow["sd"], rel=0.25)
    words = commonground("fit", answers, "--model", "hb", "--fast", "--holdout", holdout)
    assert "no chains to check" in " ".join(words.out.split())
    assert "30 answers left out and foreseen" in words.out


def test_groups_have_means_of_their_own_and_are_compared(answers, commonground):
    found = commonground("fit", answers, *SHORT, "--by", "group", "--json").json()
    assert [(one["group"], one["item"]) for one in found["population"]][4:6] == [("A", "item-5"), ("B", "item-1")]
    assert {(one["group"], one["other"]) for one in found["groups_order"]} == {("A", "B")}
    assert all(0 <= one["probability"] <= 1 for one in found["groups_order"])
    order = np.array(found["items_order"][0]["probability"])
    assert order + order.T == pytest.approx(np.ones((5, 5)))
    words = commonground("fit", answers, *SHORT, "--by", "group")
    assert "Differences between groups" in words.out
    assert "group A: hierarchical Bayes, 15 of 30 respondents" in " ".join(words.out.split())


def test_words_for_people_fit_a_terminal(answers, holdout, commonground, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    run = commonground("fit", answers, *SHORT, "--holdout", holdout)
    assert max(map(len, run.out.splitlines())) <= 80
    assert "30 answers left out and foreseen" in run.out
    assert "SD of people" in run.out


def test_draws_are_written_as_arviz_reads_them(answers, tmp_path, commonground):
    import xarray

    path = tmp_path / "draws.nc"
    run = commonground("fit", answers, *SHORT, "--by", "group", "--arviz", path, "--json")
    assert run.status == 0
    tree = xarray.open_datatree(path, engine="h5netcdf")
    posterior = tree["posterior"].to_dataset()
    assert dict(posterior["mean"].sizes) == {"chain": 2, "draw": 100, "population_group": 2, "item": 5}
    mean = posterior["mean"].sel(population_group="B", item="item-3").mean()
    printed = {(one["group"], one["item"]): one["mean"] for one in run.json()["population"]}
    assert float(mean) == pytest.approx(printed["B", "item-3"])
    individual = tree["individual_posterior"]["utility"]
    assert dict(individual.sizes)["respondent"] == 30
    assert set(individual["draw"].values) <= set(range(100))
    tree.close()


def test_a_missing_library_is_said_before_anything_is_sampled(answers, tmp_path, commonground, monkeypatch):
    monkeypatch.setattr("commonground.files.arviz_draws.find_spec", lambda _: None)
    run = commonground("fit", answers, *SHORT, "--arviz", tmp_path / "draws.nc")
    assert run.status == 1
    assert "pip install 'commonground[arviz]'" in run.err


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (("--penalty", 1), 2, "--model hb does not use it"),
        (("--choice-rule", "rank"), 2, "sequential and maxdiff"),
        (("--prior-scale", 0), 2, "scale must be a positive number"),
        (("--prior-df", 0.5), 2, "df must be at least 1"),
        (("--draws", 2), 2, "--draws"),
        (("--chains", 0), 2, "--chains"),
        (("--fast", "--draws", 100), 2, "--fast has none"),
        (("--by", "nothing"), 1, "There is no column 'nothing'"),
        (("--individuals", "people.xlsx"), 2, "people.csv"),
        (("--holdout", "nowhere.csv"), 1, "there is no such file"),
    ],
)
def test_wrong_calls_are_refused_with_words(arguments, status, words, answers, commonground):
    run = commonground("fit", answers, "--model", "hb", *arguments)
    assert run.status == status
    assert not run.out
    assert words in run.err


def test_one_person_is_no_population(tmp_path, commonground):
    path = tmp_path / "choices.csv"
    path.write_text("respondent,task,item_1,item_2,item_3,best,worst\nr,1,a,b,c,a,b\nr,2,a,b,c,b,c\n")
    run = commonground("fit", path, "--model", "hb")
    assert run.status == 1
    assert "at least two people with answers, not 1" in run.err


def test_the_same_call_gives_the_same_bytes_and_needs_no_scipy(answers):
    program = """
import sys
from commonground.cli.main import main
sys.argv = ["commonground", "fit", sys.argv[1], "--model", "hb", "--draws", "50", "--warmup", "20", "--json"]
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
    assert json.loads(runs[0].stdout)["model"] == "hb"
    assert runs[0].stderr.splitlines()[-1] == ""


def test_the_defaults_of_the_options_are_those_of_the_model():
    from commonground.analysis.hierarchical import fit
    from commonground.analysis.hierarchical.prior import Prior
    from commonground.cli import fit_hb

    assert Prior(fit_hb.PRIOR_DF, fit_hb.PRIOR_SCALE, fit_hb.PRIOR_MEAN_SD) == Prior()
    assert (fit_hb.WARMUP, fit_hb.CHAINS) == (fit.WARMUP, fit.CHAINS)


APART = """respondent,task,item_1,item_2,item_3,best,worst
A,1,a,b,c,a,c
A,2,d,e,f,d,f
B,1,a,b,c,b,c
B,2,d,e,f,f,d
C,1,a,b,c,a,b
C,2,d,e,f,d,e
"""


@pytest.mark.parametrize("fast", [("--fast",), ("--draws", 50)])
def test_items_that_no_task_joins_are_named(fast, tmp_path, commonground):
    (tmp_path / "apart.csv").write_text(APART, encoding="utf-8")
    run = commonground("fit", tmp_path / "apart.csv", "--model", "hb", *fast, "--json")
    said = " ".join(run.json()["messages"])
    assert "No chain of tasks joins these 2 sets of items: a, b, c; d, e, f." in said


def test_an_unsettled_fast_fit_says_so_where_it_is_read(tmp_path, commonground):
    """A task each is too little for the fast way; chains know how uncertain that leaves them."""
    few = tmp_path / "few.csv"
    design = ("--items", 8, "--per-task", 5, "--tasks", 1, "--versions", 8)
    commonground("simulate", *design, "--respondents", 60, "--sd", 3, "--out", few)
    run = commonground("fit", few, "--model", "hb", "--fast", "--json")
    assert run.json()["diagnostics"]["converged"] is False
    assert "NOT SETTLED" in run.err
    assert "let chains find them" in run.err
    assert "NOT SETTLED, do not use" in " ".join(commonground("fit", few, "--model", "hb", "--fast").out.split())
