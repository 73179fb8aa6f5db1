"""Rows told apart by a look-up table, or by sorting where the table would be too large: the same numbers."""

import numpy as np
import pytest

from commonground.records import distinct
from commonground.records.distinct import all_different, first_of_each, number_rows, parts


def by_sorting(rows: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Numbers in order of the rows, and the first row of each kind."""
    _, first, numbers = np.unique(rows, axis=0, return_index=True, return_inverse=True)
    return numbers.reshape(-1), first[numbers.reshape(-1)]


@pytest.mark.parametrize("largest", [1, 50, 1 << 24], ids=["sorted", "closed up on the way", "one table"])
@pytest.mark.parametrize("dtype", [np.int8, np.int64])
def test_rows_get_the_numbers_that_sorting_gives_them(
    monkeypatch: pytest.MonkeyPatch, largest: int, dtype: type
) -> None:
    monkeypatch.setattr(distinct, "LARGEST_TABLE", largest)
    monkeypatch.setattr(distinct, "PART", 7)
    rows = np.random.default_rng(5).integers(-1, 4, (30, 5)).astype(dtype)
    rows[7] = rows[3]
    numbers, first = by_sorting(rows)
    found, different = number_rows(list(rows.T), [4] * 5)
    assert found.tolist() == numbers.tolist()
    assert different == numbers.max() + 1
    assert first_of_each(found, different)[found].tolist() == first.tolist()
    assert not all_different([*rows.T, np.zeros(30, dtype=dtype)], [4] * 6)
    assert all_different([*rows.T, np.arange(30, dtype=dtype)], [4] * 5 + [30])


def test_numbers_of_any_size_fit() -> None:
    large = np.array([2**31 - 1, 7, 2**31 - 1, -1])
    assert number_rows([large, large, large], [2**31] * 3)[0].tolist() == [2, 1, 2, 0]


def test_no_rows_are_no_different_rows() -> None:
    numbers, different = number_rows([np.zeros(0, dtype=np.int64)], [4])
    assert (numbers.size, different) == (0, 0)


def test_parts_cover_every_row_once() -> None:
    assert [row for part in parts(10, 4) for row in range(10)[part]] == list(range(10))
    assert list(parts(0)) == []
