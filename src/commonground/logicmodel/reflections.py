"""What people saw of a mechanism: dated, by role, with evidence; the verdicts side by side, never averaged."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Verdict(StrEnum):
    """Whether an assumption held, as one role saw it."""

    HELD = "held"
    PARTLY = "partly"
    NOT = "not"
    OPEN = "open"
    """Too early to say."""


@dataclass(frozen=True, slots=True)
class Reflection:
    """What somebody in a role saw of a mechanism, on a day.

    Parameters
    ----------
    mechanism : str
    on : date
    role : str
        Never a name.
    text : str
    verdict : Verdict
    evidence, next_step : str
    """

    mechanism: str
    on: date
    role: str
    text: str
    verdict: Verdict = Verdict.OPEN
    evidence: str = ""
    next_step: str = ""


@dataclass(frozen=True, slots=True)
class Account:
    """What was seen of a mechanism up to a day.

    Parameters
    ----------
    mechanism : str
    reflections : tuple of Reflection
        The oldest first.
    latest : tuple of (str, Verdict)
        The last verdict of each role, in the order of the roles' names.
    is_shared : bool
        Whether all roles that said something came to one verdict.
    has_evidence : bool
    """

    mechanism: str
    reflections: tuple[Reflection, ...]
    latest: tuple[tuple[str, Verdict], ...]
    is_shared: bool
    has_evidence: bool


def account(mechanism: str, reflections: Iterable[Reflection], *, until: date | None = None) -> Account:
    """Put together what was seen of a mechanism.

    Examples
    --------
    >>> seen = [Reflection("m", date(2026, 3, 1), "nurse", "…", Verdict.PARTLY),
    ...         Reflection("m", date(2026, 6, 1), "nurse", "…", Verdict.HELD)]
    >>> account("m", seen).latest, account("m", seen, until=date(2026, 4, 1)).latest
    ((('nurse', <Verdict.HELD: 'held'>),), (('nurse', <Verdict.PARTLY: 'partly'>),))
    """
    own = [one for one in reflections if one.mechanism == mechanism and (until is None or one.on <= until)]
    own.sort(key=lambda one: one.on)
    latest = {one.role: one.verdict for one in own}
    said = {verdict for verdict in latest.values() if verdict is not Verdict.OPEN}
    return Account(
        mechanism=mechanism,
        reflections=tuple(own),
        latest=tuple(sorted(latest.items())),
        is_shared=len(said) == 1,
        has_evidence=any(one.evidence for one in own),
    )
