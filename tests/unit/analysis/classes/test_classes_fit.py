"""Latent classes: their optimum, their labels, their errors, and what is said where they cannot be trusted."""

from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
from scipy.optimize import minimize

from commonground.analysis.classes.answers import answers_of
from commonground.analysis.classes.fit import choose, fit_classes
from commonground.analysis.classes.membership import entropy, fitted_sizes
from commonground.analysis.classes.mixture import Mixture
from commonground.analysis.classes.words import about_search, why
from commonground.analysis.logit.fit import fit
from commonground.likelihood.models import MODELS
from commonground.records.choices import ChoiceData
from commonground.records.errors import RequestError, SettingError
from commonground.simulation.rules import draw_answers

TASKS = np.array(list(combinations(range(5), 3)))
KINDS = np.array([[1.2, 0.5, 0.0, -0.5, -1.2], [-1.0, 0.2, 0.8, 0.6, -0.6]])


def people(sizes=(40, 25), kinds=KINDS, seed=1, rule="sequential"):
    """Two kinds of people, one after the other, who answer every three of five items."""
    rng = np.random.default_rng(seed)
    utilities = np.repeat(kinds, sizes, axis=0)
    shown = np.broadcast_to(TASKS, (len(utilities), *TASKS.shape))
    return draw_answers(rule, utilities, shown, rng).as_data(tuple("abcde")[: kinds.shape[1]])


@pytest.fixture(scope="module")
def data() -> ChoiceData:
    return people()


def numbers(solution):
    """Everything of a solution that must not change, as one array."""
    items = [
        [(one.utility, one.standard_error, one.robust_standard_error, one.share) for one in part.items]
        for part in solution.classes
    ]
    sizes = [(part.size, part.size_standard_error, part.modal_size) for part in solution.classes]
    return np.concatenate([np.ravel(items), np.ravel(sizes), [solution.log_likelihood, solution.entropy]]).astype(float)


@pytest.mark.parametrize("rule", MODELS)
def test_one_class_is_the_aggregate_fit(rule):
    data = people(rule=rule)
    one, whole = fit_classes(data, classes=[1], choice_rule=rule).solution(1), fit(data, model=rule).models[0]
    assert (one.log_likelihood, one.aic, one.bic) == pytest.approx(
        (whole.log_likelihood, whole.aic, whole.bic), abs=1e-8
    )
    for ours, theirs in zip(one.classes[0].items, whole.items, strict=True):
        for name in ("utility", "standard_error", "robust_standard_error", "share"):
            assert getattr(ours, name) == pytest.approx(getattr(theirs, name), abs=1e-10)
    assert (one.classes[0].size, one.entropy, one.parameters) == (1, None, whole.parameters)


def test_a_general_optimiser_finds_nothing_better(data):
    """Two classes against BFGS on the marginal likelihood from 8 places, with curvature by finite differences."""
    solution = fit_classes(data, classes=[2]).solution(2)
    mixture = Mixture(MODELS["sequential"], answers_of(data, "sequential"), 2, 5)

    def loss(free):
        utilities = free[:8].reshape(2, 4)
        utilities = np.column_stack([utilities, -utilities.sum(axis=1)])
        return -float(mixture.log_likelihood(np.concatenate([utilities.ravel(), [free[8], 0.0]])))

    rng = np.random.default_rng(3)
    found = [minimize(loss, rng.normal(size=9), method="BFGS", options={"gtol": 1e-5}) for _ in range(8)]
    best = min(found, key=lambda one: one.fun)
    assert -best.fun == pytest.approx(solution.log_likelihood, abs=1e-6)
    theirs = best.x[:8].reshape(2, 4)[:: 1 if best.x[8] > 0 else -1]
    ours = np.array([[item.utility for item in one.items[:4]] for one in solution.classes])
    np.testing.assert_allclose(ours, theirs, atol=1e-4)
    step = 1e-3 * np.eye(9)
    bend = [
        [
            (loss(best.x + a + b) - loss(best.x + a - b) - loss(best.x - a + b) + loss(best.x - a - b)) / 4e-6
            for b in step
        ]
        for a in step
    ]
    errors = np.sqrt(np.diag(np.linalg.inv(bend)))[:8].reshape(2, 4)[:: 1 if best.x[8] > 0 else -1]
    printed = np.array([[item.standard_error for item in one.items[:4]] for one in solution.classes])
    np.testing.assert_allclose(printed, errors, rtol=1e-4)


