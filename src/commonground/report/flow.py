"""How people came through a study: counted from statuses, never typed by hand, and checked to add up."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from commonground.records.respondents import RespondentTable
from commonground.records.sessions import Status
from commonground.report.wording import people
from commonground.screening.decisions import REASON_WORDS, State
from commonground.screening.statuses import REASON, SCREENING


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
        *_last_stages(complete, analysed, _excluded(table)),
    )
    declined = tally[Status.DECLINED]
    if declined:
        stages = (Stage("Opened the study", consented + declined, {"Did not consent": declined}), *stages)
    kept = [
        group or ""
        for group, status, screening in _zipped(table)
        if status == Status.COMPLETE and screening != State.EXCLUDED
    ]
    found = {label: kept.count(group) for group, label in groups.items()}
    return Flow(stages, found, _gaps(stages, found, len(kept), tally))


def _last_stages(complete: int, analysed: int, excluded: Mapping[str, int]) -> tuple[Stage, ...]:
    kept = complete - sum(excluded.values())
    if complete == analysed:
        return (Stage("Answered every task, analysed", complete, {}),)
    left = {**excluded, **_some({"Complete, but not in the choice table": kept - analysed})}
    return (Stage("Answered every task", complete, left), Stage("Analysed", analysed, {}))


def _excluded(table: RespondentTable) -> dict[str, int]:
    """People excluded after screening, by reason; who did not answer every task is counted elsewhere."""
    reasons = Counter(
        reason or "no reason recorded"
        for reason, (_, status, screening) in zip(table.values(REASON), _zipped(table), strict=True)
        if status == Status.COMPLETE and screening == State.EXCLUDED
    )
    return {f"Excluded after screening: {_reason_words(reason)}": count for reason, count in sorted(reasons.items())}


def _reason_words(code: str) -> str:
    known = {reason.value: words for reason, words in REASON_WORDS.items()}
    return known.get(code, code.replace("_", " "))


def _zipped(table: RespondentTable) -> Sequence[tuple[str | None, str | None, str | None]]:
    return list(zip(table.values("group"), table.values("status"), table.values(SCREENING), strict=True))


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
    stages: Sequence[Stage], groups: Mapping[str, int], kept: int, tally: "Counter[str | None]"
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
    if sum(groups.values()) != kept:
        found.append(f"The groups hold {sum(groups.values())} of the {kept} whose complete answers were kept.")
    return tuple(found)
