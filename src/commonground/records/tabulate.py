"""From sessions to the two tables a study is analysed from."""

from collections.abc import Iterable, Sequence

import numpy as np

from commonground.records.answer_cells import as_cell, cells_of, columns_of
from commonground.records.choices import MISSING, ChoiceData
from commonground.records.respondents import FIXED_COLUMNS, RespondentTable
from commonground.records.sessions import Session
from commonground.records.study import Study

DAY = len("2026-01-31")


def choice_data(items: tuple[str, ...], sessions: Iterable[Session]) -> ChoiceData:
    """Every answered task of every session that answered at least one.

    Parameters
    ----------
    items : tuple of str
        The study's item ids, in its order.
    sessions : iterable of Session

    Returns
    -------
    ChoiceData
        Rows by session, then in the order shown, repeats included; `group` and `status` as covariates, and `language`
        where it is known of any answer: the one in which a person began.

    Raises
    ------
    KeyError
        If a task shows an item that is not among `items`.

    Examples
    --------
    >>> from commonground.records.sessions import Assignment, Pick, ShownTask
    >>> way = Assignment(1, 1, (1,), (0, 1), (ShownTask(1, 1, 1, ("b", "a")),))
    >>> data = choice_data(("a", "b"), [Session("r1", assignment=way, picks={1: Pick("a", "b")}), Session("r2")])
    >>> data.respondents, data.shown.tolist(), data.best.tolist()
    (('r1',), [[1, 0]], [0])
    """
    people = [session for session in sessions if session.assignment is not None and session.picks]
    index = {item: place for place, item in enumerate(items)}
    rows = [
        (owner, task, session.picks[task.shown_order])
        for owner, session in enumerate(people)
        for task in (session.assignment.tasks if session.assignment else ())
        if task.shown_order in session.picks
    ]
    is_told = any(pick.language for _, _, pick in rows)
    size = max((len(task.items) for _, task, _ in rows), default=0)
    return ChoiceData.from_rows(
        items,
        tuple(session.respondent for session in people),
        respondent=[owner for owner, _, _ in rows],
        task=[task.task for _, task, _ in rows],
        shown=np.array([_filled([index[item] for item in task.items], size) for _, task, _ in rows], dtype=np.int64),
        best=[index[pick.best] for _, _, pick in rows],
        worst=[index[pick.worst] if pick.worst else MISSING for _, _, pick in rows],
        repeat_of=[task.repeat_of for _, task, _ in rows],
        version=[task.version for _, task, _ in rows],
        shown_order=[task.shown_order for _, task, _ in rows],
        seconds=[np.nan if pick.seconds is None else pick.seconds for _, _, pick in rows],
        covariates={
            "group": tuple(session.group or None for session in people),
            "status": tuple(session.status.value for session in people),
            **({"language": tuple(_first_language(session) for session in people)} if is_told else {}),
        },
        language=tuple(pick.language or None for _, _, pick in rows) if is_told else None,
    )


def _first_language(session: Session) -> str | None:
    """The language of the first answer of which it is known."""
    told = (session.picks[order].language for order in sorted(session.picks))
    return next((language for language in told if language), None)


def respondent_table(study: Study, sessions: Sequence[Session]) -> RespondentTable:
    """One row a session, whatever became of it: the fixed columns, then those of each question.

    Days instead of times, so that a row cannot be matched with a visit.
    """
    fixed = {column: tuple(_fixed(session, column) for session in sessions) for column in FIXED_COLUMNS}
    asked = {
        column: tuple(cells_of(question, session.answers.get(question.id))[column] for session in sessions)
        for question in study.all_questions()
        for column in columns_of(question)
    }
    return RespondentTable(tuple(session.respondent for session in sessions), {**fixed, **asked})


def _fixed(session: Session, column: str) -> str | None:
    match column:
        case "started_on":
            return session.started_at[:DAY] or None
        case "completed_on":
            return session.completed_at[:DAY] or None
        case "seconds":
            return as_cell(None if session.seconds is None else float(round(session.seconds)))
        case _:
            return as_cell(getattr(session, column))


def _filled(task: list[int], size: int) -> list[int]:
    return task + [MISSING] * (size - len(task))