def test_labels_and_numbers_do_not_depend_on_order_or_chance(data):
    """Another seed, the items another way round, people another way round: the same classes with the same labels."""
    found = fit_classes(data, classes=[2]).solution(2)
    assert [one.class_ for one in found.classes] == [1, 2]
    assert found.classes[0].size > found.classes[1].size
    again = fit_classes(data, classes=[2], seed=99, starts=7).solution(2)
    np.testing.assert_allclose(numbers(again), numbers(found), atol=1e-6)
    turned = fit_classes(data.reindexed(tuple("edcba")), classes=[2]).solution(2)
    ordered = replace(turned, classes=tuple(replace(one, items=one.items[::-1]) for one in turned.classes))
    np.testing.assert_allclose(numbers(ordered), numbers(found), atol=1e-6)
    count = len(data.respondents)
    last_first = replace(data, respondent=count - 1 - data.respondent, respondents=data.respondents[::-1])
    np.testing.assert_allclose(numbers(fit_classes(last_first, classes=[2]).solution(2)), numbers(found), atol=1e-6)


def test_classes_of_one_size_stand_by_their_first_item():
    """The mirror image of every person is there, too, so the classes are equal in size."""
    one = people((20, 0))
    mirrored = replace(one, best=one.worst, worst=one.best)
    both = ChoiceData.from_rows(
        one.items,
        tuple(map(str, range(40))),
        respondent=np.concatenate([one.respondent, 20 + one.respondent]),
        task=np.tile(one.task, 2),
        shown=np.tile(one.shown, (2, 1)),
        best=np.concatenate([one.best, mirrored.best]),
        worst=np.concatenate([one.worst, mirrored.worst]),
    )
    found = fit_classes(both, classes=[2], choice_rule="maxdiff").solution(2)
    assert [one.size for one in found.classes] == pytest.approx([0.5, 0.5], abs=1e-6)
    assert found.classes[0].item("a").utility > found.classes[1].item("a").utility


def test_a_weight_is_a_number_of_people(data):
    """Everybody twice is everybody with weight 2, but for the criteria, which count respondents."""
    twice = ChoiceData.from_rows(
        data.items,
        tuple(map(str, range(2 * len(data.respondents)))),
        respondent=np.concatenate([data.respondent, len(data.respondents) + data.respondent]),
        task=np.tile(data.task, 2),
        shown=np.tile(data.shown, (2, 1)),
        best=np.tile(data.best, 2),
        worst=np.tile(data.worst, 2),
    )
    weighted = replace(data, weight=np.full(len(data.respondents), 2.0))
    ours, theirs = (fit_classes(one, classes=[2]).solution(2) for one in (weighted, twice))
    assert ours.log_likelihood == pytest.approx(theirs.log_likelihood, abs=1e-6)
    for one, other in zip(ours.classes, theirs.classes, strict=True):
        assert one.size == pytest.approx(other.size, abs=1e-6)
        assert [item.standard_error for item in one.items] == pytest.approx(
            [item.standard_error for item in other.items]
        )


def test_the_error_of_a_share_follows_from_that_of_the_utility():
    """Of two items: share = 1 / (1 + exp(−2 u)), so its error is 2 · share · (1 − share) times the utility's."""
    best = np.array([0] * 30 + [1] * 12)
    pairs = ChoiceData.from_rows(
        ("a", "b"), tuple(map(str, range(42))), respondent=range(42), task=[1] * 42, shown=[[0, 1]] * 42, best=best,
        worst=[-1] * 42,
    )  # fmt: skip
    one = fit_classes(pairs, classes=[1]).solution(1).classes[0].item("a")
    assert one.share == pytest.approx(30 / 42)
    turn = 2 * one.share * (1 - one.share)
    assert one.share_standard_error == pytest.approx(turn * one.standard_error)
    assert one.share_standard_error == pytest.approx(np.sqrt(one.share * (1 - one.share) / 42)), "a binomial's"
    assert one.share_robust_standard_error == pytest.approx(turn * one.robust_standard_error)


