"""A scale of worst picks: found where there is one, not seen where people only differ, refused where it cannot be."""

from dataclasses import replace

import numpy as np
import pytest

from commonground.analysis.logit.fit import fit
from commonground.analysis.logit.sides import Answers, ScaledWorst, fit_scaled
from commonground.analysis.logit.spread import find_spread, fit_everybody
from commonground.analysis.logit.statistics import statistics
from commonground.likelihood.apart import SPLIT
from commonground.records.choices import MISSING, ChoiceData

ITEMS, TASKS, SHOWN = 7, 7, 4
MEANS = np.linspace(-1.5, 1.5, ITEMS)


def answered(people, scale, *, seed, sd=0.0, worst_means=None):
    """People who pick the worst by `scale` times their utilities, or by other ones."""
    rng = np.random.default_rng(seed)
    own = sd * rng.standard_normal((people, ITEMS))
    shown = np.argsort(rng.random((people, TASKS, ITEMS)), axis=2)[:, :, :SHOWN]

    def picks(utilities, blocked=None):
        values = np.take_along_axis(np.repeat(utilities[:, None], TASKS, 1), shown, 2) + rng.gumbel(size=shown.shape)
        if blocked is not None:
            np.put_along_axis(values, blocked, -np.inf, 2)
        return values.argmax(axis=2)[..., None]

    best = picks(MEANS + own)
    worst = picks(-scale * ((MEANS if worst_means is None else worst_means) + own), blocked=best)
    return ChoiceData.from_rows(
        tuple("abcdefg"),
        tuple(f"p{number}" for number in range(people)),
        respondent=np.repeat(np.arange(people), TASKS),
        task=np.tile(np.arange(1, TASKS + 1), people),
        shown=shown.reshape(-1, SHOWN),
        best=np.take_along_axis(shown, best, 2).ravel(),
        worst=np.take_along_axis(shown, worst, 2).ravel(),
    )


@pytest.fixture(autouse=True)
def fewer_simulated(monkeypatch):
    monkeypatch.setattr("commonground.analysis.logit.spread.PICTURES", 150_000)


def scale_of(data, **settings):
    (group,) = fit(data, scale_worst=True, **settings).worst_scales.groups
    return group.scale


def test_a_scale_is_found_with_its_error():
    found = scale_of(answered(400, 0.5, seed=1))
    assert found.scale == pytest.approx(0.5, abs=3 * found.robust_standard_error)
    assert found.robust_standard_error == pytest.approx(found.standard_error, rel=0.25)
    assert found.p < 0.001
    assert found.person_sd < 0.4
    for item, truth in zip(found.items, MEANS, strict=True):
        assert item.utility == pytest.approx(truth, abs=4 * item.standard_error)
        assert item.best_utility is not None
        assert abs(item.worst_utility) < abs(item.best_utility) or abs(truth) < 0.6


def test_people_who_differ_do_not_look_as_if_they_had_two_scales():
    """The aggregate scale is well below 1, and so it is expected to be."""
    found = scale_of(answered(600, 1.0, seed=2, sd=1.5))
    assert found.plain_p < 0.01
    assert found.scale < 0.95
    assert found.scale == pytest.approx(found.expected, abs=2.5 * found.robust_standard_error)
    assert found.p > 0.01
    assert found.person_sd == pytest.approx(1.5, abs=0.2)


def test_different_utilities_are_told_from_another_scale():
    other = MEANS.copy()
    other[[0, 1]] = other[[1, 0]] + 0.8
    scaled, different = (
        scale_of(answered(300, 0.6, seed=3, sd=0.5)),
        scale_of(answered(300, 0.6, seed=3, sd=0.5, worst_means=other)),
    )
    assert scaled.same_utilities.p > 0.05
    assert different.same_utilities.p < 0.001
    assert scaled.same_utilities.df == ITEMS - 2


def test_groups_with_different_scales_are_told_apart():
    one, two = answered(200, 1.0, seed=4), answered(200, 0.4, seed=5)
    joined = ChoiceData.from_rows(
        one.items,
        tuple(f"p{number}" for number in range(400)),
        respondent=np.concatenate([one.respondent, two.respondent + 200]),
        task=np.concatenate([one.task, two.task]),
        shown=np.concatenate([one.shown, two.shown]),
        best=np.concatenate([one.best, two.best]),
        worst=np.concatenate([one.worst, two.worst]),
        covariates={"group": ("x",) * 200 + ("y",) * 200, "coin": tuple("ht"[n % 2] for n in range(400))},
    )
    assert fit(joined, by="group", scale_worst=True, permutations=0).worst_scales.test.p < 0.001
    assert fit(joined, by="coin", scale_worst=True, permutations=0).worst_scales.test.p > 0.01


@pytest.mark.parametrize("model", SPLIT)
def test_derivatives_by_utilities_and_scale_are_those_of_the_value(model):
    data = answered(20, 1.0, seed=6)
    hill = ScaledWorst(model, statistics(data, model).tasks, np.zeros(ITEMS, dtype=np.int64))
    at, step = np.append(0.5 * MEANS[::-1], -0.4), 1e-6
    ways = np.eye(at.size) * step
    slope = [(hill.value(at + way) - hill.value(at - way)) / (2 * step) for way in ways]
    np.testing.assert_allclose(hill.slope(at), slope, atol=1e-5)
    near = fit_scaled(model, _answers(data, model), MEANS).at  # where minus the second derivatives are positive
    bend = np.array([(hill.slope(near - way) - hill.slope(near + way)) / (2 * step) for way in ways])
    contrast = np.append(MEANS, 0.7)
    assert contrast @ hill.information(near) @ contrast == pytest.approx(contrast @ bend @ contrast, rel=1e-5)


def _answers(data, model):
    found, everybody = statistics(data, model), np.ones(len(data.respondents), dtype=bool)
    return Answers.of(found, found.weights(np.zeros(everybody.size, dtype=int), 1)[0], everybody, ITEMS)


def test_the_spread_of_people_is_found():
    data = answered(500, 1.0, seed=7, sd=1.0)
    spread = find_spread(data, "sequential", fit_everybody(data, "sequential"), np.random.default_rng(1))
    assert spread.sd == pytest.approx(1.0, abs=0.12)
    np.testing.assert_allclose(spread.means - spread.means.mean(), MEANS, atol=0.2)


def test_why_there_is_no_scale_is_said():
    data = answered(40, 1.0, seed=8)
    only_best = replace(data, worst=np.full_like(data.worst, MISSING))
    for changed, settings, why in (
        (data, {"model": "rank"}, "'rank' has no scale"),
        (data, {"penalty": 1.0}, "with a penalty"),
        (only_best, {}, "needs best picks and worst picks"),
    ):
        (group,) = fit(changed, scale_worst=True, **settings).worst_scales.groups
        assert group.scale is None
        assert why in group.messages[0]


def test_few_people_get_a_scale_but_no_test():
    found = fit(answered(20, 1.0, seed=9), scale_worst=True).worst_scales.groups[0]
    assert found.scale.p is None
    assert found.scale.same_utilities is None
    assert "it needs 30" in found.messages[0]
