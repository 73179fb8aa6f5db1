"""Everything that writes: one function for each thing a participant does. The moment comes in as an argument.

An action takes the session as it is held by the turn (`turns.turn`), so it decides on what is stored and not on what
was read a moment before. It may be repeated with the same arguments and then changes nothing: a double click, a second
tab, a page sent again after a tunnel.
"""

import secrets
from collections.abc import Mapping
from datetime import datetime

from commonground.records import sessions as records
from commonground.records.errors import Problem
from commonground.records.study import Study as StudyRecord
from commonground.survey.assign import assign
from commonground.survey.eligibility import GROUP_FULL, Eligible, Ineligible
from commonground.survey.flow import PageKind, eligibility, next_page, status_of
from commonground.web.respond.arrivals import Arrival
from commonground.web.respond.assignments import assignment_to_json
from commonground.web.respond.codes import code_hash
from commonground.web.respond.doors import Door, use_invitation
from commonground.web.respond.models import Session, TaskAnswer
from commonground.web.respond.turns import one_at_a_time
from commonground.web.studies.actions import StudyIsLockedError
from commonground.web.studies.designs import design_of
from commonground.web.studies.models import Study
from commonground.web.workspaces.audit import record_event

CHANGED_BY_A_PICK = (
    "status", "group", "reason", "earlier_reason", "page_seconds", "seconds", "completed_at",
)  # fmt: skip
"""What an answer to a task can change in its session: not the tasks, which are by far the longest column."""

PLAIN, UNSEEN = Door(), Arrival()


def give_consent(
    *, study: Study, code: str, language: str, now: datetime, door: Door = PLAIN, arrival: Arrival = UNSEEN
) -> Session:
    """Begin a session, or find the one this consent page, or this invitation, has begun before."""
    session, is_new = _session_for(study, code, language, now, door.source)
    begins = is_new or session.status == records.Status.DECLINED
    if begins:
        session.address_hash, session.signs = arrival.address_hash, dict.fromkeys(arrival.signs, True)
    if begins and not is_new:
        session.status, session.reason, session.started_at = records.Status.CONSENTED, "", now
    if door.invitation:
        use_invitation(study, door.invitation)
    _settle(session, study.record())
    session.save()
    return session


def decline(*, study: Study, code: str, language: str, now: datetime, door: Door = PLAIN) -> None:
    """Count a person who does not agree; nothing else is kept of them. Who has answered already keeps their answers."""
    session, _is_new = _session_for(study, code, language, now, door.source)
    if not session.answers:
        session.status = records.Status.DECLINED
        session.save()


def save_answers(
    *, session: Session, page: str, answers: Mapping[str, object], seconds: float | None, now: datetime
) -> Session:
    """Keep the answers of a page of questions and settle what follows from them."""
    study = session.study.record()
    was_finished = _is_finished(study, session)
    session.answers = {**session.answers, **answers}
    _count_seconds(session, page, seconds)
    _settle(session, study)
    _mark_completion(session, study, was_finished=was_finished, now=now)
    session.save()
    return session


def pass_page(*, session: Session, page: str, seconds: float | None) -> Session:
    """Note that a page of information was read."""
    session.seen = sorted({*session.seen, page})
    _count_seconds(session, page, seconds)
    session.save()
    return session


def save_pick(
    *,
    session: Session,
    shown_order: int,
    best: str,
    worst: str,
    seconds: float | None,
    now: datetime,
    language: str = "",
) -> Session:
    """Keep the answer to a task and the language it was read in; a later answer to the same task replaces both.

    Raises
    ------
    ValueError
        If the task was not assigned, or the picks are not two different items of it. Only a person who answers for
        the best alone may leave the worst empty.
    """
    task = _assigned(session, shown_order)
    if not worst and session.best_only:
        worst = _worst_before(session, task, best)
    elif best == worst or worst not in task.items:
        raise ValueError(f"task {shown_order} of session {session.pk}: {best!r} and {worst!r} are no answer")
    if best not in task.items:
        raise ValueError(f"task {shown_order} of session {session.pk}: {best!r} and {worst!r} are no answer")
    study = session.study.record()
    was_finished = _is_finished(study, session)
    read_in = language or session.language
    if _store(session, task, records.Pick(best, worst, seconds, read_in), now=now):
        _count_seconds(session, f"task-{shown_order}", seconds)
    _settle(session, study)
    _mark_completion(session, study, was_finished=was_finished, now=now)
    session.save(update_fields=CHANGED_BY_A_PICK)
    return session


def set_best_only(*, session: Session, best_only: bool) -> Session:
    """Answer only for the best from here on, or for both ends again. What was answered before stays as it is."""
    session.best_only = best_only
    session.save(update_fields=["best_only"])
    return session


