"""The pieces that scoring many items is made of, each against a slower way to the same number."""

import numpy as np
import pytest
from numpy.testing import assert_allclose

from commonground.analysis.logit.fit import fit
from commonground.analysis.many.pick_sets import PickSets, pick_sets
from commonground.analysis.many.posterior import posterior
from commonground.analysis.many.prior import Clusters, find_prior, with_prior
from commonground.analysis.many.ridge import fit_ridge, solve
from commonground.likelihood import sequential
from commonground.likelihood.tasks import scored_tasks
from commonground.records.choices import ChoiceData


@pytest.fixture
def small(simulate):
    return simulate(8, 30, 6, 4)[1]


def test_the_likelihood_is_that_of_best_first_then_worst(small):
    at, sets, tasks = np.linspace(-1, 1, 8), pick_sets(small), scored_tasks(small)
    assert sets.log_likelihood(at) == pytest.approx(float(sequential.log_likelihood(at, tasks)))
    assert_allclose(sets.gradient(at), sequential.gradient(at, tasks), atol=1e-12)
    assert_allclose(sets.curvature(at).dense(), -sequential.hessian(at, tasks), atol=1e-12)


def test_answers_with_only_one_pick_smaller_tasks_and_weights_count():
    data = ChoiceData.from_rows(
        ("a", "b", "c", "d"),
        ("Ann", "Bo"),
        respondent=[0, 0, 1],
        task=[1, 2, 1],
        shown=[[0, 1, 2], [3, 1, -1], [1, 2, 3]],
        best=[0, -1, 1],
        worst=[-1, 1, 3],
        weight=[2.0, 0.5],
    )
    at, sets, tasks = np.array([0.3, -0.2, 1.0, 0.0]), pick_sets(data), scored_tasks(data)
    assert sets.log_likelihood(at) == pytest.approx(float(sequential.log_likelihood(at, tasks)))
    assert_allclose(sets.gradient(at), sequential.gradient(at, tasks), atol=1e-12)
    assert_allclose(sets.curvature(at).dense(), -sequential.hessian(at, tasks), atol=1e-12)


def test_scores_add_up_to_the_gradient_person_by_person(small):
    at, sets = np.linspace(-1, 1, 8), pick_sets(small)
    scores = sets.scores(at, sets.owner, sets.people, np.zeros(8)).toarray()
    third = sequential.gradient(at, scored_tasks(small.keep(np.arange(30) == 3)))
    assert_allclose(scores.sum(axis=0), sets.gradient(at), atol=1e-12)
    assert_allclose(scores[3], third, atol=1e-12)


def test_conjugate_gradients_solve_many_systems_side_by_side(small):
    curvature = pick_sets(small).curvature(np.linspace(-1, 1, 8))
    right = np.random.default_rng(1).normal(size=(8, 3))
    right[:, 1] = 0
    found = solve(curvature, 0.5, right, tolerance=1e-12)
    assert_allclose(found, np.linalg.solve(curvature.dense() + 0.5 * np.eye(8), right), atol=1e-9)
    assert_allclose(solve(curvature, 0.5, right[:, 0], tolerance=1e-12), found[:, 0], atol=1e-9)


def test_a_wide_prior_leaves_the_maximum_likelihood(simulate):
    _, data = simulate(9, 60, 8, 4)
    fitted = fit(data, model="sequential").models[0].items
    sets = pick_sets(data)
    clusters = Clusters(sets.owner, sets.people)
    found = with_prior(sets, clusters, 1e4, np.random.default_rng(1))
    assert found.ridge.converged
    beside = posterior(sets, clusters, found, 200, np.random.default_rng(1))
    assert_allclose(beside.utilities, [item.utility for item in fitted], atol=1e-5)
    assert_allclose(beside.errors, [item.robust_standard_error for item in fitted], rtol=0.05)


def test_the_maximum_is_one_of_the_posterior_density(small):
    sets, precision = pick_sets(small), 1 / 0.7**2
    found = fit_ridge(sets, 0.7)
    assert_allclose(sets.gradient(found.utilities), precision * found.utilities, atol=1e-4)
    assert found.utilities.sum() == pytest.approx(0, abs=1e-6)


def test_draws_scatter_as_the_errors_say(simulate):
    _, data = simulate(12, 40, 5, 4)
    sets = pick_sets(data)
    clusters = Clusters(sets.owner, sets.people)
    prior = find_prior(sets, clusters, np.random.default_rng(1))
    found = posterior(sets, clusters, prior, 4000, np.random.default_rng(2))
    assert_allclose(found.draws.std(axis=0), found.errors, rtol=0.06)
    assert_allclose(found.draws.mean(axis=0), found.utilities, atol=0.03)
    assert_allclose(found.draws.sum(axis=1), 0, atol=1e-9)


def test_errors_are_the_formula_written_out(simulate):
    _, data = simulate(10, 40, 5, 4, person_sd=1.0)
    sets = pick_sets(data)
    clusters = Clusters(sets.owner, sets.people)
    prior = with_prior(sets, clusters, 0.8, np.random.default_rng(1))
    at, precision = prior.ridge.utilities, 0.8**-2
    curvature = sets.curvature(at)
    scores = sets.scores(at, sets.owner, sets.people, 1 / (curvature.diagonal + precision)).toarray()
    inverse = np.linalg.inv(curvature.dense() + precision * np.eye(10))
    whole = inverse @ (scores.T @ scores + precision * np.eye(10)) @ inverse
    centre = np.eye(10) - 1 / 10
    wanted = np.sqrt(np.diagonal(centre @ whole @ centre))
    assert_allclose(posterior(sets, clusters, prior, 100, np.random.default_rng(1)).errors, wanted)


def test_the_prior_is_as_wide_as_the_items_lie_apart(simulate):
    for sd in (0.5, 1.5):
        utilities, data = simulate(150, 200, 10, 4, sd=sd)
        sets = pick_sets(data)
        found = find_prior(sets, Clusters(sets.owner, sets.people), np.random.default_rng(1))
        assert found.sd == pytest.approx(utilities.std(), rel=0.1)
        assert found.noise_ratio == pytest.approx(1, abs=0.12)


def test_people_who_differ_make_no_difference_between_items(simulate):
    """Everybody sees each item often and items are equal: what people differ by must not count as spread of items."""
    _, data = simulate(20, 60, 25, 4, sd=0.0, person_sd=1.5)
    sets = pick_sets(data)
    found = find_prior(sets, Clusters(sets.owner, sets.people), np.random.default_rng(1))
    naive = find_prior(sets, Clusters(np.arange(sets.owner.size), sets.owner.size), np.random.default_rng(1))
    assert found.noise_ratio > 1.5
    assert found.sd < naive.sd


def test_a_half_keeps_only_its_own_picks():
    sets = PickSets(2, 3, np.array([[0, 1]] * 3), np.array([0, 1, 0]), np.arange(3), np.ones(3))
    assert sets.only(np.array([0, 2])).picked.tolist() == [0, 0]
