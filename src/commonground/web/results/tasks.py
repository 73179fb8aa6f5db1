"""The background job, as the worker finds it."""

from django_tasks import task

from commonground.web.results.models import ReportJob


@task()
def make_report_task(job_id: int) -> None:
    """Make the report of a job."""
    from commonground.web.results.making import make_report  # noqa: PLC0415  # the web process only queues: no figures

    make_report(ReportJob.objects.select_related("study").get(pk=job_id))
