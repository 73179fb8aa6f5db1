"""The way through a study: from what is known of a session to the page that comes next. State in, page out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from commonground.records.questions import Question
from commonground.records.sessions import Session, ShownTask, Status
from commonground.records.study import Study
from commonground.survey.conditions import Answers, holds
from commonground.survey.eligibility import GROUP_FULL, Eligible, Ineligible, decide, group_of
from commonground.survey.portions import portions


class PageKind(StrEnum):
    """What a page is for; also the order of a study (A-23)."""

    BACKGROUND = "background"
    INELIGIBLE = "ineligible"
    WORDS = "words"
    EXAMPLE = "example"
    TASK = "task"
    QUALITY = "quality"
    DEMOGRAPHICS = "demographics"
    THANKS = "thanks"


LAST = frozenset({PageKind.THANKS, PageKind.INELIGIBLE})
"""Where a way ends: never done, so there is always a page to show."""


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a study after consent.

    Parameters
    ----------
    kind : PageKind
    key : str
        Names the page within its study, stable whatever is answered: `background-2`, `task-3`, `thanks`.
    questions : tuple of Question
        Those this person is asked here.
    task : ShownTask or None
    """

    kind: PageKind
    key: str
    questions: tuple[Question, ...] = ()
    task: ShownTask | None = None


def pages(study: Study, session: Session) -> tuple[Page, ...]:
    """The pages of this person's way as far as it is known now.

    Pages without a question for this person are left out. A person who cannot take part sees the background pages
    answered so far, then why. The tasks appear once the session has its assignment; until then the way ends
    before them.

    Examples
    --------
    >>> from commonground.records.study import PartnerGroup
    >>> empty = Study.model_construct(groups=(PartnerGroup.model_construct(id="HP"),))
    >>> [page.key for page in pages(empty, Session("r1"))]
    ['words']
    """
    answers = live_answers(study, session.answers)
    background = tuple(_question_pages(study, PageKind.BACKGROUND, study.background, answers))
    outcome = eligibility(study, session)
    if isinstance(outcome, Ineligible):
        answered = tuple(page for page in background if _asked(page, answers))
        return (*answered, Page(PageKind.INELIGIBLE, "ineligible"))
    before_tasks = (*background, *_explanations(study))
    if session.assignment is None:
        return before_tasks
    return (
        *before_tasks,
        *(Page(PageKind.TASK, f"task-{task.shown_order}", task=task) for task in session.assignment.tasks),
        *_question_pages(study, PageKind.QUALITY, study.quality_questions, answers),
        *_question_pages(study, PageKind.DEMOGRAPHICS, study.demographics, answers),
        Page(PageKind.THANKS, "thanks"),
    )


def next_page(study: Study, session: Session) -> Page:
    """The first page that is not done: where a person goes on.

    Raises
    ------
    ValueError
        If the tasks are due and the session has no assignment yet.
    """
    answers = live_answers(study, session.answers)
    for page in pages(study, session):
        if not _done(page, session, answers):
            return page
    raise ValueError("the tasks are due: give the session its assignment first")


def eligibility(study: Study, session: Session) -> Eligible | Ineligible | None:
    """Whether this person can take part; None while the background questions leave it open.

    That a group is full cannot be told from one session: whoever counts gives the session that reason.
    """
    answers = live_answers(study, session.answers)
    background = _question_pages(study, PageKind.BACKGROUND, study.background, answers)
    if all(_asked(page, answers) for page in background):
        outcome = decide(study, answers)
        is_late = session.reason == GROUP_FULL and isinstance(outcome, Eligible)
        return Ineligible(GROUP_FULL, None) if is_late else outcome
    outcome = decide(study, answers, asked=frozenset(answers))
    return outcome if isinstance(outcome, Ineligible) else None


def live_answers(study: Study, answers: Answers) -> dict[str, object]:
    """The answers to questions this person is asked as things stand.

    An answer whose question no longer applies, because an earlier answer was changed, stays in storage and is
    left out here.
    """
    live: dict[str, object] = {}
    for question in study.all_questions():
        if question.id in answers and _applies(study, question, live):
            live[question.id] = answers[question.id]
    return live


def status_of(study: Study, session: Session) -> Status:
    """Where a session stands, from its answers alone; a complete one has every task answered (A-14).

    Examples
    --------
    >>> from commonground.records.study import PartnerGroup
    >>> empty = Study.model_construct(groups=(PartnerGroup.model_construct(id="HP"),))
    >>> status_of(empty, Session("r1"))
    <Status.ELIGIBLE: 'eligible'>
    """
    outcome = eligibility(study, session)
    if isinstance(outcome, Ineligible):
        return Status.INELIGIBLE
    if session.picks:
        return Status.COMPLETE if tasks_done(session) else Status.STARTED
    return Status.CONSENTED if outcome is None else Status.ELIGIBLE


def tasks_done(session: Session) -> bool:
    """Whether every task is answered: the rule for a complete response (A-14)."""
    return session.assignment is not None and all(
        task.shown_order in session.picks for task in session.assignment.tasks
    )


def _applies(study: Study, question: Question, answers: Answers) -> bool:
    if question.groups and group_of(study, answers) not in question.groups:
        return False
    return question.show_if is None or holds(question.show_if, answers)


def _question_pages(study: Study, kind: PageKind, questions: Sequence[Question], answers: Answers) -> Iterator[Page]:
    for number, portion in enumerate(portions(study, questions), start=1):
        asked = tuple(question for question in portion if _applies(study, question, answers))
        if asked:
            yield Page(kind, f"{kind.value}-{number}", questions=asked)


def _explanations(study: Study) -> Iterator[Page]:
    yield Page(PageKind.WORDS, "words")
    if study.worked_example is not None:
        yield Page(PageKind.EXAMPLE, "example")


def _asked(page: Page, answers: Answers) -> bool:
    return all(question.id in answers for question in page.questions)


def _done(page: Page, session: Session, answers: Answers) -> bool:
    if page.questions:
        return _asked(page, answers)
    if page.task is not None:
        return page.task.shown_order in session.picks
    return page.kind not in LAST and page.key in session.seen
