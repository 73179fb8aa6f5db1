"""The covariance prior and its conditional draws."""

import numpy as np
import pytest

from commonground.analysis.hierarchical import contrast
from commonground.analysis.hierarchical.prior import (
    Prior,
    draw_inverse_wishart,
    draw_scales,
    draw_unseen,
    log_density_of_root,
)
from commonground.records.errors import SettingError


def draw_from_prior(prior: Prior, items: int, draws: int, rng: np.random.Generator) -> np.ndarray:
    """Item covariances straight from the definition: scales, then all of Ψ, then its part that sums to zero."""
    scales = prior.scale**-2 / rng.standard_gamma(0.5, size=(draws, items))
    scale = 2 * prior.df * np.einsum("da,ab->dab", 1 / scales, np.eye(items))
    whole, _ = draw_inverse_wishart(prior.df + items - 1, scale, rng)
    columns = contrast.basis(items)
    return columns.T @ whole @ columns


def test_an_inverse_wishart_has_its_mean():
    scale = np.array([[2.0, 0.5], [0.5, 1.0]])
    covariance, precision = draw_inverse_wishart(9.0, np.repeat(scale[None], 40_000, axis=0), np.random.default_rng(1))
    assert covariance.mean(axis=0) == pytest.approx(scale / 6, abs=0.01)
    assert precision.mean(axis=0) == pytest.approx(9 * np.linalg.inv(scale), abs=0.1)
    assert covariance[0] @ precision[0] == pytest.approx(np.eye(2), abs=1e-9)


def test_all_of_the_covariance_has_half_t_standard_deviations():
    rng = np.random.default_rng(2)
    scales = 1.5**-2 / rng.standard_gamma(0.5, size=(40_000, 3))
    whole, _ = draw_inverse_wishart(4.0, 4 * np.eye(3) / scales[:, None, :], rng)
    half_t = 1.5 * np.abs(rng.standard_t(2, size=40_000))
    wanted = np.quantile(half_t, [0.1, 0.25, 0.5, 0.75, 0.9])
    assert np.quantile(np.sqrt(whole[:, 0, 0]), [0.1, 0.25, 0.5, 0.75, 0.9]) == pytest.approx(wanted, rel=0.04)


def test_draws_given_the_covariance_leave_the_prior_as_it_is():
    prior, rng = Prior(scale=1.5), np.random.default_rng(3)
    wanted = draw_from_prior(prior, 4, 30_000, rng)
    scales = 1.5**-2 / rng.standard_gamma(0.5, size=(30_000, 4))
    for _ in range(3):
        covariance, precision = draw_inverse_wishart(prior.covariance_df(3), prior.covariance_scale(scales), rng)
        scales = draw_scales(precision, draw_unseen(scales, prior, rng), prior, rng)
    quantiles = [0.1, 0.25, 0.5, 0.75, 0.9]
    for place in ((0, 0), (2, 2)):
        found = np.log(covariance[:, *place])
        assert np.quantile(found, quantiles) == pytest.approx(
            np.quantile(np.log(wanted[:, *place]), quantiles), abs=0.08
        )
    assert np.quantile(np.log(scales), quantiles) == pytest.approx(
        np.quantile(np.log(1.5**-2 / rng.standard_gamma(0.5, size=120_000)), quantiles), abs=0.08
    )


def test_the_slope_of_the_roots_density_by_finite_differences():
    rng, prior = np.random.default_rng(4), Prior(df=3.0)
    root, unseen = np.tril(rng.standard_normal((3, 3))) + 2 * np.eye(3), rng.random(4)
    _, slope = log_density_of_root(root, unseen, prior)
    for place in np.ndindex(3, 3):
        step = np.zeros((3, 3))
        step[place] = 1e-6
        rise = log_density_of_root(root + step, unseen, prior)[0] - log_density_of_root(root - step, unseen, prior)[0]
        assert rise / 2e-6 == pytest.approx(slope[place], abs=1e-5)


@pytest.mark.parametrize("wrong", [{"df": 0.5}, {"scale": 0.0}, {"mean_sd": float("nan")}])
def test_impossible_priors_are_refused(wrong):
    with pytest.raises(SettingError, match="prior"):
        Prior(**wrong)
