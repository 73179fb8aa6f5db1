"""Utilities beside a threshold: recovered, with errors that are right, contradictions counted, gaps explained."""

import numpy as np
import pytest

from commonground.analysis.logit.fit import fit
from commonground.likelihood import anchor
from commonground.records.anchors import Anchors, direct_anchors, dual_response
from commonground.records.choices import MISSING, ChoiceData

ITEMS, TASKS, SHOWN = 6, 6, 3
MEANS = np.linspace(-1.0, 2.0, ITEMS)
"""Relative to the threshold: it lies between the second and the third item."""


def answered(people, seed, sd=0.0):
    """Choices with a dual response, and answers to the direct question, of the same people."""
    rng = np.random.default_rng(seed)
    own = MEANS + sd * rng.standard_normal((people, ITEMS))
    shown = np.argsort(rng.random((people, TASKS, ITEMS)), axis=2)[:, :, :SHOWN]
    seen = np.take_along_axis(np.repeat(own[:, None], TASKS, 1), shown, 2)
    best = (seen + rng.gumbel(size=shown.shape)).argmax(axis=2)[..., None]
    losses = rng.gumbel(size=shown.shape) - seen
    np.put_along_axis(losses, best, -np.inf, 2)
    worst = losses.argmax(axis=2)[..., None]
    none, everything = 1 / (1 + np.exp(seen).sum(axis=2)), 1 / (1 + np.exp(-seen).sum(axis=2))
    coin = rng.random(none.shape)
    data = ChoiceData.from_rows(
        tuple("abcdef"),
        tuple(f"p{number}" for number in range(people)),
        respondent=np.repeat(np.arange(people), TASKS),
        task=np.tile(np.arange(1, TASKS + 1), people),
        shown=shown.reshape(-1, SHOWN),
        best=np.take_along_axis(shown, best, 2).ravel(),
        worst=np.take_along_axis(shown, worst, 2).ravel(),
        anchor=np.where(coin < none, 0, np.where(coin < none + everything, 2, 1)).ravel(),
    )
    matters = rng.random(own.shape) < 1 / (1 + np.exp(-own))
    person, item = np.indices(own.shape)
    return data, direct_anchors(person.ravel(), item.ravel(), matters.ravel())


def utilities(group):
    return np.array([item.utility for item in group.items]), np.array([i.robust_standard_error for i in group.items])


@pytest.mark.parametrize("way", ["direct", "dual"])
@pytest.mark.parametrize("model", ["sequential", "maxdiff", "best"])
def test_the_threshold_is_found(way, model):
    data, direct = answered(500, seed=1)
    (group,) = fit(data, model=model, anchors=direct if way == "direct" else dual_response(data)).anchored.groups
    found, errors = utilities(group)
    assert group.converged
    assert (np.abs(found - MEANS)[[1, 2, 4]] < 4 * errors[[1, 2, 4]] + 0.12 * (model == "maxdiff")).all()
    assert group.item("a").verdict == "does not matter"
    assert group.item("f").verdict == "matters"
    assert group.item("f").share == pytest.approx(1 / (1 + np.exp(-2)), abs=0.06)


@pytest.mark.parametrize("way", ["direct", "dual"])
def test_intervals_hold_the_truth_as_often_as_they_say(way):
    """Forty samples of people who do not differ, six items each: 240 intervals."""
    held = []
    for seed in range(40):
        data, direct = answered(80, seed=100 + seed)
        (group,) = fit(data, anchors=direct if way == "direct" else dual_response(data)).anchored.groups
        held += [item.interval[0] < truth < item.interval[1] for item, truth in zip(group.items, MEANS, strict=True)]
    assert 0.9 < np.mean(held) < 0.985


def test_errors_are_clustered_where_people_differ():
    data, direct = answered(300, seed=2, sd=2.0)
    (group,) = fit(data, anchors=direct).anchored.groups
    assert all(item.robust_standard_error > 1.2 * item.standard_error for item in group.items)


def test_the_maximum_is_one_and_no_direction_leads_up():
    data, direct = answered(60, seed=3)
    group = fit(data, anchors=dual_response(data)).anchored.groups[0]
    at = np.append([item.utility for item in group.items], 0.0)
    told = dual_response(data)
    from commonground.likelihood import sequential
    from commonground.likelihood.tasks import scored_tasks

    slope = sequential.gradient(at, scored_tasks(data)) + anchor.scores(at, told.shown, told.answer).sum(axis=0)
    np.testing.assert_allclose(slope, 0, atol=1e-5)
    assert direct.direct.all()
    assert not told.direct.any()


def test_where_everything_matters_the_threshold_has_no_place_but_a_penalty_gives_one():
    data, direct = answered(30, seed=4)
    always = direct_anchors(direct.respondent, direct.shown[:, 0], np.ones(direct.answer.size, dtype=bool))
    (group,) = fit(data, anchors=always).anchored.groups
    assert not group.converged
    assert all(item.utility is None for item in group.items)
    assert "the threshold lies below every number" in group.messages[0]
    assert group.answers.only_yes == 30
    (penalised,) = fit(data, anchors=always, penalty=0.1).anchored.groups
    assert all(item.utility > 0 for item in penalised.items)


def test_contradictions_and_answers_against_choices_are_counted():
    data = ChoiceData.from_rows(
        ("a", "b", "c", "d"),
        ("Ann", "Bo"),
        respondent=[0, 0, 1, 1],
        task=[1, 2, 1, 2],
        shown=[[0, 1, 2], [1, 2, 3], [0, 1, 2], [1, 2, 3]],
        best=[0, 1, 0, 3],
        worst=[2, 3, 2, 1],
        anchor=[0, 1, 2, MISSING],
    )
    (group,) = fit(data, anchors=dual_response(data), penalty=0.5).anchored.groups
    assert (group.answers.none, group.answers.some, group.answers.all_) == (1, 1, 1)
    assert (group.answers.contradicting, group.answers.contradictions) == (1, 1)  # Ann's b: in a task of none, and best
    said = direct_anchors([0, 0], [0, 1], [False, True])
    assert fit(data, anchors=said, penalty=0.5).anchored.groups[0].answers.against_choices == 1  # a picked over b
    assert "were not asked" in " ".join(fit(data, anchors=said, penalty=0.5).anchored.groups[0].messages)


def test_nobody_asked_is_said():
    data, _ = answered(5, seed=5)
    none = np.zeros(0, dtype=np.int64)
    (group,) = fit(data, anchors=Anchors(none, np.zeros((0, 1), dtype=np.int64), none, none, none)).anchored.groups
    assert group.messages == ("Nobody was asked whether items matter, so there is no threshold.",)


def test_answers_that_do_not_fit_the_choices_are_named():
    data, direct = answered(200, seed=6)
    turned = direct_anchors(direct.respondent, direct.shown[:, 0], (direct.answer == 2) ^ (direct.shown[:, 0] == 5))
    messages = " ".join(fit(data, anchors=turned).anchored.groups[0].messages)
    assert "'f'" in messages
    assert "does not fit their choices" in messages
