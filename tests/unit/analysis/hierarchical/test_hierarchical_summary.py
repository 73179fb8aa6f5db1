"""What is said of draws: orders, shares, sensitivity to the prior, and words when chains must not be believed."""

from dataclasses import replace

import numpy as np
import pytest

from commonground.analysis.hierarchical import advice, summary
from commonground.analysis.hierarchical.fit import Length, fit_hierarchical
from commonground.analysis.hierarchical.people import people_to_fit
from commonground.analysis.hierarchical.prior import Prior
from commonground.analysis.hierarchical.records import Diagnostics
from commonground.analysis.hierarchical.sensitivity import prior_sensitivity
from commonground.records.choices import ChoiceData
from commonground.records.errors import RequestError, SettingError
from commonground.simulation.rules import draw_answers

SHOWN = np.array([[0, 1, 2], [0, 1, 3], [0, 2, 3], [1, 2, 3]] * 2)
CALM = Diagnostics(
    1.001, "mean of a", 900.0, "SD of b", converged=True, chains=4, draws=500, warmup=100, acceptance=0.9
)


def study(people: int = 40, spread: float = 1.0) -> ChoiceData:
    rng = np.random.default_rng(7)
    utilities = np.array([1.0, 0.5, -0.5, -1.0]) + spread * rng.normal(size=(people, 4))
    picks = draw_answers("sequential", utilities, np.broadcast_to(SHOWN, (people, *SHOWN.shape)), rng)
    data = picks.as_data(tuple("abcd"))
    return replace(data, covariates={"group": tuple("AB"[who % 2] for who in range(people))})


@pytest.fixture(scope="module")
def fit():
    return fit_hierarchical(study(), by="group", length=Length(draws=300, warmup=100))


def test_orders_count_draws_and_ties_count_half():
    means = np.array([[[[1.0, 0.0, -1.0]], [[1.0, 1.0, -2.0]], [[0.0, 1.0, -1.0]], [[2.0, -1.0, -1.0]]]])
    (order,) = summary.items_order(means, ("a", "b", "c"), ("all",))
    assert order.probability[0] == (0.5, 0.625, 1.0)
    assert order.probability[1] == (0.375, 0.5, 0.875)


def test_groups_are_compared_draw_by_draw():
    means = np.stack([np.array([[1.0, -1.0], [0.5, -0.5]]), np.array([[0.0, 0.0], [1.0, -1.0]])])[None]
    first, _ = summary.groups_order(means, ("a", "b"), ("A", "B"))
    assert (first.item, first.group, first.other) == ("a", "A", "B")
    assert (first.difference, first.probability) == (-0.25, 0.5)


def test_shares_are_averaged_over_people_not_taken_of_the_average():
    """Two people of opposite taste: the average person is indifferent, the average share is not of anybody's."""
    kept = np.array([[[3.0, -3.0, 0.0], [-3.0, 3.0, 0.0]]])
    one, two, three = summary.shares(kept, np.array([0, 0]), ("a", "b", "c"), ("all",))
    assert one.share == pytest.approx(two.share)
    assert one.share > 0.47 > 1 / 3 > 0.06 > three.share


def test_nothing_in_the_population_is_special(fit):
    """Means, and rows of the covariance, sum to zero: no reference item hides in them."""
    means = np.array([one.mean for one in fit.summary.population]).reshape(2, 4)
    assert means.sum(axis=1) == pytest.approx([0, 0], abs=1e-9)
    correlation = np.array(fit.summary.heterogeneity.correlation)
    assert correlation == pytest.approx(correlation.T)
    assert np.diag(correlation) == pytest.approx(np.ones(4))
    assert fit.individuals.utilities.sum(axis=1) == pytest.approx(np.zeros(40), abs=1e-9)


def test_reweighting_tells_what_sampling_with_the_other_prior_finds():
    """With little data the prior matters: the same prediction by weights and by sampling again."""
    data, length = study(people=12), Length(draws=1000, warmup=150)
    prior = Prior(scale=0.5)
    one = fit_hierarchical(data, prior=prior, length=length)
    other = fit_hierarchical(data, prior=Prior(scale=1.0), length=length, sensitivity=False)
    told = one.summary.prior_sensitivity
    assert told is not None
    assert told.largest_change is not None
    assert told.largest_change > 0.05
    for item, sampled in zip(told.items, other.summary.heterogeneity.sd, strict=True):
        assert item.other_sd == pytest.approx(sampled.sd, rel=0.12), item.item


