"""The sampler draws from the posterior it is said to draw from."""

from dataclasses import replace

import numpy as np
import pytest

from commonground.analysis.hierarchical import chains as chaining
from commonground.analysis.hierarchical import sweep
from commonground.analysis.hierarchical.diagnostics import ess_bulk, rhat
from commonground.analysis.hierarchical.prior import Prior, draw_inverse_wishart
from commonground.analysis.hierarchical.sample import extend, sample
from commonground.analysis.logit.newton import Problem, maximise
from commonground.likelihood import sequential
from commonground.likelihood.tasks import Tasks
from commonground.records.choices import MISSING
from commonground.records.errors import RequestError, SettingError

QUANTILES = [0.1, 0.25, 0.5, 0.75, 0.9]


def people(number: int, means: list[float], sds: list[float], seed: int = 1) -> np.ndarray:
    """Utilities (number, items) that sum to zero."""
    rng = np.random.default_rng(seed)
    utilities = np.array(means) + np.array(sds) * rng.standard_normal((number, len(means)))
    return utilities - utilities.mean(axis=1, keepdims=True)


def silent(number: int, items: int) -> Tasks:
    """People who were asked nothing."""
    nothing = np.full((number, 1), MISSING)
    return Tasks(np.full((number, 1, items), MISSING), nothing, nothing)


def sds(covariance: np.ndarray) -> np.ndarray:
    return np.sqrt(np.einsum("...ii->...i", covariance.astype(float)))


def two_items_posterior(tasks: Tasks, prior: Prior) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The posterior of (coordinate mean, log SD) on a grid, people integrated out by quadrature."""
    rng = np.random.default_rng(5)
    scales = prior.scale**-2 / rng.standard_gamma(0.5, size=(10_000, 2))
    rate = prior.df * (1 / scales).sum(axis=1) / 2
    mean, log_sd = np.linspace(-6, 6, 61), np.linspace(-4, 3.5, 76)
    variance = np.exp(2 * log_sd)
    # Σ | a is inverse gamma(df/2, rate); 2Σ turns its density into one of ln SD.
    density = np.array([np.mean((rate / v) ** (prior.df / 2) * np.exp(-rate / v)) for v in variance])
    nodes, weights = np.polynomial.hermite_e.hermegauss(31)
    z = mean[:, None, None] + np.exp(log_sd)[:, None] * nodes
    utilities = z[..., None] * np.array([1, -1]) / np.sqrt(2)
    log_posterior = np.log(density) - (mean[:, None] / prior.mean_sd) ** 2 / 2
    for person in range(tasks.best.shape[0]):
        own = Tasks(tasks.shown[person], tasks.best[person], tasks.worst[person])
        log_posterior = log_posterior + np.log(np.exp(sequential.log_likelihood(utilities, own)) @ weights)
    posterior = np.exp(log_posterior - log_posterior.max())
    return mean, log_sd, posterior / posterior.sum()


@pytest.fixture(scope="module")
def pairs() -> Tasks:
    """Five people, each asked four times about the same two items."""
    best = np.array([[0, 0, 0, 1], [0, 0, 0, 0], [1, 0, 1, 0], [0, 1, 0, 0], [0, 0, 0, 0]])
    return Tasks(np.broadcast_to([0, 1], (5, 4, 2)), best, np.full((5, 4), MISSING))


def moments_of_two_items(tasks: Tasks, prior: Prior) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Means and standard deviations of the posterior mean and ln SD: by the grid, and by the sampler."""
    mean, log_sd, posterior = two_items_posterior(tasks, prior)
    by_mean, by_sd = posterior.sum(axis=1), posterior.sum(axis=0)
    grid = (mean @ by_mean, np.sqrt(mean**2 @ by_mean - (mean @ by_mean) ** 2), log_sd @ by_sd)
    found = sample(tasks, 2, prior=prior, draws=600, warmup=200, chains=16, seed=3)
    z = found.means[:, :, 0, 0] * np.sqrt(2)
    drawn = (z.mean(), z.std(), np.log(sds(found.covariance)[..., 0] * np.sqrt(2)).mean())
    return grid, drawn


