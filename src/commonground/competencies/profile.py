"""What people say of themselves, and what the work needs. The scale is ours: the sources have none."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum


class Level(IntEnum):
    """How far somebody has come with a capability, in what they do. Made for this program; no source has levels."""

    NEW = 0
    """It is new to me."""
    WITH_HELP = 1
    """I do it with help."""
    ON_MY_OWN = 2
    """I do it on my own."""
    HELPING = 3
    """I help others do it."""


@dataclass(frozen=True, slots=True)
class Holding:
    """What one person says about one capability.

    Parameters
    ----------
    person : str
        A key, not a name.
    capability : str
    level : Level or None
        None: not said.
    evidence : str
        An example in the person's own words.
    wants_to_learn : bool
    is_shared : bool
        Whether the others may know that this person said so.
    """

    person: str
    capability: str
    level: Level | None = None
    evidence: str = ""
    wants_to_learn: bool = False
    is_shared: bool = False


@dataclass(frozen=True, slots=True)
class Need:
    """The level the work needs for a capability, as one stakeholder sees it; `stakeholder` empty: as agreed by all."""

    capability: str
    level: Level
    stakeholder: str = ""


def agreed_needs(needs: Iterable[Need]) -> dict[str, Level]:
    """The level needed by capability, where the partnership has agreed on one.

    Examples
    --------
    >>> agreed_needs([Need("systems", Level.ON_MY_OWN), Need("systems", Level.HELPING, "managers")])
    {'systems': <Level.ON_MY_OWN: 2>}
    """
    return {need.capability: need.level for need in needs if not need.stakeholder}


def views_apart(needs: Iterable[Need]) -> dict[str, dict[str, Level]]:
    """Capabilities that stakeholders see differently: their levels by stakeholder. Something to talk about.

    Examples
    --------
    >>> views_apart([Need("systems", Level.NEW, "nurses"), Need("systems", Level.HELPING, "managers")])
    {'systems': {'nurses': <Level.NEW: 0>, 'managers': <Level.HELPING: 3>}}
    """
    seen: dict[str, dict[str, Level]] = {}
    for need in needs:
        if need.stakeholder:
            seen.setdefault(need.capability, {})[need.stakeholder] = need.level
    return {name: views for name, views in seen.items() if len(set(views.values())) > 1}
