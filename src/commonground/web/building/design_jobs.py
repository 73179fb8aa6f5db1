"""What every design on offer gives: asked for by a page, worked out by the worker, kept for the next look."""

from collections.abc import Collection
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from commonground.records.study import Study as StudyRecord
from commonground.web.building.design_offers import USUAL_PEOPLE, Weighed, offers
from commonground.web.building.models import DesignJob
from commonground.web.building.tasks import weigh_offers_task
from commonground.web.studies.models import Study

State = DesignJob.State

LONGEST = timedelta(minutes=10)
"""A job that has been pending for longer was interrupted."""


def people_planned(record: StudyRecord) -> int:
    """People in the smallest group, as planned; a usual number where none is planned."""
    return min((group.planned for group in record.groups if group.planned), default=USUAL_PEOPLE)


def ask_for_weighing(study: Study) -> DesignJob:
    """Queue the work; what is on its way is not asked for twice."""
    record = study.record()
    facts = {"items": len(record.items), "people": people_planned(record), "seed": record.design.seed}
    with transaction.atomic():
        recent = timezone.now() - LONGEST
        pending = DesignJob.objects.filter(
            study=study, state__in=[State.WAITING, State.RUNNING], created_at__gt=recent, **facts
        ).first()
        if pending is not None:
            return pending
        job = DesignJob.objects.create(study=study, total=len(offers(len(record.items))), **facts)
        weigh_offers_task.enqueue(job.pk)
    return job


def last_weighing(study: Study) -> DesignJob | None:
    """The newest finished work for the items and people the study has now."""
    record = study.record()
    return DesignJob.objects.filter(
        study=study,
        state=State.DONE,
        items=len(record.items),
        people=people_planned(record),
        seed=record.design.seed,
    ).first()


def give_up_interrupted(jobs: Collection[int] | None = None) -> None:
    """Mark work as not done that was being done when the site, or a worker, was stopped: all of it, or these jobs."""
    running = DesignJob.objects.filter(state=State.RUNNING)
    mine = running if jobs is None else running.filter(pk__in=jobs)
    mine.update(state=State.FAILED, finished_at=timezone.now())


def found_in(job: DesignJob | None) -> dict[str, Weighed]:
    """What a finished job found, by offer."""
    if job is None:
        return {}
    return {
        offer: Weighed(**{**facts, "item_times": tuple(facts["item_times"]), "pair_times": tuple(facts["pair_times"])})
        for offer, facts in job.found.items()
    }