def test_two_items_as_integration_on_a_grid_finds_them(pairs):
    grid, drawn = moments_of_two_items(pairs, Prior(scale=1.0, mean_sd=2.0))
    assert drawn == pytest.approx(grid, abs=0.12)


def test_the_check_fails_without_the_acceptance_step(pairs, monkeypatch):
    class Reckless:
        def __init__(self, rng):
            self.standard_normal = rng.standard_normal

        def standard_exponential(self, shape):
            return np.full(shape, np.inf)

    def reckless(*everything, turn, rng):
        return original(*everything, turn=turn, rng=Reckless(rng))

    original = sweep.move
    monkeypatch.setattr(chaining, "move", reckless)
    # one long step, so that what acceptance mends is worth mending
    monkeypatch.setattr(chaining, "Turn", lambda: sweep.Turn(angle=6.0, pairs=1))
    monkeypatch.setattr(chaining, "_pairs", lambda now, *_: now)
    grid, drawn = moments_of_two_items(pairs, Prior(scale=1.0, mean_sd=2.0))
    assert drawn != pytest.approx(grid, abs=0.12)


def test_without_answers_the_prior_comes_back():
    prior, rng = Prior(scale=1.5, mean_sd=2.0), np.random.default_rng(6)
    found = sample(silent(6, 3), 3, prior=prior, draws=600, warmup=200, chains=16, seed=4)
    scales = 1.5**-2 / rng.standard_gamma(0.5, size=(50_000, 3))
    whole, _ = draw_inverse_wishart(4.0, 4 * np.eye(3) / scales[:, None, :], rng)
    centring = np.eye(3) - 1 / 3
    wanted = np.log(sds(centring @ whole @ centring)[:, 0])
    drawn = np.log(sds(found.covariance))
    assert np.quantile(drawn, QUANTILES) == pytest.approx(np.quantile(wanted, QUANTILES), abs=0.15)
    assert found.means.std() == pytest.approx(2.0 * np.sqrt(2 / 3), rel=0.08)
    assert rhat(drawn).max() < 1.05


def test_location_spread_and_correlation_are_recovered(answered):
    rng = np.random.default_rng(7)
    root = np.array([[1.5, 0, 0, 0], [1.2, 0.8, 0, 0], [0, 0, 1, 0], [-0.5, 0, 0, 0.7]])
    truth = np.array([0.8, 0.2, -0.3, -0.7]) + rng.standard_normal((500, 4)) @ root.T
    truth -= truth.mean(axis=1, keepdims=True)
    found = sample(answered(truth, 10, 3), 4, draws=200, warmup=100, chains=2, seed=5)
    covariance = np.cov(truth.T)
    assert found.means.mean(axis=(0, 1))[0] == pytest.approx(truth.mean(axis=0), abs=0.15)
    assert found.covariance.mean(axis=(0, 1)) == pytest.approx(covariance, abs=0.35)
    assert np.corrcoef(found.individual_mean.ravel(), truth.ravel())[0, 1] > 0.88
    z = (truth - found.individual_mean) / found.individual_sd
    assert z.std() == pytest.approx(1.0, abs=0.07)


def test_hardly_any_spread_gives_the_aggregate_utilities(answered):
    tasks = answered(people(150, [0.8, 0.2, -0.3, -0.7], [0, 0, 0, 0]), 8, 3)
    found = sample(tasks, 4, prior=Prior(scale=0.005), draws=200, warmup=100, chains=4, seed=6)
    pooled = Tasks(tasks.shown.reshape(-1, 3), tasks.best.ravel(), tasks.worst.ravel())
    best = maximise(Problem(sequential, pooled, np.zeros(4, dtype=int)), np.zeros(4))
    assert sds(found.covariance).mean() < 0.15
    assert found.means.mean(axis=(0, 1))[0] == pytest.approx(best.utilities, abs=0.04)


