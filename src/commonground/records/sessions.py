"""A session: one person's way through a study, from consent to thanks."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Status(StrEnum):
    """Where a session stands; exactly one at a time, so that a flow chart always adds up."""

    CONSENTED = "consented"
    INELIGIBLE = "ineligible"
    ELIGIBLE = "eligible"
    STARTED = "started"
    COMPLETE = "complete"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    """Agreed, and later took everything back: only that there was such a person is kept."""


@dataclass(frozen=True, slots=True)
class ShownTask:
    """A task as one respondent sees it.

    Parameters
    ----------
    shown_order : int
        Its place in this person's sequence, from 1.
    version, task : int
        Which task of the design it is, both from 1; the repeat is numbered after the last task.
    items : tuple of str
        Item ids in the order shown.
    repeat_of : int
        0, or the number of the design task of which this is the second showing.
    """

    shown_order: int
    version: int
    task: int
    items: tuple[str, ...]
    repeat_of: int = 0


@dataclass(frozen=True, slots=True)
class Assignment:
    """Everything chance decided for one respondent, recorded so that it can be checked.

    Parameters
    ----------
    seed : int
    version : int
        From 1.
    task_order : tuple of int
        Design task numbers (from 1) in the order shown, the repeat left out.
    position_order : tuple of int
        The one permutation applied to the positions of all tasks, from 0.
    tasks : tuple of ShownTask
        What the respondent sees, the repeat included.
    """

    seed: int
    version: int
    task_order: tuple[int, ...]
    position_order: tuple[int, ...]
    tasks: tuple[ShownTask, ...]


@dataclass(frozen=True, slots=True)
class Pick:
    """An answered task: the most and the least important of what was shown, and the language it was read in.

    `worst` is empty where it was not asked, `language` where it is not known.
    """

    best: str
    worst: str
    seconds: float | None = None
    language: str = ""


@dataclass(frozen=True, slots=True)
class Session:
    """What is known of one respondent at one moment. Times are UTC, ISO 8601.

    Parameters
    ----------
    respondent : str
        An opaque label; never a name or an address.
    status : Status
    group : str
        Partner-group id, empty until it is known.
    reason : str
        Why a session is ineligible or declined: a reason code of the study; else empty.
    language : str
    answers : mapping of question id to value
        A value is a str, a number, or a tuple of str for a multiple choice.
    assignment : Assignment or None
        None until the first task is due.
    picks : mapping of shown order to Pick
    seen : frozenset of str
        Keys of the information pages already passed.
    started_at, completed_at : str
    seconds : float or None
        Time on all pages together.
    """

    respondent: str
    status: Status = Status.CONSENTED
    group: str = ""
    reason: str = ""
    language: str = ""
    answers: Mapping[str, object] = field(default_factory=dict[str, object])
    assignment: Assignment | None = None
    picks: Mapping[int, Pick] = field(default_factory=dict[int, Pick])
    seen: frozenset[str] = frozenset()
    started_at: str = ""
    completed_at: str = ""
    seconds: float | None = None
