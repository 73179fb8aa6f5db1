"""The sampler draws from the posterior: a short calibration; `make validate` runs the long one."""

from functools import partial

from calibration import fit, fit_turned, ranks, smallest_p

SHORT = {"draws": 160, "warmup": 80}


def test_the_truth_is_one_more_draw_from_the_posterior():
    p, name = smallest_p(ranks(range(8), partial(fit, **SHORT)))
    assert p > 0.01, name


def test_a_sampler_that_confuses_best_and_worst_is_found():
    p, _ = smallest_p(ranks(range(6), partial(fit_turned, **SHORT)))
    assert p < 1e-4