def test_renaming_items_renames_the_result(answered):
    tasks = answered(people(60, [1.0, 0.3, -0.3, -1.0], [1.5, 1, 0.6, 1]), 8, 3)
    order = np.array([2, 0, 3, 1])
    renamed = Tasks(order[tasks.shown], order[tasks.best], order[tasks.worst])
    one = sample(tasks, 4, draws=400, warmup=150, chains=6, seed=7)
    other = sample(renamed, 4, draws=400, warmup=150, chains=6, seed=8)
    assert other.means.mean(axis=(0, 1))[0, order] == pytest.approx(one.means.mean(axis=(0, 1))[0], abs=0.05)
    found, again = sds(one.covariance).mean(axis=(0, 1)), sds(other.covariance).mean(axis=(0, 1))
    assert again[order] == pytest.approx(found, rel=0.06)


def test_groups_have_means_of_their_own(answered):
    group = np.repeat([0, 1, 2], [60, 60, 1])
    centres = np.array([[1.0, 0, -1.0], [-1.0, 0, 1.0], [0, 0, 0]])
    truth = centres[group] + people(121, [0, 0, 0], [0.7, 0.7, 0.7])
    found = sample(answered(truth, 8, 2), 3, groups=group, draws=200, warmup=100, chains=2, seed=9)
    means = found.means.mean(axis=(0, 1))
    assert means[:2] == pytest.approx(centres[:2], abs=0.4)
    # one person says little of a group's mean
    assert found.means[:, :, 2].std() > 2 * found.means[:, :, 0].std()


def test_a_seed_gives_the_same_draws_and_going_on_the_same_as_one_go(answered):
    tasks = answered(people(30, [0.5, 0, -0.5], [1, 1, 1]), 5, 3)
    whole = sample(tasks, 3, draws=30, warmup=20, chains=2, seed=1, keep=4)
    first = sample(tasks, 3, draws=10, warmup=20, chains=2, seed=1, keep=4)
    both = extend(first, 20)
    for name in ("means", "covariance", "shares", "individual_mean", "individual_sd", "kept", "rlh", "acceptance"):
        assert np.array_equal(getattr(whole, name), getattr(both, name)), name
    assert 4 <= both.kept.shape[1] < 8
    assert np.unique(np.diff(both.kept_draws)).size == 1
    with pytest.raises(RequestError, match="continued already"):
        extend(first, 5)


def test_nothing_adapts_once_the_warm_up_is_over(answered):
    tasks = answered(people(40, [0.5, 0, -0.5], [1, 1, 1]), 5, 3)
    first = sample(tasks, 3, draws=10, warmup=40, chains=2, seed=1)
    running = first.state.chains
    before = (running.turn, running.stride, running.stretching, tuple(map(id, running.references)))
    extend(first, 20)
    assert before == (running.turn, running.stride, running.stretching, tuple(map(id, running.references)))
    assert not running.warming


def test_summaries_are_those_of_the_draws(answered):
    tasks = answered(people(20, [0.5, 0, -0.5], [1, 1, 1]), 5, 3)
    found = sample(tasks, 3, draws=30, warmup=20, chains=2, seed=1, keep=30)
    assert found.kept.shape == (2, 30, 20, 3)
    assert found.kept.mean(axis=(0, 1)) == pytest.approx(found.individual_mean, abs=1e-5)
    assert found.kept.std(axis=(0, 1)) == pytest.approx(found.individual_sd, abs=1e-4)
    odds = np.exp(found.kept)
    assert (odds / odds.sum(axis=-1, keepdims=True)).mean(axis=2) == pytest.approx(found.shares, abs=1e-5)
    value = sequential.log_likelihood(found.kept.astype(float), tasks).mean(axis=(0, 1))
    assert value == pytest.approx(found.individual_log_likelihood, abs=1e-4)
    assert found.rlh == pytest.approx(np.exp(value / 10), abs=1e-4)


