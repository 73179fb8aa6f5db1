"""The templates: valid, complete in both languages, and faithful to the published study."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from commonground.files.study import parse_study, study_schema
from commonground.files.study_checks import check_study
from commonground.files.templates import TEMPLATES, new_study, template_text
from commonground.files.yaml_lines import load
from commonground.published.characteristics import BLOCKS
from commonground.published.labels import GROUP_LABELS, ITEM_LABELS, SHORT_LABELS
from commonground.records.errors import RequestError
from commonground.records.questions import Option, Question
from commonground.records.study import Study
from commonground.survey.eligibility import Eligible, Ineligible, decide


@pytest.fixture(scope="module")
def study() -> Study:
    return parse_study(template_text("partner-priorities")).study


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_template_is_valid_and_has_only_addresses_left_to_adapt(name: str) -> None:
    findings = check_study(parse_study(template_text(name)))
    assert findings.errors == ()
    assert all("this is still the template's address" in problem.what for problem in findings.warnings)


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_template_keeps_to_the_schema(name: str) -> None:
    schema = study_schema()
    Draft202012Validator.check_schema(schema)
    Draft202012Validator(schema).validate(load(template_text(name), name).values)


def test_the_schema_finds_a_misspelt_field() -> None:
    document = load(template_text("blank"), "blank").values
    document["itmes"] = document.pop("items")
    assert len(list(Draft202012Validator(study_schema()).iter_errors(document))) == 2


def test_items_are_those_of_table_1(study: Study) -> None:
    assert {item.id: item.label.in_language("en") for item in study.items} == ITEM_LABELS
    assert {item.id: item.short_label.in_language("en") for item in study.items} == SHORT_LABELS
    assert {group.id: group.label.in_language("en") for group in study.groups} == GROUP_LABELS
    assert [group.planned for group in study.groups] == [64, 32, 31]


def test_definitions_are_in_our_own_words(study: Study, project: Path) -> None:
    """No run of six words of a label or of a published definition's kind is repeated in ours."""
    for item in study.items:
        assert item.definition is not None
        ours = runs_of_words(item.definition.in_language("en"))
        assert not ours & runs_of_words(item.label.in_language("en"))


def runs_of_words(text: str, length: int = 6) -> set[tuple[str, ...]]:
    words = re.findall(r"[a-z’]+", text.casefold())
    return {tuple(words[start : start + length]) for start in range(len(words) - length + 1)}


def test_order_and_number_of_questions(study: Study) -> None:
    """A-23: 13 background questions, 12 tasks, 2 on quality, 6 about the person."""
    assert (len(study.background), len(study.quality_questions), len(study.demographics)) == (13, 2, 6)
    assert (study.design.per_task, study.design.tasks, study.design.repeat.count) == (5, 11, 1)


QUESTION_OF_BLOCK = {
    "Gender": "gender",
    "Race": "race",
    "Country": "country",
    "Age (years)": "age",
    "Highest level of education": "education",
    "Area of KM experience": "areas",
    "Type of KM experience": "types",
    "KM roles held": "roles",
    "Partner types collaborated with": "partners",
    "Level of KM experience": "level",
    "Health profession": "profession",
    "Researcher career stage": "career",
    "Area of study": "study-area",
    "Type of lived experience": "lived",
}


@pytest.mark.parametrize("block", BLOCKS)
def test_pick_lists_have_every_published_row_in_its_order(study: Study, block: str) -> None:
    questions = {question.id: question for question in study.all_questions()}
    rows = list(labelled(questions[QUESTION_OF_BLOCK[block]]))
    published = [(row.label, row.child) for row in BLOCKS[block].rows]
    assert [row for row in rows if row in published] == published


def labelled(question: Question) -> Iterator[tuple[str, bool]]:
    for parent in question.options:
        yield english(parent), False
        yield from ((english(child), True) for child in parent.children)


def english(option: Option) -> str:
    return option.label.in_language("en")


def test_who_takes_part_and_in_which_group(study: Study) -> None:
    fine = {"role": "researcher", "adult": "yes", "activity": "yes"}
    assert decide(study, fine) == Eligible("R")
    for question, answer, reason in (
        ("adult", "no", "under-18"),
        ("activity", "no", "no-activity"),
        ("role", "none-of-these", "no-partner-group"),
    ):
        outcome = decide(study, fine | {question: answer})
        assert isinstance(outcome, Ineligible)
        assert outcome.reason == reason


def test_the_papers_analysis_plan(study: Study) -> None:
    added = study.analysis.added
    assert (added.constant, added.to) == (0.1, "R")
    assert added.reason
    assert study.analysis.threshold == 0.2
    assert study.screening.minimum_minutes == 10


def test_a_new_study_never_overwrites(tmp_path: Path) -> None:
    path = new_study(tmp_path / "mine", "blank")
    path.write_text("mine")
    with pytest.raises(RequestError, match="there is a study here already"):
        new_study(tmp_path / "mine")
    assert path.read_text() == "mine"


def test_a_title_gives_the_id(tmp_path: Path) -> None:
    path = new_study(tmp_path, "partner-priorities", 'Où "nous" allons: 2026?')
    study = parse_study(path.read_text("utf-8")).study
    assert study.id == "ou-nous-allons-2026"
    assert study.title.in_language("fr") == 'Où "nous" allons: 2026?'
    assert len(study.items) == 11


def test_a_misspelt_template_is_guessed(tmp_path: Path) -> None:
    with pytest.raises(RequestError, match="Did you mean 'partner-priorities'"):
        new_study(tmp_path, "partner-priority")
