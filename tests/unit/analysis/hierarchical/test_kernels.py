"""The fast kernels say what `likelihood` says."""

import numpy as np
import pytest

from commonground.analysis.hierarchical import kernels
from commonground.analysis.hierarchical.encode import encode
from commonground.likelihood.models import MODELS
from commonground.likelihood.tasks import Tasks
from commonground.records.errors import RequestError, SettingError

MODEL_NAMES = ("sequential", "maxdiff")


@pytest.mark.parametrize("model", MODEL_NAMES)
def test_value_gradient_and_information_are_those_of_the_likelihood(model, ragged):
    tasks = ragged(7, 6, 4, 6)
    encoded = encode(tasks, 6, model)
    utilities = 2 * np.random.default_rng(2).standard_normal((6, 7, 3))
    value, gradient = kernels.value_and_gradient(encoded, utilities)
    for draw in range(3):
        own = utilities[..., draw].T
        assert value[:, draw] == pytest.approx(MODELS[model].log_likelihood(own, tasks), abs=1e-10)
        assert pytest.approx(MODELS[model].gradient(own, tasks), abs=1e-10) == gradient[..., draw].T
        information = kernels.information(encoded, utilities[..., draw])
        assert information + MODELS[model].hessian(own, tasks) == pytest.approx(0.0, abs=1e-10)


@pytest.mark.parametrize("model", MODEL_NAMES)
def test_the_gradient_is_that_of_the_value_by_finite_differences(model, ragged):
    encoded = encode(ragged(3, 5, 4, 5), 5, model)
    utilities = np.random.default_rng(3).standard_normal((5, 3, 1))
    _, gradient = kernels.value_and_gradient(encoded, utilities)
    for item in range(5):
        step = np.zeros_like(utilities)
        step[item] = 1e-6
        slope = (kernels.value(encoded, utilities + step) - kernels.value(encoded, utilities - step)) / 2e-6
        assert slope == pytest.approx(gradient[item], abs=1e-6)


@pytest.mark.parametrize("model", MODEL_NAMES)
def test_pairs_of_items_and_people_without_answers(model):
    tasks = Tasks([[[0, 1], [0, 1]], [[-1, -1], [-1, -1]]], best=[[0, 1], [-1, -1]], worst=[[1, -1], [-1, -1]])
    value = kernels.value(encode(tasks, 2, model), np.array([[[0.5], [9.0]], [[-0.5], [0.0]]]))
    both = 1.0 if model == "sequential" else 2.0  # a pair's worst follows from its best, or counts once more
    assert value[0, 0] == pytest.approx(-np.log1p(np.exp(-both)) - np.log1p(np.exp(1)))
    assert value[1, 0] == 0.0


def test_utilities_without_bound_stay_numbers():
    encoded = encode(Tasks([[[0, 1, 2]] * 9], best=[[0] * 9], worst=[[2] * 9]), 3)
    utilities = kernels.bounded(np.array([[[-1e4]], [[0.0]], [[1e4]]]))
    value, gradient = kernels.value_and_gradient(encoded, utilities)
    assert np.isfinite(value).all()
    assert np.isfinite(gradient).all()


def test_unknown_models_and_weights_of_tasks_are_refused():
    with pytest.raises(SettingError, match="sequential and maxdiff"):
        encode(Tasks([[[0, 1]]], [[0]], [[1]]), 2, "rank")
    with pytest.raises(RequestError, match="weights"):
        encode(Tasks([[[0, 1]]], [[0]], [[1]], np.array([[2.0]])), 2)