def test_weights_weigh_only_the_shares(answered):
    tasks = answered(people(20, [0.5, 0, -0.5], [1, 1, 1]), 5, 3)
    plain = sample(tasks, 3, draws=10, warmup=10, chains=1, seed=1, keep=10)
    weighted = sample(tasks, 3, draws=10, warmup=10, chains=1, seed=1, weight=np.r_[100.0, np.ones(19)])
    assert np.array_equal(plain.means, weighted.means)
    odds = np.exp(plain.kept[0])
    share = np.average(odds / odds.sum(axis=-1, keepdims=True), axis=1, weights=np.r_[100.0, np.ones(19)])
    assert share == pytest.approx(weighted.shares[0], abs=1e-5)


def unanimous() -> Tasks:
    shown = np.broadcast_to([[0, 1, 2], [0, 1, 3], [0, 2, 3], [1, 2, 3]], (12, 4, 3))
    return Tasks(shown, shown.min(axis=-1), shown.max(axis=-1))


@pytest.mark.parametrize(
    ("tasks", "items"),
    [
        (silent(5, 3), 3),
        (unanimous(), 4),
        (Tasks([[[0, 1, 2]]], [[0]], [[2]]), 3),
        (Tasks(np.full((3, 0, 2), MISSING), np.zeros((3, 0), int), np.zeros((3, 0), int)), 2),
    ],
    ids=["nobody asked", "all alike", "one person, one task", "no tasks"],
)
@pytest.mark.parametrize("model", ["sequential", "maxdiff"])
def test_little_data_still_gives_numbers(tasks, items, model):
    found = sample(tasks, items, model=model, draws=40, warmup=40, chains=2, seed=1)
    for name in ("means", "covariance", "shares", "individual_mean", "individual_sd"):
        assert np.isfinite(getattr(found, name)).all(), name
    assert found.means.sum(axis=-1) == pytest.approx(np.zeros((2, 40, 1)), abs=1e-8)
    assert (found.acceptance > 0).all()


def test_people_who_differ_a_lot_do_not_stick(answered):
    tasks = answered(people(60, [1.0] * 6 + [-1.0] * 6, [3.0] * 12, seed=2), 10, 5)
    found = sample(tasks, 12, draws=400, warmup=200, chains=4, seed=2)
    logs = np.log(sds(found.covariance))
    assert found.acceptance.min() > 0.5
    assert rhat(logs).max() < 1.05
    assert ess_bulk(logs).min() > 100


def test_what_never_moves_is_said(answered, monkeypatch):
    tasks = answered(people(10, [0.5, 0, -0.5], [1, 1, 1]), 5, 3)
    first = sample(tasks, 3, draws=10, warmup=10, chains=2, seed=1)
    assert first.messages == ()
    first.state.tally.accepted[3] = 0
    first.state.tally.strode[1] = -20
    first.state.tally.largest = 81.0
    running = first.state.chains
    running.stride = replace(running.stride, step=1e9)
    monkeypatch.setattr(chaining, "move", lambda part, *_, **__: np.zeros((part.encoded.n_people, 2)))
    messages = "\n".join(extend(first, 20).messages)
    assert "1 respondents never moved" in messages
    assert "beyond 80 logits" in messages


@pytest.mark.parametrize(
    ("settings", "error", "message"),
    [
        ({"draws": 2}, SettingError, "draws must be at least 4"),
        ({"chains": 0}, SettingError, "chains must be at least 1"),
        ({"model": "rank"}, SettingError, "sequential and maxdiff"),
        ({"groups": np.array([0, 2])}, RequestError, "Group 1 has nobody"),
        ({"groups": np.array([0])}, RequestError, "one number"),
        ({"weight": np.array([1.0, 0.0])}, RequestError, "positive"),
    ],
)
def test_what_makes_no_sense_is_refused(settings, error, message):
    tasks = Tasks([[[0, 1, 2]], [[0, 1, 2]]], [[0], [1]], [[2], [2]])
    with pytest.raises(error, match=message):
        sample(tasks, 3, **{"draws": 10, "warmup": 5, "chains": 2, "seed": 1, **settings})
    with pytest.raises(RequestError, match="no respondents"):
        sample(Tasks(np.zeros((0, 1, 2), int), np.zeros((0, 1), int), np.zeros((0, 1), int)), 2, seed=1)
