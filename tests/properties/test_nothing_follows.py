"""From how the items stand, a member who knows their own answers never learns anybody's band: every world is tried."""

from worlds import by_halves, distinct, of_shape, one_of_each_shape, orders, worked_out

from commonground.partnership.shares import spare_ends
from commonground.partnership.thresholds import Thresholds

ITEMS = 6
THREE = Thresholds(3, shared=3, strays=0, each_end=2, halves_only=True, false_splits=None)
FIVE = Thresholds(5, shared=4, strays=0, each_end=2, halves_only=False, false_splits=0.01)


def most_splits(thresholds: Thresholds) -> int:
    """As in `publish`, where nobody is named."""
    return spare_ends(thresholds.people, ITEMS, {}) // thresholds.each_end


def test_nothing_follows_in_a_team_of_three() -> None:
    rows = by_halves(distinct(orders(ITEMS)))
    assert rows.bands.shape[0] > 300
    for own in one_of_each_shape(rows):
        assert not list(worked_out(own, rows, THREE, 0))


def test_nothing_follows_in_a_team_of_five() -> None:
    rows = of_shape(distinct(orders(ITEMS)), high=2, low=2, upper=3)
    for own in one_of_each_shape(rows):
        assert not list(worked_out(own, rows, FIVE, most_splits(FIVE)))


def test_the_test_finds_what_follows_when_too_few_make_a_shared_item() -> None:
    """The negative control for three: with two of three enough, "mixed" tells who stands alone what the others did."""
    loose = Thresholds(3, shared=2, strays=0, each_end=1, halves_only=False, false_splits=None)
    rows = distinct(orders(ITEMS))
    assert any(list(worked_out(own, rows, loose, ITEMS)) for own in one_of_each_shape(rows)[::9])
