"""Truth recovered: estimates near it, intervals that hold it as often as they say, and errors that would not.

The short form of tests/recovery (`make validate`), with bounds as wide as so few replications need.
"""

from itertools import combinations

import numpy as np
import pytest

from commonground.analysis.logit.fit import fit
from commonground.simulation.rules import draw_answers

TRUTH = np.array([1.0, 0.5, 0.0, -0.5, -1.0])
TASKS = np.array(list(combinations(range(5), 3)))


def study(people, rng, spread=0.0, model="sequential"):
    """People with utilities around the truth answer every task of three out of five items, as the model says."""
    utilities = TRUTH + spread * rng.normal(size=(people, 5))
    shown = np.broadcast_to(TASKS, (people, *TASKS.shape))
    return draw_answers(model, utilities, shown, rng).as_data(tuple("abcde"))


def estimates(data, model="sequential"):
    """Utilities, plain and clustered errors, as arrays."""
    items = fit(data, model=model).models[0].items
    return np.array([(item.utility, item.standard_error, item.robust_standard_error) for item in items]).T


def coverage(target, spread, seed, *, people=60, replications=200, model="sequential"):
    """How often 95 % intervals with plain and with clustered errors hold the target."""
    rng = np.random.default_rng(seed)
    hits = np.zeros(2)
    for _ in range(replications):
        utility, *errors = estimates(study(people, rng, spread, model), model)
        hits += [(np.abs(utility - target) < 1.96 * error).mean() for error in errors]
    return hits / replications


def test_a_large_sample_comes_near_the_truth():
    utility, error, _ = estimates(study(20_000, np.random.default_rng(1)))
    np.testing.assert_allclose(utility, TRUTH, atol=4 * error.max())
    assert error.max() < 0.01


def test_intervals_hold_the_truth_where_nobody_differs():
    """Estimand: the common utilities; model sequential; 60 people; 200 replications of 5 items."""
    plain, clustered = coverage(TRUTH, spread=0.0, seed=2)
    assert 0.92 < plain < 0.98
    assert 0.91 < clustered < 0.98


def test_where_people_differ_only_clustered_errors_hold():
    """Estimand: the aggregate utilities, which people's differences attenuate, here from 40,000 people."""
    attenuated = estimates(study(40_000, np.random.default_rng(3), spread=1.5))[0]
    assert np.ptp(attenuated) < 0.85 * np.ptp(TRUTH)
    plain, clustered = coverage(attenuated, spread=1.5, seed=4)
    assert 0.91 < clustered < 0.98
    assert plain < 0.87, "plain errors would be noticed"
    assert coverage(TRUTH, spread=1.5, seed=4, replications=60)[1] < 0.8, "and so would the wrong estimand"


@pytest.mark.parametrize("model", ["maxdiff", "marginal", "best", "worst", "rank"])
def test_so_it_is_in_every_model(model):
    """Estimands as above; 60 people who answer as the model says; 100 replications of 5 items."""
    plain, clustered = coverage(TRUTH, spread=0.0, seed=6, replications=100, model=model)
    assert 0.91 < plain < 0.99
    assert 0.90 < clustered < 0.99
    attenuated = estimates(study(40_000, np.random.default_rng(7), spread=1.5, model=model), model)[0]
    plain, clustered = coverage(attenuated, spread=1.5, seed=8, replications=100, model=model)
    assert 0.90 < clustered < 0.99
    assert plain < clustered - 0.04, "plain errors would be noticed"


def test_another_model_is_not_the_truth():
    """Fitted to sequential answers, maxdiff is off by more than its errors: models are not exchangeable."""
    found = fit(study(20_000, np.random.default_rng(1)), model="maxdiff").models[0]
    assert max(abs(item.utility - true) for item, true in zip(found.items, TRUTH, strict=True)) > 0.03


def test_of_three_items_a_ranking_is_best_then_worst():
    """With one item in the middle, `rank` and `sequential` are the same model."""
    data = study(50, np.random.default_rng(5))
    ranked, sequential = fit(data, model="rank").models[0], fit(data).models[0]
    assert ranked.log_likelihood == pytest.approx(sequential.log_likelihood)
    for one, other in zip(ranked.items, sequential.items, strict=True):
        assert one.robust_standard_error == pytest.approx(other.robust_standard_error)
