"""Hidden counts stay hidden: no known sum gives one away."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from commonground.report.suppress import Screened, hide_small


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


def test_what_less_than_five_says_gives_no_count_away():
    """30 of 31 live in one country: if that followed from its row, the one person elsewhere would be known."""
    counts = with_totals(np.array([[49, 19, 30], [12, 8, 1], [3, 5, 0]]))
    found = hide_small(counts, 5, known_sums(3, 3))
    assert found.small[1, 2]
    assert found.hidden[0].sum() != 1
    values = possible(counts, found, 5)
    assert all(len(values[cell]) > 1 for cell in zip(*np.nonzero(found.small), strict=True))


@settings(max_examples=40, deadline=None)
@given(arrays(np.int64, st.tuples(st.integers(2, 3), st.integers(1, 2)), elements=st.integers(0, 9)))
def test_a_reader_who_tries_all_tables_finds_no_small_count(groups):
    counts = with_totals(groups)
    found = hide_small(counts, 3, known_sums(*groups.shape))
    if found.hidden.all():
        return
    values = possible(counts, found, 3)
    assert all(len(values[cell]) > 1 for cell in zip(*np.nonzero(found.small), strict=True))


def possible(counts: np.ndarray, found: Screened, smallest: int) -> dict[tuple[int, int], set[int]]:
    """Every value each cell could have: all tables with these column totals in which hidden cells are as they read."""
    totals = counts.sum(axis=0)
    rows, columns = counts.shape
    whole = [
        table
        for cells in product(*(columns_of(counts, found, smallest, column) for column in range(columns - 1)))
        if fits(table := with_totals(np.array(cells).T), found, counts, smallest) and (table.sum(0) == totals).all()
    ]
    return {
        (row, column): {int(table[row, column]) for table in whole} for row in range(rows) for column in range(columns)
    }


def columns_of(counts: np.ndarray, found: Screened, smallest: int, column: int) -> list[tuple[int, ...]]:
    """One group's column in every way that fits what is shown of it."""
    total = int(counts[:, column].sum())
    choices = [may_be(counts, found, smallest, (row, column), total) for row in range(counts.shape[0])]
    return [cells for cells in product(*choices) if sum(cells) == total]


def may_be(counts: np.ndarray, found: Screened, smallest: int, cell: tuple[int, int], total: int) -> list[int]:
    if found.small[cell]:
        return list(range(1, smallest))
    return [0, *range(smallest, total + 1)] if found.guarding[cell] else [int(counts[cell])]


def fits(table: np.ndarray, found: Screened, counts: np.ndarray, smallest: int) -> bool:
    cells = [(row, counts.shape[1] - 1) for row in range(counts.shape[0])]
    return all(int(table[cell]) in may_be(counts, found, smallest, cell, int(table.sum())) for cell in cells)


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
