"""Jobs that a stop cut short: a worker that starts again gives up its own, a site that starts gives up all."""

import pytest
from django_tasks_db.models import DBTaskResult

from commonground.web.results.actions import ask_for_report
from commonground.web.results.models import ReportJob
from commonground.web.site.processes import give_up_jobs
from commonground.web.studies.models import Study

State = ReportJob.State


@pytest.fixture
def taken(study: Study) -> ReportJob:
    """A report that the worker `here-1` is making."""
    job = ask_for_report(study)
    ReportJob.objects.filter(pk=job.pk).update(state=State.RUNNING)
    DBTaskResult.objects.get().claim("here-1")
    return job


@pytest.mark.parametrize(("starts", "state"), [("here-1", State.FAILED), ("", State.FAILED), ("here-2", State.RUNNING)])
def test_only_whoever_took_it_gives_it_up(taken: ReportJob, starts: str, state: str) -> None:
    give_up_jobs(starts)
    taken.refresh_from_db()
    assert taken.state == state
    assert DBTaskResult.objects.running().exists() == (state == State.RUNNING)
