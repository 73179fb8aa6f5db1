"""What the study's page counts, from the two tables alone."""

from collections.abc import Callable

import numpy as np
import pytest

from commonground.files.study import StudyDocument
from commonground.records.choices import ChoiceData
from commonground.records.respondents import RespondentTable
from commonground.web.respond.export import choice_data, respondent_table
from commonground.web.results.attention import attention
from commonground.web.results.monitor import Monitor, watch
from commonground.web.results.steps import next_action, steps
from commonground.web.studies.models import Study

TODAY = "2026-03-02"

PEOPLE = (
    ("HP", "complete", TODAY),
    ("HP", "complete", "2026-03-01"),
    ("HP", "started", None),
    ("R", "eligible", None),
    (None, "ineligible", None),
    (None, "consented", None),
    (None, "declined", None),
)


@pytest.fixture
def monitor(study_document: StudyDocument) -> Monitor:
    groups, statuses, days = zip(*PEOPLE, strict=True)
    columns = {"group": groups, "status": statuses, "completed_on": days}
    respondents = RespondentTable(tuple(f"r{place}" for place in range(len(PEOPLE))), columns)
    return watch(study_document.study, nobody(study_document), respondents, today=TODAY)


def nobody(document: StudyDocument) -> ChoiceData:
    items = tuple(item.id for item in document.study.items)
    none = np.zeros(0, dtype=np.int64)
    covariates: dict[str, tuple[str | None, ...]] = {"group": (), "status": ()}
    shown = np.zeros((0, 5), dtype=np.int64)
    return ChoiceData.from_rows(
        items, (), respondent=none, task=none, shown=shown, best=none, worst=none, covariates=covariates
    )


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
        return watch(study.record(), choice_data(study), respondent_table(study), today=TODAY)

    def test_nobody_yet(self, study: Study) -> None:
        monitor = self.seen(study)
        assert not monitor.has_answers
        assert attention(study, monitor) == ()
        assert next_action(study, monitor, [], can_report=False) == "open"

    def test_items_never_chosen_are_named_for_each_group_once_there_are_enough_answers(
        self, study: Study, answered: Callable[..., Study]
    ) -> None:
        answered(study, HP=10, R=2, P=2)
        monitor = self.seen(study)
        health = next(one for one in monitor.never_chosen if one.group.id == "HP")
        data = choice_data(study)
        mine = [row for row in data.scored if data.groups_by("group")[data.respondent[row]] == "HP"]
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

    def test_the_line_of_steps_follows_the_study(self, study: Study, answered: Callable[..., Study]) -> None:
        def states() -> list[str]:
            return [step.state for step in steps(study, self.seen(study), [])]

        assert states() == ["done", "done", "done", "now", "next"]
        answered(study, HP=2)
        assert states() == ["done", "done", "done", "done", "now"]  # closed, with answers
        study.is_open = True
        assert states() == ["done", "done", "done", "now", "next"]

    def test_the_one_next_thing(self, study: Study, answered: Callable[..., Study]) -> None:
        study.is_open = True
        assert next_action(study, self.seen(study), [], can_report=False) == "share"
        answered(study, HP=2)
        study.is_open = False
        assert next_action(study, self.seen(study), [], can_report=True) == "report"
