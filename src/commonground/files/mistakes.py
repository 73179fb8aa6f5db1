"""Mistakes found in a table's rows: kept as row numbers until words are needed, then told or left out."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from commonground.records.errors import DataError, Problem

NAMED_ROWS = 20
"""So many offending rows are named in a message; the others are counted."""


@dataclass(frozen=True, slots=True)
class Mistake:
    """One kind of mistake and the rows that make it.

    Parameters
    ----------
    column : str
        Where it stands; empty for the row as a whole.
    rows : (n,) int
        Positions in the table, from 0.
    what, mend : function of a position
        The words, made only for the rows that are named.
    """

    column: str
    rows: NDArray[np.int64]
    what: Callable[[int], str]
    mend: Callable[[int], str]


@dataclass(frozen=True, slots=True)
class Dropped:
    """A row left out of the data.

    Parameters
    ----------
    row : int
        As a spreadsheet shows it: the header is row 1.
    reason : str
    """

    row: int
    reason: str


def offending(mistakes: Sequence[Mistake]) -> NDArray[np.int64]:
    """Positions of all rows with a mistake, each once, in order."""
    rows = [mistake.rows for mistake in mistakes if mistake.rows.size]
    return np.unique(np.concatenate(rows)) if rows else np.zeros(0, dtype=np.int64)


def raise_mistakes(name: str, numbers: NDArray[np.int64], mistakes: Sequence[Mistake]) -> None:
    """Refuse the table if there are mistakes, naming the first rows and counting the others.

    Parameters
    ----------
    name : str
        The file.
    numbers : (n_rows,) int
        Each position's row number.
    mistakes : sequence of Mistake

    Raises
    ------
    DataError
    """
    bad = offending(mistakes)
    if not bad.size:
        return
    bad = bad[np.argsort(numbers[bad], kind="stable")]
    found = _by_row(mistakes, bad[:NAMED_ROWS])
    problems = [
        Problem(mistake.what(row), _place(name, int(numbers[row]), mistake.column), mistake.mend(row))
        for row in bad[:NAMED_ROWS].tolist()
        for mistake in found[row]
    ]
    if bad.size > NAMED_ROWS:
        more = bad.size - NAMED_ROWS
        problems.append(Problem(f"and {more} more row{'s' if more > 1 else ''} with mistakes.", name))
    raise DataError(problems)


def reasons(numbers: NDArray[np.int64], mistakes: Sequence[Mistake]) -> tuple[Dropped, ...]:
    """Every row with a mistake as a row left out, with its reasons."""
    bad = offending(mistakes)
    found = _by_row(mistakes, bad)
    return tuple(
        Dropped(int(numbers[row]), " ".join(_reason(mistake, row) for mistake in found[row])) for row in bad.tolist()
    )


def _by_row(mistakes: Sequence[Mistake], rows: NDArray[np.int64]) -> dict[int, list[Mistake]]:
    found: dict[int, list[Mistake]] = defaultdict(list)
    for mistake in mistakes:
        for row in np.intersect1d(mistake.rows, rows, assume_unique=True).tolist():
            found[row].append(mistake)
    return found


def _reason(mistake: Mistake, row: int) -> str:
    return f"{mistake.column}: {mistake.what(row)}" if mistake.column else mistake.what(row)


def _place(name: str, number: int, column: str) -> str:
    return f"{name}, row {number}, column {column}" if column else f"{name}, row {number}"
