"""Looking again: what stands otherwise than before, how it is going, and what to do about it.

A change is told only where it is more than the wobble of answers, and it is called a change, nothing better or worse.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum

import numpy as np

from commonground.partnership.publication import Publication, Rules
from commonground.partnership.standing import Standing
from commonground.partnership.thresholds import SPREAD, answered_scores
from commonground.records.design import Design

FEWEST_POINTS = 3
"""A person's score must move by so many points at least before it is called changed."""
MATTERS = frozenset({Standing.SHARED_PRIORITY, Standing.SPLIT})
"""What a team has reason to act on: what most put high, and what some put high and others low."""


class Going(IntEnum):
    """How something is going here, in one person's eyes."""

    NOT_AT_ALL = 0
    BARELY = 1
    PARTLY = 2
    MOSTLY = 3
    WELL = 4


POOR = frozenset({Going.NOT_AT_ALL, Going.BARELY})


@dataclass(frozen=True, slots=True)
class OwnChange:
    """An item that stands otherwise for one person than it did; for that person alone.

    Parameters
    ----------
    item : str
    before, after : int
        Scores.
    """

    item: str
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class TeamChange:
    """An item the team's answers say something else about than before.

    Parameters
    ----------
    item : str
    before, after : Standing
    is_clear : bool
        It went from one thing that was said to another; to or from "mixed" a few answers can carry it by themselves.
    """

    item: str
    before: Standing
    after: Standing
    is_clear: bool


@dataclass(frozen=True, slots=True)
class SecondLook:
    """Two publications side by side.

    Parameters
    ----------
    changes : tuple of TeamChange
        Of items that were on both lists, in the order of the new list.
    new_items, dropped_items : tuple of str
        Cannot be compared.
    joined, left : int
        How many people are in one of the two pictures only; with other people a change need not be anybody's.
    """

    changes: tuple[TeamChange, ...]
    new_items: tuple[str, ...]
    dropped_items: tuple[str, ...]
    joined: int
    left: int


def points_beyond_noise(design: Design, *, seed: int = 1, spread: float = SPREAD, people: int = 4000) -> int:
    """How far a score must move between two sittings before noise alone is unlikely to have moved it.

    The smallest number that no more than one unchanged score in twenty moves by, at least three.

    Parameters
    ----------
    design : Design
    seed : int
    spread : float
        Of the simulated utilities, in logits.
    people : int
        How many are simulated.
    """
    rng = np.random.default_rng(seed)
    wanted = rng.normal(scale=spread, size=(people, design.items))
    moved = np.abs(answered_scores(design, wanted, rng) - answered_scores(design, wanted, rng))
    return next(points for points in range(FEWEST_POINTS, 1000) if (moved >= points).mean() <= 0.05)


def own_changes(
    items: Sequence[str], before: Sequence[int], after: Sequence[int], points: int
) -> tuple[OwnChange, ...]:
    """What stands otherwise for one person, beyond noise.

    Parameters
    ----------
    items : sequence of str
    before, after : (n_items,) int
        Scores of the same person on the same list and design.
    points : int
        From `points_beyond_noise`.

    Examples
    --------
    >>> own_changes(["goal", "plan", "trust"], [3, 0, -3], [1, -1, 0], 3)
    (OwnChange(item='trust', before=-3, after=0),)
    """
    both = zip(items, before, after, strict=True)
    return tuple(OwnChange(item, old, new) for item, old, new in both if abs(new - old) >= points)


def look_again(
    before: Publication, after: Publication, included: frozenset[str], included_now: frozenset[str]
) -> SecondLook:
    """What the team's answers say now and said before.

    Parameters
    ----------
    before, after : Publication
    included, included_now : frozenset of str
        Whose answers are in each, under labels that stay with a person.

    Examples
    --------
    >>> from commonground.partnership.publication import ItemPicture, Status
    >>> then, now = (Publication(Status.PUBLISHED, 1, 5, 5, items=(ItemPicture("goal", standing),)) for standing in
    ...              (Standing.SPLIT, Standing.SHARED_PRIORITY))
    >>> look_again(then, now, frozenset("abcde"), frozenset("abcdf")).changes[0].is_clear
    True
    """
    then = {one.item: one.standing for one in before.items}
    now = {one.item: one.standing for one in after.items}
    both = [(item, then[item], standing) for item, standing in now.items() if item in then]
    return SecondLook(
        tuple(TeamChange(item, old, new, _is_clear(old, new)) for item, old, new in both if old is not new),
        tuple(item for item in now if item not in then),
        tuple(item for item in then if item not in now),
        len(included_now - included),
        len(included - included_now),
    )


def wants_care(ratings: Iterable[Mapping[str, Going]], rules: Rules | None = None) -> frozenset[str]:
    """The items that are not going well in the eyes of at least a third of those who said.

    Told as a yes or no for each item, and only where four people or more said something about it: then everybody may
    be among those who said otherwise.

    Parameters
    ----------
    ratings : iterable of mapping of item to Going
        One a person; an item may be left out.
    rules : Rules, optional

    Examples
    --------
    >>> poor, good = {"goal": Going.BARELY}, {"goal": Going.WELL}
    >>> sorted(wants_care([poor, poor, good, good])), sorted(wants_care([poor, poor, good]))
    (['goal'], [])
    """
    said: dict[str, list[Going]] = {}
    for one in ratings:
        for item, going in one.items():
            said.setdefault(item, []).append(going)
    fewest = (rules or Rules()).whole_team
    return frozenset(item for item, found in said.items() if len(found) >= fewest and _is_poor(found))


def action_list(publication: Publication, care: frozenset[str]) -> tuple[str, ...]:
    """What matters and is not going well, in the order of the list.

    Examples
    --------
    >>> from commonground.partnership.publication import ItemPicture, Status
    >>> pictures = tuple(ItemPicture(item, standing) for item, standing in zip("abc", Standing))
    >>> action_list(Publication(Status.PUBLISHED, 1, 7, 7, items=pictures), frozenset("abc"))
    ('a', 'c')
    """
    return tuple(one.item for one in publication.items if one.standing in MATTERS and one.item in care)


def _is_clear(before: Standing, after: Standing) -> bool:
    return not {before, after} & {Standing.MIXED, Standing.CANT_TELL}


def _is_poor(found: Sequence[Going]) -> bool:
    return sum(going in POOR for going in found) >= max(-(-len(found) // 3), 2)
