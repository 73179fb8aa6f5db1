"""What an owner watches while answers come in: people by group, items nobody has chosen, what needs attention.

Pure: it works on a tally. Tests hold it against the two tables that the downloads and the report use.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from commonground.records.sessions import Status
from commonground.records.study import Item, PartnerGroup, Study
from commonground.report.readiness import FEWEST

_ELIGIBLE = (Status.ELIGIBLE, Status.STARTED, Status.COMPLETE)
_STARTED = (Status.STARTED, Status.COMPLETE)

ENOUGH_TO_SAY = 10
"""Complete answers of a group from which on an item never chosen deserves a warning."""


@dataclass(frozen=True, slots=True)
class Tally:
    """What has to be counted of a study.

    Parameters
    ----------
    people : mapping of (group id, status) to int
        Nobody twice; the group is empty until it is known.
    complete_today : mapping of group id to int
    best, worst : collection of (group id, item id)
        What complete respondents have chosen at least once, repeated tasks left out.
    """

    people: Mapping[tuple[str, str], int]
    complete_today: Mapping[str, int]
    best: Collection[tuple[str, str]]
    worst: Collection[tuple[str, str]]

    def count(self, *statuses: str, group: str | None = None) -> int:
        """People with one of these statuses, of one group or of all."""
        return sum(
            number for (theirs, status), number in self.people.items() if status in statuses and group in (None, theirs)
        )


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


def watch(study: Study, tally: Tally) -> Monitor:
    """See a study at a glance."""
    groups = tuple(_group(group, tally) for group in study.groups)
    planned = [group.planned for group in study.groups]
    return Monitor(
        declined=tally.count(Status.DECLINED),
        consented=tally.count(*(status for status in Status if status != Status.DECLINED)),
        ineligible=tally.count(Status.INELIGIBLE),
        eligible=tally.count(*_ELIGIBLE),
        started=tally.count(*_STARTED),
        complete=tally.count(Status.COMPLETE),
        planned=sum(one for one in planned if one) if all(planned) else None,
        groups=groups,
        never_chosen=tuple(_never_chosen(study, tally, group) for group in groups if group.complete),
    )


def _group(group: PartnerGroup, tally: Tally) -> GroupProgress:
    return GroupProgress(
        group=group,
        planned=group.planned,
        eligible=tally.count(*_ELIGIBLE, group=group.id),
        started=tally.count(*_STARTED, group=group.id),
        complete=tally.count(Status.COMPLETE, group=group.id),
        complete_today=tally.complete_today.get(group.id, 0),
    )


def _never_chosen(study: Study, tally: Tally, progress: GroupProgress) -> NeverChosen:
    group = progress.group
    return NeverChosen(
        group=group,
        complete=progress.complete,
        best=tuple(item for item in study.items if (group.id, item.id) not in tally.best),
        worst=tuple(item for item in study.items if (group.id, item.id) not in tally.worst),
    )
