"""What is missing, and what kind of missing it is: to be learnt, to be asked of others, or not people's to mend."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum

from commonground.competencies.coverage import Cover, Coverage


class GapKind(StrEnum):
    """What could close a gap."""

    LEARN = "learn"
    """Somebody here would like to learn it."""
    ASK_OR_RECRUIT = "ask_or_recruit"
    """Nobody here would: ask in the network, or invite somebody."""
    CHANGE_THE_SYSTEM = "change_the_system"
    """People could, but time, pay, careers or rules do not let them: no training mends that."""


@dataclass(frozen=True, slots=True)
class Gap:
    """A need that nobody meets, or one person alone. `kind` is a suggestion for people to change."""

    capability: str
    cover: Cover
    kind: GapKind


def gaps(covered: Iterable[Coverage], held_back: Collection[str] = ()) -> tuple[Gap, ...]:
    """The gaps there are, in the framework's order, each with the kind it looks like.

    Parameters
    ----------
    covered : iterable of Coverage
    held_back : collection of str
        Capabilities of which people said that the system keeps them from using what they can.

    Examples
    --------
    >>> one = Coverage("local", None, 0, 2, 0, Cover.NOBODY)
    >>> gaps([one])[0].kind
    <GapKind.LEARN: 'learn'>
    """
    open_needs = {Cover.NOBODY, Cover.ONE}
    return tuple(
        Gap(one.capability, one.cover, _kind(one, held_back)) for one in covered if one.cover in open_needs
    ) + tuple(
        Gap(one.capability, one.cover, GapKind.CHANGE_THE_SYSTEM)
        for one in covered
        if one.cover is Cover.SEVERAL and one.capability in held_back
    )


def _kind(one: Coverage, held_back: Collection[str]) -> GapKind:
    if one.capability in held_back:
        return GapKind.CHANGE_THE_SYSTEM
    return GapKind.LEARN if one.learners else GapKind.ASK_OR_RECRUIT
