"""The family-wise permutation test."""

import time
from collections.abc import Callable

import numpy as np
import pytest

from commonground.analysis import evidence
from commonground.analysis.compare import compare
from commonground.analysis.comparison import Comparison
from commonground.analysis.permute import (
    UNDEFINED,
    Permuted,
    adjusted_p,
    flags,
    group_sums,
    permute,
    person_moments,
    smallest_p,
    statistics,
)
from commonground.analysis.tallies import Tallies, tally
from commonground.records.choices import ChoiceData

Draw = Callable[..., ChoiceData]
UTILITIES = (1.0, 0.7, 0.3, 0.0, -0.3, -0.7, -1.0)


def smallest(comparison: Comparison) -> float:
    return min(pair.adjusted_p for item in comparison.items for pair in item.pairs if pair.adjusted_p is not None)


def by_hand(each: Tallies, item: int) -> float:
    """Welch's statistic of two groups on scores per person."""
    score = (each.best - each.worst)[:, item]
    first, second = score[each.group == 0], score[each.group == 1]
    error = np.sqrt(first.var(ddof=1) / first.size + second.var(ddof=1) / second.size)
    return abs(first.mean() - second.mean()) / error


def test_with_equal_showings_the_statistic_is_welchs(draw_choices: Draw) -> None:
    each = tally(draw_choices({"x": UTILITIES, "y": UTILITIES}, {"x": 12, "y": 20}, 5), "group")
    sums = group_sums(person_moments(each), each.group[None, :], 2)[0]
    found = statistics(sums, each.sizes, ((0, 1),))[0]
    assert found == pytest.approx([by_hand(each, item) for item in range(7)])


def test_without_ratios_the_number_of_flags_is_unknown_not_zero() -> None:
    best, worst = np.array([[8.0, 5, 2], [3, 5, 7]]), np.array([[2.0, 5, 8], [6, 5, 0]])
    assert flags(best, worst, np.zeros(2), 0.2) == UNDEFINED
    assert flags(best, worst, np.full(2, 0.5), 0.2) == 3


def test_groups_that_differ_without_any_spread_are_infinitely_far_apart() -> None:
    """Everybody in one group answers alike, and so does everybody in the other."""
    sums = np.zeros((2, 6, 1))
    sums[:, :, 0] = [[6, 0, 6, 6, 6, 6], [0, 6, 6, 6, -6, 6]]
    assert statistics(sums, (6, 6), ((0, 1),))[0, 0] == np.inf


def test_when_groups_come_from_one_population_small_p_values_are_rare(draw_choices: Draw) -> None:
    """The smallest adjusted p of a study is at most 0.05 in about one study of twenty, 0.5 in about every second."""
    same = {"x": UTILITIES, "y": UTILITIES, "z": UTILITIES}
    found = np.array(
        [
            smallest(
                compare(
                    draw_choices(same, {"x": 14, "y": 10, "z": 10}, study),
                    by="group",
                    resamples=1,
                    permutations=199,
                    seed=study,
                )
            )
            for study in range(200)
        ]
    )
    assert (found <= 0.05).mean() < 0.10
    assert 0.38 < (found <= 0.5).mean() < 0.62


def test_a_true_difference_is_found(draw_choices: Draw) -> None:
    """The negative control: the same test on groups that do differ on one item."""
    moved = (1.0, 0.7, 0.3, 2.0, -0.3, -0.7, -1.0)
    data = draw_choices({"x": UTILITIES, "y": moved}, {"x": 30, "y": 30}, 1)
    found = compare(data, by="group", resamples=50, permutations=999)
    pair = found.item("d").pairs[0]
    assert pair.adjusted_p is not None
    assert pair.adjusted_p < 0.01
    assert str(pair.verdict) == "differs"