def withdraw(*, session: Session) -> None:
    """Take everything back that a person has answered. Only that there was such a person is kept, and the day.

    The label stays, so that the row can be taken out of tables that were downloaded before.

    Raises
    ------
    StudyIsLockedError
        If the study is locked: its data stand under a hash and are not changed any more.
    """
    if session.study.locked_at is not None:
        raise StudyIsLockedError([Problem("This study is locked.", mend="Nothing can be taken out of it any more.")])
    session.task_answers.all().delete()
    empty = Session(study=session.study, respondent=session.respondent, status=records.Status.WITHDRAWN)
    empty.pk, empty.is_pilot = session.pk, session.is_pilot
    empty.consent_version = session.consent_version
    empty.started_at = session.started_at.replace(hour=0, minute=0, second=0, microsecond=0)
    empty.save()
    if session.study.workspace is not None:
        record_event(
            workspace=session.study.workspace, action="a participant took answers back", study=session.study.public_id
        )


def set_language(*, session: Session, language: str) -> Session:
    """Go on in another language."""
    session.language = language
    session.save(update_fields=["language"])
    return session


def _session_for(study: Study, code: str, language: str, now: datetime, source: str) -> tuple[Session, bool]:
    record = study.record()
    session, is_new = Session.objects.select_for_update().get_or_create(
        study=study,
        code_hash=code_hash(code),
        defaults={
            "language": language,
            "started_at": now,
            "consent_version": record.consent.version,
            "study_hash": study.document_hash,
            "is_pilot": study.is_pilot,
            "source": source,
        },
    )
    session.study = study
    return session, is_new


def _assigned(session: Session, shown_order: int) -> records.ShownTask:
    for task in session.assigned.tasks if session.assigned else ():
        if task.shown_order == shown_order:
            return task
    raise ValueError(f"session {session.pk} has no task {shown_order}")


def _worst_before(session: Session, task: records.ShownTask, best: str) -> str:
    """A worst given before stays with its best, though it is not asked for any more."""
    before = session.answered.get(task.shown_order)
    return before.worst if before is not None and before.best == best else ""


def _store(session: Session, task: records.ShownTask, pick: records.Pick, *, now: datetime) -> bool:
    """Write the answer; True where the task had none before."""
    answer = session.answered.get(task.shown_order)
    if answer is None:
        session.answered[task.shown_order] = TaskAnswer.objects.create(
            session=session, shown_order=task.shown_order, task=task.task, version=task.version, items=list(task.items),
            repeat_of=task.repeat_of, best=pick.best, worst=pick.worst, language=pick.language, seconds=pick.seconds,
            answered_at=now,
        )  # fmt: skip
    elif (answer.best, answer.worst) != (pick.best, pick.worst):
        answer.best, answer.worst, answer.language, answer.answered_at = pick.best, pick.worst, pick.language, now
        answer.save(update_fields=["best", "worst", "language", "answered_at"])
    return answer is None


def _count_seconds(session: Session, page: str, seconds: float | None) -> None:
    """The time until a page was first sent counts; coming back to it later does not."""
    if seconds is not None and page not in session.page_seconds:
        session.page_seconds = {**session.page_seconds, page: seconds}
        session.seconds = round(sum(session.page_seconds.values()), 1)


def _settle(session: Session, study: StudyRecord) -> None:
    """Bring status, group, reason and assignment in line with the answers."""
    if session.reason == GROUP_FULL:  # asked afresh: the answers, and with them the group, may have changed
        session.reason = ""
    outcome = eligibility(study, session.record())
    if isinstance(outcome, Eligible) and session.assignment is None:
        one_at_a_time(session.study.public_id)
    if isinstance(outcome, Eligible) and session.assignment is None and _is_full(session, study, outcome.group):
        outcome = Ineligible(GROUP_FULL, None)
    if isinstance(outcome, Ineligible):
        session.reason = outcome.reason
    elif session.reason:  # corrected: allowed, and kept as a sign for screening
        session.earlier_reason, session.reason = session.reason, ""
    session.group = outcome.group if isinstance(outcome, Eligible) else ""
    if isinstance(outcome, Eligible) and session.assignment is None:
        assignment = assign(study, design_of(session.study), seed=_next_seed(session, study.design.versions))
        session.assigned, session.assignment = assignment, assignment_to_json(assignment)
    session.status = status_of(study, session.record())


def _is_full(session: Session, study: StudyRecord, group: str) -> bool:
    """Whether a group has all the complete answers it takes. Whoever has begun the tasks may always finish."""
    most = next((quota.most for quota in study.fielding.quotas if quota.group == group), None)
    if most is None or session.is_pilot:
        return False
    complete = Session.objects.of(session.study).filter(status=records.Status.COMPLETE, group=group)
    return complete.count() >= most


def _next_seed(session: Session, versions: int) -> int:
    """A seed nobody can foresee that takes the design's versions in turn."""
    assigned = Session.objects.of(session.study, pilot=session.is_pilot).filter(assignment__isnull=False).count()
    return secrets.randbelow(2**31 // versions) * versions + assigned % versions


def _is_finished(study: StudyRecord, session: Session) -> bool:
    record = session.record()
    return record.assignment is not None and next_page(study, record).kind == PageKind.THANKS


def _mark_completion(session: Session, study: StudyRecord, *, was_finished: bool, now: datetime) -> None:
    """Complete when the last task is answered; the date moves once more when the last question is."""
    if session.status != records.Status.COMPLETE:
        return
    if session.completed_at is None or (not was_finished and _is_finished(study, session)):
        session.completed_at = now
