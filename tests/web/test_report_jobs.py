"""Reports in the background: asked for, made by a real worker, watched, read, taken away, never half there."""

import io
import logging
import zipfile
from collections.abc import Callable

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from commonground.publish.html import style_source
from commonground.records.provenance import Provenance
from commonground.report.parts import Document
from commonground.web.results import making
from commonground.web.results.actions import ask_for_report, give_up_interrupted, usual_seconds
from commonground.web.results.documents import Report
from commonground.web.results.models import ReportJob
from commonground.web.studies.models import Study

State, Failure = ReportJob.State, ReportJob.Failure


def work() -> None:
    """Let the worker of the site do everything that waits."""
    call_command("db_worker", batch=True, startup_delay=False, interval=0, verbosity=0)


@pytest.fixture
def full(study: Study, answered: Callable[..., Study]) -> Study:
    return answered(study, HP=4, R=4, P=4, stopped=1)


@pytest.mark.django_db(transaction=True)
def test_a_report_is_asked_for_made_read_and_taken_away(as_owner: Client, full: Study) -> None:
    asked = as_owner.post(f"/studies/{full.public_id}/reports/")
    where = asked.headers["Location"]
    assert "is being made" in as_owner.get(where).content.decode()
    assert as_owner.get(f"{where}report.html").status_code == 404
    work()
    ready = as_owner.get(where).content.decode()
    assert "It holds the answers of 12 people." in ready
    assert "What cannot be told" in ready  # the three sentences come first
    report = as_owner.get(f"{where}report.html")
    assert "12" in report.content.decode()
    policy = report.headers["Content-Security-Policy"]  # its own style sheet and nothing else
    assert "default-src 'none'" in policy
    assert style_source() in policy
    assert "unsafe" not in policy
    assert "sandbox" in policy
    archive = zipfile.ZipFile(io.BytesIO(as_owner.get(f"{where}report.zip").content))
    assert "report.html" in archive.namelist()
    assert any(name.endswith(".svg") for name in archive.namelist())
    assert any(name.endswith(".csv") for name in archive.namelist())


def test_a_second_press_asks_for_the_same_report(study: Study) -> None:
    assert ask_for_report(study) == ask_for_report(study)
    assert DBTaskResult.objects.count() == 1


def test_too_few_answers_are_told_in_words(as_owner: Client, study: Study, answered: Callable[..., Study]) -> None:
    answered(study, HP=1)
    job = ReportJob.objects.create(study=study)
    making.make_report(job)
    page = as_owner.get(job.get_absolute_url()).content.decode()
    assert "cannot be analysed yet" in page
    assert "1 more of Health professionals" in page
    assert "No answer was changed or lost." in page


def failing(monkeypatch: pytest.MonkeyPatch, error: BaseException) -> None:
    """Let the very last step of making a report fail."""
    empty = Report(Document("Report", "", "", "2026-01-31", Provenance("1.0")), people=0)

    def fall_over(*_given: object) -> None:
        raise error

    monkeypatch.setattr(making, "report_of", lambda *_study, **_progress: empty)
    monkeypatch.setattr(making, "write_report", fall_over)


def test_an_unexpected_failure_is_logged_and_told(
    as_owner: Client, study: Study, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    failing(monkeypatch, ZeroDivisionError("a mistake of ours"))
    monkeypatch.setattr(logging.getLogger("commonground"), "propagate", True)  # to where pytest listens
    job = ReportJob.objects.create(study=study)
    making.make_report(job)
    job.refresh_from_db()
    assert (job.state, job.failure) == (State.FAILED, Failure.UNEXPECTED)
    assert "ZeroDivisionError" in caplog.text
    assert not job.folder.exists()
    assert "a mistake of ours" not in as_owner.get(job.get_absolute_url()).content.decode()


def test_a_job_is_taken_once(study: Study) -> None:
    job = ReportJob.objects.create(study=study, state=State.RUNNING, started_at=timezone.now())
    making.make_report(job)
    job.refresh_from_db()
    assert job.state == State.RUNNING  # somebody else's


def test_what_was_being_made_when_the_site_stopped_is_given_up(as_owner: Client, study: Study) -> None:
    job = ReportJob.objects.create(study=study, state=State.RUNNING, started_at=timezone.now())
    give_up_interrupted()
    job.refresh_from_db()
    assert job.failure == Failure.INTERRUPTED
    assert "The site was stopped" in as_owner.get(job.get_absolute_url()).content.decode()


def test_stopping_the_worker_in_the_middle_leaves_no_half_report(study: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    failing(monkeypatch, SystemExit(0))
    job = ReportJob.objects.create(study=study)
    with pytest.raises(SystemExit):
        making.make_report(job)
    job.refresh_from_db()
    assert job.failure == Failure.INTERRUPTED
    assert not job.folder.exists()


def test_the_page_of_a_job_says_how_far_it_is_and_how_long_it_usually_takes(as_owner: Client, study: Study) -> None:
    now = timezone.now()
    ReportJob.objects.create(
        study=study, state=State.DONE, started_at=now, finished_at=now + timezone.timedelta(seconds=12)
    )
    job = ReportJob.objects.create(study=study, state=State.RUNNING, step="Resampling respondents", done=3, total=10)
    page = as_owner.get(job.get_absolute_url()).content.decode()
    assert 'value="3" max="10"' in page
    assert "Resampling respondents" in page
    assert "about 12 seconds" in page


def test_the_script_gets_the_status_alone(as_owner: Client, study: Study) -> None:
    job = ReportJob.objects.create(study=study)
    part = as_owner.get(job.get_absolute_url(), headers={"X-Part": "status"}).content.decode()
    assert "is being made" in part
    assert "<html" not in part


def test_nothing_is_promised_before_the_first_report(study: Study) -> None:
    assert usual_seconds(study) is None


@pytest.mark.django_db(transaction=True)
def test_the_published_study_has_its_report(as_owner: Client, study: Study) -> None:
    Study.objects.update(kind=Study.Kind.PUBLISHED)
    study.refresh_from_db()
    job = ask_for_report(study)
    work()
    assert "The report is ready." in as_owner.get(job.get_absolute_url()).content.decode()
    assert "not computable" in as_owner.get(f"{job.get_absolute_url()}report.html").content.decode()
