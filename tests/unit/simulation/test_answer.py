"""Simulated picks follow the law they claim, and the table is what a survey would give."""

import numpy as np
import pytest

from commonground.design.build import build_design
from commonground.likelihood import maxdiff, sequential
from commonground.records.study import RepeatRule
from commonground.simulation.answer import simulate_choices
from commonground.simulation.picks import draw_picks

UTILITIES = np.array([1.2, 0.4, 0.0, -0.5, -1.1])
SHOWN = np.array([3, 0, 4, 1])
PEOPLE = 40_000


@pytest.fixture(scope="module")
def pair_frequencies():
    """How often each (best, worst) position was picked, over many people with the same utilities."""
    shown = np.broadcast_to(SHOWN, (PEOPLE, 1, 4))
    best, worst = draw_picks(np.tile(UTILITIES, (PEOPLE, 1)), shown, np.random.default_rng(3))
    position = {item: place for place, item in enumerate(SHOWN.tolist())}
    frequencies = np.zeros((4, 4))
    for b, w in zip(best[:, 0].tolist(), worst[:, 0].tolist(), strict=True):
        frequencies[position[b], position[w]] += 1
    return frequencies


def _chi_square(frequencies, law):
    expected = PEOPLE * law.probabilities(UTILITIES, SHOWN[None, :])[0]
    possible = expected > 0
    return ((frequencies - expected)[possible] ** 2 / expected[possible]).sum()


def test_picks_follow_the_sequential_law(pair_frequencies):
    """11 degrees of freedom: 31.3 is exceeded once in a thousand samples."""
    assert _chi_square(pair_frequencies, sequential) < 31.3


def test_a_neighbouring_law_would_be_noticed(pair_frequencies):
    assert _chi_square(pair_frequencies, maxdiff) > 100


def test_ragged_and_empty_tasks_get_the_picks_they_can():
    shown = np.array([[[0, 1, 2], [2, -1, -1], [-1, -1, -1]]])
    best, worst = draw_picks(np.zeros((1, 3)), shown, np.random.default_rng(1))
    assert best[0, 1] == 2
    assert worst[0, 1] == -1
    assert best[0, 2] == worst[0, 2] == -1
    assert best[0, 0] != worst[0, 0]


@pytest.fixture(scope="module")
def design():
    return build_design(11, 5, repeat=True)


def test_everybody_sees_the_whole_design_and_one_task_twice(design):
    data = simulate_choices("abcdefghijk", design, np.zeros((30, 11)), seed=2, repeat=RepeatRule())
    assert data.shown.shape == (30 * 12, 5)
    assert data.repeats.size == 30
    seen = np.zeros((30, 11))
    np.add.at(seen, (data.respondent[data.scored][:, None], data.shown[data.scored]), 1)
    assert (seen == 5).all()
    for row in data.repeats:
        twin = np.flatnonzero((data.respondent == data.respondent[row]) & (data.task == data.repeat_of[row]))
        assert data.shown[row].tolist() == data.shown[twin[0]].tolist()
        assert data.shown_order[row] - data.shown_order[twin[0]] >= 3


def test_the_same_seed_gives_the_same_answers_and_another_does_not(design):
    utilities = np.random.default_rng(1).normal(size=(10, 11))
    first, again, other = (simulate_choices("abcdefghijk", design, utilities, seed=seed) for seed in (5, 5, 6))
    assert (first.best == again.best).all()
    assert (first.seconds == again.seconds).all()
    assert (first.shown != other.shown).any()


def test_careless_people_hurry_and_pick_at_random(design):
    strong = np.tile(np.linspace(12, -12, 11), (200, 1))
    data = simulate_choices("abcdefghijk", design, strong, seed=4, careless=0.3)
    hurried = np.array(data.covariates["careless"]) == "yes"
    assert hurried.sum() == 60
    of_careless = hurried[data.respondent]
    assert np.median(data.seconds[of_careless]) < np.median(data.seconds[~of_careless]) / 2
    first = data.shown.min(axis=1)  # the item everybody prefers
    assert (data.best == first)[~of_careless].mean() > 0.85
    assert (data.best == first)[of_careless].mean() == pytest.approx(0.2, abs=0.05)


def test_versions_are_taken_in_turn():
    design = build_design(9, 4, versions=3)
    data = simulate_choices("abcdefghi", design, np.zeros((30, 9)), seed=1)
    versions = [set(data.version[data.respondent == person].tolist()) for person in range(30)]
    assert all(len(one) == 1 for one in versions)
    assert sorted(min(one) for one in versions) == [1] * 10 + [2] * 10 + [3] * 10


def test_counts_recover_the_order_of_preferences(design):
    """Best-minus-worst scores rise with the utilities, item by item."""
    truth = np.linspace(1.5, -1.5, 11)
    data = simulate_choices("abcdefghijk", design, np.tile(truth, (400, 1)), seed=8)
    best, worst = (np.bincount(side, minlength=11) for side in (data.best, data.worst))
    assert np.argsort(worst - best, kind="stable").tolist() == list(range(11))


def test_random_answers_recover_nothing(design):
    """The negative control of the test above: no item stands out when nobody prefers anything."""
    data = simulate_choices("abcdefghijk", design, np.zeros((400, 11)), seed=8)
    best, worst = (np.bincount(side, minlength=11) for side in (data.best, data.worst))
    spread = np.sqrt(400 * 5 * 0.4)  # of best minus worst: 2000 showings, each best or worst with 2 in 5
    assert np.abs(best - worst).max() < 3.5 * spread
