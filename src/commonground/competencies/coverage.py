"""Whether a team can do what its work needs: how many can, where only one can, who would like to learn.

A team has no average here and nobody has a place in an order. Names stand only where a person shares what they said.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from commonground.competencies.framework import Framework
from commonground.competencies.profile import Holding, Level, Need, agreed_needs


class Cover(StrEnum):
    """How a need is met."""

    NOT_SET = "not_set"
    """Nobody has said yet what the work needs."""
    NOBODY = "nobody"
    ONE = "one"
    """One person alone: when that person is away, nobody is there."""
    SEVERAL = "several"


@dataclass(frozen=True, slots=True)
class Coverage:
    """How a capability is covered.

    Parameters
    ----------
    capability : str
    needed : Level or None
    able : int
        How many people say they are at the needed level or beyond; 0 where no need is set.
    learners : int
        How many want to learn it.
    silent : int
        How many of those asked said nothing about it.
    cover : Cover
    named_able, named_learners : tuple of str
        Keys of those who share it, in the order of the keys, which says nothing.
    """

    capability: str
    needed: Level | None
    able: int
    learners: int
    silent: int
    cover: Cover
    named_able: tuple[str, ...] = ()
    named_learners: tuple[str, ...] = ()


def coverage(
    framework: Framework, needs: Iterable[Need], holdings: Iterable[Holding], people: Sequence[str]
) -> tuple[Coverage, ...]:
    """The coverage of every capability that can be rated, in the framework's order.

    Parameters
    ----------
    framework : Framework
    needs : iterable of Need
        Those without a stakeholder are what was agreed.
    holdings : iterable of Holding
    people : sequence of str
        Keys of everybody who was asked.
    """
    levels, said = agreed_needs(needs), list(holdings)
    return tuple(
        _of_one(one.id, levels.get(one.id), [held for held in said if held.capability == one.id], people)
        for one in framework.rated()
    )


def _of_one(capability: str, needed: Level | None, said: Sequence[Holding], people: Sequence[str]) -> Coverage:
    able = [one for one in said if needed is not None and one.level is not None and one.level >= needed]
    learners = [one for one in said if one.wants_to_learn]
    spoke = {one.person for one in said if one.level is not None}
    return Coverage(
        capability=capability,
        needed=needed,
        able=len(able),
        learners=len(learners),
        silent=len(set(people) - spoke),
        cover=_cover(needed, len(able)),
        named_able=_named(able),
        named_learners=_named(learners),
    )


def _cover(needed: Level | None, able: int) -> Cover:
    if needed is None:
        return Cover.NOT_SET
    return (Cover.NOBODY, Cover.ONE, Cover.SEVERAL)[min(able, 2)]


def _named(said: Iterable[Holding]) -> tuple[str, ...]:
    return tuple(sorted(one.person for one in said if one.is_shared))


FEWEST_IN_A_COHORT = 10
"""A distribution is shown for so many people at the least."""
FEWEST_IN_A_CELL = 3
"""Fewer people than this at a level are not told apart from the level beside it."""


def distribution(holdings: Iterable[Holding], capability: str) -> tuple[tuple[tuple[Level, ...], int], ...] | None:
    """How a cohort spreads over the levels: neighbouring levels together until each has enough people.

    Returns
    -------
    tuple of (levels, people), or None
        None where too few people said something, or where they cannot be spread without pointing at a few.

    Examples
    --------
    >>> cohort = [Holding(f"p{n}", "local", Level(level)) for n, level in enumerate([0, 0, 0, 1, 2, 2, 2, 2, 3, 3, 3])]
    >>> [(len(levels), people) for levels, people in distribution(cohort, "local")]
    [(1, 3), (2, 5), (1, 3)]
    """
    levels = [one.level for one in holdings if one.capability == capability and one.level is not None]
    if len(levels) < FEWEST_IN_A_COHORT:
        return None
    parts: list[tuple[tuple[Level, ...], int]] = []
    waiting: tuple[Level, ...] = ()
    people = 0
    for level in Level:
        waiting, people = (*waiting, level), people + levels.count(level)
        if people >= FEWEST_IN_A_CELL:
            parts.append((waiting, people))
            waiting, people = (), 0
    if waiting and parts:
        last, some = parts.pop()
        parts.append(((*last, *waiting), some + people))
    return tuple(parts)
