"""Sessions as tables: nothing is invented, nothing is lost."""

import numpy as np
import pytest

from commonground.records.questions import Question
from commonground.records.sessions import Assignment, Pick, Session, ShownTask, Status
from commonground.records.study import Study
from commonground.records.tabulate import choice_data, respondent_table


@pytest.fixture
def assignment():
    tasks = (
        ShownTask(1, 2, 2, ("c", "a")),
        ShownTask(2, 2, 1, ("b", "a", "c")),
        ShownTask(3, 2, 3, ("c", "a"), repeat_of=2),
    )
    return Assignment(5, 2, (2, 1), (1, 0, 2), tasks)


def test_only_answered_tasks_become_rows(assignment):
    picks = {1: Pick("a", "c", 20.5), 3: Pick("c", "a")}
    sessions = [
        Session("none", group="HP"),
        Session("some", status=Status.STARTED, group="R", assignment=assignment, picks=picks),
        Session("unanswered", assignment=assignment),
    ]
    data = choice_data(("a", "b", "c"), sessions)
    assert data.respondents == ("some",)
    assert data.shown.tolist() == [[2, 0], [2, 0]]
    assert data.task.tolist() == [2, 3]
    assert data.repeat_of.tolist() == [0, 2]
    assert data.version.tolist() == [2, 2]
    np.testing.assert_array_equal(data.seconds, [20.5, np.nan])
    assert data.covariates == {"group": ("R",), "status": ("started",)}


def test_smaller_tasks_are_filled_up(assignment):
    picks = {order: Pick("a", "c") for order in (1, 2)}
    data = choice_data(("a", "b", "c"), [Session("x", assignment=assignment, picks=picks)])
    assert data.shown.tolist() == [[2, 0, -1], [1, 0, 2]]


def test_nobody_answered_yet_is_an_empty_table():
    assert choice_data(("a", "b"), []).scored.size == 0


def test_respondents_show_days_not_times():
    study = Study.model_construct(background=(), quality_questions=(), demographics=())
    session = Session("r1", reason="", started_at="2026-03-01T10:11:12+00:00", seconds=61.4)
    table = respondent_table(study, [session])
    assert table.values("started_on") == ("2026-03-01",)
    assert table.values("completed_on") == (None,)
    assert table.values("seconds") == ("61",)
    assert table.values("group") == (None,)


def test_the_language_of_each_answer_is_told_where_it_is_known(assignment):
    picks = {1: Pick("a", "c", language="en"), 2: Pick("b", "a", language="fr"), 3: Pick("a", "c")}
    sessions = [
        Session("some", assignment=assignment, picks=picks),
        Session("other", assignment=assignment, picks={1: Pick("a", "c")}),
    ]
    data = choice_data(("a", "b", "c"), sessions)
    assert data.language == ("en", "fr", None, None)
    assert data.covariates["language"] == ("en", None)
    assert data.keep(np.array([False, True])).language == (None,)


def test_a_ranking_has_a_column_for_each_option_and_a_text_to_read_has_none():
    options = [{"id": one, "label": one} for one in ("tea", "time")]
    questions = (
        Question.model_validate({"id": "rank", "type": "ranking", "text": "?", "options": options}),
        Question.model_validate({"id": "note", "type": "information", "text": "Read."}),
        Question.model_validate({"id": "born", "type": "date", "precision": "year", "text": "?"}),
    )
    study = Study.model_construct(background=questions, quality_questions=(), demographics=())
    session = Session("r1", answers={"rank": ("time", "tea"), "note": None, "born": 1990})
    table = respondent_table(study, [session, Session("r2")])
    assert table.values("rank/tea") == ("2", None)
    assert table.values("rank/time") == ("1", None)
    assert table.values("born") == ("1990", None)
    assert not {"rank", "note"} & set(table.columns)
