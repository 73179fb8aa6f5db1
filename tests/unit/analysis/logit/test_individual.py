"""One person's utilities: the mode a general optimiser finds, however extreme the answers."""

import numpy as np
import pytest
from scipy.optimize import minimize

from commonground.analysis.logit.individual import PRIOR_VARIANCE, fit_individuals
from commonground.design.build import build_design
from commonground.likelihood import sequential
from commonground.likelihood.tasks import Tasks
from commonground.simulation.picks import draw_picks


@pytest.fixture(scope="module")
def tasks():
    """Twenty people with ever stronger preferences; one of them answered three tasks only."""
    rng = np.random.default_rng(1)
    shown = np.broadcast_to(np.array(build_design(7, 4).versions[0]), (20, 7, 4)).copy()
    best, worst = draw_picks(rng.normal(size=(20, 7)) * np.linspace(0, 30, 20)[:, None], shown, rng)
    best[4, 3:] = worst[4, 3:] = -1
    return Tasks(shown, best, worst)


@pytest.mark.parametrize("person", [0, 4, 10, 19])
def test_the_mode_is_what_a_general_optimiser_finds(tasks, person):
    alone = Tasks(tasks.shown[person], tasks.best[person], tasks.worst[person])

    def loss(utilities):
        return -sequential.log_likelihood(utilities, alone) + utilities @ utilities / (2 * PRIOR_VARIANCE)

    found = minimize(loss, np.zeros(7), method="BFGS", options={"gtol": 1e-8}).x
    np.testing.assert_allclose(fit_individuals(tasks, 7).utilities[person], found, atol=1e-5)


def test_utilities_sum_to_zero_and_the_fit_is_a_probability(tasks):
    fit = fit_individuals(tasks, 7)
    np.testing.assert_allclose(fit.utilities.sum(axis=1), 0, atol=1e-8)
    assert ((fit.rlh > 0) & (fit.rlh < 1)).all()
    np.testing.assert_allclose(np.exp(fit.log_likelihood / tasks.picks), fit.rlh)


def test_many_people_are_fitted_as_few_are(tasks):
    rows = np.arange(1300) % 20  # more than one chunk
    many = fit_individuals(Tasks(tasks.shown[rows], tasks.best[rows], tasks.worst[rows]), 7)
    np.testing.assert_allclose(many.utilities, fit_individuals(tasks, 7).utilities[rows], atol=1e-5)


def test_who_answered_nothing_has_no_fit():
    nothing = Tasks([[[0, 1, 2]]], best=[[-1]], worst=[[-1]])
    fit = fit_individuals(nothing, 3)
    assert np.isnan(fit.rlh).all()
    assert not fit.utilities.any()


def test_a_wider_prior_lets_utilities_go_further(tasks):
    narrow, wide = (np.ptp(fit_individuals(tasks, 7, prior_variance=v).utilities, axis=1) for v in (1.0, 9.0))
    assert (wide > narrow).all()
