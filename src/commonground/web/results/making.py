"""Making a report: from waiting to done, with notes of how far it is."""

import logging
import shutil
import time
from collections.abc import Callable
from pathlib import Path

from django.utils import timezone

from commonground.publish.html import write_report
from commonground.records.errors import CommonGroundError
from commonground.web.results.documents import Report, report_of
from commonground.web.results.models import ReportJob

LOG = logging.getLogger("commonground.reports")
TELL_EVERY = 0.3
"""Seconds between two notes of progress: the page asks every second or so."""

Tell = Callable[[str, int, int], None]
"""Told what is being done, how many steps of it are done, and of how many."""

State, Failure = ReportJob.State, ReportJob.Failure


def make_report(job: ReportJob, *, tell: Tell | None = None) -> None:
    """Make the report of a waiting job; a job somebody else took is left to them.

    `tell` hears of every step as well, for whoever waits at a terminal.
    """
    taken = ReportJob.objects.filter(pk=job.pk, state=State.WAITING).update(
        state=State.RUNNING, started_at=timezone.now()
    )
    if not taken:
        return
    job.refresh_from_db()
    try:
        report = report_of(job.study, progress=_noting(job, tell))
        _write(report, job.folder)
    except CommonGroundError as error:
        _finish(job, State.FAILED, failure=Failure.DATA, detail=str(error))
    except Exception:
        LOG.exception("report %d failed", job.pk)
        _finish(job, State.FAILED, failure=Failure.UNEXPECTED)
    except BaseException:
        _finish(job, State.FAILED, failure=Failure.INTERRUPTED)
        raise
    else:
        _finish(job, State.DONE, people=report.people, data_hash=report.data_hash, sentences=list(report.sentences))


def _write(report: Report, folder: Path) -> None:
    """Write next to the final place and then rename: a half-written report is never found."""
    unfinished = folder.with_name(f"{folder.name}.unfinished")
    for left_over in (unfinished, folder):
        shutil.rmtree(left_over, ignore_errors=True)
    unfinished.mkdir(parents=True)
    write_report(report.document, unfinished)
    unfinished.rename(folder)


def _noting(job: ReportJob, tell: Tell | None) -> Tell:
    told = time.monotonic()

    def note(step: str, done: int, total: int) -> None:
        nonlocal told
        if tell is not None:
            tell(step, done, total)
        if time.monotonic() - told < TELL_EVERY:
            return
        told = time.monotonic()
        ReportJob.objects.filter(pk=job.pk).update(step=step[:200], done=done, total=total)

    return note


def _finish(job: ReportJob, state: str, **facts: object) -> None:
    ReportJob.objects.filter(pk=job.pk).update(state=state, finished_at=timezone.now(), **facts)
