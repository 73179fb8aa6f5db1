"""A study’s sessions as the two tables that downloads, monitor and report use; a pilot’s only where asked for."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from commonground.records import tabulate
from commonground.records.choices import ChoiceData
from commonground.records.respondents import RespondentTable
from commonground.records.sessions import Session as SessionRecord
from commonground.survey.flow import live_answers
from commonground.web.respond.models import Session
from commonground.web.studies.models import Study

FEWEST_OF_A_SOURCE = 5
"""People who must have come by a link before a table names it; with fewer it is left empty, as the plain link is."""


def choice_data(study: Study, *, pilot: bool = False) -> ChoiceData:
    """Every answered task of every session, complete or not; `group` and `status` as covariates."""
    items = tuple(item.id for item in study.record().items)
    return tabulate.choice_data(items, (one.record() for one in _sessions(study, pilot=pilot)))


def respondent_table(study: Study, *, pilot: bool = False) -> RespondentTable:
    """One row for each person who opened the study and chose to take part or not, whatever became of them."""
    sessions = list(_sessions(study, pilot=pilot))
    table = tabulate.respondent_table(study.record(), [_as_it_stands(study, one) for one in sessions])
    columns = dict(table.columns)
    if any(one.source for one in sessions):
        columns["source"] = _sources(sessions)
    if any(one.best_only for one in sessions):
        columns["best_only"] = tuple("yes" if one.best_only else None for one in sessions)
    if any(one.earlier_reason for one in sessions):
        columns["earlier_reason"] = _earlier_reasons(sessions)
    return replace(table, columns=columns)


def _sessions(study: Study, *, pilot: bool) -> Iterable[Session]:
    return Session.objects.of(study, pilot=pilot).prefetch_related("task_answers").order_by("pk")


def _as_it_stands(study: Study, session: Session) -> SessionRecord:
    """A session without the answers that a later change of mind made irrelevant."""
    record = session.record()
    return replace(record, answers=live_answers(study.record(), record.answers))


def _sources(sessions: Sequence[Session]) -> tuple[str | None, ...]:
    """The link each person came by, where enough came by it: one clinic's only patient would be known by it."""
    people = Counter(one.source for one in sessions)
    return tuple(one.source if one.source and people[one.source] >= FEWEST_OF_A_SOURCE else None for one in sessions)


def _earlier_reasons(sessions: Iterable[Session]) -> tuple[str | None, ...]:
    """Why people could not take part before they corrected an answer: a sign for screening, never a decision."""
    return tuple(one.earlier_reason or None for one in sessions)
