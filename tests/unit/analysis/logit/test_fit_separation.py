"""Utilities that do not exist are found, named and explained, and never given as large numbers."""

from dataclasses import replace
from itertools import product

import numpy as np
import pytest

from commonground.analysis.logit.fit import fit
from commonground.analysis.logit.separation import Side, connections, cut_down, strong_components
from commonground.likelihood.models import MODELS
from commonground.likelihood.tasks import Tasks, scored_tasks
from commonground.records.choices import MISSING, ChoiceData

NAMES = list(MODELS)
BOTH = [name for name in NAMES if name not in {"best", "worst"}]


def table(rows, items="abcd", **more):
    """One respondent a row: (shown, best, worst), letters; '-' for no pick."""
    place = {name: at for at, name in enumerate(items)} | {"-": MISSING}
    width = max(len(shown) for shown, _, _ in rows)
    return ChoiceData.from_rows(
        tuple(items),
        tuple(f"r{at}" for at in range(len(rows))),
        respondent=range(len(rows)),
        task=[1] * len(rows),
        shown=[[place[name] for name in shown.ljust(width, "-")] for shown, _, _ in rows],
        best=[place[best] for _, best, _ in rows],
        worst=[place[worst] for _, _, worst in rows],
        **more,
    )


NEVER_BEST = [("abcd", "a", "b"), ("abcd", "b", "c"), ("abcd", "c", "a"), ("abcd", "a", "d"), ("abc", "b", "a")]
"""d is never best, but not always worst."""


def test_an_item_never_chosen_best_separates_best_and_not_sequential():
    data = table(NEVER_BEST)
    best = fit(data, model="best").models[0]
    assert not best.converged
    assert best.item("d").utility is None
    assert best.item("d").standard_error is None
    assert sum(best.item(name).utility for name in "abc") == pytest.approx(0)
    assert [(one.items, one.side) for one in best.separated] == [(("d",), Side.BELOW)]
    assert "'d' was never picked as best (in 4 answered tasks)" in best.messages[0]
    for name in BOTH:
        found = fit(data, model=name).models[0]
        assert found.converged
        assert not found.separated
        assert all(item.utility is not None for item in found.items)


def test_an_item_never_worst_separates_worst_upwards():
    data = table([("abcd", "b", "a"), ("abcd", "a", "b"), ("abcd", "d", "c"), ("abcd", "a", "b")])
    found = fit(data, model="worst").models[0]
    assert [(one.items, one.side) for one in found.separated] == [(("d",), Side.ABOVE)]
    assert "'d' was never picked as worst" in found.messages[0]


@pytest.mark.parametrize("name", BOTH)
def test_an_item_always_worst_has_no_utility_in_any_model(name):
    data = table([("abcd", "a", "d"), ("abcd", "b", "d"), ("abc", "c", "a"), ("abc", "a", "b")])
    found = fit(data, model=name).models[0]
    assert [(one.items, one.side) for one in found.separated] == [(("d",), Side.BELOW)]
    assert (
        "No answer puts 'd' (in 2 answered tasks) ahead of any other item"
        in found.messages[1 if name == "marginal" else 0]
    )


@pytest.mark.parametrize("name", NAMES)
def test_an_item_never_shown_says_so_and_harms_nobody(name):
    data = table([*NEVER_BEST, ("abd", "d", "a")])
    more = data.reindexed((*data.items, "z"))
    found, plain = fit(more, model=name).models[0], fit(data, model=name).models[0]
    assert found.converged
    assert found.item("z").utility is None
    assert [(one.items, one.side) for one in found.separated] == [(("z",), Side.NEVER_SHOWN)]
    assert found.parameters == plain.parameters == 3
    for item in plain.items:
        assert found.item(item.item).utility == pytest.approx(item.utility)
        assert found.item(item.item).robust_standard_error == pytest.approx(item.robust_standard_error)


@pytest.mark.parametrize("name", NAMES)
def test_two_sets_never_compared_are_not_put_on_one_scale(name):
    pairs = [
        ("ab", "a", "b"),
        ("ab", "b", "a"),
        ("ab", "a", "b"),
        ("cde", "c", "d"),
        ("cde", "d", "e"),
        ("cde", "e", "c"),
    ]
    found = fit(table(pairs, "abcde"), model=name).models[0]
    assert not found.converged
    assert [item.item for item in found.items if item.utility is None] == ["a", "b"]
    assert found.separated[0].side is Side.APART
    assert found.parameters == 3
    relative = fit(table(pairs, "abcde"), model=name, reference="b").models[0]
    doubled = 2 if name == "maxdiff" else 1  # of two items a pair differs by u_a − u_b twice over
    assert relative.item("a").utility == pytest.approx(np.log(2) / doubled, abs=1e-6)
    assert [item.item for item in relative.items if item.utility is None] == ["c", "d", "e"]


