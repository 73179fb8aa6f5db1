"""Questionnaires written as XLSForm: what becomes of each row, and that nothing disappears without being told."""

import zipfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from commonground.files.study import parse_study
from commonground.files.study_edits import edited
from commonground.files.templates import template_text
from commonground.files.xlsform import Imported, questions_of, read_xlsform
from commonground.files.xlsform_conditions import Asked, NotSimpleError, condition_of, limits_of
from commonground.files.xlsform_sheets import Row, Sheets
from commonground.records.errors import DataError
from commonground.records.questions import Question

CHOICES = (
    ("list_name", "name", "label::English (en)", "label::French (fr)"),
    ("yesno", 1, "Yes", "Oui"),
    ("yesno", 0, "No", "Non"),
    ("roles", "nurse", "Nurse", "Infirmière"),
    ("roles", "family doctor", "Family doctor", "Médecin de famille"),
    ("roles", "parent", "Parent", None),
)
SETTINGS = (("form_title", "default_language"), ("About you", "English (en)"))


def rows(*lines: Mapping[str, str]) -> tuple[Row, ...]:
    return tuple(Row(number, dict(cells)) for number, cells in enumerate(lines, start=2))


def form(*survey: Mapping[str, str], choices: Sequence[Mapping[str, str]] = ()) -> Imported:
    return questions_of(Sheets("form", rows(*survey), rows(*choices)))


def workbook(path: Path, survey: Sequence[Sequence[object]], choices: Sequence[Sequence[object]] = CHOICES) -> Path:
    book = Workbook()
    book.remove(book.active)
    for name, table in (("survey", survey), ("choices", choices), ("settings", SETTINGS)):
        sheet = book.create_sheet(name)
        for line in table:
            sheet.append(line)
    book.save(path)
    return path


SURVEY = (
    ("type", "name", "label::English (en)", "label::French (fr)", "required", "relevant", "constraint"),
    ("note", "hello", "Welcome.", "Bienvenue.", None, None, None),
    (None,) * 7,
    ("begin_group", "work", "Your work", "Votre travail", None, None, None),
    ("integer", "age", "How old are you?", "Quel âge avez-vous?", True, None, ". > 17 and . <= 120"),
    ("select_multiple roles or_other", "roles", "Who are you?", "Qui êtes-vous?", "yes", "${age} >= 18", None),
    ("end_group", None, None, None, None, None, None),
    ("select_one yesno", "again", "Once more?", "Encore?", None, "selected(${roles}, 'family doctor')", None),
    ("rank roles", "order", "In which order?", "Dans quel ordre?", None, "${again} = '1' or ${again} = '0'", None),
    ("date", "since", "Since when?", "Depuis quand?", None, None, ". >= date('2000-01-01')"),
)


def test_a_workbook_becomes_questions_of_a_study(tmp_path: Path) -> None:
    found = read_xlsform(workbook(tmp_path / "form.xlsx", SURVEY))
    assert [(one.id, one.type.value) for one in found.questions] == [
        ("hello", "information"), ("work", "information"), ("age", "number"), ("roles", "multiple"),
        ("roles_other", "text"), ("again", "single"), ("order", "ranking"), ("since", "date"),
    ]  # fmt: skip
    assert (found.title, found.languages) == ("About you", ("en", "fr"))
    by_id = {one.id: one for one in found.questions}
    assert (by_id["age"].smallest, by_id["age"].largest, by_id["age"].required) == (18, 120, True)
    assert by_id["hello"].text.root == {"en": "Welcome.", "fr": "Bienvenue."}
    assert [option.id for option in by_id["roles"].options] == ["nurse", "family-doctor", "parent", "other"]
    assert by_id["again"].show_if is not None
    assert by_id["again"].show_if.any_of == ("family-doctor",)
    assert by_id["since"].earliest == "2000-01-01"
    told = [str(problem) for problem in found.left_out]
    assert any("survey, row 5 (age): takes numbers with decimals" in one for one in told)
    assert any("'family doctor' is 'family-doctor'" in one for one in told)


def test_what_is_written_into_a_study_reads_back_the_same(tmp_path: Path) -> None:
    found = read_xlsform(workbook(tmp_path / "form.xlsx", SURVEY))
    changes = {("demographics", place): one for place, one in enumerate(found.as_written())}
    study = parse_study(edited(template_text("blank"), changes)).study
    assert study.demographics == found.questions


def test_a_folder_of_csv_files_says_the_same_as_the_workbook(tmp_path: Path) -> None:
    for name, table in (("survey", SURVEY), ("choices", CHOICES), ("settings", SETTINGS)):
        lines = [",".join(_quoted(cell) for cell in line) for line in table]
        (tmp_path / f"{name}.csv").write_text("\ufeff" + "\r\n".join(lines), encoding="utf-8")
    from_folder, from_book = read_xlsform(tmp_path), read_xlsform(workbook(tmp_path / "form.xlsx", SURVEY))
    assert from_folder == from_book


