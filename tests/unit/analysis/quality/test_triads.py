"""Circular triads: counted as by hand, and few in the answers of people who know what they want."""

from itertools import combinations

import numpy as np
import pytest

from commonground.analysis.quality.fit import random_answers
from commonground.analysis.quality.triads import beside_random, triads
from commonground.likelihood.tasks import Tasks
from commonground.simulation.picks import answer_again


def by_hand(shown, best, worst, n_items):
    """Circular and decided triads of one person, triad by triad."""
    net = np.zeros((n_items, n_items))
    for task, first, last in zip(shown.tolist(), best.tolist(), worst.tolist(), strict=True):
        items = [item for item in task if item >= 0]
        ahead = {(first, item) for item in items if first >= 0 and item != first}
        ahead |= {(item, last) for item in items if last >= 0 and item != last}
        for a, b in ahead:
            net[a, b] += 1
            net[b, a] -= 1
    orders = [np.sign([net[a, b], net[b, c], net[c, a]]) for a, b, c in combinations(range(n_items), 3)]
    decided = [order for order in orders if order.all()]
    return sum(abs(order.sum()) == 3 for order in decided), len(decided)


@pytest.fixture(scope="module")
def ragged():
    """Thirty people at random; smaller tasks, missing picks, missing tasks."""
    rng = np.random.default_rng(1)
    shown = np.argsort(rng.random((30, 7, 9)), axis=2)[:, :, :4]
    best, worst = shown[:, :, 0].copy(), shown[:, :, 1].copy()
    shown[:, 2, 3] = -1
    best[5, 1] = worst[6, 2] = -1
    shown[7, 3] = best[7, 3] = worst[7, 3] = -1
    return Tasks(shown, best, worst)


def test_they_are_counted_as_by_hand(ragged):
    found = triads(ragged)
    for person in range(30):
        expected = by_hand(ragged.shown[person], ragged.best[person], ragged.worst[person], 9)
        assert (found.circular[person], found.decided[person]) == expected


def test_people_in_turns_and_all_at_once_give_the_same(ragged, monkeypatch):
    whole = triads(ragged)
    monkeypatch.setattr("commonground.analysis.quality.triads.MOST_NUMBERS", 100)
    np.testing.assert_array_equal(triads(ragged).circular, whole.circular)


def test_a_ranking_has_none_and_an_undecided_pair_is_no_triad():
    ranking = Tasks([[[0, 1, 2], [1, 2, 3]]], best=[[0, 1]], worst=[[2, 3]])
    assert triads(ranking).circular.tolist() == [0]
    contradiction = Tasks([[[0, 1], [0, 1], [1, 2], [0, 2]]], best=[[0, 1, 1, 0]], worst=[[1, 0, 2, 2]])
    assert triads(contradiction).decided.tolist() == [0]
    assert np.isnan(triads(contradiction).share).all()


def test_the_cut_off_parts_people_who_mean_it_from_people_who_toss_a_coin():
    rng = np.random.default_rng(2)
    shown = np.argsort(rng.random((400, 11, 11)), axis=2)[:, :, :5]
    nobody_answered = Tasks(shown, shown[..., 0], shown[..., 1])
    utilities = np.where(np.arange(400) < 200, 4.0, 0.0)[:, None] * rng.standard_normal((400, 11))
    answered = answer_again(nobody_answered, utilities, rng)
    beside = beside_random(answered, random_answers(answered, 11, simulations=1000, rng=rng), 0.95)
    assert beside.above[:200].mean() < 0.3
    assert beside.above[200:].mean() == pytest.approx(beside.random_above, abs=0.06)
    assert beside.random_above > 0.9
    few = beside.random_share < 0.05
    assert not (few & beside.above).any()
