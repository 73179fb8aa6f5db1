"""What was done with whom, what came of it, and the cycles of action research it was done in."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Log(StrEnum):
    """Which log an entry belongs to: the two things that research policy asks to be shown (B-22)."""

    INVOLVEMENT = "involvement"
    IMPACT = "impact"


class Reason(StrEnum):
    """Why people were involved (B-23)."""

    ETHICAL = "ethical"
    PUBLIC_FUNDING = "public_funding"
    BETTER_WORK = "better_work"


class Phase(StrEnum):
    """A phase of an action-research cycle."""

    PLAN = "plan"
    ACT = "act"
    OBSERVE = "observe"
    REFLECT = "reflect"


class OutputState(StrEnum):
    """Where an output stands."""

    PLANNED = "planned"
    UNDER_WAY = "under_way"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that happened: who was involved or concerned, what followed, and what shows it."""

    log: Log
    on: date
    who: str
    what: str
    reason: Reason | None = None
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class CycleEntry:
    """A step in a cycle: when, by whom, what shows it, and what was changed because of it."""

    cycle: int
    phase: Phase
    on: date
    who: str
    what: str
    evidence: str = ""
    change: str = ""


@dataclass(frozen=True, slots=True)
class Output:
    """Something the project made or will make."""

    title: str
    kind: str
    state: OutputState
    on: date | None = None
    where: str = ""


def open_phases(entries: Iterable[CycleEntry], cycle: int) -> tuple[Phase, ...]:
    """The phases of a cycle that have no entry yet, in order.

    Examples
    --------
    >>> one = CycleEntry(1, Phase.PLAN, date(2026, 1, 5), "all of us", "a shorter form")
    >>> [phase.value for phase in open_phases([one], 1)]
    ['act', 'observe', 'reflect']
    """
    done = {one.phase for one in entries if one.cycle == cycle}
    return tuple(phase for phase in Phase if phase not in done)
