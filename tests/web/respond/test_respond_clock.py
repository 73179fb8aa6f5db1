"""The machine's clock jumps while somebody answers: years ahead, years back. Nothing is lost; times may be unknown."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from commonground.web.respond.models import TaskAnswer

NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)
YEARS = timedelta(days=3650)


class Clock:
    """What the site takes for now."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(timezone, "now", clock)
    return clock


@pytest.mark.parametrize("jump", [YEARS, -YEARS])
def test_answers_sent_after_a_jump_are_kept_and_the_way_goes_on(participant, clock: Clock, jump: timedelta) -> None:
    participant.reach_tasks().do_tasks(3)
    clock.now += jump
    participant.do_tasks(3)
    clock.now -= jump
    participant.do_tasks(2)
    participant.send({"q-clear": "yes"})
    participant.send({"q-country": "Canada"})
    assert participant.key == "thanks"
    assert TaskAnswer.objects.count() == 8
    assert participant.session.status == "complete"


def test_a_time_on_a_page_that_cannot_be_is_unknown_rather_than_nothing(participant, clock: Clock) -> None:
    participant.reach_tasks()
    clock.now -= timedelta(hours=1)  # summer time, done wrongly
    participant.pick()
    clock.now += timedelta(seconds=4)
    participant.pick()
    assert list(TaskAnswer.objects.order_by("shown_order").values_list("seconds", flat=True)) == [None, 4.0]
    assert "task-1" not in participant.session.page_seconds  # not counted as the quickest page of all


def test_the_order_of_answers_does_not_depend_on_the_clock(participant, clock: Clock) -> None:
    participant.reach_tasks()
    for _task in range(3):
        participant.pick()
        clock.now -= timedelta(minutes=10)
    assert participant.key == "task-4"
    assert [one.shown_order for one in TaskAnswer.objects.all()] == [1, 2, 3]
