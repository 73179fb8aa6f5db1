"""Scales, rankings, dates, countries and texts to read, as parts of a study document and as cells of a table."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from pydantic import ValidationError

from commonground.records.answer_cells import cells_of, columns_of, value_of
from commonground.records.comparisons import wrong_comparisons
from commonground.records.countries import COUNTRIES, country_name, listed_countries
from commonground.records.questions import Condition, Question
from commonground.simulation.questionnaire import draw_answer
from commonground.survey.answers import PLACE_MARK, read_answer

OPTIONS = [{"id": one, "label": one.title()} for one in ("tea", "time", "trust")]
ENDS = {"low": "Never", "high": "Always", "not_applicable": "Does not apply"}
EVERY = {
    "single": {"type": "single", "options": OPTIONS},
    "multiple": {"type": "multiple", "options": OPTIONS},
    "number": {"type": "number", "smallest": 0, "largest": 9},
    "text": {"type": "text", "required": True},
    "scale": {"type": "scale", "scale": ENDS, "largest": 7},
    "ranking": {"type": "ranking", "options": OPTIONS},
    "top": {"type": "ranking", "options": OPTIONS, "top": 2},
    "day": {"type": "date", "earliest": "2020-02-01", "latest": "2020-03-05"},
    "month": {"type": "date", "precision": "month", "latest": "2020-03"},
    "year": {"type": "date", "precision": "year", "earliest": 1950},
    "country": {"type": "country"},
    "information": {"type": "information"},
}


def question(name: str, **more: object) -> Question:
    return Question.model_validate({"id": name, "text": "What?", **EVERY[name], **more})


def test_the_list_of_countries_is_the_one_babel_has(project: Path) -> None:
    assert subprocess.run([sys.executable, "scripts/countries.py", "--check"], cwd=project, check=False).returncode == 0
    assert len(COUNTRIES) == 249
    assert country_name("US", "fr") == "États-Unis"


def test_countries_are_listed_as_a_dictionary_lists_them() -> None:
    french = [name for _, name in listed_countries("fr", ("CA", "FR"))]
    assert french[:3] == ["Canada", "France", "Afghanistan"]
    assert french.index("États-Unis") < french.index("Finlande")
    assert len(french) == len(set(french)) == 249


@pytest.mark.parametrize(
    ("name", "more", "told"),
    [
        ("scale", {"scale": None}, "needs a 'scale'"),
        ("scale", {"smallest": 0, "largest": 11}, "12 points; a scale has 2 to 11"),
        ("scale", {"smallest": 0.5}, "no whole numbers"),
        ("scale", {"scale": {**ENDS, "points": [{"at": 7, "label": "Often"}]}}, "names the point 7"),
        ("ranking", {"top": 4}, "fewer options than the 4"),
        ("ranking", {"options": [{**OPTIONS[0], "exclusive": True}, OPTIONS[1]]}, "is a ranking, whose options"),
        ("ranking", {"options": OPTIONS[:1]}, "at least two options"),
        ("day", {"earliest": "2020"}, "asks for a day, so 'earliest' must be one, such as 2026-05-31"),
        ("day", {"earliest": "2021-01-01"}, "no date is at least 2021-01-01 and at most 2020-03-05"),
        ("day", {"earliest": "2021-02-30"}, "is no date"),
        ("country", {"first_listed": ["UK"]}, "did you mean 'GB' .United Kingdom."),
        ("information", {"required": True}, "no answer can be required"),
        ("number", {"top": 2}, "takes no 'top', which belongs to 'ranking'"),
    ],
)
def test_a_question_that_does_not_fit_its_type_is_refused(name: str, more: dict[str, object], told: str) -> None:
    with pytest.raises(ValidationError, match=told):
        question(name, **more)


@pytest.mark.parametrize(
    ("name", "comparison", "told"),
    [
        ("scale", {"at_least": 4}, ""),
        ("scale", {"equals": "not_applicable"}, ""),
        ("scale", {"equals": 8}, "looks for the option '8"),
        ("scale", {"any_of": ["a"]}, "asks 'any_of' of the scale"),
        ("ranking", {"ranked_first": "tea"}, ""),
        ("ranking", {"ranked_first": "tee"}, "looks for the option 'tee'"),
        ("ranking", {"equals": "tea"}, "which can be asked 'ranked_first'"),
        ("day", {"at_least": "2020-02-10"}, ""),
        ("month", {"at_most": "2020-02-10"}, "but it is a month, such as 2026-05"),
        ("year", {"at_least": 1960}, ""),
        ("year", {"at_least": "1960-01"}, "but it is a year"),
        ("country", {"any_of": ["CA", "FR"]}, ""),
        ("country", {"equals": "Canada"}, "'Canada' is no country code"),
        ("information", {"equals": "a"}, "which has no answer"),
        ("number", {"ranked_first": "tea"}, "which is no ranking"),
        ("number", {"at_least": "2020-01-01"}, "with a date, which it does not ask for"),
        ("nobody", {"equals": "a"}, "which is not asked before it"),
    ],
)
def test_a_condition_must_fit_the_question_it_looks_at(name: str, comparison: dict[str, object], told: str) -> None:
    asked = {one: question(one) for one in EVERY}
    found = list(wrong_comparisons("this", Condition.model_validate({"question": name, **comparison}), asked))
    assert (len(found) == 1 and told in found[0]) if told else not found


def test_a_limit_in_quotation_marks_stays_a_number() -> None:
    assert Condition.model_validate({"question": "age", "at_least": "18"}).at_least == 18.0
    with pytest.raises(ValidationError, match="neither a number nor a date"):
        Condition.model_validate({"question": "age", "at_least": "grown up"})


@pytest.mark.parametrize("name", EVERY)
def test_whatever_people_answer_is_read_and_survives_the_table(name: str) -> None:
    """Simulated answers are answers: a form that sends them stores the same, and so do its cells."""
    rng, one = np.random.default_rng(7), question(name)
    for _answer in range(40):
        value = draw_answer(one, None, rng)
        assert value_of(one, cells_of(one, value)) == value
        assert read_answer(one, sent(one, value), "en").value == value
    assert set(cells_of(one, None)) == set(columns_of(one))


def sent(one: Question, value: object) -> list[str]:
    """What a form sends for a value."""
    if value is None:
        return [""]
    if one.type == "ranking":
        return [f"{option}{PLACE_MARK}{place}" for place, option in enumerate(value, start=1)]  # type: ignore[arg-type]  # a tuple
    return list(value) if isinstance(value, tuple) else [str(value)]
