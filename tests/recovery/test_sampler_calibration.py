"""The hierarchical sampler is calibrated, and finds location, scale and correlation with intervals that hold.

Calibration (Talts et al. 2018): 12 people in two groups, 8 tasks of 3 of 4 items, population drawn from the prior
(df 4, scale 1, means' SD 1); and 90 such people where a mistake shows only once answers outweigh the prior.
Recovery: 200 people, 11 tasks of 5 of 11 items, correlated utilities with SD 1 to 2.
"""

from functools import partial

import numpy as np
import pytest
from calibration import MANY, PRIOR, fit, fit_turned, ranks, smallest_p

from commonground.analysis.hierarchical.prior import Prior
from commonground.analysis.hierarchical.sample import sample
from commonground.analysis.hierarchical.summary import INTERVAL, spreads
from commonground.design.build import build_design
from commonground.likelihood.tasks import Tasks
from commonground.simulation.rules import draw_answers

REPLICATIONS = 200
CONTROLS = 60
TASKS = np.array(build_design(11, 5).versions[0])
MEANS = np.linspace(1.5, -1.5, 11)
SIDES = np.array([1.0, -1.0] * 5 + [0.0])
"""What half of the people's differences go along: it makes items correlate, positively and negatively."""


@pytest.mark.parametrize("rule", ["sequential", "maxdiff"])
def test_ranks_are_uniform(rule, counted, measured):
    """200 replications of 28 quantities. About 300 CPU seconds a rule."""
    found = ranks(counted(REPLICATIONS, f"calibration, {rule}"), partial(fit, model=rule), rule=rule)
    p, name = smallest_p(found)
    measured(rule, replications=REPLICATIONS, quantities=len(found), smallest_adjusted_p=f"{p:.2f} ({name})")
    assert p > 0.01


@pytest.mark.parametrize(
    ("mistake", "fitted"),
    [
        ("best and worst confused", fit_turned),
        ("prior five times too wide", partial(fit, prior=Prior(PRIOR.df, 5 * PRIOR.scale, PRIOR.mean_sd))),
    ],
)
def test_ranks_of_a_wrong_sampler_are_not(mistake, fitted, counted, measured):
    """Negative controls. About 80 CPU seconds each."""
    p, name = smallest_p(ranks(counted(CONTROLS, mistake), fitted))
    measured(mistake, replications=CONTROLS, smallest_adjusted_p=f"{p:.1e} ({name})")
    assert p < 0.01


def test_the_other_choice_rule_is_told_apart(counted, measured):
    """Sequential answers, sampled by the right rule and by `maxdiff`, on the same studies. About 170 CPU seconds.

    Close to equal utilities `maxdiff` finds (2k − 3)/(2k − 2) of the differences that sequential picks out of k items
    have: three quarters of them out of three. Next to the posteriors of 12 people that is little, so 90 answer.
    """
    right, name = smallest_p(ranks(counted(CONTROLS, "the right choice rule"), fit, groups=MANY))
    measured("the right choice rule, 90 people", replications=CONTROLS, smallest_adjusted_p=f"{right:.2f} ({name})")
    other = ranks(counted(CONTROLS, "the other choice rule"), partial(fit, model="maxdiff"), groups=MANY)
    wrong, name = smallest_p(other)
    measured("the other choice rule, 90 people", replications=CONTROLS, smallest_adjusted_p=f"{wrong:.1e} ({name})")
    assert right > 0.01
    assert wrong < 0.01


def covariance():
    """SDs from 1 to 2, and correlations from shared sides; utilities sum to zero."""
    centre = np.eye(11) - 1 / 11
    whole = np.diag(np.linspace(0.8, 1.8, 11) ** 2) + np.outer(SIDES, SIDES)
    return centre @ whole @ centre


def test_location_scale_and_correlation_are_found(counted, measured):
    """Estimand: means, SDs and correlations of the population; 60 studies of 200 people. About 600 CPU seconds.

    Negative control: answers from people who all agree with the mean make SDs far too small.
    """
    truth, rng = covariance(), np.random.default_rng(8)
    sds, correlations = spreads(truth)
    true = np.concatenate([MEANS, sds, correlations])
    kinds = {"means": slice(0, 11), "SDs": slice(11, 22), "correlations": slice(22, None)}
    inside, errors = [], []
    for study in counted(60, "recovery"):
        utilities = rng.multivariate_normal(MEANS, truth, size=200, method="svd")
        drawn = posterior(utilities, study, rng)
        low, high = np.quantile(drawn, INTERVAL, axis=0)
        inside.append((low < true) & (true < high))
        errors.append(drawn.mean(axis=0) - true)
    for kind, place in kinds.items():
        covered, bias = np.mean(inside, axis=0)[place].mean(), np.mean(errors, axis=0)[place]
        measured(kind, covered=f"{100 * covered:.1f} %", largest_bias=f"{np.abs(bias).max():.3f}")
        assert 0.92 < covered < 0.98, kind
        assert np.abs(bias).max() < 0.15, kind
    alike = posterior(np.tile(MEANS, (200, 1)), 0, rng)
    assert (np.quantile(alike, 0.975, axis=0)[kinds["SDs"]] < sds).all()


def posterior(utilities, seed, rng):
    """Draws of means, SDs and correlations, one after the other: (n_draws, 77)."""
    shown = np.broadcast_to(TASKS, (len(utilities), *TASKS.shape))
    picks = draw_answers("sequential", utilities, shown, rng)
    draws = sample(Tasks(picks.shown, picks.best, picks.worst), 11, draws=500, warmup=250, chains=4, seed=seed)
    sds, correlations = spreads(draws.covariance)
    parts = (draws.means[:, :, 0], sds, correlations)
    return np.concatenate([part.reshape(2000, -1) for part in parts], axis=1)
