"""`commonground simulate` and `commonground quality`, as a script would use them."""

import csv

import pytest


def _rows(path):
    with path.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


@pytest.fixture
def simulated(commonground, tmp_path):
    """A small simulated choice table in two groups, with a repeated task."""
    path = tmp_path / "choices.csv"
    run = commonground(
        "simulate",
        "--items",
        7,
        "--per-task",
        4,
        "--repeat",
        "--groups",
        "A:12,B:8",
        "--sd",
        2,
        "--out",
        path,
        "--json",
    )
    assert run.status == 0, run.err
    return path, run.json()


def test_simulate_writes_a_choice_table_that_the_other_commands_read(commonground, simulated):
    path, told = simulated
    assert told["respondents"] == 20
    assert told["tasks"] == 20 * 7
    assert told["repeats"] == 20
    assert set(told["means"]) == {"A", "B"}
    counts = commonground("count", path, "--by", "group", "--json").json()
    assert {group["group"]: group["respondents"] for group in counts["groups"]} == {"A": 12, "B": 8}


def test_the_same_seed_writes_the_same_bytes(commonground, tmp_path):
    files = [tmp_path / name for name in ("one.csv", "two.csv", "other.csv")]
    for file, seed in zip(files, (7, 7, 8), strict=True):
        commonground("simulate", "--items", 7, "--per-task", 3, "--respondents", 5, "--out", file, "--seed", seed)
    assert files[0].read_bytes() == files[1].read_bytes()
    assert files[0].read_bytes() != files[2].read_bytes()


@pytest.mark.parametrize(("option", "name"), [("--out", "c.xlsx"), ("--out", "c.json"), ("--utilities-out", "u.gz")])
def test_a_table_is_not_written_under_a_name_that_promises_another_format(commonground, tmp_path, option, name):
    options = {"--out": tmp_path / "c.csv"} | {option: tmp_path / name}
    run = commonground(
        "simulate", "--items", 7, "--respondents", 5, *(part for pair in options.items() for part in pair)
    )
    assert (run.status, run.out) == (2, "")
    assert f"name it '{tmp_path / name[0]}.csv'" in " ".join(run.err.split())
    assert not any(tmp_path.iterdir())


def test_a_study_document_is_answered_with_everything_it_asks(commonground, tmp_path):
    commonground("new", tmp_path / "mine")
    run = commonground(
        "simulate", tmp_path / "mine" / "study.yaml",
        "--respondents", 12, "--drop-outs",
        "--out", tmp_path / "choices.csv",
        "--respondents-out", tmp_path / "respondents.csv",
        "--utilities-out", tmp_path / "truth.csv",
        "--json",
    )  # fmt: skip
    assert run.status == 0, run.err
    told = run.json()
    assert told["statuses"]["complete"] == 12
    assert told["statuses"]["started"] == 2
    people = _rows(tmp_path / "respondents.csv")
    assert len(people) == sum(told["statuses"].values())
    assert {"group", "status", "gender", "role"} <= set(people[0])
    truth = _rows(tmp_path / "truth.csv")
    assert len(truth) == told["respondents"] == 14
    checked = commonground("check", tmp_path / "mine" / "study.yaml", tmp_path / "choices.csv")
    assert checked.status == 0, checked.err


@pytest.mark.parametrize(
    ("arguments", "status", "message"),
    [
        (["--out", "x.csv"], 2, "either a study document or --items"),
        (["--items", "7"], 2, "Missing option '--out'"),
        (["--items", "7", "--groups", "A:x", "--out", "x.csv"], 2, "'A:x' is not a group with its size"),
        (["--items", "7", "--groups", "A:5,B", "--out", "x.csv"], 2, "give a size for every group"),
        (["--items", "7", "--groups", "A:5", "--respondents", "9", "--out", "x.csv"], 2, "leave --respondents out"),
        (["nowhere.yaml", "--out", "x.csv"], 1, "nowhere.yaml"),
    ],
)
def test_simulate_says_what_is_missing(commonground, arguments, status, message):
    run = commonground("simulate", *arguments)
    assert run.status == status
    assert message in run.err


def test_a_group_the_study_does_not_have_is_refused(commonground, tmp_path):
    commonground("new", tmp_path / "mine")
    run = commonground("simulate", tmp_path / "mine" / "study.yaml", "--groups", "X:3", "--out", tmp_path / "x.csv")
    assert run.status == 1
    assert "no group 'X'" in run.err


def test_quality_tells_every_respondent_and_all_together(commonground, simulated):
    path, _ = simulated
    run = commonground("quality", path, "--json", "--simulations", 200)
    assert run.status == 0, run.err
    told = run.json()
    assert len(told["respondents"]) == 20
    totals = told["totals"]
    repeats = totals["repeats"]
    assert repeats["both_same"] + repeats["one_changed"] + repeats["both_changed"] == repeats["compared"] == 20
    assert repeats["chance"]["both_same"] == pytest.approx(1 / 12)
    assert 0.28 < totals["fit"]["equal_utilities"] < totals["fit"]["cut_off"] < 1
    signs = {"random_fit", "circular_triads", "repeat_changes", "straight_line", "identical_answers"}
    assert set(totals["false_flags"]) == signs
    first = told["respondents"][0]
    assert first["repeat"] in {"both_same", "one_changed", "both_changed"}
    assert first["duplicate_of"] is None
    assert first["seconds"] > 0
    assert told["provenance"]["seed"] == 1
    assert told["dropped"] == []


def test_quality_gives_the_same_figures_for_the_same_seed(commonground, simulated):
    path, _ = simulated
    first, again = (commonground("quality", path, "--json", "--simulations", 200).json() for _ in range(2))
    for told in (first, again):
        del told["run"]
    assert first == again


def test_quality_in_words_lists_who_shows_a_sign(commonground, simulated):
    path, _ = simulated
    run = commonground("quality", path, "--all", "--simulations", 200)
    assert run.status == 0, run.err
    for words in ("both changed", "by chance", "answering at random", "wrongly", "r20"):
        assert words in run.out


def test_quality_without_repeats_or_seconds_says_null(commonground, choices):
    told = commonground("quality", choices, "--json", "--simulations", 100).json()
    assert told["totals"]["repeats"] is None
    assert told["totals"]["seconds"] is None
    assert told["respondents"][0]["repeat"] is None
    words = commonground("quality", choices, "--simulations", 100).out
    assert "No task was answered twice" in words


def test_quality_needs_answers_not_counts(commonground, tmp_path):
    path = tmp_path / "counts.csv"
    path.write_text("item,best,worst\na,3,1\nb,1,3\n")
    run = commonground("quality", path)
    assert run.status == 1
    assert "choice table" in run.err
    assert "Traceback" not in run.err
