"""The whole way through a study, as a browser without scripts walks it."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from commonground.web.respond.models import Session, TaskAnswer
from commonground.web.studies.models import Study


def test_from_consent_to_thanks(participant) -> None:
    participant.agree()
    assert participant.key == "background-1"
    assert participant.session.status == "consented"
    participant.send({"q-age": "40", "q-role": "nurse", "q-areas": ["acute"]})
    assert participant.key == "background-2"
    participant.send({"q-years": "12,5"})
    assert participant.key == "words"
    assert participant.session.status == "eligible"
    assert participant.session.group == "HP"
    participant.send()
    assert participant.key == "example"
    participant.send()
    assert participant.key == "task-1"
    assert "Task 1 of 8" in participant.text
    participant.pick()
    assert participant.session.status == "started"
    participant.do_tasks(7)
    assert participant.key == "quality-1"
    assert participant.session.status == "complete"
    participant.send({"q-clear": "no"})
    participant.send({"q-country": "Canada"})
    assert participant.key == "thanks"
    assert "Many thanks." in participant.text
    assert participant.session.answers == {
        "age": 40, "role": "nurse", "areas": ["pain", "acute"], "years": 12.5, "clear": "no", "country": "Canada",
    }  # fmt: skip


def test_each_answer_is_committed_before_the_next_page(participant) -> None:
    participant.reach_tasks()
    items = participant.shown()
    fields = {"stamp": participant.hidden("stamp"), "go": "next", "most": items[0], "least": items[2]}
    answer = participant.client.post(participant.url("task-1"), fields)
    assert (answer.status_code, answer["Location"]) == (302, participant.url("task-2"))
    stored = TaskAnswer.objects.get()
    assert (stored.best, stored.worst, stored.items, stored.shown_order) == (items[0], items[2], items, 1)


def test_what_chance_decided_is_kept_and_shown(participant) -> None:
    participant.finish()
    assignment = participant.session.record().assignment
    stored = list(TaskAnswer.objects.order_by("shown_order"))
    assert [tuple(one.items) for one in stored] == [task.items for task in assignment.tasks]
    assert [one.repeat_of > 0 for one in stored].count(True) == 1
    again = next(one for one in stored if one.repeat_of)
    twin = next(one for one in stored if one.task == again.repeat_of)
    assert again.items == twin.items
    assert again.shown_order - twin.shown_order >= 3


def test_time_on_each_page_is_counted_once(participant) -> None:
    participant.finish()
    session = participant.session
    assert set(session.page_seconds) == {
        "background-1", "background-2", "words", "example", "quality-1", "demographics-1",
        *(f"task-{number}" for number in range(1, 9)),
    }  # fmt: skip
    assert session.seconds == pytest.approx(sum(session.page_seconds.values()), abs=0.06)
    assert session.completed_at - session.started_at < timedelta(minutes=1)


def test_a_person_under_18_is_told_kindly_and_counted_with_the_reason(participant) -> None:
    participant.agree()
    participant.send({"q-age": "17", "q-role": "parent"})
    assert participant.key == "ineligible"
    assert "This study is for adults." in participant.text
    session = participant.session
    assert (session.status, session.reason, session.assignment) == ("ineligible", "under_18", None)


def test_a_slip_can_be_mended_and_leaves_a_sign(participant) -> None:
    participant.agree()
    participant.send({"q-age": "4", "q-role": "parent"})
    participant.send(go="back")
    assert participant.key == "background-1"
    assert 'value="4"' in participant.text
    participant.send({"q-age": "40", "q-role": "parent"})
    assert participant.key == "words"
    session = participant.session
    assert (session.status, session.reason, session.earlier_reason) == ("eligible", "", "under_18")


def test_who_fits_no_group_reads_why(participant) -> None:
    participant.agree()
    participant.send({"q-age": "40", "q-role": "other"})
    assert participant.key == "ineligible"
    assert participant.session.reason == "no_group"
    assert "your answers fit none of them" in participant.text


def test_back_goes_all_the_way_and_shows_what_was_answered(participant) -> None:
    participant.reach_tasks()
    participant.pick()
    participant.send(go="back")
    assert participant.key == "task-1"
    assert participant.text.count(" checked") == 2
    for expected in ("example", "words", "background-2", "background-1"):
        participant.send(go="back")
        assert participant.key == expected
    assert 'value="40"' in participant.text
    assert "Back</button>" not in participant.text


def test_going_back_keeps_what_was_filled_in(participant) -> None:
    participant.reach_tasks()
    participant.pick()
    items = participant.shown()
    participant.send({"most": items[1], "least": items[0]}, go="back")
    assert TaskAnswer.objects.count() == 2
    participant.open("background-2")
    participant.send({"q-years": "33"}, go="back")
    assert participant.session.answers["years"] == 33


def test_an_edited_page_updates_its_answer(participant) -> None:
    participant.reach_tasks()
    participant.pick(0, 1)
    first = TaskAnswer.objects.get()
    participant.open("task-1")
    participant.pick(2, 0)
    edited = TaskAnswer.objects.get()
    assert (edited.best, edited.worst) == (first.items[2], first.items[0])
    assert edited.seconds == first.seconds
    assert participant.key == "task-2"


def test_a_changed_role_asks_what_the_new_group_is_asked(participant) -> None:
    participant.reach_tasks({"q-age": "40", "q-role": "parent"})
    assert participant.session.group == "P"
    participant.open("background-1")
    participant.send({"q-age": "40", "q-role": "nurse"})
    assert participant.key == "background-2"
    participant.send({"q-years": "3"})
    assert participant.session.group == "HP"


def test_a_page_too_far_ahead_leads_to_where_one_is(participant) -> None:
    participant.agree()
    for ahead in ("task-3", "thanks", "quality-1", "nowhere", "words"):
        participant.open(ahead)
        assert participant.key == "background-1"


def test_a_study_without_an_example_or_questions_still_works(at: type, study_with: Callable[..., Study]) -> None:
    plain = study_with(
        background=[], eligibility=[], group_rules=[], quality_questions=[], demographics=[], worked_example=None,
        groups=[{"id": "all", "label": "All", "short_label": "All"}],
    )  # fmt: skip
    person = at(plain).agree()
    assert person.key == "words"
    person.send()
    person.do_tasks()
    assert person.key == "thanks"
    assert Session.objects.get().group == "all"


def test_versions_of_a_design_are_taken_in_turn(at: type, study_with: Callable[..., Study]) -> None:
    study = study_with(design={"per_task": 3, "versions": 3})
    for _person in range(6):
        at(study).agree().answer_background()
    versions = [session.record().assignment.version for session in Session.objects.all()]
    assert sorted(versions) == [1, 1, 2, 2, 3, 3]
