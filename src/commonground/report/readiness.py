"""Whether a study can be analysed yet, and how many more answers it needs."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from commonground.records.choices import MISSING, BoolArray, ChoiceData
from commonground.records.errors import Problem, RequestError
from commonground.records.respondents import RespondentTable
from commonground.records.sessions import Status
from commonground.records.study import Study
from commonground.report.wording import counted, listed, people

FEWEST = 2
"""With fewer complete answers in a group nothing can be said of how sure its scores are."""


@dataclass(frozen=True, slots=True)
class Readiness:
    """What can be analysed.

    Parameters
    ----------
    sizes : mapping of group to int
        Complete answers by group, in the study's order.
    comparable : tuple of str
        Groups large enough to compare; fewer than two means no comparison.
    missing : tuple of str
        What is missing, in sentences.
    """

    sizes: dict[str, int]
    comparable: tuple[str, ...]
    missing: tuple[str, ...]


def complete_answers(data: ChoiceData, tasks: int, status: Sequence[str | None]) -> BoolArray:
    """Which respondents answered every task: (n_respondents,).

    Parameters
    ----------
    tasks : int
        Scored tasks of the design.
    status : sequence of str or None
        A status a respondent; where one is known, it must say complete as well.
    """
    both = (data.best != MISSING) & (data.worst != MISSING) & (data.repeat_of == 0)
    answered = np.bincount(data.respondent[both], minlength=len(data.respondents))
    said = np.array([one is None or one == Status.COMPLETE for one in status], dtype=np.bool_)
    return said & (answered >= tasks)


def readiness(study: Study, groups: Sequence[str | None]) -> Readiness:
    """What can be analysed of these complete answers.

    Parameters
    ----------
    groups : sequence of str or None
        The group of every respondent with a complete answer.

    Raises
    ------
    RequestError
        If no group has enough complete answers for any analysis; it says how many more are needed.
    """
    tally = Counter(group for group in groups if group)
    sizes = {group.id: tally[group.id] for group in study.groups}
    comparable = tuple(group for group, size in sizes.items() if size >= FEWEST)
    if not comparable:
        raise RequestError([_not_yet(study, sizes)])
    short = [f"{study.group(group).label} ({people(size)})" for group, size in sizes.items() if size < FEWEST]
    told: list[str] = []
    if short:
        told.append(
            f"Too few complete answers to compare: {listed(short)}. At least {FEWEST} of each group are needed."
        )
    told += _below_plan(study, sizes)
    return Readiness(sizes, comparable, tuple(told))


def _not_yet(study: Study, sizes: dict[str, int]) -> Problem:
    have = listed([f"{size} of {study.group(group).label}" for group, size in sizes.items()])
    more = listed([f"{FEWEST - size} more of {study.group(group).label}" for group, size in sizes.items()])
    return Problem(
        f"The study cannot be analysed yet: complete answers so far are {have}.",
        mend=f"It needs at least {FEWEST} in a group; to compare all groups, {more}.",
    )


def _below_plan(study: Study, sizes: dict[str, int]) -> list[str]:
    """Groups that have not reached what was planned."""
    short = [
        f"{counted((group.planned or 0) - sizes[group.id], 'answer')} of {group.label}"
        for group in study.groups
        if group.planned and sizes[group.id] < group.planned
    ]
    return [f"Fewer answers than planned; still missing: {listed(short)}."] if short else []


def joined(data: ChoiceData, table: RespondentTable | None, column: str) -> tuple[str | None, ...]:
    """A column for every respondent of the choices: from the choice table, else from the respondents table."""
    if column in data.covariates:
        return data.groups_by(column)
    if table is None:
        return (None,) * len(data.respondents)
    known = dict(zip(table.respondents, table.values(column), strict=True))
    return tuple(known.get(respondent) for respondent in data.respondents)
