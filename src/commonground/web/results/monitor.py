"""What an owner watches while answers come in: people by group, items nobody has chosen, what needs attention.

Pure: everything comes from the two tables that the downloads and the report use.
"""

from collections import Counter
from dataclasses import dataclass

import numpy as np

from commonground.analysis.count import count
from commonground.records.choices import ChoiceData
from commonground.records.respondents import RespondentTable
from commonground.records.sessions import Status
from commonground.records.study import Item, PartnerGroup, Study
from commonground.report.readiness import FEWEST

_ELIGIBLE = (Status.ELIGIBLE, Status.STARTED, Status.COMPLETE)
_STARTED = (Status.STARTED, Status.COMPLETE)

ENOUGH_TO_SAY = 10
"""Complete answers of a group from which on an item never chosen deserves a warning."""


@dataclass(frozen=True, slots=True)
class GroupProgress:
    """How far one partner group is. `planned` is None where the study document names no number."""

    group: PartnerGroup
    planned: int | None
    eligible: int
    started: int
    complete: int
    complete_today: int

    @property
    def lacks(self) -> int:
        """How many complete answers the group needs before a report can compare it."""
        return max(0, FEWEST - self.complete)


@dataclass(frozen=True, slots=True)
class NeverChosen:
    """Items of one group that nobody has chosen as best, or as worst: their ratio scores do not exist (A-18)."""

    group: PartnerGroup
    complete: int
    best: tuple[Item, ...]
    worst: tuple[Item, ...]

    @property
    def is_warning(self) -> bool:
        """Whether there are enough answers for this to be more than chance."""
        return self.complete >= ENOUGH_TO_SAY and bool(self.best or self.worst)


@dataclass(frozen=True, slots=True)
class Monitor:
    """A study at a glance. Every count includes the later stages: who completed has also started."""

    declined: int
    consented: int
    ineligible: int
    eligible: int
    started: int
    complete: int
    planned: int | None
    groups: tuple[GroupProgress, ...]
    never_chosen: tuple[NeverChosen, ...]

    @property
    def can_report(self) -> bool:
        """Whether a report has something to say: one group with enough complete answers is a beginning."""
        return any(group.complete >= FEWEST for group in self.groups)

    @property
    def lacking(self) -> tuple[GroupProgress, ...]:
        """The groups a report could not compare yet."""
        return tuple(group for group in self.groups if group.complete < FEWEST)

    @property
    def has_answers(self) -> bool:
        """Whether anybody has agreed to take part."""
        return self.consented > 0


def complete_only(data: ChoiceData) -> ChoiceData:
    """Only the people who answered every task."""
    return data.keep(np.array([status == Status.COMPLETE for status in data.groups_by("status")], dtype=np.bool_))


def watch(study: Study, data: ChoiceData, respondents: RespondentTable, *, today: str) -> Monitor:
    """Count people and choices.

    Parameters
    ----------
    data : ChoiceData
        Complete and unfinished answers, with the covariates `group` and `status`.
    today : str
        The day, ISO 8601, that counts as today.
    """
    statuses = Counter(respondents.values("status"))
    groups = tuple(_group(group, respondents, today) for group in study.groups)
    planned = [group.planned for group in study.groups]
    return Monitor(
        declined=statuses[Status.DECLINED],
        consented=sum(number for status, number in statuses.items() if status != Status.DECLINED),
        ineligible=statuses[Status.INELIGIBLE],
        eligible=sum(statuses[status] for status in _ELIGIBLE),
        started=sum(statuses[status] for status in _STARTED),
        complete=statuses[Status.COMPLETE],
        planned=sum(one for one in planned if one) if all(planned) else None,
        groups=groups,
        never_chosen=_never_chosen(study, complete_only(data), groups),
    )


def _group(group: PartnerGroup, respondents: RespondentTable, today: str) -> GroupProgress:
    columns = (respondents.values(name) for name in ("group", "status", "completed_on"))
    mine = [(status, day) for name, status, day in zip(*columns, strict=True) if name == group.id]
    statuses = Counter(status for status, _day in mine)
    return GroupProgress(
        group=group,
        planned=group.planned,
        eligible=sum(statuses[status] for status in _ELIGIBLE),
        started=sum(statuses[status] for status in _STARTED),
        complete=statuses[Status.COMPLETE],
        complete_today=mine.count((Status.COMPLETE, today)),
    )


def _never_chosen(study: Study, data: ChoiceData, groups: tuple[GroupProgress, ...]) -> tuple[NeverChosen, ...]:
    counted = {one.group: one for one in count(data, by="group").groups} if data.respondents else {}
    return tuple(
        NeverChosen(
            group=progress.group,
            complete=progress.complete,
            best=tuple(study.item(one.item) for one in counted[progress.group.id].items if one.best == 0),
            worst=tuple(study.item(one.item) for one in counted[progress.group.id].items if one.worst == 0),
        )
        for progress in groups
        if progress.complete and progress.group.id in counted
    )
