"""Drop-out by group: χ² and the exact test."""

import numpy as np
import pytest
from scipy.stats import chi2, fisher_exact

from commonground.analysis.dropout import chi_square_tail, dropout, splits
from commonground.records.errors import RequestError


@pytest.mark.parametrize("df", range(1, 10))
@pytest.mark.parametrize("statistic", [0.0, 0.1, 0.7, 3.0, 12.5, 60.0])
def test_the_closed_forms_agree_with_the_incomplete_gamma_function(df: int, statistic: float) -> None:
    assert chi_square_tail(statistic, df) == pytest.approx(float(chi2.sf(statistic, df)), abs=1e-13)


def test_two_groups_agree_with_fishers_exact_test() -> None:
    found = dropout({"x": (10, 3), "y": (8, 7)})
    assert found.exact_p == pytest.approx(fisher_exact([[3, 7], [7, 1]]).pvalue)
    assert found.use == "exact"


def test_three_groups_agree_with_listing_every_order() -> None:
    """Who of 3 + 2 + 2 leaves, by brute force over all 35 sets of three people."""
    from itertools import combinations

    groups = np.array([0, 0, 0, 1, 1, 2, 2])
    tables = [tuple(np.bincount(groups[list(who)], minlength=3)) for who in combinations(range(7), 3)]
    observed = (0, 1, 2)
    times = {table: tables.count(table) for table in tables}
    expected = sum(n for n in times.values() if n <= times[observed]) / len(tables)
    found = dropout({"x": (3, 3), "y": (2, 1), "z": (2, 0)})
    assert found.exact_p == pytest.approx(expected)


def test_the_split_that_gives_the_published_p() -> None:
    found = dropout({"HP": (75, 64), "R": (38, 32), "P": (39, 31)})
    assert (round(found.chi_square or 0, 2), found.df, round(found.p or 0, 2)) == (0.65, 2, 0.72)


def test_all_351_ways_to_split_25_people() -> None:
    ways = splits(np.array([89, 57, 56]), 25)
    assert len(ways) == 351
    assert set(ways.sum(axis=1)) == {25}


def test_nothing_to_test_when_everybody_completes() -> None:
    found = dropout({"x": (5, 5), "y": (7, 7)})
    assert (found.chi_square, found.p, found.exact_p, found.use) == (None, None, None, "none")


def test_very_many_people_are_left_to_the_approximation() -> None:
    found = dropout(dict.fromkeys("wxyz", (5000, 4000)))
    assert (found.exact_p, found.use) == (None, "chi-square")


@pytest.mark.parametrize("numbers", [{"x": (5, 5)}, {"x": (5, 6), "y": (5, 5)}, {"x": (0, 0), "y": (5, 5)}])
def test_impossible_numbers_are_refused(numbers: dict[str, tuple[int, int]]) -> None:
    with pytest.raises(RequestError):
        dropout(numbers)
