"""Every model against its definition, written out the slow way, and against finite differences."""

import math
from itertools import permutations

import numpy as np
import pytest

from commonground.likelihood import maxdiff, sequential
from commonground.likelihood.models import MODELS
from commonground.likelihood.tasks import TaskDataError, Tasks
from commonground.records.choices import MISSING

NAMES = list(MODELS)
PAIR_MODELS = ["marginal", "sequential", "maxdiff", "rank"]


def ranking_by_hand(u, order):
    """The probability of one full ranking, best first."""
    left = [sum(math.exp(u[j]) for j in order[place:]) for place in range(len(order))]
    return math.prod(math.exp(u[item]) / total for item, total in zip(order, left, strict=True))


def by_hand(name, u, shown, best, worst):
    """The probability of one task's picks, from the definition alone."""
    if name == "rank":
        wanted = [o for o in permutations(shown) if best in (o[0], MISSING) and worst in (o[-1], MISSING)]
        return sum(ranking_by_hand(u, order) for order in wanted)
    best_alone = math.exp(u[best]) / sum(math.exp(u[j]) for j in shown) if best >= 0 else 1.0
    worst_alone = math.exp(-u[worst]) / sum(math.exp(-u[j]) for j in shown) if worst >= 0 else 1.0
    if name == "best":
        return best_alone
    if name == "worst":
        return worst_alone
    if name == "marginal" or best < 0 or worst < 0:
        return best_alone * worst_alone
    if name == "sequential":
        return best_alone * math.exp(-u[worst]) / sum(math.exp(-u[j]) for j in shown if j != best)
    return math.exp(u[best] - u[worst]) / sum(math.exp(u[i] - u[j]) for i in shown for j in shown if i != j)


def slopes(function, at, step=1e-5):
    """Central differences of a scalar or vector function."""
    moves = np.eye(at.size) * step
    return np.array([(function(at + move) - function(at - move)) / (2 * step) for move in moves])


@pytest.mark.parametrize("name", NAMES)
def test_log_probabilities_are_the_definition(name, utilities, tasks):
    computed = MODELS[name].log_probabilities(utilities, tasks)
    expected = [
        math.log(by_hand(name, utilities, [i for i in shown if i >= 0], best, worst))
        for shown, best, worst in zip(tasks.shown, tasks.best, tasks.worst, strict=True)
    ]
    np.testing.assert_allclose(computed, expected, atol=1e-12)


@pytest.mark.parametrize("name", NAMES)
def test_everything_that_may_happen_adds_up_to_one(name, utilities, tasks):
    chances = MODELS[name].probabilities(utilities, tasks.shown)
    np.testing.assert_allclose(chances.reshape(len(tasks.best), -1).sum(axis=1), 1, atol=1e-12)
    assert (chances >= 0).all()


@pytest.mark.parametrize("name", PAIR_MODELS)
def test_pair_probabilities_agree_with_the_log_probability_of_each_pair(name, utilities):
    shown = [3, 0, 4, 1]
    chances = MODELS[name].probabilities(utilities, np.array([shown]))[0]
    for b in range(4):
        for w in range(4):
            if b != w:
                task = Tasks([shown], [shown[b]], [shown[w]])
                assert MODELS[name].log_probabilities(utilities, task)[0] == pytest.approx(math.log(chances[b, w]))


@pytest.mark.parametrize("name", ["sequential", "maxdiff", "rank"])
def test_four_equal_items_give_a_quarter_then_a_third(name):
    task = Tasks([[0, 1, 2, 3]], [2], [0])
    assert math.exp(MODELS[name].log_likelihood(np.zeros(4), task)) == pytest.approx(1 / 4 * 1 / 3)


def test_marginal_gives_the_impossible_a_chance_and_the_others_do_not():
    shown = np.array([[0, 1, 2, 3]])
    diagonals = {name: np.trace(MODELS[name].probabilities(np.zeros(4), shown)[0]) for name in PAIR_MODELS}
    assert diagonals == {"marginal": 0.25, "sequential": 0, "maxdiff": 0, "rank": 0}


@pytest.mark.parametrize("name", NAMES)
def test_gradient_agrees_with_finite_differences(name, utilities, tasks):
    model = MODELS[name]
    expected = slopes(lambda u: model.log_likelihood(u, tasks), utilities)
    np.testing.assert_allclose(model.gradient(utilities, tasks), expected, atol=1e-8)


@pytest.mark.parametrize("name", NAMES)
def test_hessian_agrees_with_finite_differences_of_the_gradient(name, utilities, tasks):
    model = MODELS[name]
    expected = slopes(lambda u: model.gradient(u, tasks), utilities)
    np.testing.assert_allclose(model.hessian(utilities, tasks), expected, atol=1e-8)


