"""The table of recruitment: what the log holds, beside what somebody has stated, with its sums checked. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from commonground.web.collecting.models import COUNTLESS, Kind, Outcome

IN_ALL = ""


@dataclass(frozen=True, slots=True)
class Check:
    """A stated number that does not fit: what the log or the other stated numbers give instead."""

    kind: Kind
    outcome: str
    stated: int
    computed: int
    of_stated: bool = False
    """Whether it is held against the sum of what was stated, and not against the log."""


@dataclass(frozen=True, slots=True)
class KindTally:
    """One kind of place that was asked."""

    kind: Kind
    asked: int
    outcomes: Mapping[str, int]

    def share(self, outcome: str) -> float:
        """Of those asked, the part with this outcome; 0 to 1."""
        return self.outcomes.get(outcome, 0) / self.asked


@dataclass(frozen=True, slots=True)
class RecruitmentTally:
    """Every kind that was asked, what does not add up, and whether there are ways that nobody can count."""

    kinds: tuple[KindTally, ...]
    checks: tuple[Check, ...]

    @property
    def has_countless(self) -> bool:
        """Whether people were reached in ways by which no response rate can be computed."""
        return any(one.kind in COUNTLESS for one in self.kinds)


def recruitment_tally(entries: Iterable[tuple[str, str]], stated: Mapping[tuple[str, str], int]) -> RecruitmentTally:
    """Count a log and hold stated numbers against it.

    Parameters
    ----------
    entries : iterable of (kind, outcome)
        One pair for each place that was asked.
    stated : mapping of (kind, outcome) to int
        The outcome is empty for the number asked in all.

    Examples
    --------
    >>> log = [("organisation", "agreed")] * 41 + [("organisation", "silent")] * 20
    >>> found = recruitment_tally(log, {("organisation", ""): 61, ("organisation", "agreed"): 41,
    ...     ("organisation", "silent"): 20, ("organisation", "undeliverable"): 1})
    >>> [(one.outcome, one.stated, one.computed, one.of_stated) for one in found.checks]
    [('undeliverable', 1, 0, False), ('', 61, 62, True)]
    """
    counted = Counter(entries)
    asked = Counter(kind for kind, _outcome in counted.elements())
    kinds = tuple(
        KindTally(kind, asked[kind], {outcome: counted[kind, outcome] for outcome in Outcome.values})
        for kind in Kind
        if asked[kind]
    )
    return RecruitmentTally(kinds, tuple(check for kind in Kind for check in _checks(kind, counted, asked, stated)))


def _checks(
    kind: Kind, counted: Counter[tuple[str, str]], asked: Counter[str], stated: Mapping[tuple[str, str], int]
) -> Iterable[Check]:
    for outcome in (IN_ALL, *Outcome.values):
        number = stated.get((kind, outcome))
        logged = counted[kind, outcome] if outcome else asked[kind]
        if number is not None and number != logged:
            yield Check(kind, outcome, number, logged)
    parts = [number for (whose, outcome), number in stated.items() if whose == kind and outcome]
    in_all = stated.get((kind, IN_ALL))
    if parts and in_all is not None and sum(parts) != in_all:
        yield Check(kind, IN_ALL, in_all, sum(parts), of_stated=True)