def _quoted(cell: object) -> str:
    text = "" if cell is None else ("true" if cell is True else str(cell))
    return f'"{text}"'


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ({"type": "geopoint", "name": "place", "label": "Where?"}, "the type 'geopoint' has no counterpart"),
        ({"type": "text", "name": "x"}, "it has no label"),
        ({"type": "select_one nothing", "name": "x", "label": "?"}, "the list 'nothing' does not exist"),
        ({"type": "select_one", "name": "x", "label": "?"}, "names no list of options"),
        ({"type": "text", "name": "x", "label": "?", "relevant": "${later} = 1"}, "'later' is not asked before it"),
        ({"type": "text", "name": "x", "label": "?", "constraint": "regex(., 'a')"}, "a text has no limits"),
        ({"type": "decimal", "name": "x", "label": "?", "constraint": ". > 0"}, "exist only for whole numbers"),
        ({"type": "decimal", "name": "x", "label": "?", "constraint": ". > today()"}, "'today' has no counterpart"),
        ({"type": "decimal", "name": "x", "label": "?", "constraint": ". > 5 and . < 3"}, "exist only for whole"),
        ({"type": "integer", "name": "x", "label": "?", "constraint": ". > 5 and . < 3"}, "no number is at least 6"),
        ({"type": "text", "name": "x", "label": "Hello ${age}"}, "repeats an earlier answer"),
        ({"type": "text", "name": "x", "label": "?", "calculation": "1+1"}, "a calculated value"),
        ({"type": "text", "name": "x", "label": "?", "media::image": "a.png"}, "pictures, sound"),
        ({"type": "text", "name": "x", "label": "?", "hxl": "#a"}, "the column 'hxl' is not taken over"),
        ({"type": "text", "name": "x", "label": "?", "label::Klingon": "!"}, "its language cannot be told"),
        ({"type": "text", "name": "x", "label": "?", "required": "${a} > 1"}, "that an answer is needed only if"),
        ({"type": "text", "name": "x", "label": "?", "appearance": "numbers"}, "the appearance 'numbers'"),
        ({"type": "text", "name": "x", "label": "?", "disabled": "yes"}, "it is switched off"),
        ({"type": "end group"}, "ends a group that never began"),
        ({"type": "begin group", "name": "g"}, "a group begins and never ends"),
        ({"label": "?"}, "it has no type"),
    ],
)
def test_what_cannot_be_taken_over_is_told(row: dict[str, str], told: str) -> None:
    assert any(told in str(problem) for problem in form(row).left_out), form(row).left_out


def test_every_row_is_taken_or_named() -> None:
    survey = [
        {"type": "start", "name": "start"},
        {"type": "begin repeat", "name": "children"},
        {"type": "text", "name": "child", "label": "Name?"},
        {"type": "begin group", "name": "inner"},
        {"type": "text", "name": "toy", "label": "Toy?"},
        {"type": "end group"},
        {"type": "end repeat"},
        {"type": "text", "name": "after", "label": "And then?"},
    ]
    found = form(*survey)
    named = " ".join(problem.where for problem in found.left_out)
    assert [one.id for one in found.questions] == ["after"]
    assert all(name in named for name in ("start", "children", "child", "inner", "toy"))


def test_conditions_of_groups_stand_at_each_of_their_questions() -> None:
    found = form(
        {"type": "integer", "name": "age", "label": "Age?"},
        {"type": "begin group", "name": "old", "relevant": "${age} > 64"},
        {"type": "text", "name": "a", "label": "A?"},
        {"type": "text", "name": "b", "label": "B?", "relevant": "${a} != 'no'"},
        {"type": "end group"},
        {"type": "text", "name": "c", "label": "C?"},
    )
    shown = {one.id: one.show_if.model_dump(exclude_none=True) if one.show_if else None for one in found.questions}
    assert shown["a"] == {"question": "age", "at_least": 65.0}
    assert shown["b"]["all"] == ({"question": "age", "at_least": 65.0}, {"question": "a", "is_not": "no"})  # type: ignore[index]  # a condition
    assert shown["c"] is None


ROLE = Question.model_validate(
    {"id": "role", "type": "single", "text": "?", "options": [{"id": "a", "label": "A"}, {"id": "id-1", "label": "B"}]}
)
KNOWN = {
    "role": Asked(ROLE, {"a": "a", "1": "id-1"}),
    "n": Asked(Question.model_validate({"id": "n", "type": "number", "text": "?"}), {}),
    "day": Asked(Question.model_validate({"id": "day", "type": "date", "text": "?"}), {}),
}


