"""Ranks that hold for all items at once."""

import numpy as np
import pytest

from commonground.analysis.rank_sets import largest, rank_sets


def draws(covariance, size=2000, seed=1):
    return np.random.default_rng(seed).multivariate_normal(np.zeros(len(covariance)), covariance, size=size)


def test_what_is_certain_is_one_rank_and_what_is_equal_any():
    far, near = np.array([4.0, 0.0, -4.0]), np.zeros(3)
    noise = 0.01 * np.eye(3)
    assert rank_sets(far, noise, draws(noise), 0.95).tolist() == [[1, 2, 3], [1, 2, 3]]
    assert rank_sets(near, noise, draws(noise), 0.95).tolist() == [[1, 1, 1], [3, 3, 3]]


def test_the_common_width_is_that_of_tukeys_range():
    """Eleven independent estimates of one precision: the 95 % point of the studentised range is 4.55, over √2 3.22."""
    apart = np.sqrt(2.0) * np.ones((11, 11))
    np.fill_diagonal(apart, np.inf)
    found = largest(draws(np.eye(11), 20_000), apart, np.ones(11))
    assert np.quantile(found, 0.95) == pytest.approx(4.55 / np.sqrt(2), abs=0.03)


def test_a_wider_level_gives_wider_sets():
    utilities, covariance = np.linspace(1, -1, 12), 0.05 * np.eye(12)
    few, many = (rank_sets(utilities, covariance, draws(covariance), level) for level in (0.5, 0.99))
    assert (many[0] <= few[0]).all()
    assert (many[1] >= few[1]).all()
    assert (many != few).any()


@pytest.mark.parametrize("shared", [0.0, 0.8])
def test_looking_at_the_ends_alone_finds_the_largest_difference_of_all(shared):
    """Items as precise as they come, and with errors that go along."""
    rng = np.random.default_rng(3)
    scale = rng.uniform(0.3, 3.0, size=150)
    covariance = np.diag(scale**2) * (1 - shared) + shared * np.outer(scale, scale)
    moves = rng.multivariate_normal(np.zeros(150), covariance, size=40)
    variance = scale**2
    errors = np.sqrt(np.maximum(variance[:, None] + variance - 2 * covariance, 0.0))
    np.fill_diagonal(errors, np.inf)
    every = (np.abs(moves[:, :, None] - moves[:, None, :]) / errors).max(axis=(1, 2))
    assert largest(moves, errors, scale) == pytest.approx(every)


def test_only_differences_matter():
    utilities, covariance = np.array([0.4, 0.1, -0.5]), np.diag([0.01, 0.02, 0.03])
    moves = draws(covariance)
    shifted = rank_sets(utilities + 7, covariance + 5.0, moves + 3.0, 0.9)
    assert (shifted == rank_sets(utilities, covariance, moves, 0.9)).all()