def test_an_item_without_a_utility_in_one_class_is_null_and_said():
    """One kind always puts the first item first; everybody together does not."""
    sure = np.array([[40.0, 0.5, 0.0, -0.2, -0.3], [-1.0, 0.2, 0.8, 0.6, -0.6]])
    found = fit_classes(people((40, 25), kinds=sure), classes=[1, 2])
    two = found.solution(2)
    first = two.classes[0]
    assert first.item("a").utility is None
    assert first.item("a").share_standard_error is None
    assert [(part.items, part.side) for part in first.separated] == [(("a",), "above")]
    assert sum(item.utility for item in first.items if item.utility is not None) == pytest.approx(0)
    assert all(item.standard_error < 1 for item in first.items if item.standard_error is not None)
    assert any("'a' has no utility" in message and "class 1" in message for message in two.messages)
    assert any("With a penalty" in message for message in two.messages)
    assert two.classes[1].item("a").utility is not None
    assert two.converged
    held = fit_classes(people((40, 25), kinds=sure), classes=[2], penalty=0.1).solution(2)
    assert held.classes[0].item("a").utility > 3
    assert not held.classes[0].separated
    assert any("Penalised (0.1)" in message for message in held.messages)


def test_an_item_never_shown_is_said_to_be(data):
    wider = data.reindexed((*data.items, "new"))
    first = fit_classes(wider, classes=[2]).solution(2).classes[0]
    assert first.item("new").utility is None
    assert [part.side for part in first.separated] == ["never_shown"]
    np.testing.assert_allclose(
        [item.utility for item in first.items[:5]],
        [item.utility for item in fit_classes(data, classes=[2]).solution(2).classes[0].items],
        atol=1e-6,
    )


def test_a_class_of_few_people_is_said_and_not_taken():
    """Three people who answer the other way round with certainty are no kind of people."""
    odd = np.array([[1.2, 0.5, 0.0, -0.5, -1.2], [-8.0, -4.0, 0.0, 4.0, 8.0]])
    found = fit_classes(people((60, 3), kinds=odd), classes=[1, 2])
    two = found.solution(2)
    assert two.bic < found.solution(1).bic
    assert found.chosen == 1
    assert "2 classes would have a lower BIC" in found.why
    assert "fewer than 5 people" in found.why
    assert any("Class 2 is small (about 3 of 63 people)" in message for message in two.messages)


def test_an_optimum_found_once_is_said_and_not_taken(data):
    found = fit_classes(data, classes=[1, 2])
    once = replace(found.solution(2), agreeing_starts=1)
    assert choose((found.solution(1), once)) is found.solution(1)
    assert "only 1 of 20 starts came to it" in why(found.solution(1), (found.solution(1), once))
    assert about_search(20, 1, ended=True)[0].startswith("Only one of 20 starts")
    assert not about_search(20, 2, ended=True)
    assert not about_search(1, 1, ended=True)


def test_a_search_that_did_not_end_is_said(data, monkeypatch):
    from commonground.analysis.logit import newton

    monkeypatch.setattr(newton, "MOST_STEPS", 1)
    three = fit_classes(data, classes=[3], starts=2).solution(3)
    assert not three.converged
    assert any("did not end at a maximum" in message for message in three.messages)


def test_two_kinds_are_taken_for_two(data):
    found = fit_classes(data, classes=range(1, 4))
    assert found.chosen == 2
    assert found.why.startswith("2 classes: the lowest BIC")
    assert "starts came to this optimum" in found.why
    sizes = [one.size for one in found.solution(2).classes]
    assert sizes == pytest.approx([40 / 65, 25 / 65], abs=0.1)
    assert found.null_log_likelihood < found.solution(1).log_likelihood < found.solution(2).log_likelihood
    alone = fit_classes(data, classes=[2])
    np.testing.assert_allclose(numbers(alone.solution(2)), numbers(found.solution(2)), atol=1e-12)
    assert "no other number was tried" in alone.why


