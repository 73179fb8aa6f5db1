"""Who is concerned: near or far from practice, inside or outside the setting, with what interest and what power."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import IntEnum, StrEnum

from commonground.records.words import Words


class Zone(StrEnum):
    """Where somebody stands, after the Consolidated Framework for Implementation Research (Damschroder et al. 2009)."""

    INNER = "inner"
    OUTER = "outer"


class Amount(IntEnum):
    """How much: three steps are as fine as such a judgement can be."""

    LITTLE = 1
    SOME = 2
    MUCH = 3


@dataclass(frozen=True, slots=True)
class Stakeholder:
    """A person or group concerned, as the partnership sees it.

    Parameters
    ----------
    id, name : str
    kind : str
        An id out of `KINDS`, or empty.
    zone : Zone
    distance : Amount
        From practice: little is at the bedside.
    interest, power : Amount
    added_on : date
    gone_on : date or None
    emerged : bool
        Whether they came into view during the work.
    note : str
    """

    id: str
    name: str
    kind: str
    zone: Zone
    distance: Amount
    interest: Amount
    power: Amount
    added_on: date
    gone_on: date | None = None
    emerged: bool = False
    note: str = ""


KINDS: dict[str, Words] = {
    "service-users": Words({"en": "Service users", "fr": "Usagers"}),
    "professionals": Words({"en": "Professionals", "fr": "Professionnels"}),
    "managers": Words({"en": "Managers", "fr": "Gestionnaires"}),
    "commissioners": Words({"en": "Commissioners", "fr": "Commanditaires"}),
    "payers": Words({"en": "Payers", "fr": "Payeurs"}),
    "policy-makers": Words({"en": "Policy makers", "fr": "Décideurs publics"}),
    "public": Words({"en": "Representatives of the public", "fr": "Représentants du public"}),
}
"""The seven kinds of stakeholders the EISEN report names (B-20)."""


def on_the_map(stakeholders: Iterable[Stakeholder], day: date) -> tuple[Stakeholder, ...]:
    """Those who are on the map on a day: how it looked then, or looks now."""
    return tuple(one for one in stakeholders if one.added_on <= day and (one.gone_on is None or one.gone_on > day))


def missing_kinds(stakeholders: Iterable[Stakeholder]) -> tuple[str, ...]:
    """Kinds of which nobody is on the map: a question, not a fault.

    Examples
    --------
    >>> len(missing_kinds([]))
    7
    """
    there = {one.kind for one in stakeholders}
    return tuple(kind for kind in KINDS if kind not in there)


def unheard(stakeholders: Iterable[Stakeholder]) -> tuple[Stakeholder, ...]:
    """Those for whom it matters much and who have little say: whose voice needs a way in."""
    return tuple(one for one in stakeholders if one.interest is Amount.MUCH and one.power is Amount.LITTLE)
