"""How people came through a study: counted from statuses, never typed by hand, and checked to add up."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from commonground.records.respondents import RespondentTable
from commonground.records.sessions import Status
from commonground.report.wording import people


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage people reached, and what became of those who went no further.

    Parameters
    ----------
    label : str
    count : int
    left : mapping of str to int
        Why people stopped before the next stage.
    """

    label: str
    count: int
    left: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Flow:
    """The stages from first to last, the groups of the last one, and what does not add up."""

    stages: tuple[Stage, ...]
    groups: Mapping[str, int]
    gaps: tuple[str, ...] = ()


def recruitment(table: RespondentTable, groups: Mapping[str, str], analysed: int) -> Flow:
    """The flow of a study from its respondents' statuses.

    Parameters
    ----------
    table : RespondentTable
    groups : mapping of group id to label
    analysed : int
        People whose answers the analysis uses.

    Examples
    --------
    >>> statuses = {"status": ("complete", "ineligible", "started"), "group": ("R", None, "R")}
    >>> table = RespondentTable(("a", "b", "c"), statuses)
    >>> [(stage.label, stage.count) for stage in recruitment(table, {"R": "Researchers"}, 1).stages]
    [('Consented', 3), ('Eligible and began the tasks', 2), ('Answered every task, analysed', 1)]
    """
    tally = Counter(table.values("status"))
    consented = sum(tally.values()) - tally[Status.DECLINED]
    began = tally[Status.STARTED] + tally[Status.COMPLETE]
    complete = tally[Status.COMPLETE]
    before = {
        **_ineligible(table),
        "Stopped before eligibility was clear": tally[Status.CONSENTED],
        "Eligible, did not begin the tasks": tally[Status.ELIGIBLE],
        "Withdrew their answers": tally[Status.WITHDRAWN],
    }
    stages = (
        Stage("Consented", consented, _some(before)),
        Stage("Eligible and began the tasks", began, _some({"Did not answer every task": began - complete})),
        *_last_stages(complete, analysed),
    )
    declined = tally[Status.DECLINED]
    if declined:
        stages = (Stage("Opened the study", consented + declined, {"Did not consent": declined}), *stages)
    per_group = Counter(group or "" for group, status in _zipped(table) if status == Status.COMPLETE)
    found = {label: per_group[group] for group, label in groups.items()}
    return Flow(stages, found, _gaps(stages, found, complete, tally))


def _last_stages(complete: int, analysed: int) -> tuple[Stage, ...]:
    if complete == analysed:
        return (Stage("Answered every task, analysed", complete, {}),)
    return (
        Stage("Answered every task", complete, {"Complete, but not in the choice table": complete - analysed}),
        Stage("Analysed", analysed, {}),
    )


def _zipped(table: RespondentTable) -> Sequence[tuple[str | None, str | None]]:
    return list(zip(table.values("group"), table.values("status"), strict=True))


def _ineligible(table: RespondentTable) -> dict[str, int]:
    out = Counter(
        reason or "no reason recorded"
        for reason, status in zip(table.values("reason"), table.values("status"), strict=True)
        if status == Status.INELIGIBLE
    )
    return {
        f"Not eligible: {reason.replace('_', ' ').replace('-', ' ')}": count for reason, count in sorted(out.items())
    }


def _some(parts: Mapping[str, int]) -> dict[str, int]:
    return {label: count for label, count in parts.items() if count}


def _gaps(
    stages: Sequence[Stage], groups: Mapping[str, int], complete: int, tally: "Counter[str | None]"
) -> tuple[str, ...]:
    """Everything that does not add up, in words."""
    unknown = sum(count for status, count in tally.items() if status not in set(Status))
    found = [
        f"{stage.count} less {sum(stage.left.values())} is not {following.count} (‘{following.label}’)."
        for stage, following in pairwise(stages)
        if stage.count - sum(stage.left.values()) != following.count
    ]
    if unknown:
        found.append(f"{people(unknown)} have no known status.")
    if sum(groups.values()) != complete:
        found.append(f"The groups hold {sum(groups.values())} of the {complete} who answered every task.")
    return tuple(found)
