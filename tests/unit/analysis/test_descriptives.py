"""Who took part, by group."""

import pytest

from commonground.analysis.descriptives import ChoiceBlock, NumberBlock, characteristics, summarise_numbers
from commonground.records.questions import Question
from commonground.records.respondents import RespondentTable

TABLE = RespondentTable(
    ("r1", "r2", "r3", "r4", "r5"),
    {
        "group": ("HP", "HP", "HP", "P", None),
        "country": ("ontario", "canada", None, "iran", "canada"),
        "types": ("impl;policy", "policy", "dissem", "", "impl"),
        "years": ("10", "20", "many", "2.5", "1"),
        "career": (None, None, None, "early", None),
    },
)
COUNTRY = Question.model_validate(
    {
        "id": "country",
        "type": "single",
        "text": "Country?",
        "options": [
            {"id": "canada", "label": "Canada", "children": [{"id": "ontario", "label": "Ontario"}]},
            {"id": "iran", "label": "Iran"},
        ],
    }
)
TYPES = Question.model_validate(
    {
        "id": "types",
        "type": "multiple",
        "text": "Types?",
        "options": [
            {"id": "impl", "label": "Implementation", "children": [{"id": "policy", "label": "Policy change"}]},
            {"id": "dissem", "label": "Dissemination"},
        ],
    }
)
YEARS = Question.model_validate({"id": "years", "type": "number", "text": "Years?"})
CAREER = Question.model_validate(
    {
        "id": "career",
        "type": "single",
        "text": "Career?",
        "groups": ["P"],
        "options": [{"id": "early", "label": "Early"}, {"id": "late", "label": "Late"}],
    }
)


def block(question: Question) -> ChoiceBlock:
    found = characteristics(TABLE, [question], groups=("HP", "P")).blocks[0]
    assert isinstance(found, ChoiceBlock)
    return found


def test_a_parent_counts_who_chose_its_child() -> None:
    rows = {row.id: row for row in block(COUNTRY).rows}
    assert (rows["canada"].shares["HP"].n, rows["ontario"].shares["HP"].n) == (2, 1)
    assert (rows["canada"].child, rows["ontario"].child) == (False, True)


def test_percentages_are_of_the_group_and_half_up() -> None:
    assert block(COUNTRY).rows[0].shares["HP"].percent == 66.7


def test_missing_answers_are_counted_and_single_choices_add_up() -> None:
    found = block(COUNTRY)
    assert (found.missing["HP"].n, found.missing["P"].n, found.adds_up) == (1, 0, True)


def test_several_answers_of_one_person_stand_in_several_rows() -> None:
    found = block(TYPES)
    rows = {row.id: row.shares["HP"].n for row in found.rows}
    assert rows == {"impl": 2, "policy": 2, "dissem": 1}
    assert (found.multiple, found.missing["P"].n) == (True, 1)


def test_everybody_comes_last_and_who_has_no_group_is_left_out() -> None:
    found = characteristics(TABLE, [COUNTRY], groups=("HP", "P"))
    assert (dict(found.groups), found.without_group) == ({"HP": 3, "P": 1}, 1)
    assert found.blocks[0].groups == ("HP", "P", "all")


def test_a_question_for_one_group_has_one_column() -> None:
    found = block(CAREER)
    assert found.groups == ("P",)
    assert found.rows[0].shares["P"].percent == 100.0


def test_values_that_are_no_option_are_named() -> None:
    table = RespondentTable(("r1",), {"group": ("HP",), "country": ("atlantis",)})
    found = characteristics(table, [COUNTRY]).blocks[0]
    assert isinstance(found, ChoiceBlock)
    assert (found.unknown, found.adds_up) == (("atlantis",), True)


def test_numbers_have_mean_sd_and_range_and_what_is_no_number_is_missing() -> None:
    found = characteristics(TABLE, [YEARS], groups=("HP", "P")).blocks[0]
    assert isinstance(found, NumberBlock)
    ours = found.summaries["HP"]
    assert (ours.n, ours.missing, ours.mean, ours.smallest, ours.largest) == (2, 1, 15.0, 10.0, 20.0)
    assert ours.sd == pytest.approx(7.0710678)
    assert found.summaries["P"].sd is None


def test_nobody_has_no_mean() -> None:
    assert summarise_numbers([], missing=3).mean is None
