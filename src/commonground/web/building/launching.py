"""Launching a study: only when nothing has to be mended first."""

from datetime import date

from django.db import transaction

from commonground.records.errors import StudyError
from commonground.records.sessions import Status
from commonground.web.accounts.models import User
from commonground.web.building.launch_points import Around, around, checked, launch_points, must_first
from commonground.web.items.where import pretest_where, where
from commonground.web.respond.models import Session
from commonground.web.studies.actions import set_open
from commonground.web.studies.models import Study


class NotReadyToLaunchError(StudyError):
    """Something has to be mended before people answer."""


def launch_study(*, study: Study, actor: User, today: date) -> None:
    """Launch a study: freeze its document, its design and its plan, and let people in.

    Raises
    ------
    NotReadyToLaunchError
        If something has to be mended first; nothing is changed.
    StudyIsLockedError
        If the study is locked.
    """
    with transaction.atomic():
        held = Study.objects.select_for_update(of=("self",)).get(pk=study.pk)
        waiting = must_first(launch_points(held.record(), checked(held.document), look_around(held, today)))
        if waiting:
            raise NotReadyToLaunchError(" ".join(point.words for point in waiting))
        set_open(held, is_open=True, actor=actor)
    study.refresh_from_db()


def look_around(study: Study, today: date) -> Around:
    """What a launch depends on beside the document."""
    return around(study, today, items_settled=where(study).is_settled, pretested=was_tried(study))


def was_tried(study: Study) -> bool:
    """Whether interviews were held and nothing is left to ask, or a pilot was answered."""
    return pretest_where(study).is_settled or (
        Session.objects.of(study, pilot=True).filter(status=Status.COMPLETE).exists()
    )
