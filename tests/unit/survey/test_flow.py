from dataclasses import replace

import pytest

from commonground.records.design import Design
from commonground.records.sessions import Pick, Session, Status
from commonground.records.study import DesignPlan, RepeatRule, Study
from commonground.survey.assign import assign
from commonground.survey.eligibility import Eligible, Ineligible
from commonground.survey.flow import PageKind, eligibility, live_answers, next_page, pages, status_of, tasks_done

RING = Design(11, (tuple((item, (item + 1) % 11) for item in range(11)),), (None,), source="a ring")
NURSE = {"age": 40, "role": "nurse", "profession": None}


def small(study: Study) -> Study:
    return study.model_copy(update={"design": DesignPlan(per_task=2, repeat=RepeatRule(count=0))})


def keys(study: Study, session: Session) -> list[str]:
    return [page.key for page in pages(study, session)]


def test_the_way_begins_with_the_background(study: Study) -> None:
    assert next_page(study, Session("r1")).key == "background-1"


def test_group_questions_reach_their_group_only(study: Study) -> None:
    nurse = next_page(study, Session("r1", answers={"age": 40, "role": "nurse"}))
    assert [question.id for question in nurse.questions] == ["profession"]
    parent = next_page(study, Session("r1", answers={"age": 40, "role": "parent"}))
    assert parent.key == "words"


def test_a_skipped_question_is_asked_once(study: Study) -> None:
    assert next_page(study, Session("r1", answers=NURSE)).kind == PageKind.WORDS


def test_words_and_example_come_before_the_tasks(study: Study) -> None:
    session = Session("r1", answers=NURSE, seen=frozenset({"words"}))
    assert next_page(study, session).kind == PageKind.EXAMPLE
    with pytest.raises(ValueError, match="assignment"):
        next_page(study, replace(session, seen=frozenset({"words", "example"})))


def test_who_is_too_young_learns_it_at_once_and_can_still_go_back(study: Study) -> None:
    session = Session("r1", answers={"age": 17, "role": "parent"})
    assert isinstance(eligibility(study, session), Ineligible)
    assert keys(study, session) == ["background-1", "ineligible"]
    assert next_page(study, session).kind == PageKind.INELIGIBLE


def test_eligibility_stays_open_until_the_background_is_answered(study: Study) -> None:
    assert eligibility(study, Session("r1", answers={"age": 40, "role": "nurse"})) is None
    assert eligibility(study, Session("r1", answers=NURSE)) == Eligible("HP")


def test_an_answer_that_no_longer_applies_waits_without_counting(study: Study) -> None:
    answers = {"age": 40, "role": "parent", "profession": "Nurse", "stage": "early"}
    assert live_answers(study, answers) == {"age": 40, "role": "parent"}


def test_a_changed_answer_brings_the_questions_it_opens(study: Study) -> None:
    session = Session("r1", answers=NURSE | {"role": "scientist"}, seen=frozenset({"words", "example"}))
    assert [question.id for question in next_page(study, session).questions] == ["stage"]


def test_the_whole_way_in_order(study: Study) -> None:
    study = small(study)
    session = Session("r1", answers=NURSE, seen=frozenset({"words", "example"}))
    session = replace(session, assignment=assign(study, RING, seed=1))
    assert keys(study, session) == [
        "background-1", "background-2", "words", "example", *(f"task-{n}" for n in range(1, 12)),
        "quality-1", "demographics-1", "thanks",
    ]  # fmt: skip
    assert next_page(study, session).key == "task-1"


def test_tasks_follow_one_another_then_the_last_questions_then_thanks(study: Study) -> None:
    study = small(study)
    assignment = assign(study, RING, seed=1)
    picks = {task.shown_order: Pick(task.items[0], task.items[1]) for task in assignment.tasks}
    session = Session("r1", answers=NURSE, seen=frozenset({"words", "example"}), assignment=assignment, picks=picks)
    assert tasks_done(session)
    assert next_page(study, session).key == "quality-1"
    session = replace(session, answers={**NURSE, "understood": None, "country": "Canada"})
    assert next_page(study, session).key == "thanks"


def test_a_gap_in_the_tasks_is_where_one_goes_on(study: Study) -> None:
    study = small(study)
    assignment = assign(study, RING, seed=1)
    picks = {task.shown_order: Pick(task.items[0], task.items[1]) for task in assignment.tasks if task.shown_order != 4}
    session = Session("r1", answers=NURSE, seen=frozenset({"words", "example"}), assignment=assignment, picks=picks)
    assert next_page(study, session).key == "task-4"
    assert not tasks_done(session)


def test_the_status_follows_from_the_answers_alone(study: Study) -> None:
    study = small(study)
    session = Session("r1")
    assert status_of(study, session) == Status.CONSENTED
    session = replace(session, answers=NURSE)
    assert status_of(study, session) == Status.ELIGIBLE
    assignment = assign(study, RING, seed=1)
    picks = {task.shown_order: Pick(task.items[0], task.items[1]) for task in assignment.tasks}
    session = replace(session, assignment=assignment, picks={1: picks[1]})
    assert status_of(study, session) == Status.STARTED
    session = replace(session, picks=picks)
    assert status_of(study, session) == Status.COMPLETE
    assert status_of(study, replace(session, answers=NURSE | {"age": 12})) == Status.INELIGIBLE
    reopened = replace(session, answers=NURSE | {"role": "scientist"})
    assert status_of(study, reopened) == Status.COMPLETE
