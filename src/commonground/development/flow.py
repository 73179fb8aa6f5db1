"""How many items there were at each stage, and what became of them: counted from the log, never typed by hand."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from commonground.development.log import Development
from commonground.development.records import Entry, Kind


class StageKind(StrEnum):
    """What a stage is."""

    COLLECTED = "collected"
    """Everything before the first round."""
    ROUND = "round"
    BETWEEN = "between"
    """Changes after a round, outside any."""


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage of the way from candidates to the list.

    Parameters
    ----------
    kind : StageKind
    round : int
        The round it is, or the one it follows; 0 before the first.
    is_open : bool
        Whether it is a round that has not been closed.
    before, after : int
        Items on the list.
    added, made_by_merging, made_by_splitting : int
        Items that came.
    merged, split, removed : int
        Items that went.
    kept, revised : int
        Items a round decided to leave on the list, as they were or in other words.
    """

    kind: StageKind
    round: int
    is_open: bool
    before: int
    added: int
    made_by_merging: int
    made_by_splitting: int
    merged: int
    split: int
    removed: int
    kept: int
    revised: int
    after: int

    @property
    def came(self) -> int:
        """Items that came onto the list."""
        return self.added + self.made_by_merging + self.made_by_splitting

    @property
    def went(self) -> int:
        """Items that left it."""
        return self.merged + self.split + self.removed


@dataclass(frozen=True, slots=True)
class Flow:
    """The stages in order, and everything that does not add up, in words; `gaps` is empty unless a log is broken."""

    stages: tuple[Stage, ...]
    gaps: tuple[str, ...]

    @property
    def candidates(self) -> int:
        """Items there ever were."""
        return sum(one.came for one in self.stages)


def flow(now: Development) -> Flow:
    """The way of the items, stage by stage.

    A stage outside rounds is told only where something came or went in it; the first, collecting, always is.

    Examples
    --------
    >>> from commonground.development.log import replay
    >>> flow(replay([])).stages[0].after
    0
    """
    stages: list[Stage] = []
    for kind, number, entries in _stretches(now):
        before = stages[-1].after if stages else 0
        stage = _stage(kind, number, entries, before, now)
        if kind is not StageKind.BETWEEN or stage.came or stage.went:
            stages.append(stage)
    return Flow(tuple(stages), tuple(_gaps(stages, now)))


def _stretches(now: Development) -> Iterator[tuple[StageKind, int, list[Entry]]]:
    """The log cut at the openings and closings of rounds."""
    kind, number = StageKind.COLLECTED, 0
    entries: list[Entry] = []
    for entry in now.entries:
        if entry.kind not in (Kind.OPEN_ROUND, Kind.CLOSE_ROUND):
            entries.append(entry)
            continue
        yield kind, number, entries
        opens = entry.kind is Kind.OPEN_ROUND
        kind, number, entries = (StageKind.ROUND, number + 1, []) if opens else (StageKind.BETWEEN, number, [])
    yield kind, number, entries


def _stage(kind: StageKind, number: int, entries: list[Entry], before: int, now: Development) -> Stage:
    made: Counter[Kind] = Counter()
    about: Counter[Kind] = Counter()
    for one in entries:
        made[one.kind] += len(one.becomes)
        about[one.kind] += len(one.items)
    came, went = made.total(), about[Kind.MERGE] + about[Kind.SPLIT] + about[Kind.REMOVE]
    return Stage(
        kind=kind,
        round=number,
        is_open=kind is StageKind.ROUND and now.rounds[number - 1].closed is None,
        before=before,
        added=made[Kind.ADD],
        made_by_merging=made[Kind.MERGE],
        made_by_splitting=made[Kind.SPLIT],
        merged=about[Kind.MERGE],
        split=about[Kind.SPLIT],
        removed=about[Kind.REMOVE],
        kept=about[Kind.KEEP],
        revised=about[Kind.REVISE],
        after=before + came - went,
    )


def _gaps(stages: list[Stage], now: Development) -> Iterator[str]:
    for stage, following in pairwise(stages):
        if stage.after != following.before:
            yield f"{stage.after} items after a stage are not the {following.before} before the next."
    if stages[-1].after != len(now.order):
        yield f"{stages[-1].after} items after the last stage are not the {len(now.order)} on the list."
    for one in now.rounds:
        under_review = next(s.before for s in stages if s.kind is StageKind.ROUND and s.round == one.number)
        if under_review != len(one.under_review):
            yield f"Round {one.number} opened with {len(one.under_review)} items, not {under_review}."
