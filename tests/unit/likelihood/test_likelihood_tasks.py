"""From a choice table to what a likelihood reads."""

import numpy as np
import pytest

from commonground.likelihood.models import MODELS
from commonground.likelihood.tasks import counted_tasks, scored_tasks, tasks_by_respondent
from commonground.records.choices import ChoiceData


@pytest.fixture
def data():
    """Three people, one with a repeat, one who answered a single task, in mixed row order."""
    return ChoiceData.from_rows(
        ("a", "b", "c", "d"),
        ("Ann", "Bo", "Cy"),
        respondent=[1, 0, 0, 1, 0, 2],
        task=[1, 1, 2, 2, 3, 1],
        shown=[[2, 1, 0], [0, 1, 2], [1, 3, -1], [3, 1, -1], [0, 1, 2], [0, 1, 2]],
        best=[0, 0, 3, 3, 1, 0],
        worst=[2, 2, 1, 1, 0, 2],
        repeat_of=[0, 0, 0, 0, 1, 0],
        weight=[1.0, 2.0, 0.5],
    )


def test_repeats_are_left_out(data):
    assert scored_tasks(data).best.tolist() == [0, 0, 3, 3, 0]


def test_equal_tasks_become_one_row_with_their_weight(data):
    counted = counted_tasks(data)
    assert sorted(zip(counted.best.tolist(), counted.weight.tolist(), strict=True)) == [(0, 3.5), (3, 3.0)]


@pytest.mark.parametrize("name", list(MODELS))
def test_sufficient_statistics_lose_nothing(name, data):
    model, utilities = MODELS[name], np.array([0.5, -0.2, 0.1, 1.0])
    for function in (model.log_likelihood, model.gradient, model.hessian):
        np.testing.assert_allclose(
            function(utilities, counted_tasks(data)), function(utilities, scored_tasks(data)), atol=1e-12
        )


def test_long_lists_of_items_count_the_same():
    """Too many items for one integer a row: the slower road leads to the same place."""
    rng = np.random.default_rng(1)
    shown = np.array([rng.permutation(200)[:10] for _ in range(30)])
    data = ChoiceData.from_rows(
        tuple(map(str, range(200))),
        ("x", "y"),
        respondent=[0] * 30 + [1] * 30,
        task=[*range(1, 31)] * 2,
        shown=np.vstack([shown, shown[:, ::-1]]),
        best=np.tile(shown[:, 0], 2),
        worst=np.tile(shown[:, 1], 2),
    )
    assert counted_tasks(data).weight.tolist() == [2.0] * 30


def test_a_batch_holds_each_persons_tasks_in_order(data):
    tasks = tasks_by_respondent(data)
    assert tasks.shown.shape == (3, 2, 3)
    assert tasks.best.tolist() == [[0, 3], [0, 3], [0, -1]]
    assert tasks.worst.tolist() == [[2, 1], [2, 1], [2, -1]]
    assert tasks.picks.tolist() == [4, 4, 2]
