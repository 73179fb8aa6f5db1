"""`screen` and `report`, run as a person or a script runs them."""

import csv
import json

import pytest

from commonground.design.build import build_design
from commonground.files.choices import write_choices
from commonground.files.respondents import write_respondents
from commonground.files.study import parse_study
from commonground.files.templates import template_text
from commonground.published.preferences import PUBLISHED_LIKE
from commonground.screening.records import FROM_CHOICES, Rule
from commonground.simulation.fielding import Flow, simulate_study

FLOW = Flow({"HP": 12, "R": 8, "P": 8}, {"HP": 1, "R": 1}, ineligible=3)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A study that has been answered."""
    folder = tmp_path_factory.mktemp("fielded")
    text = template_text("partner-priorities")
    (folder / "study.yaml").write_text(text)
    study = parse_study(text, "study.yaml").study
    people = simulate_study(study, build_design(11, 5, repeat=True, seed=1), PUBLISHED_LIKE, FLOW, seed=2)
    write_choices(people.choices, folder / "choices.csv")
    write_respondents(people.respondents, folder / "respondents.csv")
    return folder


def test_report_writes_one_page_with_figures_and_data(commonground, folder, tmp_path):
    run = commonground("report", folder / "study.yaml", folder / "choices.csv", "--out", tmp_path / "r", "--json")
    assert run.status == 0, run.err
    result = run.json()
    page = (tmp_path / "r" / "report.html").read_text()
    assert result["provenance"]["study_hash"] in page
    assert result["provenance"]["data_hash"] in page
    assert str(result["provenance"]["seed"]) in page
    for figure in result["figures"]:
        assert (tmp_path / "r" / "figures" / f"{figure['id']}.svg").is_file()
        assert (tmp_path / "r" / "data" / f"{figure['id']}.csv").is_file()
    assert "commonground report study.yaml choices.csv --out report" in page
    assert str(folder) not in page


def test_the_same_inputs_give_the_same_page(commonground, folder, tmp_path):
    for name in ("one", "two"):
        commonground("report", folder / "study.yaml", folder / "choices.csv", "--out", tmp_path / name)
    assert (tmp_path / "one/report.html").read_bytes() == (tmp_path / "two/report.html").read_bytes()


@pytest.mark.parametrize("command", ["screen", "report"])
def test_answers_about_other_items_are_refused(commonground, folder, tmp_path, command):
    other = tmp_path / "other.csv"
    other.write_text("respondent,task,item_1,item_2,item_3,best,worst,group\n1,1,a,b,open,a,b,HP\n")
    run = commonground(
        command, folder / "study.yaml", other, *(["--out", tmp_path / "r"] if command == "report" else [])
    )
    assert (run.status, run.out) == (1, "")
    assert "the study has no item 'a', 'b'." in run.err
    assert not (tmp_path / "r").exists()


def test_answers_of_people_in_no_group_are_refused_with_a_mend(commonground, folder, tmp_path):
    with (folder / "choices.csv").open(newline="") as file:
        rows = [{name: cell for name, cell in row.items() if name != "group"} for row in csv.DictReader(file)]
    with (tmp_path / "choices.csv").open("w", newline="") as file:
        table = csv.DictWriter(file, rows[0])
        table.writeheader()
        table.writerows(rows)
    run = commonground("report", folder / "study.yaml", tmp_path / "choices.csv", "--out", tmp_path / "r")
    assert run.status == 1
    assert "nothing tells which partner group a respondent belongs to. Add a column 'group' with HP, R, P" in run.err


def test_nothing_is_claimed_of_a_design_people_did_not_see(commonground, folder, tmp_path):
    text = (folder / "study.yaml").read_text().replace("  tasks: 11\n", "  tasks: 10\n", 1)
    (tmp_path / "study.yaml").write_text(text)
    run = commonground("report", tmp_path / "study.yaml", folder / "choices.csv", "--out", tmp_path / "r")
    assert run.status == 0
    assert "answered tasks show other items than the design of the study" in run.err
    page = (tmp_path / "r/report.html").read_text()
    assert "The tasks people answered are not those of the design" in page
    assert "every pair" not in page


def test_the_seed_that_was_used_is_the_seed_that_is_told(commonground, folder, tmp_path):
    run = commonground("report", folder / "study.yaml", folder / "choices.csv", "--out", tmp_path / "r", "--seed", "77")
    assert run.status == 0
    page = (tmp_path / "r/report.html").read_text()
    assert "Chance was drawn with the seed 77." in page
    assert "20260101" not in page


def test_report_without_respondents_warns(commonground, folder, tmp_path):
    lone = tmp_path / "lone"
    lone.mkdir()
    (lone / "choices.csv").write_bytes((folder / "choices.csv").read_bytes())
    run = commonground("report", folder / "study.yaml", lone / "choices.csv", "--out", tmp_path / "r")
    assert run.status == 0
    assert "No respondents table" in run.err
    assert "recruitment-flow" not in (tmp_path / "r/report.html").read_text()


def test_a_study_without_answers_says_how_many_are_missing(commonground, folder, tmp_path):
    rows = (folder / "choices.csv").read_text().splitlines()
    (tmp_path / "choices.csv").write_text("\n".join(rows[:4]) + "\n")
    run = commonground("report", folder / "study.yaml", tmp_path / "choices.csv", "--out", tmp_path / "r")
    assert run.status == 1
    assert "cannot be analysed yet" in run.err
    assert "2 more of" in run.err
    assert not (tmp_path / "r").exists()


def test_report_leaves_other_peoples_files_alone(commonground, folder, tmp_path):
    (tmp_path / "report.html").write_text("mine")
    run = commonground("report", folder / "study.yaml", folder / "choices.csv", "--out", tmp_path)
    assert run.status == 1
    assert "report.html" in run.err
    assert (tmp_path / "report.html").read_text() == "mine"


def test_another_format_is_refused(commonground, folder, tmp_path):
    run = commonground("report", folder / "study.yaml", folder / "choices.csv", "--out", tmp_path, "--format", "docx")
    assert run.status == 1
    assert "html" in run.err


def test_screen_flags_and_never_drops(commonground, folder, tmp_path):
    before = (folder / "choices.csv").read_bytes()
    out = tmp_path / "flags.csv"
    run = commonground(
        "screen", folder / "study.yaml", folder / "choices.csv", "--simulations", "200", "--out", out, "--json"
    )
    assert run.status == 0, run.err
    result = run.json()
    assert [rule["rule"] for rule in result["rules"]] == [rule.value for rule in Rule]
    assert {rule["rule"] for rule in result["rules"] if rule["stage"] == 2} == {rule.value for rule in FROM_CHOICES}
    assert all(rule["wrongs"] and rule["told_of_genuine"] for rule in result["rules"])
    with out.open(newline="") as file:
        written = list(csv.DictReader(file))
    assert [row["respondent"] for row in written] == [flag["respondent"] for flag in result["flags"]]
    assert (folder / "choices.csv").read_bytes() == before


def decided(folder, tmp_path, *rows):
    table = tmp_path / "decisions.csv"
    table.write_text("\n".join(["respondent,reviewer,verdict,reason,stage,settles", *rows]) + "\n")
    return "screen", folder / "study.yaml", folder / "choices.csv", "--simulations", "100", "--decisions", table


def test_decisions_are_settled_and_the_report_leaves_the_excluded_out(commonground, folder, tmp_path):
    rows = ("r1,Ann,exclude,test,,", "r1,Bo,exclude,duplicate,,", "r2,Ann,keep,weak,,", "r2,Bo,unsure,,,")
    out = tmp_path / "decided.csv"
    run = commonground(*decided(folder, tmp_path, *rows, "r3,Ann,exclude,careless,2,"), "--decided", out, "--json")
    assert run.status == 0, run.err
    told = run.json()["decisions"]
    rows = (folder / "choices.csv").read_text().splitlines()[1:]
    people = len({row.partition(",")[0] for row in rows})
    assert (told["kept"], told["excluded"]) == (people - 1, 1)
    first, second = told["stages"]
    states = {one["respondent"]: one["state"] for one in first["outcomes"]}
    assert (states["r1"], states["r2"]) == ("excluded", "disputed")
    assert first["agreement"]["raw"] == 0.5
    assert {one["respondent"]: one["state"] for one in second["outcomes"]}["r3"] == "waiting"
    page = commonground(
        "report", folder / "study.yaml", folder / "choices.csv", "--respondents", out, "--out", tmp_path / "r"
    )
    assert page.status == 0, page.err
    assert "Excluded after screening: a test by the team" in (tmp_path / "r/report.html").read_text()
    assert "1 person was excluded after screening" in (tmp_path / "r/report.html").read_text()


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("nobody,Ann,keep,weak,,", "'nobody' is not among the answers"),
        ("r1,Ann,perhaps,,,", "'perhaps' is no verdict. Write keep, exclude, unsure"),
        ("r1,Ann,unsure,,,1", "a row that settles a case cannot be unsure"),
        ("r1,Ann,keep,,3,", "'3' is neither 1 nor 2"),
        ("r9,Ann,keep,weak,,", "'Ann' has decided about 'r9' already"),
    ],
)
def test_a_decision_that_cannot_be_is_refused_with_its_row(commonground, folder, tmp_path, row, words):
    run = commonground(*decided(folder, tmp_path, "r9,Ann,keep,weak,1,", row))
    assert (run.status, run.out) == (1, "")
    assert "row 3" in run.err
    assert words in run.err


def test_what_became_of_cases_needs_decisions(commonground, folder, tmp_path):
    run = commonground("screen", folder / "study.yaml", folder / "choices.csv", "--decided", tmp_path / "d.csv")
    assert run.status == 2
    assert "--decisions FILE" in run.err


def test_screen_speaks_to_people_too(commonground, folder):
    run = commonground("screen", folder / "study.yaml", folder / "choices.csv", "--simulations", "200")
    assert run.status == 0
    assert "people decide" in run.out.replace("\n", " ")


def test_json_is_one_object_and_the_same_twice(commonground, folder):
    arguments = ("screen", folder / "study.yaml", folder / "choices.csv", "--simulations", "200", "--json")
    first, second = (json.loads(commonground(*arguments).out) for _ in range(2))
    first.pop("run")
    second.pop("run")
    assert first == second
