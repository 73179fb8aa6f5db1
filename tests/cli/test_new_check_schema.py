"""A study begun, checked and described from the command line."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Program = Callable[..., Any]


@pytest.fixture
def study(commonground: Program, tmp_path: Path) -> Path:
    assert commonground("new", tmp_path / "mine", "--template", "blank").status == 0
    return tmp_path / "mine" / "study.yaml"


def test_new_names_the_next_two_commands(commonground: Program, tmp_path: Path) -> None:
    run = commonground("new", tmp_path / "mine")
    path = tmp_path / "mine" / "study.yaml"
    assert run.status == 0
    assert f"commonground check {path}" in run.out
    assert f"commonground serve --study {path}" in run.out
    assert path.read_text("utf-8").startswith("# A best-worst scaling study")


def test_new_as_json(commonground: Program, tmp_path: Path) -> None:
    said = commonground("new", tmp_path, "--template", "blank", "--title", "Our team", "--json").json()
    assert (said["study"], said["template"]) == ("our-team", "blank")
    assert len(said["provenance"]["study_hash"]) == 64


def test_new_overwrites_nothing(commonground: Program, study: Path) -> None:
    before = study.read_text()
    run = commonground("new", study.parent)
    assert (run.status, run.out) == (1, "")
    assert "there is a study here already" in run.err
    assert study.read_text() == before


def test_new_with_a_file_in_the_way(commonground: Program, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    run = commonground("new", tmp_path / "file")
    assert run.status == 1
    assert "this is a file, not a folder." in run.err


def test_check_says_what_a_good_study_holds(commonground: Program, study: Path) -> None:
    run = commonground("check", study)
    assert (run.status, run.err) == (0, "")
    assert "7 items, 1 partner group, 0 questions, 7 tasks of 4, one of them shown twice, in en." in run.out
    assert commonground("check", study.parent).status == 0  # the folder will do


def test_check_prints_warnings_and_still_agrees(commonground: Program, tmp_path: Path) -> None:
    commonground("new", tmp_path)
    run = commonground("check", tmp_path)
    assert run.status == 0
    assert "Warning: " in run.err
    assert re.search(r"study\.yaml, line \d+, contact, en: this is still the template's address \(also lines ", run.err)


def test_check_names_every_mistake(commonground: Program, study: Path) -> None:
    study.write_text(study.read_text().replace("items:", "itmes:").replace("per_task: 4", "per_task: four"))
    run = commonground("check", study)
    assert (run.status, run.out) == (1, "")
    assert "Error: " in run.err
    assert "Did you mean 'items'?" in run.err
    assert "'four' is not a whole number." in run.err
    assert "Traceback" not in run.err


def test_check_as_json(commonground: Program, study: Path) -> None:
    fine = commonground("check", study, "--json")
    assert fine.json()["valid"]
    assert fine.json()["items"] == 7
    study.write_text(study.read_text().replace("thanks:", "thnaks:"))
    wrong = commonground("check", study, "--json")
    assert wrong.status == 1
    assert not wrong.json()["valid"]
    assert [error["mend"] for error in wrong.json()["errors"]][-1] == "Did you mean 'thanks'?"
    assert wrong.err == ""


def test_check_compares_data_with_the_study(commonground: Program, study: Path, choices: Path) -> None:
    run = commonground("check", study, choices)
    assert run.status == 1
    assert "the study has no item 'a', 'b', 'c'." in run.err
    run = commonground("check", study, choices.with_name("none.csv"))
    assert run.status == 1
    assert "there is no such file." in run.err


def test_schema(commonground: Program) -> None:
    said = commonground("schema").json()
    assert said["title"] == "Study"
    assert commonground("schema", "--json").json() == said
    assert commonground("schema").out == commonground("schema").out
