"""What the study's page counts, and that it is what the downloads hold."""

from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest

from commonground.files.study import StudyDocument
from commonground.web.respond.export import choice_data, respondent_table
from commonground.web.respond.models import Session
from commonground.web.results.attention import attention
from commonground.web.results.monitor import Monitor, Tally, watch
from commonground.web.results.tallies import tally_of
from commonground.web.studies.models import Study

TODAY = date(2026, 3, 2)

TALLY = Tally(
    people={
        ("HP", "complete"): 2,
        ("HP", "started"): 1,
        ("R", "eligible"): 1,
        ("", "ineligible"): 1,
        ("", "consented"): 1,
        ("", "declined"): 1,
    },
    complete_today={"HP": 1},
    best=frozenset({("HP", "open"), ("HP", "goal")}),
    worst=frozenset({("HP", "comm")}),
)


@pytest.fixture
def monitor(study_document: StudyDocument) -> Monitor:
    return watch(study_document.study, TALLY)


def test_every_count_includes_the_later_stages(monitor: Monitor) -> None:
    assert (monitor.consented, monitor.eligible, monitor.started, monitor.complete) == (6, 4, 3, 2)
    assert (monitor.declined, monitor.ineligible) == (1, 1)


def test_groups_stand_beside_what_was_planned(monitor: Monitor) -> None:
    health, researchers, patients = monitor.groups
    assert (health.complete, health.planned, health.complete_today) == (2, 64, 1)
    assert (researchers.eligible, researchers.started) == (1, 0)
    assert patients.eligible == 0
    assert monitor.planned == 127


def test_one_group_with_two_answers_is_enough_to_begin_and_the_others_are_named(monitor: Monitor) -> None:
    assert monitor.can_report
    assert [(group.group.id, group.lacks) for group in monitor.lacking] == [("R", 2), ("P", 2)]


class TestAStudy:
    """The same from stored sessions."""

    def seen(self, study: Study) -> Monitor:
        return watch(study.record(), tally_of(study, today=TODAY))

    def test_it_counts_what_the_downloads_hold(self, study: Study, answered: Callable[..., Study]) -> None:
        answered(study, HP=3, R=2, P=4, stopped=1)
        people, monitor = respondent_table(study), self.seen(study)
        pairs = Counter(zip(people.values("group"), people.values("status"), strict=True))
        for one in monitor.groups:
            assert one.complete == pairs[(one.group.id, "complete")]
            assert one.started == one.complete + pairs[(one.group.id, "started")]
        assert monitor.consented == len(people.respondents)
        assert monitor.ineligible == people.values("status").count("ineligible") == 2

    def test_today_counts_from_midnight_on(self, study: Study, answered: Callable[..., Study]) -> None:
        answered(study, HP=2)
        Session.objects.update(completed_at=datetime(2026, 3, 1, 23, 59, tzinfo=UTC))
        Session.objects.filter(pk=Session.objects.filter(status="complete").first().pk).update(
            completed_at=datetime(2026, 3, 2, 0, 1, tzinfo=UTC)
        )
        assert self.seen(study).groups[0].complete_today == 1

    def test_nobody_yet(self, study: Study) -> None:
        monitor = self.seen(study)
        assert not monitor.has_answers
        assert attention(study, monitor) == ()

    def test_items_never_chosen_are_named_for_each_group_once_there_are_enough_answers(
        self, study: Study, answered: Callable[..., Study]
    ) -> None:
        answered(study, HP=10, R=2, P=2, stopped=2)
        monitor = self.seen(study)
        health = next(one for one in monitor.never_chosen if one.group.id == "HP")
        data = choice_data(study)
        groups, statuses = data.groups_by("group"), data.groups_by("status")
        whose = [(groups[owner], statuses[owner]) for owner in data.respondent]
        mine = [row for row in data.scored if whose[row] == ("HP", "complete")]
        assert {item.id for item in health.best} == set(data.items) - {data.items[data.best[row]] for row in mine}
        assert {item.id for item in health.worst} == set(data.items) - {data.items[data.worst[row]] for row in mine}
        told = [note for note in attention(study, monitor) if note.kind == "warn"]
        assert bool(told) == health.is_warning
        assert all("10 people" in note.text for note in told)
        assert not any("2 people" in note.text for note in told)  # two answers say nothing yet

    def test_a_silent_group_is_pointed_out(self, study: Study, answered: Callable[..., Study]) -> None:
        answered(study, HP=2, R=2)
        titles = [note.title for note in attention(study, self.seen(study))]
        assert any("Patient" in title for title in titles)
