"""Best and worst set apart: the plain models where both sides are equal, and derivatives that are right."""

import numpy as np
import pytest

from commonground.likelihood import apart
from commonground.likelihood.models import MODELS
from commonground.likelihood.tasks import Tasks

ITEMS = 6


@pytest.fixture(scope="module")
def tasks():
    """Ragged, weighted, some with one pick only."""
    rng = np.random.default_rng(1)
    shown = np.argsort(rng.random((20, ITEMS)), axis=1)[:, :4]
    best, worst = shown[:, 0].copy(), shown[:, 1].copy()
    shown[3, 3] = best[5] = worst[6] = -1
    return Tasks(shown, best, worst, rng.random(20) + 0.5)


@pytest.fixture(params=apart.SPLIT)
def model(request):
    return request.param


def differences(function, at, step=1e-6):
    return np.array([(function(at + step * way) - function(at - step * way)) / (2 * step) for way in np.eye(at.size)])


def test_with_equal_sides_they_are_the_plain_models(model, tasks):
    u = np.random.default_rng(2).standard_normal(ITEMS)
    np.testing.assert_allclose(
        apart.log_probabilities(model, np.concatenate([u, u]), tasks), MODELS[model].log_probabilities(u, tasks)
    )


def test_derivatives_are_those_of_the_value(model, tasks):
    at = np.random.default_rng(3).standard_normal(2 * ITEMS)
    gradient, hessian = apart.gradient(model, at, tasks), apart.hessian(model, at, tasks)
    np.testing.assert_allclose(gradient, differences(lambda x: apart.log_likelihood(model, x, tasks), at), atol=1e-6)
    np.testing.assert_allclose(hessian, differences(lambda x: apart.gradient(model, x, tasks), at), atol=1e-6)


def test_batches_run_side_by_side(model, tasks):
    at = np.random.default_rng(4).standard_normal((3, 2 * ITEMS))
    side_by_side = apart.hessian(model, at, tasks)
    for place in range(3):
        np.testing.assert_allclose(side_by_side[place], apart.hessian(model, at[place], tasks), atol=1e-12)


def test_pairs_that_agree_on_nothing_lose_no_digits():
    """Both sides peaked at one item: the pairs left are tiny beside the pair that cannot be."""
    sides = np.array([40.0, 0.0, 0.0, -40.0, 0.0, 0.0])
    tasks = Tasks([[0, 1, 2]], best=[1], worst=[2])
    assert apart.log_probabilities("maxdiff", sides, tasks)[0] == pytest.approx(-40 - np.log(4), abs=1e-9)