def test_unequal_spreads_do_not_pass_for_a_difference(draw_choices: Draw) -> None:
    """Same preferences, but one group disagrees within itself much more: the studentised statistic stands that."""
    wide = [draw_choices({"x": (0.0,) * 7}, {"x": 24}, study, spread=3.0) for study in range(60)]
    narrow = [draw_choices({"x": (0.0,) * 7}, {"x": 8}, 1000 + study, spread=0.2) for study in range(60)]
    found = [
        smallest(compare(joined(a, b), by="group", resamples=1, permutations=199))
        for a, b in zip(wide, narrow, strict=True)
    ]
    assert np.mean(np.array(found) <= 0.05) <= 0.15


def joined(first: ChoiceData, second: ChoiceData) -> ChoiceData:
    people = len(first.respondents)
    return ChoiceData.from_rows(
        first.items,
        tuple(
            f"{name}{place}" for place, names in enumerate((first.respondents, second.respondents)) for name in names
        ),
        respondent=np.concatenate([first.respondent, second.respondent + people]),
        task=np.concatenate([first.task, second.task]),
        shown=np.concatenate([first.shown, second.shown]),
        best=np.concatenate([first.best, second.best]),
        worst=np.concatenate([first.worst, second.worst]),
        covariates={"group": ("wide",) * people + ("narrow",) * len(second.respondents)},
    )


def test_p_is_never_zero_and_counts_what_was_observed() -> None:
    permuted = Permuted(np.array([1.0, 2.0, 3.0]), np.zeros(3, dtype=np.int64))
    assert adjusted_p(np.array([9.0, 2.0, 0.0, np.nan]), permuted)[:3].tolist() == [0.25, 0.75, 1.0]
    assert np.isnan(adjusted_p(np.array([np.nan]), permuted)[0])


@pytest.mark.parametrize(("sizes", "least"), [((2, 2), 0.333), ((3, 3), 0.100), ((3, 5), 0.018), ((5, 5), 0.008)])
def test_the_floor_of_a_permutation_test(sizes: tuple[int, int], least: float) -> None:
    assert round(smallest_p(*sizes), 3) == least


def test_groups_too_small_for_any_p_get_none_and_a_reason(draw_choices: Draw) -> None:
    data = draw_choices({"x": UTILITIES, "y": UTILITIES, "z": UTILITIES}, {"x": 4, "y": 4, "z": 30}, 1)
    found = compare(data, by="group", resamples=100, permutations=99)
    pairs = {pair.groups: pair for pair in found.items[0].pairs}
    assert pairs["x", "y"].adjusted_p is None
    assert str(pairs["x", "y"].verdict) == "cannot tell"
    assert pairs["x", "z"].adjusted_p is not None
    assert "No item can pass" in found.messages[0]
    assert "Fewer than 10 people in x, y" in found.messages[1]


def test_the_floor_is_the_corrected_one(draw_choices: Draw) -> None:
    """Five against five can reach 0.008: enough for one test at 5 %, not for seven items (0.0071)."""
    each = tally(draw_choices({"x": UTILITIES, "y": UTILITIES}, {"x": 5, "y": 5}, 1), "group")
    assert evidence.testable_pairs(each, 0.95) == ()


def test_the_same_seed_gives_the_same_permutations(draw_choices: Draw) -> None:
    each = tally(draw_choices({"x": UTILITIES, "y": UTILITIES}, {"x": 9, "y": 9}, 1), "group")
    settings = {"constants": np.full(2, 0.5), "threshold": 0.2}
    first, again = (permute(each, ((0, 1),), 40, np.random.default_rng(8), **settings) for _ in range(2))
    assert np.array_equal(first.largest, again.largest)


def test_two_thousand_permutations_of_a_thousand_people_take_a_moment(draw_choices: Draw) -> None:
    data = draw_choices({"x": UTILITIES, "y": UTILITIES}, {"x": 600, "y": 400}, 1)
    started = time.process_time()
    compare(data, by="group", resamples=1, permutations=2000)
    assert time.process_time() - started < 3
