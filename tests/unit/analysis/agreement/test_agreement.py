"""Agreement and distances: the textbook figures, and what people who agree, differ or toss coins show."""

import numpy as np
import pytest
from scipy import stats

from commonground.analysis.agreement.agreement import agreement
from commonground.analysis.agreement.orders import centred_ranks, concordance, kendall, midranks, spearman
from commonground.analysis.agreement.within import Orders, person_scores
from commonground.analysis.count import Added
from commonground.analysis.tallies import EVERYONE
from commonground.likelihood.tasks import tasks_by_respondent
from commonground.records.choices import MISSING, ChoiceData

ALIKE = {"x": (-1.5, -1, -0.5, 0, 0.5, 1, 1.5), "y": (-1.5, -1, -0.5, 0, 0.5, 1, 1.5)}
FEW = {"resamples": 200, "permutations": 199}


@pytest.fixture
def values():
    """Thirty pairs of ten values with many ties."""
    return np.random.default_rng(1).integers(0, 6, (2, 30, 10)).astype(float)


def test_orders_agree_with_the_textbook(values):
    np.testing.assert_allclose(midranks(values[0]), stats.rankdata(values[0], axis=1))
    rho = [stats.spearmanr(a, b).statistic for a, b in zip(*values, strict=True)]
    tau = [stats.kendalltau(a, b).statistic for a, b in zip(*values, strict=True)]
    np.testing.assert_allclose(spearman(*values), rho)
    np.testing.assert_allclose(kendall(*values), tau)


def test_w_is_that_of_friedmans_test_with_ties(values):
    """Friedman's statistic, corrected for ties, is m (n − 1) W."""
    m, n = values[0].shape
    friedman = stats.friedmanchisquare(*values[0].T).statistic
    assert concordance(centred_ranks(values[0])) == pytest.approx(friedman / (m * (n - 1)))


def test_orders_that_are_one_tie_have_no_correlation():
    assert np.isnan(spearman(np.ones(4), np.arange(4.0)))
    assert np.isnan(concordance(np.zeros((3, 4))))


def test_people_of_one_mind_are_told_from_people_who_toss_coins(draw_choices):
    one_mind = draw_choices(ALIKE, {"x": 80, "y": 80}, seed=1, spread=0.0)
    (found,) = agreement(one_mind, **FEW).within
    assert found.group == EVERYONE
    assert found.relative == pytest.approx(1, abs=0.15)
    assert found.p < 0.01
    coins = draw_choices({"x": (0,) * 7}, {"x": 100}, seed=2, spread=0.0)
    (found,) = agreement(coins, **FEW).within
    assert found.w == pytest.approx(found.random, abs=0.02)
    assert found.p > 0.02
    assert abs(found.mean_correlation) < 0.03
    different = draw_choices({"x": (0,) * 7}, {"x": 100}, seed=3, spread=3.0)
    assert agreement(different, **FEW).within[0].relative is None or agreement(different, **FEW).within[0].p > 0.001


def test_the_interval_of_w_holds_that_of_many_people(draw_choices):
    """The mean correlation of 3,000 people stands for the truth; 100 samples of 40."""

    def orders(people, seed):
        data = draw_choices(ALIKE, {"x": people}, seed=seed)
        return Orders(centred_ranks(person_scores(tasks_by_respondent(data), 7)))

    truth = orders(3000, 4).correlation
    bounds = [orders(40, 100 + seed).interval(0.95) for seed in range(100)]
    assert 90 <= sum(low < truth < high for low, high in bounds) <= 99


def test_groups_of_one_population_are_as_near_as_expected(draw_choices):
    found = agreement(draw_choices(ALIKE, {"x": 60, "y": 60}, seed=5), by="group", **FEW)
    (apart,), (order,) = found.distances, found.between.pairs
    for distance in (apart.scores, apart.shares, apart.log_ratios):
        assert distance.p > 0.02
        assert distance.corrected < distance.distance
        assert distance.corrected <= 1.3 * distance.expected
    assert order.spearman.value == pytest.approx(order.spearman.expected, abs=0.2)
    assert order.spearman.p > 0.02
    assert found.between.w.value > 0.8


def test_groups_that_differ_are_found_and_the_noise_taken_out(draw_choices):
    means = {"x": ALIKE["x"], "y": ALIKE["x"][::-1]}
    found = agreement(draw_choices(means, {"x": 60, "y": 60}, seed=6), by="group", **FEW)
    (apart,), (order,) = found.distances, found.between.pairs
    assert order.spearman.value < -0.7
    assert order.spearman.p == 1 / 200
    assert apart.log_ratios.distance > 1.7
    assert 0.8 * apart.scores.distance < apart.scores.corrected < apart.scores.distance
    assert found.between.w.value < 0.2


def test_the_same_profile_on_another_scale_is_near_up_to_scale(draw_choices):
    means = {"x": ALIKE["x"], "y": tuple(0.4 * one for one in ALIKE["x"])}
    found = agreement(draw_choices(means, {"x": 200, "y": 200}, seed=7, spread=0.3), by="group", **FEW)
    (apart,) = found.distances
    assert apart.scores.p < 0.01
    assert apart.shares.p < 0.01
    assert apart.log_ratios.p > 0.01
    assert apart.log_ratios.distance < 0.3


def test_one_person_and_one_sided_answers_give_none_instead_of_numbers(draw_choices):
    data = draw_choices(ALIKE, {"x": 1, "y": 12}, seed=8)
    found = agreement(data, by="group", **FEW)
    assert found.within[0].w is None
    assert "Fewer than 10 people in x" in found.messages[0]
    only_best = ChoiceData.from_rows(
        data.items,
        data.respondents,
        respondent=data.respondent,
        task=data.task,
        shown=data.shown,
        best=data.best,
        worst=np.full_like(data.worst, MISSING),
        covariates=data.covariates,
    )
    (apart,) = agreement(only_best, by="group", **FEW).distances
    assert apart.shares.distance is None
    assert apart.scores.distance is not None


def test_without_a_constant_ratios_may_be_missing_and_nothing_warns(draw_choices):
    found = agreement(draw_choices(ALIKE, {"x": 3, "y": 3}, seed=9), by="group", added=Added(0), **FEW)
    assert found.distances[0].scores.distance > 0
