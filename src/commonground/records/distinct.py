"""Rows of small whole numbers told apart without sorting: a table to look them up in, as long as that stays small.

Millions of rows go through it, so arrays are changed in place, a part at a time: memory touched is time.
"""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

SMALL_TABLE = 1 << 22
"""Entries of a look-up table up to which it stays near a processor's cache; numbers are closed up before it grows."""

LARGEST_TABLE = 1 << 24
"""Where it has to grow: up to this, 64 entries a row are worth their time, beyond it 4 a row are."""

PART = 1 << 18
"""Rows worked on at a time: few enough to stay in a processor's cache."""

Whole = NDArray[np.signedinteger]
"""Whole numbers of any width."""

Numbers = NDArray[np.integer]
"""Whole numbers from 0, of any width."""


def number_rows(columns: Sequence[Whole], sizes: Sequence[int]) -> tuple[Whole, int]:
    """Number the different rows from 0, in the order of their first column, then of their second, and so on.

    Parameters
    ----------
    columns : sequence of (n_rows,) int
        Whole numbers from −1 (`MISSING`).
    sizes : sequence of int
        For each column a number that all its values are below.

    Returns
    -------
    (n_rows,) int
        Equal for equal rows.
    int
        How many different rows there are.

    Examples
    --------
    >>> numbers, different = number_rows([np.array([2, 0, 2]), np.array([-1, 1, -1])], [3, 2])
    >>> numbers.tolist(), different
    ([1, 0, 1], 2)
    """
    numbers, span = _written_together(columns, sizes)
    return _closed_up(numbers, span)


def all_different(columns: Sequence[Whole], sizes: Sequence[int]) -> bool:
    """Whether no row comes twice: as `number_rows`, but quicker.

    Examples
    --------
    >>> all_different([np.array([2, 0, 2])], [3]), all_different([np.array([2, 0, 1])], [3])
    (False, True)
    """
    numbers, span = _written_together(columns, sizes)
    if span > _largest_table(numbers.size):
        return np.unique(numbers).size == numbers.size
    return int(_there(numbers, span).sum()) == numbers.size


def first_of_each(numbers: Numbers, different: int) -> Whole:
    """The first row with each number, 0 for a number that no row has: (different,) int."""
    first = np.zeros(different, dtype=np.int64)
    for part in reversed(list(parts(numbers.size))):  # of several rows the one written last stays
        first[numbers[part][::-1]] = np.arange(part.stop - 1, part.start - 1, -1)
    return first


def parts(rows: int, size: int = PART) -> Iterator[slice]:
    """Rows cut into parts of so many, that each fit a processor's cache."""
    return (slice(start, min(start + size, rows)) for start in range(0, rows, size))


def _written_together(columns: Sequence[Whole], sizes: Sequence[int]) -> tuple[Whole, int]:
    """Each row as one number, its columns the digits; and a number that all are below."""
    rows = columns[0].size
    numbers: Whole = np.zeros(rows, dtype=np.int32)
    span = 1
    for column, size in zip(columns, sizes, strict=True):
        if span * (size + 1) > min(SMALL_TABLE, _largest_table(rows)):
            numbers, span = _closed_up(numbers, span)
        span *= size + 1
        numbers = numbers.astype(np.min_scalar_type(-max(span, 1 << 30)), copy=False)
        for part in parts(rows):
            numbers[part] *= size + 1
            numbers[part] += column[part]
            numbers[part] += 1
    return numbers, span


def _largest_table(rows: int) -> int:
    return max(min(LARGEST_TABLE, 64 * rows), 4 * rows)


def _closed_up(numbers: Whole, span: int) -> tuple[Whole, int]:
    """The same order without gaps, and how many numbers are left."""
    if span > _largest_table(numbers.size):
        kept, place = np.unique(numbers, return_inverse=True)
        return place.reshape(-1), kept.size
    place = np.cumsum(_there(numbers, span), dtype=np.int32)
    for part in parts(numbers.size):
        numbers[part] = place[numbers[part]] - 1
    return numbers, int(place[-1]) if span else 0


def _there(numbers: Whole, span: int) -> NDArray[np.bool_]:
    """Which of the numbers below `span` occur."""
    found = np.zeros(span, dtype=np.bool_)
    for part in parts(numbers.size):
        found[numbers[part]] = True
    return found
