"""What a valid study and its data may still get wrong."""

from collections.abc import Callable

import numpy as np
import pytest

from commonground.files.data_checks import check_data
from commonground.files.study import parse_study
from commonground.files.study_checks import Findings, check_study, design_of
from commonground.files.templates import template_text
from commonground.records.choices import ChoiceData
from commonground.records.study import Study

Answers = Callable[..., ChoiceData]


def check(before: str, after: str) -> Findings:
    text = template_text("partner-priorities").replace("@example.org", "@our.org")
    assert before in text
    return check_study(parse_study(text.replace(before, after, 1)))


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (
            'help: {en: "A guess is fine.", fr: "Une estimation suffit."}',
            'help: {en: "A guess is fine."}',
            "this text has no 'fr'; people read 'en'.",
        ),
        ("languages: [en, fr]", "languages: [en]", "texts are written in 'fr', which nobody sees."),
        (
            "languages: [en, fr]",
            "languages: [en, fr, de]",
            "the buttons and notices of the pages exist in English and French",
        ),
        ("equals: patient-caregiver", "equals: researcher", "no eligible person reaches this rule"),
        (
            "equals: patient-caregiver",
            "equals: none-of-these",
            "some eligible people belong to no partner group, such as with role = patient-caregiver",
        ),
        (
            "type: single\n    required: true",
            "type: single",
            "this question decides who takes part or in which group, but may be left empty.",
        ),
        (
            '"Presence of a “champion” on a KM team"',
            f'"{"Presence " * 20}"',
            "the text in 'en' has 180 letters: more than four lines on a phone.",
        ),
        (
            'en: "Presence of a champion"',
            'en: "Flexible implementation plan"',
            "this reads the same as the short label of item 'plan'.",
        ),
        ("study-team@our.org", "study-team@example.org", "this is still the template's address."),
        ("per_task: 5\n  tasks: 11", "per_task: 4\n  tasks: 9", "balance"),
    ],
)
def test_warnings(before: str, after: str, expected: str) -> None:
    findings = check(before, after)
    assert findings.errors == ()
    assert any(expected in str(problem) for problem in findings.warnings), findings.warnings


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (
            "  - {group: P, when: {question: role, equals: patient-caregiver}}\n",
            "",
            "group 3 (P): no group rule leads here, so nobody can belong to this group.",
        ),
        ("distance: 3", "distance: 12", "design, repeat, distance: with 11 tasks none can be repeated 12 tasks later."),
    ],
)
def test_errors(before: str, after: str, expected: str) -> None:
    assert any(expected in str(problem) for problem in check(before, after).errors)


@pytest.fixture
def study() -> Study:
    return parse_study(template_text("blank")).study


@pytest.fixture
def answers(study: Study) -> Answers:
    """Answers of three respondents to the study's own design; `spoil` changes the arrays before they are encoded."""

    def make(items: tuple[str, ...] = tuple(item.id for item in study.items), **spoilt: object) -> ChoiceData:
        tasks = design_of(study).versions[0]
        shown = np.array(tasks * 3)
        arrays = {
            "respondent": np.repeat(np.arange(3), len(tasks)),
            "task": np.tile(np.arange(1, len(tasks) + 1), 3),
            "shown": shown,
            "best": shown[:, 0],
            "worst": shown[:, 3],
        }
        return ChoiceData.from_rows(items, ("r", "s", "t"), **(arrays | spoilt))

    return make


def test_answers_to_the_design_belong_to_the_study(study: Study, answers: Answers) -> None:
    assert check_data(study, answers(), "a.csv").errors == ()


def test_unknown_items_and_groups_are_errors(study: Study, answers: Answers) -> None:
    found = check_data(study, answers(items=tuple("abcdefg")), "a.csv")
    assert "the study has no item 'a', 'b'" in str(found.errors[0])
    found = check_data(study, answers(covariates={"group": ("everyone", "x", None)}), "a.csv")
    assert "the study has no partner group 'x'. Its groups are everyone." in str(found.errors[0])


def test_tasks_of_another_design_are_an_error(study: Study, answers: Answers) -> None:
    shown = np.array(design_of(study).versions[0] * 3)
    found = check_data(study, answers(shown=np.roll(shown, 1, axis=0)), "a.csv")
    assert "21 of 21 answered tasks show other items than the design of the study, first task 1" in str(found.errors[0])


def test_what_is_thin_is_a_warning(study: Study, answers: Answers) -> None:
    first = answers()
    best, worst = first.best.copy(), first.worst.copy()
    best[0] = worst[0] = -1
    best[first.best == first.best[0]] = -1
    found = check_data(study, answers(best=best, worst=worst, covariates={"group": ("everyone",) * 3}), "a.csv")
    said = " ".join(str(problem) for problem in found.warnings)
    assert found.errors == ()
    assert f"nobody in group everyone chose '{first.items[first.best[0]]}' as most important" in said
    assert "respondents answered fewer than 7 tasks" in said
    assert "group everyone has 3 of 30 people planned." in said
