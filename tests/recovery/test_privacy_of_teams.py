"""Nothing follows about anybody: more worlds than `make test` has time for, and the controls that must fail."""

import numpy as np
import pytest
from other_worlds import drawn_story, given_away
from worlds import by_halves, distinct, of_shape, one_of_each_shape, orders, worked_out

from commonground.partnership.shares import spare_ends
from commonground.partnership.thresholds import Thresholds

ITEMS = 6
FIVE = Thresholds(5, shared=4, strays=0, each_end=2, halves_only=False, false_splits=0.01)
STORIES = 17


def test_nothing_follows_in_a_team_of_four() -> None:
    """Only halves are told, so rows that differ in their halves are all there is."""
    four = Thresholds(4, shared=4, strays=0, each_end=2, halves_only=True, false_splits=None)
    rows = by_halves(distinct(orders(ITEMS)))
    for own in one_of_each_shape(rows):
        assert not list(worked_out(own, rows, four, 0))


def test_nothing_follows_in_a_team_of_five_with_ties_in_the_middle() -> None:
    """226 million worlds for each shape of one's own row."""
    rows = of_shape(distinct(orders(ITEMS)), high=2, low=2)
    for own in one_of_each_shape(rows):
        assert not list(worked_out(own, rows, FIVE, spare_ends(5, ITEMS, {}) // FIVE.each_end))


def test_the_test_finds_what_follows_when_splits_are_not_limited() -> None:
    """The negative control: five splits of six take all the ends there are, and the sixth must be in the middle."""
    rows = of_shape(distinct(orders(ITEMS)), high=2, low=2, upper=3)
    found = list(worked_out(one_of_each_shape(rows)[0], rows, FIVE, ITEMS))
    assert found
    assert all(one.bands == (False, True, False) for one in found)
    assert all(one.standings.count("split") >= 4 for one in found)


@pytest.mark.parametrize("seed", range(1000, 1000 + STORIES))
def test_nothing_is_given_away_in_teams_of_real_size(seed: int) -> None:
    rng = np.random.default_rng(seed)
    story = drawn_story(rng)
    viewer = int(rng.integers(story.arrivals[0]))
    assert not given_away(story, viewer, rng, tries=6000)
