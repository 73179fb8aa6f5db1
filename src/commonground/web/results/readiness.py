"""Whether a study has enough answers for a report, and which answers count."""

import numpy as np

from commonground.records.choices import ChoiceData
from commonground.records.errors import DataError, Problem
from commonground.records.respondents import RespondentTable
from commonground.records.sessions import Status
from commonground.records.study import Study

FEWEST_IN_A_GROUP = 2
"""Nothing can be said of how people of a group differ with fewer."""


def complete_only(data: ChoiceData) -> ChoiceData:
    """Only the people who answered every task."""
    return data.keep(np.array([status == Status.COMPLETE for status in data.groups_by("status")], dtype=np.bool_))


def missing_people(study: Study, respondents: RespondentTable) -> dict[str, int]:
    """How many complete answers each partner group still lacks before a report says anything; empty when none."""
    pairs = list(zip(respondents.values("group"), respondents.values("status"), strict=True))
    have = {group.id: pairs.count((group.id, Status.COMPLETE)) for group in study.groups}
    return {group: FEWEST_IN_A_GROUP - number for group, number in have.items() if number < FEWEST_IN_A_GROUP}


def require_enough(study: Study, respondents: RespondentTable) -> None:
    """Refuse too few answers, in words that say how many are missing.

    Raises
    ------
    DataError
    """
    missing = missing_people(study, respondents)
    if not missing:
        return
    words = ", ".join(f"{number} more of {study.group(group).label}" for group, number in missing.items())
    least = f"A report needs at least {FEWEST_IN_A_GROUP} complete answers of each partner group"
    raise DataError([Problem(f"{least}; it waits for {words}.")])
