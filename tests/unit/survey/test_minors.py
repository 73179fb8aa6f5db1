"""Whether people under 18 could take part: no false alarm on what keeps them out, no silence on what lets them in."""

from datetime import date

import pytest

from commonground.files.study import parse_study
from commonground.files.study_edits import edited
from commonground.files.templates import template_text
from commonground.records.questions import Question
from commonground.records.study import EligibilityRule, Study
from commonground.records.words import Words
from commonground.survey.minors import Minors, minors, minors_of

TODAY = date(2026, 11, 22)
YES_NO = [{"id": "yes", "label": {"en": "Yes", "fr": "Oui"}}, {"id": "no", "label": {"en": "No", "fr": "Non"}}]
BANDS = [
    {"id": "a", "label": "Under 18"},
    {"id": "b", "label": "18–29"},
    {"id": "c", "label": "30 or more"},
    {"id": "d", "label": "Prefer not to say"},
]


def question(**fields: object) -> Question:
    return Question.model_validate({"id": "q", "type": "single", "required": True, **fields})


def rule(reason: str = "r", **requires: object) -> EligibilityRule:
    condition = requires.pop("condition", {"question": "q", **requires})
    return EligibilityRule.model_validate({"reason": reason, "requires": condition, "message": "Thank you."})


def does(question: Question, *rules: EligibilityRule) -> Minors:
    return minors_of((question,), rules, today=TODAY).does


def template() -> Study:
    return parse_study(template_text("partner-priorities")).study


def test_the_shipped_template_keeps_them_out() -> None:
    found = minors(template(), TODAY)
    assert (found.does, found.question, found.keeps_from_opening) == (Minors.KEPT_OUT, "adult", False)


def test_without_its_rule_it_does_not() -> None:
    study = template().model_copy(update={"eligibility": template().eligibility[1:]})
    assert minors(study, TODAY).does is Minors.NOT_ASKED
    assert minors(study, TODAY).keeps_from_opening


def test_a_guardianship_process_is_enough() -> None:
    text = edited(template_text("blank"), {("ethics", "guardianship"): Words("A parent agrees in writing first.")})
    assert minors(parse_study(text).study, TODAY).does is Minors.GUARDIANSHIP


@pytest.mark.parametrize(
    ("asked", "rules"),
    [
        ({"text": "Are you 18 or older?", "options": YES_NO}, [rule(equals="yes")]),
        ({"text": "Are you under 18?", "options": YES_NO}, [rule(equals="no")]),
        ({"text": "Sind Sie 18 Jahre oder älter?", "options": YES_NO}, [rule(equals="yes")]),
        ({"text": "Are you of age where you live?", "options": YES_NO}, [rule("minor", equals="yes")]),
        ({"text": "How old are you?", "options": BANDS}, [rule("too_young", any_of=["b", "c"])]),
        ({"id": "age", "text": "?", "options": BANDS}, [rule(condition={"question": "age", "any_of": ["b", "c"]})]),
        ({"text": "How old are you?", "type": "number"}, [rule(at_least=18)]),
        ({"text": "Quel âge avez-vous?", "type": "number", "smallest": 18, "largest": 110}, [rule(at_most=65)]),
        ({"text": "In what year were you born?", "type": "number"}, [rule(at_most=2007)]),
        ({"text": "When were you born?", "type": "date"}, [rule(at_most="2008-11-22")]),
        ({"text": "How old are you?", "type": "number", "required": False}, [rule(at_least=21)]),
        (
            {"text": "How old are you?", "type": "number"},
            [rule(condition={"all": [{"question": "q", "at_least": 18}, {"question": "role", "equals": "nurse"}]})],
        ),
    ],
)
def test_what_keeps_them_out(asked: dict[str, object], rules: list[EligibilityRule]) -> None:
    assert does(question(**asked), *rules) is Minors.KEPT_OUT


@pytest.mark.parametrize(
    ("asked", "rules"),
    [
        ({"text": "How old are you?", "type": "number"}, [rule(at_least=16)]),
        ({"text": "How old are you?", "type": "number"}, [rule(at_least=17.5)]),
        ({"id": "age", "text": "?", "options": BANDS}, [rule(condition={"question": "age", "is_not": "a"})]),
        ({"text": "Are you 18 or older?", "options": YES_NO, "required": False}, [rule(is_not="no")]),
        ({"text": "Are you 18 or older?", "options": YES_NO}, [rule(any_of=["yes", "no"])]),
        ({"text": "In what year were you born?", "type": "number"}, [rule(at_most=2008)]),
        ({"text": "When were you born?", "type": "date", "precision": "month"}, [rule(at_most="2008-11")]),
        (
            {"text": "How old are you?", "type": "number"},
            [rule(condition={"any": [{"question": "q", "at_least": 18}, {"question": "role", "equals": "pupil"}]})],
        ),
    ],
)
def test_what_lets_some_in(asked: dict[str, object], rules: list[EligibilityRule]) -> None:
    assert does(question(**asked), *rules) is Minors.LET_IN


@pytest.mark.parametrize(
    ("asked", "rules"),
    [
        ({"text": "For how many years have you worked here?", "type": "number"}, [rule(at_least=18)]),
        ({"text": "Do you work with adults?", "options": YES_NO}, [rule(equals="yes")]),
        ({"text": "Which language do you speak?", "options": YES_NO, "id": "language"}, []),
        ({"text": "How old are you?", "type": "number"}, []),
    ],
)
def test_what_says_nothing_about_age(asked: dict[str, object], rules: list[EligibilityRule]) -> None:
    assert does(question(**asked), *rules) is Minors.NOT_ASKED