@pytest.mark.parametrize(
    ("expression", "condition"),
    [
        ("${role} = 'a'", {"question": "role", "equals": "a"}),
        ("'1' = ${role}", {"question": "role", "equals": "id-1"}),
        ("${role} = 1", {"question": "role", "equals": "id-1"}),
        ("${role}!='a'", {"question": "role", "is_not": "a"}),
        ("not(selected(${role}, 'a'))", {"question": "role", "none_of": ["a"]}),
        ("5 <= ${n}", {"question": "n", "at_least": 5}),
        ("${n} <= 2.5", {"question": "n", "at_most": 2.5}),
        ("${day} >= date('2020-01-01')", {"question": "day", "at_least": "2020-01-01"}),
        (
            "${n} >= 1 AND (${role} = 'a' or ${role} = '1')",
            {
                "all": [
                    {"question": "n", "at_least": 1},
                    {"any": [{"question": "role", "equals": "a"}, {"question": "role", "equals": "id-1"}]},
                ]
            },
        ),
    ],
)
def test_simple_conditions_are_taken_over(expression: str, condition: dict[str, object]) -> None:
    assert condition_of(expression, KNOWN) == condition


@pytest.mark.parametrize(
    "expression",
    [
        "", "${role}", "${role} = ", "${role} = 'c'", "${who} = 'a'", "${n} > 5", "${n} = ${role}", "${role} > 'a'",
        "${role} = ''", "count-selected(${role}) > 1", "not(${n} >= 5)", "(${n} >= 5", "${n} >= 5)", "${n} >= 5 ${n}",
        "coalesce(${n}, 1) = 1", "${n} >= 5 and", "((((", "§", "${n} >= five", "selected('a', ${role})", "1 = 1",
        "(" * 2000 + "1 = 1",
    ],
)  # fmt: skip
def test_other_conditions_are_refused_with_a_reason(expression: str) -> None:
    with pytest.raises(NotSimpleError, match=r"\w"):
        condition_of(expression, KNOWN)


@given(expression=st.text(st.sampled_from("${}nroled()'\"=!<>0123456789. andtselct,"), max_size=40))
@settings(max_examples=200, deadline=None)
def test_no_expression_breaks_the_reader(expression: str) -> None:
    for reader in (lambda: condition_of(expression, KNOWN), lambda: limits_of(expression, is_whole=True)):
        with suppress(NotSimpleError):
            reader()


class TestNastyFiles:
    """Files that are no questionnaires, or were made to do harm."""

    def test_no_workbook_at_all(self, tmp_path: Path) -> None:
        path = tmp_path / "form.xlsx"
        path.write_text("type,name\ntext,a\n")
        with pytest.raises(DataError, match="not a workbook that can be read"):
            read_xlsform(path)

    def test_a_zip_archive_that_is_no_workbook(self, tmp_path: Path) -> None:
        with zipfile.ZipFile(tmp_path / "form.xlsx", "w") as archive:
            archive.writestr("readme.txt", "hello")
        with pytest.raises(DataError, match="not a workbook that can be read"):
            read_xlsform(tmp_path / "form.xlsx")

    def test_an_archive_that_unpacks_to_far_too_much(self, tmp_path: Path) -> None:
        with zipfile.ZipFile(tmp_path / "form.xlsx", "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("xl/workbook.xml", b"0" * 60_000_000)
        with pytest.raises(DataError, match="unpacks to 60 MB"):
            read_xlsform(tmp_path / "form.xlsx")

    def test_a_workbook_without_survey(self, tmp_path: Path) -> None:
        with pytest.raises(DataError, match="no sheet 'survey'"):
            read_xlsform(workbook(tmp_path / "form.xlsx", ()))

    def test_a_survey_without_types(self, tmp_path: Path) -> None:
        with pytest.raises(DataError, match="no column 'type'"):
            read_xlsform(workbook(tmp_path / "form.xlsx", (("name", "label"), ("a", "A"))))

    def test_letters_that_are_not_utf_8(self, tmp_path: Path) -> None:
        (tmp_path / "survey.csv").write_bytes("type,name,label\ntext,a,Où\n".encode("latin-1"))
        with pytest.raises(DataError, match="not UTF-8"):
            read_xlsform(tmp_path)

    def test_a_folder_without_anything(self, tmp_path: Path) -> None:
        with pytest.raises(DataError, match="no sheet 'survey'"):
            read_xlsform(tmp_path)

    def test_more_rows_than_any_questionnaire_has(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("commonground.files.xlsform_sheets.MOST_ROWS", 5)
        with pytest.raises(DataError, match="more than 5 rows"):
            read_xlsform(workbook(tmp_path / "form.xlsx", SURVEY))

    def test_names_that_cannot_be_ids_and_names_given_twice(self) -> None:
        found = form(
            *({"type": "text", "name": name, "label": "?"} for name in ("été", "1", "a", "a", "=cmd|' /C'!A0"))
        )
        assert len({one.id for one in found.questions}) == 5
        assert [one.id for one in found.questions][2:4] == ["a", "a-2"]
        assert len([one for one in found.left_out if "is called" in one.what]) == 4

    def test_an_option_twice(self) -> None:
        choices = [{"list_name": "l", "name": "a", "label": "A"}] * 2
        found = form({"type": "select_one l", "name": "x", "label": "?"}, choices=choices)
        assert not found.questions
        assert "holds 'a' twice" in str(found.left_out[0])
