"""The background job of the design page, as the worker finds it."""

from django_tasks import task

from commonground.web.building.models import DesignJob


@task()
def weigh_offers_task(job_id: int) -> None:
    """Work out what every design on offer gives."""
    from commonground.web.building.design_weighing import weigh_offers  # noqa: PLC0415  # the web process only queues

    weigh_offers(DesignJob.objects.get(pk=job_id))
