"""From sessions to the two tables, and from simulated sessions to stored ones."""

from collections.abc import Callable

import numpy as np

from commonground.records.choices import ChoiceData
from commonground.web.respond.export import choice_data, respondent_table
from commonground.web.respond.importing import store_sessions
from commonground.web.respond.models import Session, TaskAnswer
from commonground.web.studies.designs import design_of
from commonground.web.studies.models import Study


def test_answers_become_rows_of_the_choice_table(participant) -> None:
    participant.finish()
    data = choice_data(participant.study)
    stored = list(TaskAnswer.objects.order_by("shown_order"))
    assert data.respondents == (participant.session.respondent,)
    assert [data.items[best] for best in data.best] == [one.best for one in stored]
    assert [[data.items[item] for item in row] for row in data.shown] == [one.items for one in stored]
    assert data.repeats.size == 1
    assert data.scored.size == 7
    assert data.groups_by("group") == ("HP",)
    assert data.groups_by("status") == ("complete",)


def test_a_person_half_way_is_in_the_table_with_what_they_answered(participant) -> None:
    participant.reach_tasks().do_tasks(3)
    data = choice_data(participant.study)
    assert data.best.size == 3
    assert data.groups_by("status") == ("started",)


def test_everybody_who_opened_the_study_has_a_row(participant, another: Callable) -> None:
    participant.finish()
    young = another().agree()
    young.send({"q-age": "12", "q-role": "parent"})
    gone = another()
    gone.open()
    gone.client.post(gone.url(), {"visit": gone.hidden("visit"), "decline": "yes"})
    table = respondent_table(participant.study)
    assert table.values("status") == ("complete", "ineligible", "declined")
    assert table.values("reason") == (None, "under_18", None)
    assert table.values("areas") == ("pain;acute", None, None)
    assert table.values("years") == ("12", None, None)
    assert all(day is None or len(day) == 10 for day in table.values("started_on"))
    assert "earlier_reason" not in table.columns


def test_an_answer_that_no_longer_applies_is_left_out(participant) -> None:
    participant.agree().answer_background()
    participant.open("background-1")
    participant.send({"q-age": "40", "q-role": "parent"})
    assert participant.session.answers["years"] == 12
    assert respondent_table(participant.study).values("years") == (None,)


def test_a_corrected_screening_answer_shows_in_a_column_of_its_own(participant) -> None:
    participant.agree()
    participant.send({"q-age": "12", "q-role": "parent"})
    participant.open("background-1")
    participant.send({"q-age": "21", "q-role": "parent"})
    assert respondent_table(participant.study).values("earlier_reason") == ("under_18",)


def test_a_study_nobody_answered_has_empty_tables(open_study: Study) -> None:
    assert choice_data(open_study).best.size == 0
    assert respondent_table(open_study).respondents == ()


def test_stored_sessions_give_the_table_they_came_from(participant, at: type, study_with: Callable[..., Study]) -> None:
    for _person in range(2):
        at(participant.study).reach_tasks().do_tasks(5)
    at(participant.study).finish()
    records = [session.record() for session in Session.objects.prefetch_related("task_answers")]
    copy = study_with()
    assert store_sessions(study=copy, sessions=records) == 3
    first, second = choice_data(participant.study), choice_data(copy)
    assert_same(first, second)
    assert respondent_table(copy) == respondent_table(participant.study)
    assert Session.objects.filter(study=copy).exclude(code_hash="").count() == 0


def test_simulated_people_are_stored_as_if_they_had_answered(study: Study, answered: Callable[..., Study]) -> None:
    answered(study, HP=3, R=3, P=3, stopped=1)
    data = choice_data(study)
    assert data.shown.shape[1] == design_of(study).per_task
    assert Session.objects.filter(study=study, status="complete").count() == 9
    assert Session.objects.filter(study=study, status="started").count() == 3
    assert Session.objects.filter(study=study, status="ineligible").count() == 2


def assert_same(first: ChoiceData, second: ChoiceData) -> None:
    assert (first.items, first.respondents, first.covariates) == (second.items, second.respondents, second.covariates)
    for name in ("respondent", "task", "shown", "best", "worst", "repeat_of", "version", "shown_order", "seconds"):
        np.testing.assert_array_equal(getattr(first, name), getattr(second, name))


def test_a_pilot_is_kept_apart(participant, another: Callable) -> None:
    study = participant.study
    Study.objects.filter(pk=study.pk).update(is_pilot=True)
    participant.finish()
    Study.objects.filter(pk=study.pk).update(is_pilot=False)
    another().agree()
    assert respondent_table(study).values("status") == ("consented",)
    assert respondent_table(study, pilot=True).values("status") == ("complete",)
    assert choice_data(study).best.size == 0
    assert choice_data(study, pilot=True).best.size == 8
