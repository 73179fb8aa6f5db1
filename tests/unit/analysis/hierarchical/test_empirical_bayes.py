"""The fast path: near the sampler's answer, and honest where it is not."""

import numpy as np
import pytest

from commonground.analysis.hierarchical.empirical import empirical_bayes
from commonground.analysis.hierarchical.sample import sample
from commonground.likelihood import sequential
from commonground.likelihood.tasks import Tasks
from commonground.records.choices import MISSING
from commonground.records.errors import SettingError


def people(number: int, means: list[float], sds: list[float], seed: int = 1) -> np.ndarray:
    rng = np.random.default_rng(seed)
    utilities = np.array(means) + np.array(sds) * rng.standard_normal((number, len(means)))
    return utilities - utilities.mean(axis=1, keepdims=True)


def test_it_agrees_with_the_sampler(answered):
    tasks = answered(people(150, [1.0, 0.3, -0.3, -1.0], [1.5, 1, 0.7, 1]), 8, 3)
    fast = empirical_bayes(tasks, 4, seed=1)
    full = sample(tasks, 4, draws=200, warmup=150, chains=4, seed=1)
    assert fast.converged
    assert fast.messages == ()
    assert fast.means[0] == pytest.approx(full.means.mean(axis=(0, 1))[0], abs=0.05)
    assert np.sqrt(np.diag(fast.covariance)) == pytest.approx(
        np.sqrt(np.einsum("cdii->cdi", full.covariance)).mean(axis=(0, 1)), rel=0.1
    )
    assert np.abs(fast.individual_mean - full.individual_mean).mean() < 0.06
    # the population taken as known: never much more certain, never less
    assert fast.individual_sd.mean() == pytest.approx(full.individual_sd.mean(), rel=0.06)
    assert fast.rlh == pytest.approx(full.rlh, abs=0.04)


def test_the_marginal_likelihood_of_two_items_by_quadrature():
    best = np.array([[0, 0, 0, 1], [0, 0, 0, 0], [1, 0, 1, 0], [0, 1, 0, 0], [0, 0, 0, 0]])
    tasks = Tasks(np.broadcast_to([0, 1], (5, 4, 2)), best, np.full((5, 4), MISSING))
    found = empirical_bayes(tasks, 2, seed=1, points=2000)
    nodes, weights = np.polynomial.hermite_e.hermegauss(61)
    sd = np.sqrt(found.covariance[0, 0])
    utilities = (found.means[0, 0] + sd * nodes)[:, None] * np.array([1.0, -1.0])
    own = [Tasks(tasks.shown[one], tasks.best[one], tasks.worst[one]) for one in range(5)]
    chances = [np.exp(sequential.log_likelihood(utilities, one)) @ weights / weights.sum() for one in own]
    assert found.log_likelihood == pytest.approx(np.log(chances).sum(), abs=0.01)


def test_a_seed_gives_the_same_answer_and_progress_is_told(answered):
    tasks = answered(people(20, [0.5, 0, -0.5], [1, 1, 1]), 5, 3)
    told: list[tuple[int, int]] = []
    one = empirical_bayes(tasks, 3, seed=4, progress=lambda done, total: told.append((done, total)))
    other = empirical_bayes(tasks, 3, seed=4)
    assert np.array_equal(one.individual_mean, other.individual_mean)
    assert told[0] == (1, 12)


def test_groups_and_people_without_answers(answered):
    tasks = answered(people(20, [0.5, 0, -0.5], [1, 1, 1]), 5, 3)
    best = np.where(np.arange(20)[:, None] == 3, MISSING, tasks.best)
    worst = np.where(np.arange(20)[:, None] == 3, MISSING, tasks.worst)
    found = empirical_bayes(Tasks(tasks.shown, best, worst), 3, groups=np.repeat([0, 1], 10), seed=1)
    assert found.individual_mean[3] == pytest.approx(found.means[0], abs=0.1)
    assert np.isnan(found.rlh[3])


def test_rough_answers_are_named(answered):
    tasks = answered(people(40, [1.0] * 6 + [-1.0] * 6, [3.0] * 12), 10, 5)
    found = empirical_bayes(tasks, 12, seed=1, points=4, rounds=2)
    assert any("fewer than 5 draws" in message for message in found.messages)
    assert not found.converged
    assert any("still moved" in message for message in found.messages)


def test_what_makes_no_sense_is_refused():
    with pytest.raises(SettingError, match="at least 2"):
        empirical_bayes(Tasks([[[0, 1]]], [[0]], [[1]]), 2, seed=1, points=1)
