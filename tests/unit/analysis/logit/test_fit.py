"""Fitting: several routes to one answer, invariances, what is reported, and truth recovered."""

from dataclasses import replace
from itertools import product

import numpy as np
import pytest

from commonground.analysis.logit.equality import chi_square_p
from commonground.analysis.logit.fit import fit
from commonground.likelihood.models import MODELS
from commonground.likelihood.tasks import scored_tasks
from commonground.records.choices import MISSING, ChoiceData
from commonground.records.errors import RequestError
from commonground.simulation.picks import draw_picks

NAMES = list(MODELS)
ITEMS = ("a", "b", "c", "d", "e")


def answers(people=12, tasks=6, seed=1):
    """People to whom all items are equal answer tasks of four out of five items."""
    rng = np.random.default_rng(seed)
    shown = np.array([rng.permutation(5)[:4] for _ in range(people * tasks)])
    best, worst = draw_picks(np.zeros((1, 5)), shown[None], rng)
    return ChoiceData.from_rows(
        ITEMS,
        tuple(f"r{place}" for place in range(people)),
        respondent=np.repeat(np.arange(people), tasks),
        task=np.tile(np.arange(1, tasks + 1), people),
        shown=shown,
        best=best[0],
        worst=worst[0],
    )


def ragged(data, seed=2):
    """Some tasks shorter, some picks not made, some rows the second showing of a task."""
    rng = np.random.default_rng(seed)
    chance = rng.random(data.best.size)
    keeps = (data.shown == data.best[:, None]) | (data.shown == data.worst[:, None])
    shorter = np.where((chance < 0.3)[:, None] & ~keeps & (rng.random(data.shown.shape) < 0.5), MISSING, data.shown)
    return replace(
        data,
        shown=-np.sort(-shorter, axis=1),
        best=np.where((chance > 0.3) & (chance < 0.4), MISSING, data.best),
        worst=np.where((chance > 0.4) & (chance < 0.6), MISSING, data.worst),
        repeat_of=np.where(chance > 0.95, 1, 0),
    )


def numbers(found):
    """Everything estimated, as one array."""
    cells = [(i.utility, i.standard_error, i.robust_standard_error, i.share) for i in found.items]
    return np.array([*np.array(cells, dtype=float).ravel(), found.log_likelihood, found.null_log_likelihood])


@pytest.fixture(scope="module")
def data():
    return ragged(answers())


@pytest.mark.parametrize("name", NAMES)
def test_no_grid_point_beats_the_maximum(name):
    """Enumeration: the definition of the likelihood tried on a grid of utilities, every answered row apart."""
    data = answers(people=8, tasks=4, seed=3)
    found = fit(data, model=name).models[0]
    tasks = scored_tasks(data)
    grid = [np.array([0.0, *rest]) for rest in product(np.linspace(-1.2, 1.2, 7), repeat=4)]
    best = max(float(MODELS[name].log_likelihood(u, tasks)) for u in grid)
    assert found.converged
    assert best <= found.log_likelihood <= best + 1.5
    own = np.array([item.utility for item in found.items])
    assert MODELS[name].log_likelihood(own, tasks) == pytest.approx(found.log_likelihood, abs=1e-9)
    np.testing.assert_allclose(MODELS[name].gradient(own, tasks), 0, atol=1e-6)


@pytest.mark.parametrize("name", NAMES)
def test_the_order_of_rows_and_of_items_in_a_task_plays_no_part(name, data):
    order = np.random.default_rng(5).permutation(data.task.size)
    fields = ("respondent", "task", "best", "worst", "repeat_of")
    mixed = replace(data, shown=data.shown[order, ::-1], **{field: getattr(data, field)[order] for field in fields})
    np.testing.assert_allclose(numbers(fit(mixed, model=name).models[0]), numbers(fit(data, model=name).models[0]))


@pytest.mark.parametrize("name", NAMES)
def test_a_weight_of_two_is_a_person_twice(name, data):
    """All but the clustered errors, for which twice the same person is not one person of weight two."""
    twice = replace(data, weight=np.full(len(data.respondents), 2.0))
    doubled = ChoiceData.from_rows(
        data.items,
        (*data.respondents, *(f"{who}'" for who in data.respondents)),
        respondent=np.concatenate([data.respondent, data.respondent + len(data.respondents)]),
        **{
            field: np.concatenate([getattr(data, field)] * 2)
            for field in ("task", "shown", "best", "worst", "repeat_of")
        },
    )
    weighted, copied = fit(twice, model=name).models[0], fit(doubled, model=name).models[0]
    for one, other in zip(weighted.items, copied.items, strict=True):
        assert one.utility == pytest.approx(other.utility, abs=1e-9)
        assert one.standard_error == pytest.approx(other.standard_error)
        assert one.robust_standard_error == pytest.approx(other.robust_standard_error * np.sqrt(2))
    assert weighted.log_likelihood == pytest.approx(copied.log_likelihood)
    assert any("weighted" in message for message in weighted.messages)


@pytest.mark.parametrize("name", NAMES)
def test_reference_and_sum_to_zero_are_one_fit(name, data):
    zero, relative = fit(data, model=name).models[0], fit(data, model=name, reference="c").models[0]
    base = zero.item("c").utility
    for item in relative.items:
        assert item.utility == pytest.approx(zero.item(item.item).utility - base, abs=1e-12)
        assert item.share == pytest.approx(zero.item(item.item).share)
    assert sum(item.utility for item in zero.items) == pytest.approx(0, abs=1e-12)
    own = relative.item("c")
    assert (own.utility, own.standard_error, own.robust_standard_error) == (0, 0, 0)
    assert relative.log_likelihood == zero.log_likelihood


