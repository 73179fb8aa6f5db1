"""Counting a study's people and choices in the database: a page of counts must not read every answer."""

from collections.abc import Collection
from datetime import date

from django.db.models import Count, F

from commonground.records.sessions import Status
from commonground.web.respond.models import Session, TaskAnswer
from commonground.web.results.monitor import Tally
from commonground.web.studies.models import Study


def tally_of(study: Study, *, today: date) -> Tally:
    """Count what the monitor needs, at this moment."""
    sessions = Session.objects.of(study).order_by()
    people = sessions.values_list("group", "status").annotate(number=Count("pk"))
    complete_today = sessions.filter(status=Status.COMPLETE, completed_at__date=today).values_list("group")
    return Tally(
        people={(group, status): number for group, status, number in people},
        complete_today=dict(complete_today.annotate(number=Count("pk"))),
        best=_chosen(study, "best"),
        worst=_chosen(study, "worst"),
    )


def complete_in(study: Study) -> int:
    """How many people have answered every task."""
    return Session.objects.of(study).filter(status=Status.COMPLETE).count()


def complete_in_each(studies: Collection[Study]) -> dict[int, int]:
    """The same for several studies, asked for at once, by the study's key."""
    complete = Session.objects.filter(study__in=studies, is_pilot=False, status=Status.COMPLETE).order_by()
    return dict(complete.values_list("study").annotate(people=Count("pk")))


def _chosen(study: Study, end: str) -> frozenset[tuple[str, str]]:
    complete = Session.objects.of(study).filter(status=Status.COMPLETE)
    answers = TaskAnswer.objects.filter(session__in=complete, repeat_of=0).order_by()
    return frozenset(answers.values_list(F("session__group"), F(end)).distinct())
