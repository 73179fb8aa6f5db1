"""Whether items matter: probabilities that add up, agree with the plain logits, and have the derivatives they claim."""

import numpy as np
import pytest

from commonground.likelihood import anchor, best, worst
from commonground.likelihood.tasks import Tasks
from commonground.records.choices import ALL_MATTER, NONE_MATTER, SOME_MATTER

ITEMS = 5
SHOWN = np.array([[0, -1, -1], [3, -1, -1], [0, 1, -1], [1, 2, 3], [4, 2, 0], [0, 3, 4]])
ANSWERS = np.array([NONE_MATTER, ALL_MATTER, SOME_MATTER, NONE_MATTER, SOME_MATTER, ALL_MATTER])
WEIGHT = np.array([1.0, 2.0, 0.5, 1.5, 3.0, 1.0])


@pytest.fixture
def at():
    return np.random.default_rng(1).standard_normal(ITEMS + 1)


def differences(function, at, step=1e-6):
    return np.array([(function(at + step * way) - function(at - step * way)) / (2 * step) for way in np.eye(at.size)])


def test_none_is_the_threshold_picked_as_best_and_all_picked_as_worst(at):
    chances = anchor.probabilities(at, SHOWN)
    np.testing.assert_allclose(chances.sum(axis=1), 1)
    assert (chances[:2, SOME_MATTER] == 0).all()
    with_threshold = np.column_stack([SHOWN, np.full(len(SHOWN), ITEMS)])
    missing, threshold = np.full(len(SHOWN), -1), np.full(len(SHOWN), ITEMS)
    ragged = np.where(with_threshold == -1, -1, with_threshold)
    ragged = -np.sort(-ragged, axis=1)
    none = best.log_probabilities(at, Tasks(ragged, threshold, missing))
    everything = worst.log_probabilities(at, Tasks(ragged, missing, threshold))
    np.testing.assert_allclose(np.log(chances[:, NONE_MATTER]), none)
    np.testing.assert_allclose(np.log(chances[:, ALL_MATTER]), everything)


def test_derivatives_are_those_of_the_value(at):
    def value(x):
        return WEIGHT @ anchor.log_probabilities(x, SHOWN, ANSWERS)

    def slope(x):
        return WEIGHT @ anchor.scores(x, SHOWN, ANSWERS)

    np.testing.assert_allclose(np.exp(anchor.log_probabilities(at, SHOWN, ANSWERS)), _own(at), atol=1e-12)
    np.testing.assert_allclose(slope(at), differences(value, at), atol=1e-7)
    np.testing.assert_allclose(anchor.hessian(at, SHOWN, ANSWERS, WEIGHT), differences(slope, at), atol=1e-7)


def _own(at):
    return anchor.probabilities(at, SHOWN)[np.arange(len(SHOWN)), ANSWERS]


def test_the_expected_information_is_the_mean_over_what_may_be_answered(at):
    chances = anchor.probabilities(at, SHOWN)
    mean = np.zeros((ITEMS + 1, ITEMS + 1))
    for row, answer in zip(*np.nonzero(chances), strict=True):
        bend = anchor.hessian(at, SHOWN[row : row + 1], np.array([answer]), WEIGHT[row : row + 1])
        mean -= chances[row, answer] * bend
    found = anchor.expected_information(at, SHOWN, WEIGHT)
    np.testing.assert_allclose(found, mean, atol=1e-10)
    assert np.linalg.eigvalsh(found)[0] > -1e-12


def test_far_utilities_neither_overflow_nor_vanish():
    far = np.array([800.0, -800.0, 0.0])
    told = anchor.log_probabilities(far, np.array([[0, 1], [0, -1]]), np.array([SOME_MATTER, NONE_MATTER]))
    assert told[0] == pytest.approx(0, abs=1e-12)
    assert told[1] == pytest.approx(-800)
