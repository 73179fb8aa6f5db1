"""Comparing groups as a whole."""

from collections.abc import Callable, Mapping
from dataclasses import replace

import numpy as np
import pytest

from commonground.analysis.compare import compare
from commonground.analysis.comparison import Comparison
from commonground.analysis.count import Added
from commonground.records.choices import ChoiceData, CountTable
from commonground.records.errors import RequestError

Draw = Callable[..., ChoiceData]
HERE = (1.5, 0.9, 0.4, 0.0, -0.4, -0.9, -1.5)
THERE = (1.5, 0.9, 0.4, 0.0, -0.4, 1.2, -1.5)


@pytest.fixture(scope="module")
def found(draw_choices: Draw) -> Comparison:
    """Three groups, of which one differs on `f`."""
    data = draw_choices({"x": HERE, "y": HERE, "z": THERE}, {"x": 300, "y": 200, "z": 200}, 7)
    return compare(data, by="group", resamples=400, permutations=399, seed=3)


def test_a_true_difference_shows_everywhere(found: Comparison) -> None:
    item = found.item("f")
    verdicts = {pair.groups: str(pair.verdict) for pair in item.pairs}
    assert (item.class_, item.apart) == ("one_differs", ("z",))
    assert (verdicts["x", "z"], verdicts["y", "z"]) == ("differs", "differs")
    assert verdicts["x", "y"] != "differs"


def test_differences_are_of_scores_per_person(found: Comparison) -> None:
    """Each item is shown three times to everybody, so scores run from −3 to 3."""
    assert found.appearances == 3
    pair = found.item("f").pairs[1]
    means = {(one.group, one.item): one.mean or 0.0 for one in found.group_means or ()}
    assert pair.mean_difference == pytest.approx(means["x", "f"] - means["z", "f"])


def test_intervals_hold_their_estimates(found: Comparison) -> None:
    for item in found.items:
        for pair in item.pairs:
            assert pair.mean_interval is not None
            assert pair.mean_difference is not None
            assert pair.mean_interval[0] < pair.mean_difference < pair.mean_interval[1]
            assert pair.log_ratio_interval is not None


def test_class_frequencies_are_shares_of_the_resamples(found: Comparison) -> None:
    assert found.class_frequencies is not None
    for item in found.items:
        frequencies: Mapping[str, float] = found.class_frequencies[item.item]
        assert sum(frequencies.values()) == pytest.approx(1)
    assert found.class_frequencies["f"]["one_differs"] > 0.9


def test_false_flags_tell_what_the_rule_does_without_any_difference(found: Comparison) -> None:
    flags = found.false_flags
    assert flags is not None
    assert 0 < flags.mean < 7
    assert 0 <= flags.percentile_95 <= 7
    assert 0 < flags.at_least_one <= 1
    assert flags.observed == sum(item.class_ != "similar" for item in found.items)


def test_where_a_count_is_zero_the_rule_is_not_said_to_flag_nothing(draw_choices: Draw) -> None:
    """Nobody in x called a the worst: no class is known, and only permutations with ratios tell of false flags."""
    data = draw_choices({"x": HERE, "y": THERE}, {"x": 20, "y": 20}, 4)
    first, people = data.worst == 0, np.array(data.covariates["group"])
    data = replace(data, worst=np.where(first & (people[data.respondent] == "x"), -1, data.worst))
    without = compare(data, by="group", added=Added(0.0), resamples=50, permutations=400)
    assert {item.class_ for item in without.items} == {None}
    assert without.false_flags is not None
    assert without.false_flags.observed is None
    # the few permutations that leave a group without ratios must not count as permutations without a flag
    nearly = compare(data, by="group", added=Added(1e-6), resamples=50, permutations=400)
    assert nearly.false_flags is not None
    assert without.false_flags.at_least_one > 0.5 * nearly.false_flags.at_least_one


def test_small_groups_are_flagged_more_often_than_large_ones(draw_choices: Draw) -> None:
    def false(size: int) -> float:
        data = draw_choices({"x": HERE, "y": HERE, "z": HERE}, {"x": size, "y": size, "z": size}, 1)
        flags = compare(data, by="group", resamples=1, permutations=200).false_flags
        return flags.mean if flags else 0.0

    assert false(5) > false(20) > false(150)


def test_large_equal_groups_are_called_alike(draw_choices: Draw) -> None:
    data = draw_choices({"x": HERE, "y": HERE}, {"x": 500, "y": 500}, 2, spread=0.3)
    found = compare(data, by="group", resamples=300, permutations=199, margin=0.5)
    assert {str(item.pairs[0].verdict) for item in found.items} == {"alike"}


