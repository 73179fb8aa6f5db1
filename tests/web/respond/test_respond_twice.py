"""Twice, late, out of order, from two tabs: nothing is lost and nothing is counted twice."""

import threading
from collections.abc import Callable

import pytest
from django.db import connection
from django.utils import timezone

from commonground.web.respond import actions, stamps
from commonground.web.respond.models import Session, TaskAnswer
from commonground.web.respond.turns import turn


def fields(participant, best: int = 0, worst: int = 1) -> dict[str, str]:
    items = participant.shown()
    return {"stamp": participant.hidden("stamp"), "go": "next", "most": items[best], "least": items[worst]}


def test_a_double_click_on_start_makes_one_session(participant) -> None:
    participant.open()
    sent = {"visit": participant.hidden("visit"), "agree": "yes"}
    participant.client.post(participant.url(), sent)
    code = participant.code
    participant.client.post(participant.url(), sent)
    assert participant.code == code
    assert Session.objects.count() == 1


def test_a_double_click_on_next_makes_one_answer(participant) -> None:
    participant.reach_tasks()
    sent = fields(participant)
    for _click in range(2):
        answer = participant.client.post(participant.url("task-1"), sent)
        assert answer["Location"] == participant.url("task-2")
    assert TaskAnswer.objects.count() == 1


def test_a_page_sent_again_much_later_changes_nothing_else(participant) -> None:
    participant.reach_tasks()
    sent = fields(participant)
    participant.do_tasks(4)
    before = list(TaskAnswer.objects.values())
    participant.client.post(participant.url("task-1"), sent)
    assert list(TaskAnswer.objects.values()) == before
    participant.open()
    assert participant.key == "task-5"


def test_of_two_tabs_the_one_sent_last_is_what_the_person_said(participant, another: Callable) -> None:
    participant.reach_tasks()
    first_tab = fields(participant, 0, 1)
    participant.open("task-1")
    second_tab = fields(participant, 2, 0)
    participant.client.post(participant.url("task-1"), second_tab)
    participant.client.post(participant.url("task-1"), first_tab)
    stored = TaskAnswer.objects.get()
    assert (stored.best, stored.worst) == (first_tab["most"], first_tab["least"])


def test_an_answer_to_a_task_not_reached_is_not_taken(participant) -> None:
    participant.reach_tasks()
    sent = fields(participant) | {
        "stamp": stamps.sign(session=participant.session.pk, page="task-5", now=timezone.now())
    }
    answer = participant.client.post(participant.url("task-5"), sent)
    assert answer["Location"] == participant.url("task-1")
    assert not TaskAnswer.objects.exists()


def test_a_page_of_another_visit_is_not_taken_for_this_one(participant, another: Callable) -> None:
    participant.reach_tasks()
    old_tab = fields(participant)
    participant.client.post(participant.url("leave"))
    participant.reach_tasks()
    participant.page = participant.client.post(participant.url("task-1"), old_tab, follow=True)
    assert "open since an earlier visit" in participant.text
    assert not TaskAnswer.objects.exists()


@pytest.mark.parametrize("stamp", ["", "nonsense", "WzEsInRhc2stMSIsMV0:1abc:xyz"])
def test_a_form_without_its_stamp_is_not_taken(participant, stamp: str) -> None:
    participant.reach_tasks()
    participant.client.post(participant.url("task-1"), fields(participant) | {"stamp": stamp})
    assert not TaskAnswer.objects.exists()


def test_a_stamp_of_another_page_is_not_taken(participant) -> None:
    participant.reach_tasks()
    sent = fields(participant)
    participant.pick()
    participant.client.post(participant.url("task-2"), sent)
    assert TaskAnswer.objects.count() == 1


def test_the_last_page_stays_the_last_whatever_is_sent(participant) -> None:
    participant.finish()
    participant.send()
    assert participant.key == "thanks"
    participant.open()
    assert participant.key == "thanks"


def test_an_item_that_was_not_shown_is_no_answer(participant) -> None:
    participant.reach_tasks()
    shown = participant.shown()
    hidden = next(name for name in ("trust", "time", "money", "tools") if name not in shown)
    page = participant.send({"most": hidden, "least": shown[0]})
    assert page.status_code == 422
    with pytest.raises(ValueError, match="are no answer"):
        actions.save_pick(
            session=participant.session, shown_order=1, best=hidden, worst=shown[0], seconds=1, now=timezone.now()
        )


def test_a_task_that_was_not_assigned_is_refused(participant) -> None:
    participant.reach_tasks()
    with pytest.raises(ValueError, match="has no task 99"):
        actions.save_pick(
            session=participant.session, shown_order=99, best="a", worst="b", seconds=1, now=timezone.now()
        )


@pytest.mark.django_db(transaction=True)
def test_many_at_once_store_every_answer_once(participant) -> None:
    participant.reach_tasks()
    session_id, shown = participant.session.pk, participant.shown()
    problems: list[BaseException] = []

    def send(worst: str) -> None:
        try:
            for _again in range(3):
                with turn(participant.study.public_id):
                    session = Session.objects.select_for_update().get(pk=session_id)
                    actions.save_pick(
                        session=session, shown_order=1, best=shown[0], worst=worst, seconds=2.0, now=timezone.now()
                    )
        except BaseException as error:  # noqa: BLE001  # shown by the assertion below
            problems.append(error)
        finally:
            connection.close()

    senders = [threading.Thread(target=send, args=(shown[1 + number % 2],)) for number in range(6)]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join()
    assert problems == []
    assert TaskAnswer.objects.count() == 1
    assert participant.session.page_seconds["task-1"] == 2.0
