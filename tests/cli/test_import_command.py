"""A questionnaire of another tool taken over from the command line."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from commonground.files.study import read_study
from commonground.files.yaml_lines import load

Program = Callable[..., Any]


@pytest.fixture
def form(tmp_path: Path) -> Path:
    folder = tmp_path / "form"
    folder.mkdir()
    (folder / "survey.csv").write_text(
        "type,name,label,relevant\n"
        "integer,years,How many years?,\n"
        "text,why,Why so long?,${years} > 9\n"
        "geopoint,place,Where?,\n"
    )
    return folder


def test_questions_are_written_and_what_is_left_out_is_told(commonground: Program, form: Path, tmp_path: Path) -> None:
    run = commonground("import", "xlsform", form, "--out", tmp_path / "questions.yaml")
    assert run.status == 0
    assert "survey, row 4 (place): not taken over: the type 'geopoint' has no counterpart." in run.err
    assert "2 questions under 'demographics'" in run.out
    written = load((tmp_path / "questions.yaml").read_text(), "questions.yaml").values
    assert [one["id"] for one in written["demographics"]] == ["years", "why"]


def test_questions_are_added_to_a_study(commonground: Program, form: Path, tmp_path: Path) -> None:
    commonground("new", tmp_path / "mine", "--template", "blank")
    study, out = tmp_path / "mine" / "study.yaml", tmp_path / "more.yaml"
    said = commonground(
        "import", "xlsform", form, "--into", study, "--out", out, "--part", "background", "--json"
    ).json()
    assert [one["question"] for one in said["questions"]] == ["years", "why"]
    assert [one.id for one in read_study(out).study.background] == ["years", "why"]
    assert out.read_text().startswith(study.read_text()[:200])
    assert commonground("import", "xlsform", form, "--into", study, "--out", study).status == 0
    again = commonground("import", "xlsform", form, "--into", study, "--out", study)
    assert (again.status, "used twice" in again.err) == (1, True)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("surveymonkey", "form"), (2, "there is no format 'surveymonkey'")),
        (("xlsform", "form", "--part", "middle"), (2, "a study has no part 'middle'")),
        (("xlsform", "nowhere"), (1, "there is no such file")),
        (("xlsform", "empty"), (1, "there is no sheet 'survey'")),
        (("xlsform", "nothing"), (1, "no question could be taken over")),
    ],
)
def test_what_cannot_be(
    commonground: Program, form: Path, tmp_path: Path, arguments: tuple[str, ...], told: tuple[int, str]
) -> None:
    for name, text in (("empty", ""), ("nothing", "type,name,label\ngeopoint,a,Where?\n")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "survey.csv").write_text(text)
    kind, source, *more = arguments
    run = commonground("import", kind, tmp_path / source, *more, "--out", tmp_path / "out.yaml")
    assert (run.status, run.out) == (told[0], "")
    assert told[1] in run.err
    assert "Traceback" not in run.err


def test_a_file_that_is_there_is_not_overwritten(commonground: Program, form: Path, tmp_path: Path) -> None:
    (tmp_path / "out.yaml").write_text("mine")
    run = commonground("import", "xlsform", form, "--out", tmp_path / "out.yaml")
    assert (run.status, (tmp_path / "out.yaml").read_text()) == (1, "mine")
