"""What is told about one item leaves two bands for everybody: all counts of people are tried, whatever was told when.

People of a kind (a role group, those who came together) cannot be told apart, so counts are enough. `Kind` says how
many of a kind are not named; whoever looks on is one of them, or one of those who are.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import cache, partial
from itertools import combinations_with_replacement, product

import numpy as np
import pytest

from commonground.partnership.own import Band
from commonground.partnership.shares import silent_beside
from commonground.partnership.standing import Standing, Tally, stand_of
from commonground.partnership.thresholds import Thresholds

PLACES = ((1, 1, 0, 0), (0, 1, 0, 0), (0, 0, 0, 0), (0, 1, 1, 0), (0, 0, 1, 0), (0, 0, 1, 1))
"""Where an item can stand for a person: high, upper, lower, low; the four in the middle are one band."""
BAND = np.array([0, 1, 1, 1, 1, 2])
STANDINGS = list(Standing)

Told = Callable[[Sequence[np.ndarray]], np.ndarray]
"""From the counts of each kind by place to a number for all that is told."""


@cache
def _counts(people: int) -> np.ndarray:
    every = [one for one in product(range(people + 1), repeat=len(PLACES)) if sum(one) == people]
    return np.array(every, dtype=np.int64)


@cache
def _table(thresholds: Thresholds, people: int) -> np.ndarray:
    found = [stand_of(Tally(*count), thresholds) for count in product(range(people + 1), repeat=4)]
    return np.array([STANDINGS.index(one) for one in found])


def stands(counts: np.ndarray, thresholds: Thresholds) -> np.ndarray:
    """How the item stands in each world."""
    base = (thresholds.people + 1) ** np.arange(3, -1, -1)
    return _table(thresholds, thresholds.people)[counts @ (np.array(PLACES) @ base)]


def leans(counts: np.ndarray, people: int) -> np.ndarray:
    """Where a role group has the item, in each world."""
    most, half = -(-3 * people // 4), counts @ np.array(PLACES)[:, 1:3]
    upper, lower = half[:, 0] >= most, half[:, 1] >= most
    return np.where(upper == lower, 2, np.where(upper, 0, 1))


def follows(silent: Sequence[int], own: int, named: Sequence[tuple[int, int]], told: Told) -> Iterator[str]:
    """Whatever follows about somebody silent. `silent` counts the kinds, the member who looks on left out."""
    worlds = np.meshgrid(*(np.arange(len(_counts(one))) for one in silent), indexing="ij")
    unknown = [_counts(one)[place.ravel()] for one, place in zip(silent, worlds, strict=True)]
    for mine in range(len(PLACES)):
        seen = []
        for hidden in product(*([place for place in range(6) if BAND[place] == band] for _, band in named)):
            known = [counts.copy() for counts in unknown]
            known[own][:, mine] += 1
            for (kind, _), place in zip(named, hidden, strict=True):
                known[kind][:, place] += 1
            seen.append(told(known))
        for kind, counts in enumerate(unknown):
            there = [np.tile(counts[:, band == BAND].sum(axis=1) > 0, len(seen)) for band in range(3)]
            every = np.concatenate(seen)
            for one in np.unique(every) if silent[kind] else ():
                bands = [name for name, has in zip(Band, there, strict=True) if (has & (every == one)).any()]
                if len(bands) < 2:
                    yield f"own {PLACES[mine]}, named {named}: kind {kind} must be {bands}"


def thresholds_of(people: int) -> Iterator[Thresholds]:
    """All thresholds a team of this size can have, somebody missing included."""
    if people < 5:
        yield Thresholds(people, people, 0, 2, halves_only=True, false_splits=None)
        return
    for shared, strays, each_end in product(range(-(-3 * people // 4), people + 1), (0, 1), range(2, people // 2 + 1)):
        if strays <= people // 6:
            yield Thresholds(people, shared, strays, each_end, halves_only=False, false_splits=0.01)


@pytest.mark.parametrize("people", range(3, 8))
def test_nothing_follows_beside_those_who_are_named(people: int) -> None:
    for thresholds in thresholds_of(people):
        for number in range(people - 1):
            if people - number < silent_beside(thresholds):
                continue
            for bands in combinations_with_replacement(range(3), number):
                named = [(0, band) for band in bands]
                assert not list(follows([people - number - 1], 0, named, partial(_one_picture, thresholds)))


def _one_picture(thresholds: Thresholds, known: Sequence[np.ndarray]) -> np.ndarray:
    return stands(known[0], thresholds)


def test_with_fewer_silent_people_it_would_follow() -> None:
    """The negative control: three silent people beside two who are named."""
    five = Thresholds(5, 4, 0, 2, halves_only=False, false_splits=0.01)
    assert list(follows([2], 0, [(0, 0), (0, 0)], partial(_one_picture, five)))


@pytest.mark.parametrize(("groups", "shown"), [((5,), 1), ((3, 3), 2), ((4, 3), 2), ((5, 3), 1)])
def test_nothing_follows_from_role_groups(groups: tuple[int, ...], shown: int) -> None:
    for thresholds in thresholds_of(sum(groups)):
        for own in range(len(groups)):
            silent = [size - (place == own) for place, size in enumerate(groups)]
            assert not list(follows(silent, own, [], partial(_with_leans, groups, shown, thresholds)))


def _with_leans(groups: tuple[int, ...], shown: int, thresholds: Thresholds, known: Sequence[np.ndarray]) -> np.ndarray:
    stand = stands(np.sum(known, axis=0), thresholds)
    code, split, mixed = stand, STANDINGS.index(Standing.SPLIT), STANDINGS.index(Standing.MIXED)
    for counts, size in list(zip(known, groups, strict=True))[:shown]:
        is_told = (stand == mixed) | ((stand == split) & (min(groups) >= thresholds.each_end + 2))
        code = code * 4 + np.where(is_told, leans(counts, size), 3)
    return code


@pytest.mark.parametrize(("before", "late"), [(3, 3), (4, 3), (4, 4), (5, 3)])
def test_nothing_follows_when_late_answers_come_in(before: int, late: int) -> None:
    for first, second in product(thresholds_of(before), thresholds_of(before + late)):
        for own in (0, 1):
            told = partial(_confirmed, first, second)
            assert not list(follows([before - (own == 0), late - (own == 1)], own, [], told))


def _confirmed(first: Thresholds, second: Thresholds, known: Sequence[np.ndarray]) -> np.ndarray:
    then, now = stands(known[0], first), stands(known[0] + known[1], second)
    return then * len(STANDINGS) + np.where(then == now, now, STANDINGS.index(Standing.MIXED))


def test_if_late_answers_could_make_it_sharper_it_would_follow() -> None:
    """The negative control: the item stands as it stands, then and now."""
    first, second = (next(iter(thresholds_of(people))) for people in (5, 8))

    def told(known: Sequence[np.ndarray]) -> np.ndarray:
        return stands(known[0], first) * len(STANDINGS) + stands(known[0] + known[1], second)

    assert any(list(follows([5 - (own == 0), 3 - (own == 1)], own, [], told)) for own in (0, 1))
