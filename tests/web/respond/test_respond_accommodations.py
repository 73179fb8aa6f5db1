"""Answering for the best alone, agreeing without a box, and taking answers back."""

from collections.abc import Callable

import pytest
from django.utils import timezone

from commonground.web.respond import actions
from commonground.web.respond.export import choice_data, respondent_table
from commonground.web.respond.models import Session, TaskAnswer
from commonground.web.studies.models import Study
from commonground.web.workspaces.actions import own_workspace
from commonground.web.workspaces.models import AuditEvent

pytestmark = pytest.mark.django_db


@pytest.fixture
def gentle(study_with: Callable[..., Study]) -> Study:
    return study_with(fielding={"best_only": True})


def only_best(person: object) -> None:
    person.send({"most": person.shown()[0]})  # type: ignore[attr-defined]  # a Participant


def test_a_person_may_answer_for_the_best_alone(gentle: Study, at: type) -> None:
    person = at(gentle).reach_tasks()
    person.send({"ends": "best", "go": ""})
    assert person.key == "task-1"
    assert 'name="least"' not in person.text
    for _task in range(8):
        only_best(person)
    session = person.session
    assert (session.status, session.best_only) == ("complete", True)
    assert set(TaskAnswer.objects.values_list("worst", flat=True)) == {""}
    data = choice_data(gentle)
    assert (data.worst < 0).all()
    assert (data.best >= 0).all()
    assert respondent_table(gentle).values("best_only") == ("yes",)


def test_it_can_be_changed_on_the_way_and_nothing_is_lost(gentle: Study, at: type) -> None:
    person = at(gentle).reach_tasks()
    person.pick()
    person.send({"ends": "best", "go": ""})
    only_best(person)
    person.open("task-1")
    first = TaskAnswer.objects.get(shown_order=1)
    person.send({"most": first.best})
    first.refresh_from_db()
    assert first.worst
    person.open("task-3")
    person.send({"ends": "both", "go": ""})
    assert 'name="least"' in person.text
    only_best(person)
    assert "has not been chosen yet" in person.text


def test_where_it_is_not_offered_it_cannot_be_had(open_study: Study, at: type) -> None:
    person = at(open_study).reach_tasks()
    assert 'name="ends"' not in person.text
    person.send({"ends": "best", "go": ""})
    assert not person.session.best_only
    only_best(person)
    assert not TaskAnswer.objects.exists()
    with pytest.raises(ValueError, match="no answer"):
        actions.save_pick(
            session=person.session, shown_order=1, best=person.shown()[0], worst="", seconds=1, now=timezone.now()
        )


def test_each_answer_keeps_the_language_it_was_read_in(open_study: Study, at: type) -> None:
    person = at(open_study).reach_tasks()
    person.pick()
    person.send({"language": "fr"})
    person.pick()
    assert list(TaskAnswer.objects.values_list("language", flat=True)) == ["en", "fr"]


def test_going_on_may_mean_agreeing(study_with: Callable[..., Study], at: type) -> None:
    consent = {"version": "3", "sections": ["Read."], "agreement": "By going on you agree.", "given_by": "completion"}
    person = at(study_with(consent=consent))
    assert 'type="checkbox"' not in person.open().content.decode()
    assert "By going on you agree." in person.text
    person.page = person.client.post(person.url(), {"visit": person.hidden("visit"), "agree": "yes"}, follow=True)
    assert person.session.consent_version == "3"


def test_answers_can_be_taken_back(open_study: Study, owner: object, at: type) -> None:
    open_study.workspace = own_workspace(owner)  # type: ignore[arg-type]  # a User
    open_study.save()
    person = at(open_study).finish()
    label, code = person.session.respondent, person.code
    page = person.open("withdraw")
    assert "cannot be brought back" in page.content.decode()
    page = person.client.post(person.url("withdraw"), {"withdraw": "yes"})
    assert "Your answers are deleted" in page.content.decode()
    session = Session.objects.get()
    assert (session.status, session.respondent) == ("withdrawn", label)
    assert (session.answers, session.assignment, session.group, session.code_hash) == ({}, None, "", "")
    assert (session.page_seconds, session.seconds, session.completed_at, session.language) == ({}, None, None, "")
    assert not TaskAnswer.objects.exists()
    assert not choice_data(open_study).respondents
    event = AuditEvent.objects.get(action="a participant took answers back")
    assert (event.actor, event.details) == ("", {})
    again = at(open_study)
    again.open("resume")
    assert "No answers belong to this code" in again.client.post(again.url("resume"), {"code": code}).content.decode()


def test_taking_back_needs_the_code_or_the_device(open_study: Study, at: type) -> None:
    at(open_study).finish()
    stranger = at(open_study)
    stranger.client.post(stranger.url("withdraw"), {"withdraw": "yes"})
    assert Session.objects.get().status == "complete"


def test_after_the_lock_nothing_is_taken_out_and_the_page_says_so(open_study: Study, at: type) -> None:
    person = at(open_study).finish()
    open_study.is_open, open_study.locked_at = False, timezone.now()
    open_study.save()
    assert "locked for analysis" in person.open("withdraw").content.decode()
    person.client.post(person.url("withdraw"), {"withdraw": "yes"})
    assert Session.objects.get().status == "complete"


def test_an_invitation_whose_answers_were_taken_back_begins_nothing(open_study: Study, owner: object, at: type) -> None:
    from commonground.web.collecting.actions import make_invitations

    (token,) = make_invitations(study=open_study, number=1, source=None, actor=owner)  # type: ignore[arg-type]  # a User
    person = at(open_study)
    person.page = person.client.get(person.url(), {"invitation": token})
    fields = {"visit": person.hidden("visit"), "agree": "yes", "invitation": token}
    person.client.post(person.url(), fields)
    person.client.post(person.url("withdraw"), {"withdraw": "yes"})
    assert "This invitation has been used" in person.client.get(person.url(), {"invitation": token}).content.decode()
    person.client.post(person.url(), fields)
    assert [one.status for one in Session.objects.all()] == ["withdrawn"]
