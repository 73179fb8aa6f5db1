"""How people get on: by the link they came by, and page by page. Pure; `counts` reads the database."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from statistics import median

from commonground.records.sessions import Status
from commonground.survey.flow import PageKind

FIT = frozenset({Status.ELIGIBLE, Status.STARTED, Status.COMPLETE})
UNDER_WAY = frozenset({Status.CONSENTED, Status.ELIGIBLE, Status.STARTED})
_ORDER = {kind.value: place for place, kind in enumerate(PageKind)}


@dataclass(frozen=True, slots=True)
class SourceProgress:
    """People who came by one link. Every count includes the later stages."""

    source: str
    consented: int
    eligible: int
    complete: int
    complete_by_group: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class PageProgress:
    """One page: how many have sent it, how many sent nothing after it and are not finished, the usual time."""

    key: str
    sent: int
    stopped: int
    seconds: float | None


def by_source(people: Mapping[tuple[str, str, str], int]) -> tuple[SourceProgress, ...]:
    """Progress for each link, from counts by (source, group, status); who declined is left out."""
    sources = sorted({source for source, _group, _status in people})
    return tuple(_source(source, people) for source in sources)


def by_page(ways: Iterable[tuple[str, Mapping[str, float]]]) -> tuple[PageProgress, ...]:
    """Progress page by page, in the order of the study.

    Parameters
    ----------
    ways : iterable of (status, seconds by page)
        One for each person who agreed to take part.

    Examples
    --------
    >>> ways = [("complete", {"words": 9, "task-1": 20}), ("started", {"words": 5}), ("consented", {})]
    >>> [(page.key, page.sent, page.stopped, page.seconds) for page in by_page(ways)]
    [('', 3, 1, None), ('words', 2, 1, 7.0), ('task-1', 1, 0, 20)]
    """
    seconds: defaultdict[str, list[float]] = defaultdict(list)
    stopped: Counter[str] = Counter()
    people = 0
    for status, pages in ways:
        people += 1
        for key, taken in pages.items():
            seconds[key].append(taken)
        if status in UNDER_WAY:
            stopped[max(pages, key=_place, default="")] += 1
    agreed = PageProgress("", people, stopped[""], None)
    sent = (
        PageProgress(key, len(seconds[key]), stopped[key], median(seconds[key])) for key in sorted(seconds, key=_place)
    )
    return (agreed, *sent)


def _source(source: str, people: Mapping[tuple[str, str, str], int]) -> SourceProgress:
    here = {(group, status): number for (theirs, group, status), number in people.items() if theirs == source}
    complete: Counter[str] = Counter()
    for (group, status), number in here.items():
        if status == Status.COMPLETE:
            complete[group] += number
    return SourceProgress(
        source,
        consented=sum(number for (_group, status), number in here.items() if status != Status.DECLINED),
        eligible=sum(number for (_group, status), number in here.items() if status in FIT),
        complete=complete.total(),
        complete_by_group=complete,
    )


def _place(key: str) -> tuple[int, int]:
    kind, _dash, number = key.partition("-")
    return _ORDER.get(kind, len(_ORDER)), int(number or 0)
