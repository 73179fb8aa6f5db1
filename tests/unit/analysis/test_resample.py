"""Intervals from resampling respondents."""

import time
from collections.abc import Callable

import numpy as np
import pytest

from commonground.analysis.group_means import group_means
from commonground.analysis.resample import interval, resample, times_drawn
from commonground.analysis.tallies import tally
from commonground.records.choices import ChoiceData

Draw = Callable[..., ChoiceData]
EQUAL = (0.0,) * 7


def test_each_resample_has_as_many_people_as_the_group() -> None:
    drawn = times_drawn(9, 50, np.random.default_rng(1))
    assert drawn.shape == (50, 9)
    assert set(drawn.sum(axis=1)) == {9.0}


def test_a_resample_keeps_the_group_sizes(draw_choices: Draw) -> None:
    each = tally(draw_choices({"x": EQUAL, "y": EQUAL}, {"x": 5, "y": 8}, 1), "group")
    drawn = resample(each, 20, np.random.default_rng(1))
    assert drawn.shown.shape == (20, 2, 7)
    assert set(drawn.shown[:, 0].ravel()) == {15.0}, "everybody saw every item three times"
    assert set(drawn.best[:, 1].sum(axis=1)) == {8.0 * 7}


def test_batches_do_not_change_what_is_drawn(draw_choices: Draw, monkeypatch: pytest.MonkeyPatch) -> None:
    each = tally(draw_choices({"x": EQUAL}, {"x": 40}, 1))
    whole = resample(each, 30, np.random.default_rng(4)).best
    monkeypatch.setattr("commonground.analysis.resample.CELLS_AT_ONCE", 7 * 40)
    assert np.array_equal(resample(each, 30, np.random.default_rng(4)).best, whole)


def test_the_expanded_interval_is_wider_than_the_plain_one_and_ends_alike() -> None:
    draws = np.random.default_rng(2).normal(size=(4000, 3))
    plain = np.quantile(draws, [0.025, 0.975], axis=0)
    small, large = interval(draws, 0.95, (8,)), interval(draws, 0.95, (100_000,))
    assert (small[0] < plain[0]).all()
    assert (small[1] > plain[1]).all()
    assert large == pytest.approx(plain, abs=1e-3)


def test_one_person_has_no_interval(draw_choices: Draw) -> None:
    means = group_means(draw_choices({"x": EQUAL, "y": EQUAL}, {"x": 1, "y": 3}, 1), by="group", resamples=50)
    assert {mean.interval is None for mean in means if mean.group == "x"} == {True}
    assert {mean.interval is None for mean in means if mean.group == "y"} == {False}


def test_intervals_cover_the_truth_about_as_often_as_they_say(draw_choices: Draw) -> None:
    """150 studies of 30 people, seven items each: 95 % intervals; the plain percentile interval covers about 93.5 %."""
    utilities = (1.2, 0.8, 0.3, 0.0, -0.4, -0.8, -1.5)
    everybody = tally(draw_choices({"x": utilities}, {"x": 60_000}, 99))
    truth = (everybody.best - everybody.worst).mean(axis=0)
    covered = [
        low <= truth[place] <= high
        for study in range(150)
        for place, mean in enumerate(
            group_means(draw_choices({"x": utilities}, {"x": 30}, study), resamples=400, seed=study)
        )
        if mean.interval
        for low, high in [mean.interval]
    ]
    assert 0.925 < np.mean(covered) < 0.975


def test_a_thousand_resamples_of_a_thousand_people_take_a_moment(draw_choices: Draw) -> None:
    each = tally(draw_choices({"x": EQUAL, "y": EQUAL}, {"x": 600, "y": 400}, 1), "group")
    started = time.process_time()
    resample(each, 1000, np.random.default_rng(1))
    assert time.process_time() - started < 1


def test_scores_per_person_are_best_minus_worst(two_people: ChoiceData) -> None:
    """Ann saw `a` twice and picked it best twice; on average an item was shown 4/3 times to a person."""
    first = group_means(two_people, by="group", resamples=10)[0]
    assert (first.group, first.item) == ("x", "a")
    assert first.mean == pytest.approx(8 / 6)
