"""What is left at the end of a ranking: the recursion over subsets against other routes to the same number."""

from itertools import combinations

import numpy as np
import pytest

from commonground.likelihood import last, rank
from commonground.likelihood.tasks import Tasks


def inclusion_exclusion(u, others, picked):
    """P(picked comes last) as an alternating sum over subsets of the others."""
    v = np.exp(u)
    return sum(
        (-1) ** size * v[picked] / (v[picked] + sum(v[i] for i in subset))
        for size in range(len(others) + 1)
        for subset in combinations(others, size)
    )


def test_ten_items_agree_with_inclusion_and_exclusion():
    u = np.random.default_rng(2).normal(size=10)
    shown = np.arange(10)[None, :]
    for picked in range(10):
        found = last.log_probabilities(u, shown, np.array([picked]))[0]
        others = [item for item in range(10) if item != picked]
        assert np.exp(found) == pytest.approx(inclusion_exclusion(u, others, picked), rel=1e-9)


def test_two_items_are_a_plain_choice_of_the_other_one():
    chance = np.exp(last.log_probabilities(np.log([1.0, 3.0]), np.array([[0, 1]]), np.array([0])))
    assert chance == pytest.approx([0.75])


def test_taking_tasks_in_turns_changes_nothing(monkeypatch):
    rng = np.random.default_rng(3)
    shown = np.array([rng.permutation(9)[:6] for _ in range(40)])
    tasks = Tasks(shown, shown[:, 2], shown[:, 4], rng.uniform(0.5, 2, 40))
    u = rng.normal(size=9)
    whole = rank.gradient(u, tasks), rank.hessian(u, tasks)
    monkeypatch.setattr(last, "MOST_NUMBERS", 300)
    np.testing.assert_allclose(rank.gradient(u, tasks), whole[0], atol=1e-12)
    np.testing.assert_allclose(rank.hessian(u, tasks), whole[1], atol=1e-12)


def test_derivatives_of_ten_items_agree_with_finite_differences():
    rng = np.random.default_rng(4)
    shown = np.array([rng.permutation(12)[:10] for _ in range(6)])
    tasks = Tasks(shown, [*shown[:4, 0], -1, -1], shown[:, 1])
    u, step = rng.normal(size=12), 1e-5
    moves = np.eye(12) * step
    slope = [(rank.log_likelihood(u + m, tasks) - rank.log_likelihood(u - m, tasks)) / (2 * step) for m in moves]
    curve = [(rank.gradient(u + m, tasks) - rank.gradient(u - m, tasks)) / (2 * step) for m in moves]
    np.testing.assert_allclose(rank.gradient(u, tasks), slope, atol=1e-8)
    np.testing.assert_allclose(rank.hessian(u, tasks), curve, atol=1e-8)
