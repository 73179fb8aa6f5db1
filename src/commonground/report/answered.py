"""The sets of answers a study can be analysed with: all, those kept, and those left out for sensitivity alone."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from commonground.analysis.comparison import Comparison
from commonground.analysis.count import Added, Counts, count
from commonground.records.choices import BoolArray, ChoiceData
from commonground.records.respondents import RespondentTable
from commonground.report.readiness import FEWEST, joined
from commonground.screening.decisions import State
from commonground.screening.statuses import LEFT_OUT, SCREENING, SENSITIVITY

GROUP = "group"

MAIN, SENSITIVITY_SET, UNFINISHED = "kept", "sensitivity", "unfinished"
"""Ids of the sets: the one all other sections are about, the one for sensitivity, the one with unfinished answers."""


@dataclass(frozen=True, slots=True)
class AnsweredSet:
    """The same analysis of one set of people.

    Parameters
    ----------
    id, label : str
    counts : Counts
    comparison : Comparison or None
        None where there are not two groups to compare.
    """

    id: str
    label: str
    counts: Counts
    comparison: Comparison | None

    @property
    def sizes(self) -> dict[str, int]:
        """People in each group."""
        return {group.group: group.respondents or 0 for group in self.counts.groups}


@dataclass(frozen=True, slots=True)
class Screened:
    """What people decided, for everybody in a choice table: (n_respondents,) bool each."""

    excluded: BoolArray
    left_out: BoolArray


def screened(data: ChoiceData, respondents: RespondentTable | None) -> Screened:
    """Who was excluded after screening, and who is left out in the sensitivity analysis only.

    Examples
    --------
    >>> data = ChoiceData.from_rows(
    ...     ("a", "b"), ("r1", "r2"), respondent=[0, 1], task=[1, 1], shown=[[0, 1]] * 2, best=[0, 0], worst=[1, 1]
    ... )
    >>> table = RespondentTable(("r1", "r2"), {"screening": ("kept", "excluded")})
    >>> screened(data, table).excluded.tolist()
    [False, True]
    """
    return Screened(
        _holding(joined(data, respondents, SCREENING), State.EXCLUDED),
        _holding(joined(data, respondents, SENSITIVITY), LEFT_OUT),
    )


def _holding(values: tuple[str | None, ...], wanted: str) -> BoolArray:
    return np.array([value == wanted for value in values], dtype=np.bool_)


def alternatives(
    everybody: ChoiceData,
    complete: BoolArray,
    said: Screened,
    main: AnsweredSet,
    *,
    added: Added,
    compared: Callable[[ChoiceData], Comparison],
) -> tuple[AnsweredSet, ...]:
    """The main analysis and, beside it, those with other sets of answers; empty where there is nothing to set beside.

    Parameters
    ----------
    everybody : ChoiceData
        Everybody of the groups compared who answered at least one task.
    complete : (n_respondents,) bool
        Who answered every task.
    said : Screened
        Of the same people.
    main : AnsweredSet
        Complete answers, less those excluded.
    compared : callable
        Compares the groups as the plan says.
    """
    wanted = {
        "all": ("All complete answers", complete),
        MAIN: (main.label, complete & ~said.excluded),
        SENSITIVITY_SET: ("Less those left out for how they chose", complete & ~said.excluded & ~said.left_out),
        UNFINISHED: ("Unfinished answers as well", ~said.excluded),
    }
    same = wanted[MAIN][1]
    others = {name: one for name, one in wanted.items() if name == MAIN or (one[1] != same).any()}
    if len(others) == 1:
        return ()
    return tuple(
        main if name == MAIN else _set(name, label, everybody.keep(people), main=main, added=added, compared=compared)
        for name, (label, people) in others.items()
    )


def _set(
    name: str,
    label: str,
    data: ChoiceData,
    *,
    main: AnsweredSet,
    added: Added,
    compared: Callable[[ChoiceData], Comparison],
) -> AnsweredSet:
    groups = data.groups_by(GROUP)
    enough = main.comparison is not None and all(groups.count(group) >= FEWEST for group in main.sizes)
    return AnsweredSet(name, label, count(data, by=GROUP, added=added), compared(data) if enough else None)