def test_weights_too_uneven_say_nothing(fit, monkeypatch):
    monkeypatch.setattr("commonground.analysis.hierarchical.sensitivity.FEWEST_EFFECTIVE", 1e9)
    found = prior_sensitivity(fit.draws, tuple("abcd"), Prior(), np.random.default_rng(1))
    assert found.largest_change is None
    assert found.items[0].other_sd is None
    assert "cannot be told" in advice.on_prior(found)[0]


def test_a_prior_that_matters_is_said(fit):
    told = fit.summary.prior_sensitivity
    worse = replace(told, items=(replace(told.items[0], other_sd=2 * told.items[0].sd),), largest_change=1.0)
    assert "The prior matters: with one twice as wide the SD of a" in advice.on_prior(worse)[0]
    assert not advice.on_prior(replace(told, largest_change=0.1))


@pytest.mark.parametrize(
    ("found", "asked", "words"),
    [
        (replace(CALM, max_rhat=1.05, converged=False), 500, "the largest R-hat is 1.050 (mean of a"),
        (replace(CALM, min_ess=80.0, converged=False), 500, "Run again with 3800 draws"),
        (replace(CALM, min_ess=80.0, converged=False), None, "The limit of draws was reached"),
        (replace(CALM, max_rhat=None, min_ess=None, converged=False), None, "did not move at all"),
    ],
)
def test_chains_not_to_be_believed_are_said_with_what_to_do(found, asked, words):
    (said,) = advice.on_chains(found, asked)
    assert said.startswith("NOT CONVERGED")
    assert words in said
    assert not advice.on_chains(CALM, asked)


def test_sparse_data_are_said():
    people = people_to_fit(study(people=4), None, None)
    said = " ".join(advice.on_people(people, tuple("abcd")))
    assert "4 people are few for 4 items" in said
    rows = np.arange(32) % 8 == 0
    few = people_to_fit(study(people=4).keep_rows(rows), None, None)
    assert "Each person saw an item 0.8 times on average" in " ".join(advice.on_people(few, tuple("abcd")))


def test_weights_are_not_used_and_that_is_said():
    data = study(people=10)
    weighted = replace(data, weight=np.linspace(1, 2, 10))
    assert "weights are not used" in " ".join(advice.on_people(people_to_fit(weighted, None, None), tuple("abcd")))


def test_people_without_a_group_are_left_out_and_counted():
    data = study(people=6)
    some = replace(data, covariates={"group": ("A", None, "B", "", "A", "B")})
    found = people_to_fit(some, "group", None)
    assert (found.respondents, found.groups) == (("r1", "r3", "r5", "r6"), ("A", "B"))
    assert found.group.tolist() == [0, 1, 0, 1]
    assert found.without_group == 2


def test_what_cannot_be_fitted_is_refused():
    with pytest.raises(RequestError, match="at least two people"):
        people_to_fit(study(people=1), None, None)
    with pytest.raises(SettingError, match="warmup must be 1 or more"):
        fit_hierarchical(study(people=4), length=Length(warmup=0))


def test_somebody_whose_every_task_is_left_out_is_foreseen_from_the_population():
    data = study(people=20)
    found = fit_hierarchical(
        data, left_out=data.respondent == 0, length=Length(draws=100, warmup=50), sensitivity=False
    )
    assert found.summary.held_out is not None
    assert (found.summary.held_out.tasks, found.summary.held_out.respondents) == (8, 1)
    assert np.isnan(found.individuals.rlh[0])
    assert found.individuals.sds[0].mean() > found.individuals.sds[1:].mean()


def test_two_items_are_judged_by_what_can_move():
    """Utilities of two items sum to zero, so their correlation is always −1: no chain that stands still."""
    rng = np.random.default_rng(2)
    utilities = np.array([1.0, -1.0]) + rng.normal(size=(30, 2))
    shown = np.broadcast_to(np.array([[0, 1]] * 5), (30, 5, 2))
    data = draw_answers("sequential", utilities, shown, rng).as_data(("yes", "no"))
    found = fit_hierarchical(data, length=Length(draws=400, warmup=100), sensitivity=False).summary
    assert found.diagnostics.converged
    assert np.array(found.heterogeneity.correlation) == pytest.approx(np.array([[1.0, -1.0], [-1.0, 1.0]]))
