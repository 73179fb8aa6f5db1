"""Likelihood, gradient and Hessian at the estimates of R, on real answers.

The reference holds fits of `survival::clogit` to the `ricebws1` data: estimates, plain and clustered standard errors
and log-likelihoods. At R's estimates our gradient must vanish, our log-likelihood be R's, and the inverse of our
negative Hessian give R's standard errors.
"""

import json

import numpy as np
import pytest

from commonground.files.choices import read_choices
from commonground.likelihood.models import MODELS
from commonground.likelihood.tasks import counted_tasks, scored_tasks

NAMES = ("maxdiff", "marginal", "sequential")


@pytest.fixture(scope="module")
def rice(rice_data):
    data = read_choices(rice_data / "responses.csv").data
    return data, json.loads((rice_data / "reference.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module", params=NAMES)
def case(rice, request):
    """A model, the data, R's results and R's estimates in the order of our items."""
    data, reference = rice
    fitted = reference["models"][request.param]
    return MODELS[request.param], data, fitted, np.array([fitted["coef_ref"][item] for item in data.items])


def test_log_likelihood_is_that_of_r(case):
    model, data, fitted, estimates = case
    tasks = counted_tasks(data)
    assert model.log_likelihood(estimates, tasks) == pytest.approx(fitted["logLik"], abs=1e-6)
    assert model.log_likelihood(0 * estimates, tasks) == pytest.approx(fitted["logLik_null"], abs=1e-6)


def test_the_gradient_vanishes_at_rs_estimates_and_nowhere_near(case):
    model, data, _, estimates = case
    tasks = counted_tasks(data)
    np.testing.assert_allclose(model.gradient(estimates, tasks), 0, atol=1e-4)
    assert np.abs(model.gradient(estimates * 1.01, tasks)).max() > 0.1


def test_standard_errors_are_those_of_r(case):
    model, data, fitted, estimates = case
    free = np.array([item != fitted["reference"] for item in data.items])
    information = -model.hessian(estimates, counted_tasks(data))[np.ix_(free, free)]
    covariance = np.linalg.inv(information)
    expected = np.array([fitted["se_ref"][item] for item in data.items])[free]
    np.testing.assert_allclose(np.sqrt(np.diag(covariance)), expected, atol=1e-6)


def test_clustered_standard_errors_are_those_of_r(case):
    """The sandwich: scores added up by respondent stand between two inverse informations."""
    model, data, fitted, estimates = case
    free = np.array([item != fitted["reference"] for item in data.items])
    inverse = np.linalg.inv(-model.hessian(estimates, counted_tasks(data))[np.ix_(free, free)])
    by_person = np.zeros((len(data.respondents), free.sum()))
    np.add.at(by_person, data.respondent[data.scored], model.scores(estimates, scored_tasks(data))[:, free])
    robust = inverse @ by_person.T @ by_person @ inverse
    expected = np.array([fitted["se_ref_cluster"][item] for item in data.items])[free]
    np.testing.assert_allclose(np.sqrt(np.diag(robust)), expected, atol=1e-6)
