"""What was locked does not change: every way of writing answers through the models is refused."""

from typing import Any

from django.db.models.signals import pre_delete, pre_save

from commonground.records.errors import Problem
from commonground.web.respond.models import Session, TaskAnswer
from commonground.web.studies.actions import StudyIsLockedError


def watch() -> None:
    """Look at every session and every answer before it is written or removed."""
    for model in (Session, TaskAnswer):
        for signal in (pre_save, pre_delete):
            signal.connect(_refuse, sender=model, dispatch_uid=f"locked-{model.__name__}-{id(signal)}")


def _refuse(instance: Session | TaskAnswer, **_rest: Any) -> None:
    session = instance if isinstance(instance, Session) else instance.session
    if session.study.locked_at is not None and not session.is_pilot:
        raise StudyIsLockedError([Problem("The data of this study are locked.", mend="Nothing about them can change.")])
