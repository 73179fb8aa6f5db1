"""The line of eight steps: each state and the one next thing, computed from what a study has."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from django.utils import timezone

from commonground.screening.records import Stage
from commonground.web.results.models import ReportJob
from commonground.web.results.steps import Facts, Next, State, Step, next_action, states
from commonground.web.results.where import facts_of, steps_shown
from commonground.web.screening.models import SignList
from commonground.web.studies.actions import set_open
from commonground.web.studies.models import Study
from commonground.web.workspaces.roles import Role

NEW = Facts()
OPEN = Facts(launched=True, is_open=True, pretested=True, complete=3, planned=10)
CLOSED = replace(OPEN, is_open=False)
LOCKED = replace(CLOSED, screened=True, locked=True)


def line(facts: Facts) -> str:
    """A letter a step: done, now, next (.), left out (x)."""
    letters = {State.DONE: "d", State.NOW: "N", State.NEXT: ".", State.LEFT: "x"}
    return "".join(letters[state] for state in states(facts).values())


@pytest.mark.parametrize(
    ("facts", "shown", "then"),
    [
        (NEW, "dddN....", Next.PRETEST),
        (replace(NEW, items_settled=False), "Ndd.....", Next.ITEMS),
        (replace(NEW, design_usable=False), "dNd.....", Next.DESIGN),
        (replace(NEW, questionnaire_ready=False), "ddN.....", Next.QUESTIONNAIRE),
        (replace(NEW, pretested=True), "ddddN...", Next.LAUNCH),
        (OPEN, "ddddN...", Next.SHARE),
        (replace(OPEN, pretested=False), "dddxN...", Next.SHARE),
        (replace(OPEN, complete=10), "ddddN...", Next.CLOSE),
        (replace(OPEN, is_open=False, complete=0), "ddddN...", Next.REOPEN),
        (CLOSED, "dddddN..", Next.SCREEN),
        (replace(CLOSED, screened=True), "ddddddN.", Next.LOCK),
        (LOCKED, "dddddddN", Next.REPORT),
        (replace(LOCKED, reported=True), "dddddddd", Next.READ),
    ],
)
def test_where_a_study_is_and_what_comes_next(facts: Facts, shown: str, then: Next) -> None:
    assert line(facts) == shown
    assert next_action(facts) is then


def test_only_one_step_is_now() -> None:
    for facts in (NEW, OPEN, CLOSED, LOCKED):
        assert list(states(facts).values()).count(State.NOW) == 1


def test_the_facts_are_those_of_the_study(study: Study, answered: Callable[..., Study]) -> None:
    assert line(facts_of(study)) == "dddN...."
    answered(study, HP=2)
    closed = facts_of(study)
    assert (closed.launched, closed.complete, closed.planned) == (True, 2, 127)
    set_open(study, is_open=True)
    assert next_action(facts_of(study)) is Next.SHARE
    Study.objects.filter(pk=study.pk).update(is_open=False, locked_at=timezone.now())
    study.refresh_from_db()
    assert facts_of(study).screened
    ReportJob.objects.create(study=study, state=ReportJob.State.DONE, people=2)
    assert next_action(facts_of(study)) is Next.READ


def test_a_study_is_screened_once_people_have_looked_and_nothing_waits(
    study: Study, answered: Callable[..., Study]
) -> None:
    answered(study, HP=2)
    assert next_action(facts_of(study)) is Next.SCREEN
    for flags, then in (([], Next.LOCK), ([{"respondent": "r1", "rule": "total_time"}], Next.SCREEN)):
        SignList.objects.update_or_create(study=study, stage=Stage.APART, defaults={"answers": "x", "flags": flags})
        assert next_action(facts_of(study)) is then


def test_steps_lead_where_a_person_may_go(study: Study, answered: Callable[..., Study]) -> None:
    answered(study, HP=2)
    facts = facts_of(study)

    def lead(role: str) -> set[Step]:
        return {step for step, one in zip(Step, steps_shown(study, role, facts), strict=True) if one.url}

    assert lead(Role.OWNER) >= {Step.ITEMS, Step.DESIGN, Step.PRETEST, Step.LIVE, Step.SCREENING}
    assert Step.SCREENING not in lead(Role.VIEWER)
    assert lead(Role.VIEWER) >= {Step.ITEMS, Step.DESIGN, Step.QUESTIONNAIRE, Step.LIVE}
