"""Fitting a population to counts: expectations are exact, and known populations are found again."""

import numpy as np
import pytest

from commonground.design.build import build_design
from commonground.simulation.calibrate import (
    _count_slopes,
    expected_counts,
    expected_repeats,
    fit_means,
    fit_sd,
)
from commonground.simulation.picks import draw_picks
from commonground.simulation.respondents import draw_utilities

TASKS = np.array(build_design(7, 4).versions[0])
MEANS = np.array([1.5, 0.9, 0.3, 0.0, -0.4, -0.9, -1.4])


def test_expected_counts_add_up_to_the_tasks():
    people = draw_utilities(MEANS, 1.0, 50, np.random.default_rng(1))
    np.testing.assert_allclose(expected_counts(people, TASKS).sum(axis=1), len(TASKS))


def test_expectations_are_what_simulation_gives():
    rng = np.random.default_rng(2)
    people = draw_utilities(MEANS, 1.5, 20_000, rng)
    shown = np.broadcast_to(TASKS, (20_000, *TASKS.shape))
    first, again = draw_picks(people, shown, rng), draw_picks(people, shown, rng)
    simulated = np.stack([np.bincount(side.ravel(), minlength=7) / 20_000 for side in first])
    np.testing.assert_allclose(simulated, expected_counts(people, TASKS), atol=0.04)
    same_best, same_worst = first[0] == again[0], first[1] == again[1]
    expected = expected_repeats(people, TASKS)
    assert (same_best & same_worst).mean() == pytest.approx(expected.both_same, abs=0.005)
    assert (~same_best & ~same_worst).mean() == pytest.approx(expected.both_changed, abs=0.005)
    assert expected.agreement == pytest.approx((same_best.mean() + same_worst.mean()) / 2, abs=0.005)


def test_slopes_of_the_counts_agree_with_finite_differences():
    noise = np.random.default_rng(3).normal(size=(20, 7))
    slopes = _count_slopes(MEANS + noise, TASKS)
    for item in range(7):
        step = np.zeros(7)
        step[item] = 1e-5
        change = expected_counts(MEANS + step + noise, TASKS) - expected_counts(MEANS - step + noise, TASKS)
        np.testing.assert_allclose(slopes[:, :, item], change / 2e-5, atol=1e-8)


@pytest.mark.parametrize("sd", [0.0, 1.5])
def test_means_are_found_again(sd):
    truth = draw_utilities(MEANS, sd, 4000, np.random.default_rng(4))
    best, worst = 100 * expected_counts(truth, TASKS)
    found = fit_means(best, worst, TASKS, people=100, sd=sd, rng=np.random.default_rng(5))
    np.testing.assert_allclose(found, MEANS - MEANS.mean(), atol=0.15)


def test_leaving_the_spread_out_shrinks_the_means():
    """Why the SD matters: people who differ look, in the counts, like people who care less."""
    truth = draw_utilities(MEANS, 2.0, 4000, np.random.default_rng(4))
    best, worst = 100 * expected_counts(truth, TASKS)
    found = fit_means(best, worst, TASKS, people=100, sd=0.0, rng=np.random.default_rng(5))
    assert np.ptp(found) < 0.7 * np.ptp(MEANS)


def test_the_spread_is_found_again():
    people = draw_utilities(MEANS, 1.5, 4000, np.random.default_rng(6))
    counts = expected_counts(people, TASKS)
    agreement = expected_repeats(people, TASKS).agreement
    groups = {"one": (50 * counts[0], 50 * counts[1], 50)}
    sd, means = fit_sd(groups, TASKS, agreement=agreement, rng=np.random.default_rng(7), draws=1000)
    assert sd == pytest.approx(1.5, abs=0.15)
    np.testing.assert_allclose(means["one"], MEANS - MEANS.mean(), atol=0.25)


def test_counts_of_other_people_are_refused():
    with pytest.raises(ValueError, match="10 people answering 7 tasks make 70"):
        fit_means(np.ones(7), np.ones(7), TASKS, people=10, sd=0.0, rng=np.random.default_rng(1))
