"""Intervals that hold what they should as often as they say, over 2,000 simulated studies a model.

Size: 200 people, the published design (11 tasks of 5 of 11 items), 95 % intervals (utility ± 1.96 errors).
The share of intervals that hold the estimand must lie within 93 and 97 % for every single item.
"""

import numpy as np
import pytest

from commonground.analysis.logit.fit import fit

MODELS = ("sequential", "maxdiff", "marginal", "best", "worst", "rank")
PEOPLE = 200
REPLICATIONS = 2_000
MANY = 200_000


def estimates(data, model):
    """Utilities, plain and clustered errors: (3, n_items)."""
    items = fit(data, model=model).models[0].items
    return np.array([(item.utility, item.standard_error, item.robust_standard_error) for item in items]).T


def coverage(draw, target, replications):
    """How often intervals with plain and with clustered errors hold the target: (2, n_items)."""
    hits = np.zeros((2, target.size))
    for _ in replications:
        utility, *errors = draw()
        hits += np.abs(utility - target) < 1.96 * np.array(errors)
    return hits / REPLICATIONS


def shown(shares):
    return f"{100 * shares.mean():.1f} % ({100 * shares.min():.1f}–{100 * shares.max():.1f})"


def holds(shares):
    return shares.min() > 0.93 and shares.max() < 0.97


@pytest.mark.parametrize("model", MODELS)
def test_plain_and_clustered_errors_hold_where_nobody_differs(model, study, truth, counted, measured):
    """Estimand: the one set of utilities everybody has. 8 (best) to 40 (rank) CPU seconds a model."""
    rng = np.random.default_rng(1)
    replications = counted(REPLICATIONS, f"{model}, nobody differs")
    plain, clustered = coverage(lambda: estimates(study(model, truth, 0.0, PEOPLE, rng), model), truth, replications)
    measured("coverage where nobody differs", plain=shown(plain), clustered=shown(clustered))
    assert holds(plain)
    assert holds(clustered)


@pytest.mark.parametrize("model", MODELS)
def test_where_people_differ_only_clustered_errors_hold(model, study, truth, counted, measured):
    """Estimand: the aggregate utilities of a population with SD 1, here those of 200,000 other people.

    They are attenuated: nearer to each other than the mean utilities. Two negative controls: plain errors, and the
    mean utilities as the estimand. 9 (best) to 40 (rank) CPU seconds a model.
    """
    rng = np.random.default_rng(2)
    attenuated = estimates(study(model, truth, 1.0, MANY, rng), model)[0]
    replications = counted(REPLICATIONS, f"{model}, people differ")
    found = []

    def draw():
        found.append(estimates(study(model, truth, 1.0, PEOPLE, rng), model))
        return found[-1]

    plain, clustered = coverage(draw, attenuated, replications)
    utility, _, error = np.stack(found, axis=1)
    means = (np.abs(utility - truth) < 1.96 * error).mean(axis=0)
    measured(
        "coverage where people differ by SD 1",
        plain=shown(plain),
        clustered=shown(clustered),
        clustered_of_the_mean_utilities=shown(means),
        attenuation=f"{np.ptp(attenuated) / np.ptp(truth):.2f}",
    )
    assert holds(clustered)
    assert plain.mean() < 0.92, "plain errors must be seen to fail"
    assert means.mean() < 0.85, "and so must the wrong estimand"