@pytest.mark.parametrize("penalty", [0.0, 0.5])
def test_a_reference_that_was_never_shown_is_said(penalty):
    data = table(NEVER_BEST).reindexed(("a", "b", "c", "d", "z"))
    found = fit(data, reference="z", penalty=penalty).models[0]
    assert all(item.utility is None for item in found.items)
    assert not found.converged
    assert "The reference 'z' was in no answered task" in " ".join(found.messages)


def test_a_reference_that_stands_alone_is_said():
    found = fit(table(NEVER_BEST), model="best", reference="d").models[0]
    assert all(item.utility is None for item in found.items)
    assert "The reference 'd' is compared with no other item both ways" in found.messages[0]


def test_a_strict_order_leaves_no_utilities():
    found = fit(table([("abc", "a", "c"), ("abc", "a", "c")], "abc")).models[0]
    assert not found.converged
    assert all(item.utility is None and item.share is None for item in found.items)
    assert "can be compared both ways" in " ".join(found.messages)


@pytest.mark.parametrize("name", NAMES)
def test_the_log_likelihood_is_the_one_approached(name):
    """Far out along the direction of separation the plain log-likelihood comes near what is reported, from below."""
    data = table([("abcd", "a", "d"), ("abcd", "b", "d"), ("abc", "c", "a"), ("abc", "a", "b"), ("abc", "b", "c")])
    if name == "worst":
        data = replace(data, best=data.worst, worst=data.best)
    found = fit(data, model=name).models[0]
    assert not found.converged
    core = np.array([item.utility or 0.0 for item in found.items])
    far = core.copy()
    far[3] = 30.0 if name == "worst" else -30.0
    reached = float(MODELS[name].log_likelihood(far, scored_tasks(data)))
    assert reached == pytest.approx(found.log_likelihood, abs=1e-6)
    assert reached <= found.log_likelihood + 1e-9


@pytest.mark.parametrize("name", NAMES)
def test_a_penalty_gives_every_shown_item_a_utility(name):
    data = table([("abcd", "a", "d"), ("abcd", "b", "d"), ("abc", "c", "a"), ("abc", "a", "b")])
    found = fit(data, model=name, penalty=0.5).models[0]
    assert found.converged
    assert all(item.utility is not None and abs(item.utility) < 5 for item in found.items)
    assert sum(item.utility for item in found.items) == pytest.approx(0)


@pytest.mark.parametrize("seed", range(12))
def test_the_graph_agrees_with_looking_for_a_direction(seed):
    """Brute force: every direction with steps −1, 0, 1 is tried; one that no answer contradicts is separation."""
    rng = np.random.default_rng(seed)
    shown = np.array([rng.permutation(4)[:3] for _ in range(rng.integers(2, 7))])
    tasks = Tasks(shown, shown[:, 0], np.where(rng.random(len(shown)) < 0.5, shown[:, 1], MISSING))
    found = connections(tasks, 4)

    def allowed(d):
        above = all(d[b] >= d[s].max() for b, s in zip(tasks.best, tasks.shown, strict=True))
        return above and all(w == MISSING or d[w] <= d[s].min() for w, s in zip(tasks.worst, tasks.shown, strict=True))

    directions = [d for d in map(np.array, product((-1, 0, 1), repeat=4)) if np.ptp(d) and allowed(d)]
    assert bool(directions) == (np.unique(found.component).size > 1)


def test_components_of_a_known_graph():
    ahead = np.zeros((6, 6), dtype=bool)
    for x, y in ((0, 1), (1, 2), (2, 0), (2, 3), (3, 4), (4, 3)):
        ahead[x, y] = True
    label = strong_components(ahead)
    assert [
        set(np.flatnonzero(label == one)) for one in sorted(set(label), key=lambda one: list(label).index(one))
    ] == [
        {0, 1, 2},
        {3, 4},
        {5},
    ]


def test_sets_are_cut_down_to_the_component_of_the_pick():
    cut = cut_down(Tasks([[0, 1, 2, 3]], [0], [3], [2.0]), np.array([0, 0, 1, 1]))
    assert cut.shown.tolist() == [[0, 1, -1, -1], [-1, -1, 2, 3]]
    assert (cut.best.tolist(), cut.worst.tolist(), cut.weight.tolist()) == ([0, -1], [-1, 3], [2, 2])
