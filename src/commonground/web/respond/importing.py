"""Storing sessions that were not answered here, such as simulated ones, exactly as if they had been."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.dateparse import parse_datetime

from commonground.records.sessions import Session as SessionRecord
from commonground.web.respond.assignments import assignment_to_json
from commonground.web.respond.models import Session, TaskAnswer
from commonground.web.studies.models import Study


@transaction.atomic
def store_sessions(*, study: Study, sessions: Iterable[SessionRecord]) -> int:
    """Store sessions with their answered tasks; returns how many. Nobody can go on with them: they have no code."""
    records = list(sessions)
    stored = Session.objects.bulk_create((_session(study, record) for record in records), batch_size=500)
    TaskAnswer.objects.bulk_create(
        (answer for row, record in zip(stored, records, strict=True) for answer in _answers(row, record)),
        batch_size=1000,
    )
    return len(stored)


def _session(study: Study, record: SessionRecord) -> Session:
    return Session(
        study=study,
        respondent=record.respondent,
        status=record.status,
        group=record.group,
        reason=record.reason,
        language=record.language,
        consent_version=study.record().consent.version,
        study_hash=study.document_hash,
        answers={name: list(value) if isinstance(value, tuple) else value for name, value in record.answers.items()},
        assignment=assignment_to_json(record.assignment) if record.assignment else None,
        seen=sorted(record.seen),
        seconds=record.seconds,
        started_at=_moment(record.started_at),
        completed_at=_moment(record.completed_at) if record.completed_at else None,
    )


def _answers(row: Session, record: SessionRecord) -> Iterable[TaskAnswer]:
    for task in record.assignment.tasks if record.assignment else ():
        pick = record.picks.get(task.shown_order)
        if pick is not None:
            yield TaskAnswer(
                session=row,
                shown_order=task.shown_order,
                version=task.version,
                task=task.task,
                items=list(task.items),
                best=pick.best,
                worst=pick.worst,
                language=pick.language,
                repeat_of=task.repeat_of,
                seconds=pick.seconds,
            )


def _moment(text: str) -> datetime:
    """An ISO 8601 moment.

    Raises
    ------
    ValueError
        If it is none.
    """
    moment = parse_datetime(text)
    if moment is None:
        raise ValueError(f"{text!r} is not a moment in ISO 8601")
    return moment
