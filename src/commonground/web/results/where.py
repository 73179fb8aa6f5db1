"""What the line of steps is computed from, read from everything a study has; and where each step leads."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from commonground.web.building.launch_points import is_ready
from commonground.web.building.launching import was_tried
from commonground.web.items.where import where
from commonground.web.results.models import ReportJob
from commonground.web.results.steps import Facts, State, Step, states
from commonground.web.results.tallies import complete_in
from commonground.web.screening.standing import is_screened
from commonground.web.studies.models import Study
from commonground.web.workspaces.roles import Permission, may

LABELS: dict[Step, Promise] = {
    Step.ITEMS: _("Items"),
    Step.DESIGN: _("Design"),
    Step.QUESTIONNAIRE: _("Questionnaire"),
    Step.PRETEST: _("Pretest"),
    Step.LIVE: _("Live"),
    Step.SCREENING: _("Screening"),
    Step.LOCKED: _("Locked"),
    Step.REPORT: _("Report"),
}


@dataclass(frozen=True, slots=True)
class StepShown:
    """A step as the page shows it; without an address where this person may not go."""

    label: Promise
    state: str
    url: str


def facts_of(study: Study, *, complete: int | None = None) -> Facts:
    """How far a study is; `complete` people have answered every task, counted here where it is left out."""
    complete = complete_in(study) if complete is None else complete
    record = study.record()
    launched = study.launched_at is not None or complete > 0
    planned = [group.planned for group in record.groups]
    ready = is_ready(study)
    over = launched and not study.is_open and complete > 0
    return Facts(
        items_settled=launched or where(study).is_settled,
        design_usable=ready.design,
        questionnaire_ready=ready.questionnaire,
        pretested=was_tried(study),
        launched=launched,
        is_open=study.is_open and not study.is_pilot,
        complete=complete,
        planned=sum(one for one in planned if one) if all(planned) else None,
        screened=over and (study.locked_at is not None or is_screened(study)),
        locked=study.locked_at is not None,
        reported=_reported(study, complete),
    )


def _reported(study: Study, complete: int) -> bool:
    newest = study.reports.first()
    if newest is None or newest.state != ReportJob.State.DONE or newest.people != complete:
        return False
    return study.locked_at is None or newest.created_at >= study.locked_at


def steps_shown(study: Study, role: str, facts: Facts) -> list[StepShown]:
    """The line of steps, each with where it leads."""
    found = states(facts)
    return [StepShown(LABELS[step], found[step].value, address(step, study, role, facts)) for step in Step]


def address(step: Step, study: Study, role: str, facts: Facts) -> str:
    """Where a step leads; empty where this person may not go, or where there is nothing yet."""
    name, permission = {
        Step.ITEMS: ("items:list", Permission.VIEW),
        Step.DESIGN: ("building:design", Permission.VIEW),
        Step.QUESTIONNAIRE: ("building:questionnaire", Permission.VIEW),
        Step.PRETEST: ("items:pretest", Permission.VIEW),
        Step.LIVE: ("collecting:overview" if facts.launched else "building:launch", Permission.VIEW),
        Step.SCREENING: ("screening:queue", Permission.SCREEN),
        Step.LOCKED: ("screening:lock", Permission.DATA),
        Step.REPORT: ("results:overview", Permission.VIEW),
    }[step]
    comes_later = step in {Step.SCREENING, Step.LOCKED, Step.REPORT} and states(facts)[step] is State.NEXT
    if not may(role, permission) or comes_later:
        return ""
    return reverse(name, args=[study.public_id]) + ("#reports" if step is Step.REPORT else "")
