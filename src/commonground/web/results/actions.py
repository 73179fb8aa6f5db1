"""What owners can do with results: ask for a report, and know how long it will take."""

from collections.abc import Collection

from django.db import transaction
from django.utils import timezone

from commonground.web.results.models import ReportJob
from commonground.web.results.tasks import make_report_task
from commonground.web.studies.models import Study

State = ReportJob.State


def ask_for_report(study: Study) -> ReportJob:
    """Queue a report; one that is already on its way is not asked for twice."""
    with transaction.atomic():
        pending = ReportJob.objects.filter(study=study, state__in=[State.WAITING, State.RUNNING]).first()
        if pending is not None:
            return pending
        job = ReportJob.objects.create(study=study)
        make_report_task.enqueue(job.pk)
    return job


def give_up_interrupted(jobs: Collection[int] | None = None) -> None:
    """Mark these reports as interrupted if they are said to be in the making; without a list, all of them."""
    running = ReportJob.objects.filter(state=State.RUNNING)
    (running if jobs is None else running.filter(pk__in=jobs)).update(
        state=State.FAILED, failure=ReportJob.Failure.INTERRUPTED, finished_at=timezone.now()
    )


def usual_seconds(study: Study) -> float | None:
    """How long the last report took on this machine: of this study, else of any."""
    finished = ReportJob.objects.filter(state=State.DONE, started_at__isnull=False, finished_at__isnull=False)
    last = finished.filter(study=study).first() or finished.first()
    return last.seconds if last else None