def test_criteria_follow_their_definitions(data):
    found = fit(data, model="sequential").models[0]
    assert found.parameters == 4
    assert found.aic == pytest.approx(-2 * found.log_likelihood + 2 * 4)
    assert found.bic == pytest.approx(-2 * found.log_likelihood + 4 * np.log(found.respondents))
    assert found.mcfadden_r2 == pytest.approx(1 - found.log_likelihood / found.null_log_likelihood)
    assert sum(item.share for item in found.items) == pytest.approx(1)


def test_choices_are_picks_and_for_pairs_tasks(data):
    scored = data.scored
    picks = int((data.best[scored] != MISSING).sum() + (data.worst[scored] != MISSING).sum())
    counted = {name: fit(data, model=name).models[0].choices for name in NAMES}
    assert counted["sequential"] == counted["marginal"] == picks == counted["best"] + counted["worst"]
    assert counted["maxdiff"] == counted["rank"] == scored.size


def test_answers_with_only_a_best_give_one_fit_under_every_model_that_reads_them():
    data = answers()
    only = replace(data, worst=np.full(data.worst.size, MISSING))
    expected = numbers(fit(only, model="best").models[0])
    for name in ("marginal", "sequential", "maxdiff", "rank"):
        found = fit(only, model=name).models[0]
        np.testing.assert_allclose(numbers(found), expected, atol=1e-9)
        assert any("Nobody picked a worst item" in message for message in found.messages)
    with pytest.raises(RequestError, match="Nobody made a pick that the model 'worst' looks at"):
        fit(only, model="worst")


def test_marginal_says_that_its_likelihood_does_not_compare(data):
    said = {name: " ".join(fit(data, model=name).models[0].messages) for name in NAMES}
    assert [name for name in NAMES if "best = worst" in said[name]] == ["marginal"]


def test_few_answers_are_said():
    said = " ".join(fit(answers(people=2, tasks=4), penalty=0.2).models[0].messages)
    assert "Only 2 respondents for 4 differences" in said
    assert "Only 16 choices for 4 differences" in said


def test_one_respondent_has_no_clustered_error():
    found = fit(answers(people=1, tasks=40)).models[0]
    assert all(item.robust_standard_error is None and item.standard_error for item in found.items)


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"model": "nested"}, "no model 'nested'"),
        ({"reference": "z"}, "no item 'z'"),
        ({"by": "age"}, "no column 'age'"),
        ({"penalty": -1.0}, "0 or more"),
    ],
)
def test_requests_that_cannot_be_answered_are_refused(asked, words, data):
    with pytest.raises(RequestError, match=words):
        fit(data, **asked)


def test_every_item_has_a_rank_and_the_ranks_it_may_have():
    found = fit(answers(people=40)).models[0]
    in_order = sorted(found.items, key=lambda item: -item.utility)
    assert [item.rank for item in in_order] == [1, 2, 3, 4, 5]
    assert all(low <= item.rank <= high for item in found.items for low, high in [item.joint_rank_interval])
    beside = fit(answers(people=40), reference="c").models[0]
    assert [item.joint_rank_interval for item in beside.items] == [item.joint_rank_interval for item in found.items]


def test_a_clear_difference_narrows_the_ranks():
    data = answers(people=40)
    first = np.where((data.shown == 0).any(axis=1), 0, data.best)
    found = fit(replace(data, best=first, worst=np.full_like(first, MISSING)), model="best", penalty=1.0).models[0]
    assert (found.item("a").rank, found.item("a").joint_rank_interval) == (1, None)
    half = np.where(np.arange(first.size) % 2, data.best, first)
    split = np.where(data.worst == half, MISSING, data.worst)
    assert fit(replace(data, best=half, worst=split)).models[0].item("a").joint_rank_interval == (1, 1)


def test_too_few_people_and_items_without_utility_have_no_intervals():
    few = fit(answers(people=19)).models[0]
    assert {item.joint_rank_interval for item in few.items} == {None}
    assert {item.rank for item in few.items} == {1, 2, 3, 4, 5}
    data = answers(people=40)
    never = fit(replace(data, best=np.where(data.best == 0, MISSING, data.best)), model="best").models[0]
    assert {(item.rank, item.joint_rank_interval) for item in never.items} == {(None, None)}


def test_a_penalty_shrinks_and_says_so(data):
    free, light, heavy = (fit(data, penalty=penalty).models[0] for penalty in (0.0, 1.0, 1e6))
    size = [sum(item.utility**2 for item in found.items) for found in (free, light, heavy)]
    assert size[0] > size[1] > size[2]
    assert size[2] < 1e-6
    assert light.aic is None
    assert any("Penalised" in message for message in light.messages)


@pytest.mark.parametrize(("x", "df", "p"), [(28.6015443391, 6, 7.2360468331e-05), (41.199053655, 12, 4.5386253224e-05)])
def test_the_chi_square_distribution_is_rs(x, df, p):
    assert chi_square_p(x, df) == pytest.approx(p, rel=1e-8)
