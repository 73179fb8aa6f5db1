"""Errors worked out before anyone answers agree with those of answers."""

from itertools import combinations

import numpy as np
import pytest
from numpy.testing import assert_allclose

from commonground.analysis.group_means import group_means
from commonground.analysis.logit.fit import fit
from commonground.analysis.planning.answers import draw_answers
from commonground.analysis.planning.errors import expected_errors
from commonground.analysis.planning.moments import Crowd, moments
from commonground.analysis.planning.precision import score_half_widths, utility_half_widths
from commonground.analysis.planning.scenario import Scenario, spread_out, tasks_of
from commonground.design.build import build_design
from commonground.likelihood.models import MODELS
from commonground.likelihood.tasks import Tasks
from commonground.records.choices import MISSING
from commonground.records.design import Design
from commonground.records.errors import RequestError, SettingError

FANO = build_design(7, 3)
UNEVEN = Design(5, (((0, 1, 2), (2, 3, 4, 0), (1, 4)), ((0, 3), (1, 2, 4), (0, 1, 2, 3))), (None, None), "by hand")


def column(found, name):
    return np.array([getattr(item, name) for item in found.items])


@pytest.mark.parametrize("model", ["sequential", "maxdiff"])
def test_information_is_the_expected_outer_product_of_scores(model):
    """For one person, by enumerating every answer of every task, tasks of different sizes included."""
    at, tasks = np.array([0.5, -0.3, 1.0, 0.0, -1.2]), tasks_of(UNEVEN)
    wanted = np.zeros((5, 5))
    for task in tasks.reshape(-1, tasks.shape[-1]):
        for best, worst in [pair for two in combinations(task[task != MISSING], 2) for pair in (two, two[::-1])]:
            one = Tasks(task[None, :], np.array([best]), np.array([worst]))
            slope = MODELS[model].gradient(at, one)
            wanted += np.exp(MODELS[model].log_likelihood(at, one)) * np.outer(slope, slope) / len(tasks)
    crowd = Crowd(model, tasks, np.arange(2), np.tile(at, (2, 1)))
    found = moments(crowd)
    assert_allclose(found.information, wanted, atol=1e-10)
    assert_allclose(found.utilities, at - at.mean(), atol=1e-8)


@pytest.mark.parametrize("model", ["sequential", "maxdiff"])
def test_equal_items_have_the_error_of_the_design(model):
    """Seven tasks of three: by hand, a pick out of k equal items informs by (I − 11ᵀ/k)/k."""
    found = expected_errors(Scenario(FANO, 0.0, 0.0), 50, model=model, draws=1)
    if model == "sequential":  # λ = 1: best out of 3 and worst out of 2 give 1/9 + 1/12 a pair
        information = 1 * 7 * (1 / 9 + 1 / 12)
        assert_allclose(column(found, "utility_at_zero"), np.sqrt((1 - 1 / 7) / information / 50))
    assert_allclose(column(found, "utility"), column(found, "utility_at_zero"))
    assert_allclose(column(found, "utility_clustered"), column(found, "utility"))
    assert_allclose(column(found, "score"), np.sqrt(3 * (2 / 3) / 50))
    assert_allclose(column(found, "share"), column(found, "utility") / 7)


def test_errors_agree_with_those_of_simulated_answers():
    """Scores, and utilities with clustered errors, where items lie apart and people differ."""
    scenario, people, rng = Scenario(FANO, 1.0, 1.5), 400, np.random.default_rng(1)
    scores, utilities = [], []
    for _ in range(20):
        answers = draw_answers(scenario, scenario.means(rng), people=people, groups=1, rng=rng)
        scores.append(score_half_widths(answers) / 1.966)
        utilities.append(utility_half_widths(answers, "sequential") / 1.96)
    found = expected_errors(scenario, people)
    for simulated, name in ((scores, "score"), (utilities, "utility_clustered")):
        wanted = np.sqrt(np.mean(np.square(simulated)))
        assert np.sqrt(np.mean(column(found, name) ** 2)) == pytest.approx(wanted, rel=0.015)
    assert column(found, "utility_clustered").mean() > 1.08 * column(found, "utility").mean()


def test_half_widths_are_those_of_the_analyses():
    scenario, rng = Scenario(FANO, 1.0, 1.0), np.random.default_rng(2)
    answers = draw_answers(scenario, scenario.means(rng), people=60, groups=1, rng=rng)
    data = answers.choices(0)
    intervals = np.array([one.interval for one in group_means(data, resamples=4000)])
    assert_allclose(score_half_widths(answers), np.diff(intervals)[:, 0] / 2, rtol=0.06)
    robust = [item.robust_standard_error for item in fit(data, model="maxdiff").models[0].items]
    assert_allclose(utility_half_widths(answers, "maxdiff"), 1.959964 * np.array(robust), rtol=1e-5)


def test_a_utility_that_does_not_exist_has_no_width():
    scenario, rng = Scenario(FANO, 20.0, 0.0), np.random.default_rng(3)
    answers = draw_answers(scenario, scenario.means(rng), people=5, groups=1, rng=rng)
    assert np.isinf(utility_half_widths(answers, "sequential")).any()


def test_more_people_make_errors_smaller_by_the_root():
    one, four = (expected_errors(Scenario(UNEVEN, 1.0, 1.0), people, draws=2, people=50) for people in (50, 200))
    for name in ("utility_at_zero", "utility", "utility_clustered", "score", "share"):
        assert_allclose(column(one, name), 2 * column(four, name))
    assert_allclose(column(one, "appearances"), [2, 2, 2, 1.5, 1.5])


def test_names_and_seed_are_kept():
    scenario = Scenario(FANO, 1.0, 1.0)
    found = expected_errors(scenario, 10, names="abcdefg", draws=2, people=20, seed=4)
    assert [item.item for item in found.items] == list("abcdefg")
    assert found == expected_errors(scenario, 10, names="abcdefg", draws=2, people=20, seed=4)


def test_item_means_lie_as_asked():
    assert spread_out(11, 1.8).std() == pytest.approx(1.8)
    assert spread_out(11, 1.8).mean() == pytest.approx(0)


@pytest.mark.parametrize("versions", [(((0, 1), (2, 3)),), (((0, 1), (1, 2)),)], ids=["apart", "never shown"])
def test_a_design_that_cannot_compare_is_refused(versions):
    with pytest.raises(RequestError, match="cannot compare all items"):
        Scenario(Design(4, versions, (None,), "by hand"), 1.0, 1.0)


def test_what_cannot_be_expected_is_refused():
    with pytest.raises(SettingError, match="negative"):
        Scenario(FANO, -1.0, 0.0)
    with pytest.raises(SettingError, match="sequential and maxdiff"):
        expected_errors(Scenario(FANO, 1.0, 0.0), 10, model="rank")
    with pytest.raises(SettingError, match="at least one respondent"):
        expected_errors(Scenario(FANO, 1.0, 0.0), 0)
