"""What differs between two documents, told so that a person can read it."""

import pytest

from commonground.files.study import parse_study
from commonground.files.study_edits import edited
from commonground.files.templates import template_text
from commonground.records.study import Study
from commonground.survey.differences import Difference, Kind, differences


@pytest.fixture(scope="module")
def text() -> str:
    return template_text("partner-priorities")


@pytest.fixture(scope="module")
def study(text: str) -> Study:
    return parse_study(text).study


def after(text: str, **changes: object) -> Study:
    paths = {
        tuple(int(step) if step.isdecimal() else step for step in path.split("__")): new
        for path, new in changes.items()
    }
    return parse_study(edited(text, paths)).study


def test_the_same_document_differs_nowhere(study: Study) -> None:
    assert differences(study, study) == ()


def test_a_number_and_a_text_in_one_language(text: str, study: Study) -> None:
    found = differences(study, after(text, design__per_task=6, items__0__label__fr="Ouverture"))
    assert found[0].place == ("items", "open", "label", "fr")
    assert (found[0].kind, found[0].after) == (Kind.CHANGED, "Ouverture")
    assert found[1] == Difference(("design", "per_task"), Kind.CHANGED, "5", "6")


def test_an_item_taken_away_is_one_difference(text: str, study: Study) -> None:
    fewer = study.model_copy(update={"items": study.items[:3] + study.items[4:]})
    (one,) = differences(study, fewer)
    assert (one.place, one.kind) == (("items", "fit"), Kind.REMOVED)
    assert "Fit of KM activity with context" in one.before


def test_an_order_that_changed_says_so(study: Study) -> None:
    turned = study.model_copy(update={"groups": study.groups[::-1]})
    assert differences(study, turned) == (Difference(("groups",), Kind.MOVED, "HP, R, P", "P, R, HP"),)


def test_what_was_not_there_is_added(text: str, study: Study) -> None:
    (one,) = differences(study, after(text, ethics__approval="REB 12"))
    assert one == Difference(("ethics", "approval"), Kind.ADDED, "", "REB 12")


def test_going_back_turns_every_difference_round(text: str, study: Study) -> None:
    other = after(text, contact=None, analysis__threshold=0.3, fielding__best_only=True)
    there, back = differences(study, other), differences(other, study)
    assert [(one.place, one.before, one.after) for one in there] == [(one.place, one.after, one.before) for one in back]
    assert [one.kind for one in there if one.place == ("contact",)] == [Kind.REMOVED]
