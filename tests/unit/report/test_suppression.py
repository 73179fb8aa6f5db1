"""Hidden counts stay hidden: no known sum gives one away."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from commonground.report.suppress import hide_small


def known_sums(rows: int, groups: int) -> list[np.ndarray]:
    """Groups add up to the last column; every column's total is known."""
    sums = []
    for place in range(rows):
        one = np.zeros((rows, groups + 1))
        one[place, :groups], one[place, groups] = 1, -1
        sums.append(one)
    for column in range(groups + 1):
        one = np.zeros((rows, groups + 1))
        one[:, column] = 1
        sums.append(one)
    return sums


def with_totals(counts: np.ndarray) -> np.ndarray:
    return np.hstack([counts, counts.sum(axis=1, keepdims=True)])


def test_a_lone_small_count_takes_a_second_one_with_it():
    counts = with_totals(np.array([[2, 30], [20, 30], [30, 30]]))
    found = hide_small(counts, 5, known_sums(3, 2))
    assert found.small[0, 0]
    assert found.hidden[:, 0].sum() >= 2
    assert found.hidden[0].sum() >= 2


def test_nothing_is_hidden_with_a_smallest_cell_of_one():
    counts = with_totals(np.array([[1, 2], [3, 4]]))
    assert not hide_small(counts, 1, known_sums(2, 2)).hidden.any()


def test_zero_is_shown():
    counts = with_totals(np.array([[0, 9], [9, 9]]))
    assert not hide_small(counts, 5, known_sums(2, 2)).hidden.any()


@settings(max_examples=60, deadline=None)
@given(arrays(np.int64, st.tuples(st.integers(2, 6), st.integers(1, 3)), elements=st.integers(0, 12)))
def test_no_hidden_small_count_follows_from_what_is_shown(groups):
    """Brute force: there is always a second table with the same sums and another value in every small cell."""
    counts = with_totals(groups)
    sums = known_sums(*groups.shape)
    found = hide_small(counts, 4, sums)
    cells = np.flatnonzero(found.hidden)
    if found.hidden.all() or not cells.size:
        return
    equations = np.array([one.ravel()[cells] for one in sums])
    rank = np.linalg.matrix_rank(equations)
    for place, cell in enumerate(cells):
        if found.small.ravel()[cell]:
            pinned = np.vstack([equations, np.eye(cells.size)[place]])
            assert np.linalg.matrix_rank(pinned) == rank + 1


@pytest.mark.parametrize("smallest", [3, 5, 10])
def test_every_small_count_is_hidden(smallest):
    counts = with_totals(np.arange(24).reshape(8, 3))
    found = hide_small(counts, smallest, known_sums(8, 3))
    assert found.hidden[(counts >= 1) & (counts < smallest)].all()
    assert not found.small[counts >= smallest].any()
