"""Who took part, by group."""

import pytest

from commonground.analysis.descriptives import (
    ChoiceBlock,
    NumberBlock,
    RankingBlock,
    characteristics,
    summarise_numbers,
)
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


WIDE = RespondentTable(
    ("r1", "r2", "r3", "r4"),
    {
        "group": ("HP", "HP", "P", "P"),
        "heard": ("1", "5", "not_applicable", None),
        "where": ("CA", "FR", "CA", "XX"),
        "since": ("2001-03", "2003-05", None, "2002-01"),
        "rank/tea": ("1", "2", "1", None),
        "rank/time": ("2", "1", None, None),
        "rank/talk": (None, None, "2", None),
    },
)
OPTIONS = [{"id": one, "label": one.title()} for one in ("tea", "time", "talk")]


def described(**question: object) -> ChoiceBlock | NumberBlock | RankingBlock:
    asked = Question.model_validate({"text": "?", **question})
    return characteristics(WIDE, [asked], groups=("HP", "P")).blocks[0]


def test_a_scale_is_told_by_its_points() -> None:
    scale = {"low": "Never", "high": "Always", "not_applicable": "Does not apply"}
    found = described(id="heard", type="scale", scale=scale)
    assert isinstance(found, ChoiceBlock)
    assert [row.label for row in found.rows] == ["1 (Never)", "2", "3", "4", "5 (Always)", "Does not apply"]
    assert [row.shares["all"].n for row in found.rows] == [1, 0, 0, 0, 1, 1]
    assert (found.missing["P"].n, found.adds_up) == (1, True)


def test_only_countries_that_were_named_are_told() -> None:
    found = described(id="where", type="country")
    assert isinstance(found, ChoiceBlock)
    assert [(row.id, row.label, row.shares["all"].n) for row in found.rows] == [
        ("CA", "Canada", 2), ("FR", "France", 1), ("XX", "XX", 1),
    ]  # fmt: skip
    assert found.open_ended


def test_dates_are_summarised_by_their_years() -> None:
    found = described(id="since", type="date", precision="month")
    assert isinstance(found, NumberBlock)
    assert (found.summaries["all"].mean, found.summaries["all"].missing) == (2002, 1)


def test_a_ranking_tells_first_places_and_mean_places() -> None:
    found = described(id="rank", type="ranking", options=OPTIONS, top=2)
    assert isinstance(found, RankingBlock)
    tea = found.options[0]
    assert (tea.first["all"].n, tea.first["all"].of, tea.placed["P"].n) == (2, 3, 1)
    assert tea.mean_place == {"HP": 1.5, "P": 1.0, "all": pytest.approx(4 / 3)}
    assert found.missing["P"].n == 1
    assert found.options[2].mean_place["HP"] is None
