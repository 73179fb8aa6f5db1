"""R-hat and effective sample sizes: as ArviZ has them, and they find what is wrong."""

import numpy as np
import pytest

from commonground.analysis.hierarchical.diagnostics import ess_bulk, ess_tail, mcse_mean, rhat

CHAINS = {"chain_axis": 0, "draw_axis": 1}


def autocorrelated(rho: float, n_chains: int, n_draws: int) -> np.ndarray:
    """Chains whose neighbouring draws correlate with rho; each draw alone is standard normal."""
    noise = np.random.default_rng(3).normal(size=(n_chains, n_draws))
    draws = noise.copy()
    for at in range(1, n_draws):
        draws[:, at] = rho * draws[:, at - 1] + np.sqrt(1 - rho**2) * noise[:, at]
    return draws


def independent(n_draws: int = 500) -> np.ndarray:
    return np.random.default_rng(5).normal(size=(4, n_draws))


def with_first_chain(change) -> np.ndarray:
    draws = independent()
    draws[0] = change(draws[0])
    return draws


CASES = {
    "independent": independent(),
    "odd number of draws": independent(101),
    "twenty draws": autocorrelated(0.5, 4, 20),
    "slow": autocorrelated(0.95, 4, 500),
    "alternating": autocorrelated(-0.5, 3, 400),
    "whole numbers, many equal": np.round(autocorrelated(0.8, 4, 500)),
    "heavy tails": np.random.default_rng(1).standard_cauchy((4, 500)),
    "one chain elsewhere": with_first_chain(lambda chain: chain + 1),
    "one chain wider": with_first_chain(lambda chain: 3 * chain),
    "one chain stuck": with_first_chain(lambda chain: np.full_like(chain, chain[0])),
    "all drift": independent() + np.linspace(0, 2, 500),
}


@pytest.mark.parametrize("case", CASES)
def test_they_are_as_in_arviz(case):
    from arviz_stats.base import array_stats

    draws = CASES[case]
    assert rhat(draws) == pytest.approx(array_stats.rhat(draws, **CHAINS, method="rank"), rel=1e-9)
    assert ess_bulk(draws) == pytest.approx(array_stats.ess(draws, **CHAINS, method="bulk"), rel=1e-9)
    tail = array_stats.ess(draws, **CHAINS, method="tail", prob=(0.05, 0.95))
    assert ess_tail(draws) == pytest.approx(tail, rel=1e-9)
    assert mcse_mean(draws) == pytest.approx(array_stats.mcse(draws, **CHAINS, method="mean"), rel=1e-9)


def test_many_quantities_at_once_are_as_one_after_the_other(monkeypatch):
    from commonground.analysis.hierarchical import diagnostics

    draws = np.stack([draws for draws in CASES.values() if draws.shape == (4, 500)], axis=-1)
    each = [float(ess_bulk(draws[..., place])) for place in range(draws.shape[-1])]
    assert ess_bulk(draws).tolist() == pytest.approx(each)
    assert rhat(draws.reshape(4, 500, -1, 1)).shape == (draws.shape[-1], 1)
    monkeypatch.setattr(diagnostics, "_MOST_NUMBERS", 4000)
    assert ess_bulk(draws).tolist() == pytest.approx(each)


def test_a_slow_chain_is_worth_what_theory_says():
    """The autocorrelation time of an autoregressive chain is (1 + ρ)/(1 − ρ)."""
    draws = autocorrelated(0.8, 8, 20_000)
    assert ess_bulk(draws) == pytest.approx(160_000 / 9, rel=0.05)
    assert mcse_mean(draws) == pytest.approx(np.sqrt(9 / 160_000), rel=0.05)


@pytest.mark.parametrize("case", ["one chain elsewhere", "one chain wider", "one chain stuck", "all drift"])
def test_what_is_wrong_is_found(case):
    assert rhat(CASES[case]) > 1.05


def test_what_is_right_is_left_alone():
    assert rhat(CASES["independent"]) < 1.01
    assert rhat(CASES["heavy tails"]) < 1.01, "ranks, not values: a Cauchy distribution has no variance"


def test_a_chain_wider_than_the_others_is_seen_in_the_tails_though_not_in_the_middle():
    draws = CASES["one chain wider"]
    assert ess_bulk(draws) > 1000
    assert ess_tail(draws) < 100


def test_draws_that_cannot_be_judged_give_nan_not_comfort():
    same, broken = np.ones((4, 100)), independent(100)
    broken[1, 5] = np.nan
    for draws in (same, broken):
        assert all(np.isnan(measure(draws)) for measure in (rhat, ess_bulk, ess_tail, mcse_mean))


def test_one_chain_is_compared_with_itself():
    assert rhat(independent()[:1]) < 1.02
    assert rhat(CASES["all drift"][:1]) > 1.05


def test_too_few_draws_are_refused():
    with pytest.raises(ValueError, match="at least 4 draws"):
        rhat(np.ones((4, 3)))