def test_few_people_are_never_called_alike(draw_choices: Draw) -> None:
    data = draw_choices({"x": HERE, "y": HERE}, {"x": 9, "y": 200}, 2, spread=0.0)
    found = compare(data, by="group", resamples=100, permutations=99, margin=3)
    assert "alike" not in {str(item.pairs[0].verdict) for item in found.items}


def test_the_same_seed_gives_the_same_result(draw_choices: Draw) -> None:
    data = draw_choices({"x": HERE, "y": THERE}, {"x": 12, "y": 12}, 2)
    first, again = (compare(data, by="group", resamples=50, permutations=50, seed=9) for _ in range(2))
    assert first == again


def test_progress_ends_at_the_whole(draw_choices: Draw) -> None:
    steps: list[tuple[int, int]] = []
    data = draw_choices({"x": HERE, "y": THERE}, {"x": 12, "y": 12}, 2)
    compare(data, by="group", resamples=50, permutations=70, progress=lambda done, total: steps.append((done, total)))
    assert steps[-1] == (120, 120)


def test_a_count_table_has_differences_but_nothing_that_needs_people() -> None:
    table = CountTable(
        ("a", "b"), ("x", "y"), np.array([[8.0, 2], [5, 5]]), np.array([[2.0, 8], [5, 5]]), respondents=(5, 5)
    )
    found = compare(table, by="group")
    pair = found.item("a").pairs[0]
    assert pair.mean_difference == pytest.approx(1.2)
    assert (pair.mean_interval, pair.adjusted_p, pair.verdict) == (None, None, None)
    assert (found.class_frequencies, found.false_flags, found.group_means) == (None, None, None)
    assert "counts without respondents" in found.messages[0]


def test_without_people_or_showings_there_is_no_mean_difference() -> None:
    table = CountTable(("a", "b"), ("x", "y"), np.array([[8.0, 2], [5, 5]]), np.array([[2.0, 8], [4, 6]]))
    assert compare(table, by="group").item("a").pairs[0].mean_difference is None


def test_an_item_without_ratio_has_no_class() -> None:
    table = CountTable(("a", "b"), ("x", "y"), np.array([[8.0, 0], [5, 5]]), np.array([[2.0, 8], [4, 6]]))
    found = compare(table, by="group", added=Added(0.0)).item("a")
    assert (found.class_, found.range, found.strict_pairs) == (None, None, ())
    assert found.rescaled["x"] is None


def test_only_one_group_cannot_be_compared(draw_choices: Draw) -> None:
    with pytest.raises(RequestError, match="at least two groups; 'group' has only 'x'"):
        compare(draw_choices({"x": HERE}, {"x": 5}, 1), by="group")


def test_a_column_of_ages_is_no_column_of_groups(draw_choices: Draw) -> None:
    ages = {str(age): HERE for age in range(20, 45)}
    with pytest.raises(RequestError, match="makes 25 groups"):
        compare(draw_choices(ages, dict.fromkeys(ages, 1), 1), by="group")


@pytest.mark.parametrize(
    ("setting", "message"),
    [
        ({"threshold": 0.0}, "threshold"),
        ({"margin": -1.0}, "margin"),
        ({"level": 1.0}, "level"),
        ({"resamples": 0}, "resamples"),
    ],
)
def test_settings_out_of_range_are_named(draw_choices: Draw, setting: dict[str, float], message: str) -> None:
    with pytest.raises(RequestError, match=f"This .*{message} cannot be used"):
        compare(draw_choices({"x": HERE, "y": HERE}, {"x": 5, "y": 5}, 1), by="group", **setting)


def test_an_undefined_ratio_is_explained() -> None:
    table = CountTable(("a", "b"), ("x", "y"), np.array([[8.0, 0], [5, 5]]), np.array([[2.0, 8], [4, 6]]))
    assert (
        "In x a count of b is zero (0 added to every group)" in compare(table, by="group", added=Added(0.0)).messages[0]
    )


def test_best_only_answers_are_compared_by_scores_alone(draw_choices: Draw) -> None:
    """Without worst picks a score per person is the number of best picks, and there is nothing to take a ratio of."""
    both = draw_choices({"x": HERE, "y": THERE}, {"x": 40, "y": 40}, 5)
    found = compare(replace(both, worst=np.full_like(both.worst, -1)), by="group", resamples=50, permutations=199)
    item = found.item("f")
    assert (item.class_, item.rescaled, found.false_flags) == (None, {"x": None, "y": None}, None)
    assert item.class_frequencies == {"undefined": 1.0}
    assert (item.pairs[0].log_ratio_difference, item.pairs[0].log_ratio_interval) == (None, None)
    assert str(item.pairs[0].verdict) == "differs"
    assert "Nobody picked a worst item, so there are no ratios." in found.messages