def test_groups_are_told_apart_without_the_pull(data):
    """The groups are the kinds themselves: adjusted shares come nearer to all and nothing than mean probabilities."""
    labelled = replace(data, covariates={"kind": ("one",) * 40 + ("two",) * 24 + (None,)})
    found = fit_classes(labelled, classes=[2], by="kind")
    one, two = found.solution(2).groups
    assert (one.group, one.respondents, two.respondents, found.without_group) == ("one", 40, 24, 1)
    assert one.adjusted[0] > one.expected[0] > 0.8
    assert two.adjusted[1] > two.expected[1] > 0.8
    for shares in (one.adjusted, one.expected, one.modal, two.adjusted):
        assert sum(shares) == pytest.approx(1)
    assert any("Compare groups by 'adjusted'" in message for message in found.messages)
    assert any("in no group" in message for message in found.messages)


def test_fitted_sizes_are_the_maximum():
    rng = np.random.default_rng(5)
    each, share = rng.normal(size=(30, 3)) * 2, np.full(30, 1 / 30)
    sizes = fitted_sizes(each, share)
    reached = share @ np.log(np.exp(each) @ sizes)
    for other in rng.dirichlet(np.ones(3), 500):
        assert share @ np.log(np.exp(each) @ other) <= reached + 1e-9


def test_entropy_ends_at_none_and_all():
    assert entropy(np.full((4, 3), 1 / 3), np.ones(4)) == pytest.approx(0)
    assert entropy(np.eye(3), np.ones(3)) == pytest.approx(1)


def test_membership_sums_to_one_and_nobody_is_ranked(data):
    found = fit_classes(data, classes=[2])
    posterior = found.posteriors[2]
    assert posterior.shape == (65, 2)
    np.testing.assert_allclose(posterior.sum(axis=1), 1)
    assert found.answered == data.respondents, "in the order of the data"
    assert (posterior.argmax(axis=1) == np.repeat([0, 1], [40, 25])).mean() > 0.9


def test_results_are_tables(data):
    found = fit_classes(data, classes=[1, 2], by=None)
    assert {sheet.name for sheet in found.sheets()} == {"items", "sizes", "solutions", "groups"}
    assert len(found.to_dicts("items")) == 10
    assert "2 classes" in repr(found)


@pytest.mark.parametrize(
    ("settings", "error", "words"),
    [
        ({"classes": [0, 1]}, SettingError, "between 1 and 10"),
        ({"classes": []}, SettingError, "between 1 and 10"),
        ({"classes": [11]}, SettingError, "between 1 and 10"),
        ({"choice_rule": "probit"}, SettingError, "no choice rule 'probit'"),
        ({"starts": 0}, SettingError, "At least 1 start"),
        ({"penalty": -1.0}, SettingError, "penalty must be 0 or more"),
        ({"by": "nothing"}, RequestError, "no column 'nothing'"),
    ],
)
def test_what_cannot_be_asked_is_refused(settings, error, words, data):
    with pytest.raises(error, match=words):
        fit_classes(data, **settings)


def test_more_classes_than_people_are_refused():
    with pytest.raises(RequestError, match="3 classes for 2 respondents"):
        fit_classes(people((1, 1)), classes=[1, 3])
    assert fit_classes(people((1, 1)), classes=[1, 2]).chosen == 1


def test_progress_counts_every_start(data):
    told = []
    fit_classes(data, classes=[1, 2], starts=3, progress=lambda done, total: told.append((done, total)))
    assert told == [(1, 4), (2, 4), (3, 4), (4, 4)]


def test_people_who_are_all_alike_are_no_two_kinds():
    """Nothing tells two classes apart: one is taken, and the second is not called found."""
    alike = people((1, 0))
    data = ChoiceData.from_rows(
        alike.items,
        tuple(map(str, range(12))),
        respondent=np.repeat(np.arange(12), 10),
        task=np.tile(alike.task, 12),
        shown=np.tile(alike.shown, (12, 1)),
        best=np.tile(alike.best, 12),
        worst=np.tile(alike.worst, 12),
    )
    found = fit_classes(data, classes=[1, 2])
    assert found.chosen == 1
    assert found.solution(2).log_likelihood == pytest.approx(found.solution(1).log_likelihood, abs=1e-6)
