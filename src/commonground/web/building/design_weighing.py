"""Working out what every design on offer gives: the part the worker does."""

import logging
from dataclasses import asdict

from django.utils import timezone

from commonground.web.building.design_offers import built, offers, weigh
from commonground.web.building.models import DesignJob

LOG = logging.getLogger("commonground.designs")
State = DesignJob.State


def weigh_offers(job: DesignJob) -> None:
    """Do a waiting job; one that somebody else took is left to them."""
    if not DesignJob.objects.filter(pk=job.pk, state=State.WAITING).update(state=State.RUNNING):
        return
    found: dict[str, object] = {}
    try:
        for number, offer in enumerate(offers(job.items), start=1):
            found[offer.id] = asdict(weigh(built(job.items, offer, job.seed), job.people))
            DesignJob.objects.filter(pk=job.pk).update(done=number)
    except Exception:
        LOG.exception("weighing designs of job %d failed", job.pk)
        DesignJob.objects.filter(pk=job.pk).update(state=State.FAILED, finished_at=timezone.now())
        return
    DesignJob.objects.filter(pk=job.pk).update(state=State.DONE, found=found, finished_at=timezone.now())
