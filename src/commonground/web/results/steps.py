"""The line of steps on a study's page: which are done, which is now, and the one thing to do next."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from commonground.web.results.models import ReportJob
from commonground.web.results.monitor import Monitor
from commonground.web.studies.models import Study


@dataclass(frozen=True, slots=True)
class Step:
    """One step. `state` is done, now or next."""

    label: Promise
    state: str


LABELS = (_("Items"), _("Design"), _("Questionnaire"), _("Live"), _("Report"))
LIVE, REPORT = 3, 4


def steps(study: Study, monitor: Monitor, reports: Sequence[ReportJob]) -> tuple[Step, ...]:
    """The steps of a study that has its document: items, design and questionnaire are settled by it."""
    closed_with_answers = not study.is_open and monitor.complete > 0
    now = REPORT if closed_with_answers else LIVE
    finished = closed_with_answers and any(job.state == ReportJob.State.DONE for job in reports)
    return tuple(
        Step(label, "done" if place < now or finished else "now" if place == now else "next")
        for place, label in enumerate(LABELS)
    )


def next_action(study: Study, monitor: Monitor, reports: Sequence[ReportJob], *, can_report: bool) -> str:
    """The one thing to do next: open, share, report or read."""
    if not study.is_open and not monitor.has_answers and study.locked_at is None:
        return "open"
    if study.is_open and not (can_report and (monitor.planned is None or monitor.complete >= monitor.planned)):
        return "share"
    newest = reports[0] if reports else None
    if newest is not None and newest.state == ReportJob.State.DONE and newest.people == monitor.complete:
        return "read"
    return "report" if can_report or study.locked_at is not None else "open"
