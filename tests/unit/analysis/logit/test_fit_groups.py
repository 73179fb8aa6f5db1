"""Groups: each fitted apart, tested together, and the tests calibrated by people."""

from dataclasses import replace

import numpy as np
import pytest

from commonground.analysis.logit.fit import fit
from commonground.records.choices import ChoiceData
from commonground.simulation.picks import draw_picks


def grouped(sizes, truths, *, spread=0.0, seed=1, tasks=8):
    """Groups of people with their own mean utilities; tasks of three out of five."""
    rng = np.random.default_rng(seed)
    names = [name for name, size in sizes.items() for _ in range(size)]
    means = np.array([truths[name] for name in names])
    shown = np.array([[rng.permutation(5)[:3] for _ in range(tasks)] for _ in names])
    best, worst = draw_picks(means + spread * rng.normal(size=means.shape), shown, rng)
    return ChoiceData.from_rows(
        tuple("abcde"),
        tuple(f"r{place}" for place in range(len(names))),
        respondent=np.repeat(np.arange(len(names)), tasks),
        task=np.tile(np.arange(1, tasks + 1), len(names)),
        shown=shown.reshape(-1, 3),
        best=best.ravel(),
        worst=worst.ravel(),
        covariates={"group": tuple(names)},
    )


SAME = np.array([0.8, 0.4, 0.0, -0.4, -0.8])
OTHER = np.array([-0.8, 0.9, 0.6, -0.2, -0.5])


def test_a_group_is_fitted_as_if_alone_in_natural_order():
    data = grouped({"10": 12, "2": 15}, {"10": SAME, "2": OTHER})
    both = fit(data, by="group", permutations=0)
    assert [one.group for one in both.models] == ["2", "10"]
    alone = fit(data.keep(np.array([name == "2" for name in data.covariates["group"]]))).models[0]
    assert replace(both.group("2"), group="all") == alone


def test_people_without_a_group_are_reported():
    data = grouped({"x": 10, "y": 10}, {"x": SAME, "y": SAME})
    labels = (None, *data.covariates["group"][1:])
    found = fit(replace(data, covariates={"group": labels}), by="group", permutations=0)
    assert found.without_group == 1
    assert found.group("x").respondents == 9
    assert "1 respondent without a value in 'group' left out." in found.messages


def test_the_statistic_is_twice_the_gain():
    data = grouped({"x": 20, "y": 20}, {"x": SAME, "y": OTHER})
    found = fit(data, by="group", permutations=0)
    tests, pooled = found.group_tests, fit(data).models[0]
    assert tests.log_likelihood_pooled == pytest.approx(pooled.log_likelihood)
    assert tests.log_likelihood_groups == pytest.approx(sum(one.log_likelihood for one in found.models))
    gain = tests.log_likelihood_groups - tests.log_likelihood_pooled
    assert tests.equal_utilities.statistic == pytest.approx(2 * gain)
    assert (tests.equal_utilities.df, tests.equal_up_to_scale.df) == (4, 3)
    assert tests.equal_utilities.permuted_p is None
    assert "far too small" in tests.warning


def test_a_difference_that_is_there_is_found():
    tests = fit(
        grouped({"x": 25, "y": 25}, {"x": SAME, "y": OTHER}, spread=0.5), by="group", permutations=99
    ).group_tests
    assert tests.equal_utilities.permuted_p == 0.01
    assert tests.equal_up_to_scale.permuted_p == 0.01


def test_the_same_utilities_at_another_scale_are_told_from_other_utilities():
    tests = fit(grouped({"x": 150, "y": 150}, {"x": SAME, "y": 2.5 * SAME}), by="group", permutations=0).group_tests
    assert tests.equal_utilities.plain_p < 1e-6
    assert tests.equal_up_to_scale.plain_p > 0.05
    assert tests.equal_up_to_scale.scales["x"] == 1
    assert tests.equal_up_to_scale.scales["y"] == pytest.approx(2.5, rel=0.15)


def test_permuting_holds_its_level_where_the_plain_test_does_not():
    """People of one population, SD 1.5: the plain test rejects most true hypotheses, the permuted one few."""
    plain, permuted = [], []
    for seed in range(25):
        data = grouped({"x": 15, "y": 15}, {"x": SAME, "y": SAME}, spread=1.5, seed=seed)
        test = fit(data, by="group", permutations=39, seed=seed).group_tests.equal_utilities
        plain.append(test.plain_p < 0.05)
        permuted.append(test.permuted_p <= 0.05)
    assert np.mean(plain) > 0.4
    assert np.mean(permuted) <= 0.16


def test_where_nobody_differs_the_permuted_statistic_follows_its_degrees_of_freedom():
    found = fit(grouped({"x": 60, "y": 60}, {"x": SAME, "y": SAME}), by="group", permutations=200).group_tests
    assert found.equal_utilities.permuted_mean == pytest.approx(4, abs=1)


def test_the_seed_decides_the_permutations():
    data = grouped({"x": 12, "y": 12}, {"x": SAME, "y": SAME})
    one, again, other = (fit(data, by="group", permutations=50, seed=seed).group_tests for seed in (1, 1, 2))
    assert one == again
    assert one.equal_utilities.permuted_mean != other.equal_utilities.permuted_mean


def test_one_group_and_a_penalty_are_not_tested():
    data = grouped({"x": 12, "y": 12}, {"x": SAME, "y": SAME})
    one = fit(data.keep(np.array([name == "x" for name in data.covariates["group"]])), by="group")
    assert one.group_tests is None
    assert any("one group" in message for message in one.messages)
    assert fit(data, by="group", penalty=1.0).group_tests is None
