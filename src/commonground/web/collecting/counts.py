"""Counting people and reading their times in the database."""

from collections.abc import Iterator, Mapping

from django.db.models import Count

from commonground.records.sessions import Status
from commonground.web.respond.models import Session
from commonground.web.studies.models import Study

NO_WAY = (Status.DECLINED, Status.WITHDRAWN)


def people_of(study: Study, *, pilot: bool = False) -> dict[tuple[str, str, str], int]:
    """People by source, group and status."""
    counted = Session.objects.of(study, pilot=pilot).order_by().values_list("source", "group", "status")
    return {(source, group, status): number for source, group, status, number in counted.annotate(number=Count("pk"))}


def ways_of(study: Study, *, pilot: bool = False) -> Iterator[tuple[str, Mapping[str, float]]]:
    """Status and seconds by page of everybody who agreed."""
    sessions = Session.objects.of(study, pilot=pilot).exclude(status__in=NO_WAY)
    return sessions.values_list("status", "page_seconds").iterator()