@pytest.mark.parametrize("name", NAMES)
def test_scores_add_up_to_the_gradient(name, utilities, tasks):
    scores = MODELS[name].scores(utilities, tasks)
    np.testing.assert_allclose(tasks.weight @ scores, MODELS[name].gradient(utilities, tasks), atol=1e-12)


def test_a_wrong_gradient_would_be_noticed(utilities, tasks):
    """The finite differences tell two models apart that look alike: they are no rubber stamp."""
    other = slopes(lambda u: sequential.log_likelihood(u, tasks), utilities)
    assert np.abs(maxdiff.gradient(utilities, tasks) - other).max() > 0.05


@pytest.mark.parametrize("name", NAMES)
def test_only_differences_between_utilities_matter(name, utilities, tasks):
    model = MODELS[name]
    np.testing.assert_allclose(
        model.log_probabilities(utilities + 37, tasks), model.log_probabilities(utilities, tasks), atol=1e-10
    )
    np.testing.assert_allclose(model.gradient(utilities, tasks).sum(), 0, atol=1e-10)
    np.testing.assert_allclose(model.hessian(utilities, tasks).sum(axis=1), 0, atol=1e-10)


@pytest.mark.parametrize("name", NAMES)
def test_hessian_is_symmetric_and_curves_downwards(name, utilities, tasks):
    hessian = MODELS[name].hessian(utilities, tasks)
    np.testing.assert_allclose(hessian, hessian.T, atol=1e-12)
    assert np.linalg.eigvalsh(hessian).max() < 1e-10


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("size", [50.0, 800.0])
def test_extreme_utilities_stay_finite(name, size, tasks):
    utilities = size * np.array([1.0, -1.0, 0.5, 0.0, 0.9, -0.7])
    model = MODELS[name]
    for value in (
        model.log_probabilities(utilities, tasks),
        model.gradient(utilities, tasks),
        model.hessian(utilities, tasks),
        model.probabilities(utilities, tasks.shown),
    ):
        assert np.isfinite(value).all()
    assert (model.log_probabilities(utilities, tasks) <= 1e-12).all()


@pytest.mark.parametrize("name", NAMES)
def test_a_batch_gives_what_its_members_give(name, tasks):
    """Leading axes for utilities, for tasks, and for both."""
    model = MODELS[name]
    people = np.random.default_rng(4).normal(size=(3, 6))
    batch = Tasks(*(np.stack([part] * 3) for part in (tasks.shown, tasks.best, tasks.worst, tasks.weight)))
    for function in (model.log_probabilities, model.log_likelihood, model.scores, model.gradient, model.hessian):
        alone = np.stack([function(u, tasks) for u in people])
        np.testing.assert_allclose(function(people, tasks), alone, atol=1e-12)
        np.testing.assert_allclose(function(people, batch), alone, atol=1e-12)
        np.testing.assert_allclose(function(people[0], batch)[1], alone[0], atol=1e-12)
    alone = np.stack([model.probabilities(u, tasks.shown) for u in people])
    np.testing.assert_allclose(model.probabilities(people, tasks.shown), alone, atol=1e-12)


@pytest.mark.parametrize("name", NAMES)
def test_tasks_without_picks_count_nothing(name, utilities):
    model = MODELS[name]
    nothing = Tasks([[0, 1, 2], [-1, -1, -1]], [-1, -1], [-1, -1])
    assert model.log_likelihood(utilities, nothing) == 0
    assert not model.gradient(utilities, nothing).any()
    assert not model.hessian(utilities, nothing).any()


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(("best", "worst"), [([2], [-1]), ([-1], [2])])
def test_a_task_of_one_item_says_nothing(name, utilities, best, worst):
    model, alone = MODELS[name], Tasks([[2, -1, -1]], best, worst)
    assert model.log_likelihood(utilities, alone) == pytest.approx(0)
    np.testing.assert_allclose(model.gradient(utilities, alone), 0, atol=1e-12)
    np.testing.assert_allclose(model.hessian(utilities, alone), 0, atol=1e-12)


@pytest.mark.parametrize(
    ("shown", "best", "worst", "message"),
    [
        ([[0, 1, 1]], [0], [1], "an item is shown twice"),
        ([[0, 1, 2]], [3], [1], "the best item was not shown"),
        ([[0, 1, 2]], [0], [3], "the worst item was not shown"),
        ([[0, 1, 2]], [0], [0], "best and worst are the same"),
        ([[0, 1, 2]], [0, 1], [1, 0], "differ in their number"),
    ],
)
def test_tasks_that_cannot_have_happened_are_refused(shown, best, worst, message):
    with pytest.raises(TaskDataError, match=message):
        Tasks(shown, best, worst)
