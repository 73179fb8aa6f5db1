"""A case: what is known of one set of answers beside the choices in the tasks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from commonground.records.answer_cells import columns_of, value_of
from commonground.records.choices import ChoiceData
from commonground.records.questions import Question, QuestionType
from commonground.records.respondents import RespondentTable
from commonground.records.sessions import Session, Status
from commonground.records.study import Study
from commonground.survey.flow import PageKind, live_answers, pages

ANSWERS_IN_A_TASK = 2
"""A task asks for two answers, however many items it shows."""


@dataclass(frozen=True, slots=True)
class PageTime:
    """Seconds on a page that asked for so many answers."""

    seconds: float
    answers: int


@dataclass(frozen=True, slots=True)
class Case:
    """One person's answers as screening sees them, without the choices in the tasks. What is not known is None.

    Parameters
    ----------
    respondent : str
    minutes : float or None
        For the whole survey, of people who finished.
    pages : tuple of PageTime
    earlier_reason : str or None
        Why this person could not take part before an answer was changed; empty where that never was.
    address : str or None
        A keyed hash of the network address; empty once its key is destroyed.
    door : frozenset of str, or None
        What was noticed at the door: `honeypot`, `no_proof_of_work`.
    answers : mapping of question id to value
    texts : tuple of str
        Answers in the person's own words.
    finished : float or None
        Seconds since any fixed moment.
    """

    respondent: str
    minutes: float | None = None
    pages: tuple[PageTime, ...] = ()
    earlier_reason: str | None = None
    address: str | None = None
    door: frozenset[str] | None = None
    answers: Mapping[str, object] = field(default_factory=dict[str, object])
    texts: tuple[str, ...] = ()
    finished: float | None = None


def case_of_session(
    study: Study,
    session: Session,
    *,
    page_seconds: Mapping[str, float],
    earlier_reason: str,
    address: str,
    door: frozenset[str],
    finished: float | None,
) -> Case:
    """The case of a session of this site, of which everything is known."""
    answers = live_answers(study, session.answers)
    asked = {
        page.key: ANSWERS_IN_A_TASK if page.kind == PageKind.TASK else len([*filter(_is_answered, page.questions)])
        for page in pages(study, session)
    }
    return Case(
        respondent=session.respondent,
        minutes=None if session.seconds is None else session.seconds / 60,
        pages=tuple(PageTime(page_seconds[key], number) for key, number in asked.items() if key in page_seconds),
        earlier_reason=earlier_reason,
        address=address,
        door=door,
        answers=answers,
        texts=_texts(study, answers),
        finished=finished,
    )


def cases_of_tables(study: Study, data: ChoiceData, respondents: RespondentTable | None) -> tuple[Case, ...]:
    """The cases of everybody in a choice table, as far as the two tables tell.

    Tables hold neither times of single pages beside the tasks, nor addresses, nor what was noticed at the door.

    Examples
    --------
    >>> data = ChoiceData.from_rows(
    ...     ("a", "b"), ("r1",), respondent=[0], task=[1], shown=[[0, 1]], best=[0], worst=[1], seconds=[9.0]
    ... )
    >>> table = RespondentTable(("r1",), {"seconds": ("90",), "status": ("complete",)})
    >>> cases_of_tables(Study.model_construct(), data, table)[0].minutes
    1.5
    """
    rows = {} if respondents is None else {one: row for row, one in enumerate(respondents.respondents)}
    task_pages = _task_pages(data)
    return tuple(
        _case_of_row(study, label, task_pages[person], respondents, rows.get(label))
        for person, label in enumerate(data.respondents)
    )


def _case_of_row(
    study: Study, label: str, task_pages: tuple[PageTime, ...], table: RespondentTable | None, row: int | None
) -> Case:
    if table is None or row is None:
        return Case(label, pages=task_pages)
    cells = {name: values[row] for name, values in table.columns.items()}
    answers = {one.id: value_of(one, cells) for one in study.all_questions() if set(columns_of(one)) & set(cells)}
    return Case(
        respondent=label,
        minutes=_minutes(cells.get("seconds"), cells.get("status")),
        pages=task_pages,
        earlier_reason=(cells.get("earlier_reason") or "") if "status" in cells else None,
        answers=answers,
        texts=_texts(study, answers),
    )


def _task_pages(data: ChoiceData) -> list[tuple[PageTime, ...]]:
    """Everybody's times of tasks, repeats included."""
    found: dict[int, list[PageTime]] = {person: [] for person in range(len(data.respondents))}
    for row in np.flatnonzero(np.isfinite(data.seconds)).tolist():
        found[int(data.respondent[row])].append(PageTime(float(data.seconds[row]), ANSWERS_IN_A_TASK))
    return [tuple(times) for times in found.values()]


def _minutes(seconds: str | None, status: str | None) -> float | None:
    """Who has not finished has no total time yet."""
    return float(seconds) / 60 if seconds and status in (None, Status.COMPLETE) else None


def _is_answered(question: Question) -> bool:
    return question.type != QuestionType.INFORMATION


def _texts(study: Study, answers: Mapping[str, object]) -> tuple[str, ...]:
    written = _written(study.all_questions())
    return tuple(str(answers[name]) for name in written if answers.get(name))


def _written(questions: Sequence[Question]) -> list[str]:
    return [one.id for one in questions if one.type in (QuestionType.TEXT, QuestionType.LONG_TEXT)]
