"""A choice table's cells as arrays, before anything is checked: what cannot be encoded is marked, not refused."""

import re
from dataclasses import dataclass, replace
from difflib import get_close_matches

import numpy as np
from numpy.typing import NDArray

from commonground.files.cells import Cells
from commonground.files.codes import (
    MISSING,
    as_text,
    codes,
    first_appearance,
    narrow_codes,
    natural_order,
    numbered,
    numbers,
)
from commonground.records.distinct import Whole
from commonground.records.errors import DataError, Problem

IntArray = NDArray[np.int64]
FloatArray = NDArray[np.float64]

ITEM_COLUMN = re.compile(r"item_([1-9][0-9]{0,2})")
_MEANT_AS_ITEM = re.compile(r"item[ _.-]?[0-9]+", re.IGNORECASE)
WHOLE_COLUMNS = ("version", "shown_order", "repeat_of")
NUMBER_COLUMNS = ("task", *WHOLE_COLUMNS, "seconds", "weight")
ANCHOR, ANCHOR_WORDS = "anchor", ("none", "some", "all")
"""The dual response: how many of the items shown matter at all; places are those of `records.choices`."""

ROW_COLUMNS = ("respondent", "task", "best", "worst", *WHOLE_COLUMNS, "seconds", "answered_at")
"""Columns with a meaning of their own, beside item_1 … item_k; all others describe the respondent."""


@dataclass(frozen=True, slots=True)
class Encoded:
    """A choice table as arrays, checked by nobody yet. One entry of a row array is one row.

    Parameters
    ----------
    cells : Cells
    item_columns, covariates : tuple of str
        Names of the columns item_1 … item_k, and of those that describe the respondent.
    items, respondents : tuple of str
        Items in natural order, respondents in order of first appearance.
    respondent : (n_rows,) int
        MISSING where the cell is empty. This and the next three in as few bytes as can hold them.
    shown : (n_rows, k) int
        A column after the other in memory.
    best, worst : (n_rows,) int
        MISSING where the cell is empty or the item is nowhere shown.
    anchor : (n_rows,) int or None
        Place in `ANCHOR_WORDS`, MISSING where the cell is empty or another word; None where no cell is one of them, so
        that the column, if there is one, describes respondents.
    number : dict of str to (n_rows,) float or int
        Each numeric column of the table: NaN where empty, infinity where the cell is no number.
    """

    cells: Cells
    item_columns: tuple[str, ...]
    covariates: tuple[str, ...]
    items: tuple[str, ...]
    respondents: tuple[str, ...]
    respondent: Whole
    shown: Whole
    best: Whole
    worst: Whole
    anchor: IntArray | None
    number: dict[str, FloatArray | Whole]

    @property
    def size(self) -> int:
        """How many rows there are."""
        return self.respondent.size

    def part(self, rows: slice) -> "Encoded":
        """Some of the rows, without a copy."""
        return replace(
            self,
            cells=replace(self.cells, frame=self.cells.frame[rows], rows=self.cells.rows[rows]),
            respondent=self.respondent[rows],
            shown=self.shown[rows],
            best=self.best[rows],
            worst=self.worst[rows],
            anchor=None if self.anchor is None else self.anchor[rows],
            number={column: values[rows] for column, values in self.number.items()},
        )

    def text(self, column: str, row: int) -> str:
        """A cell as it was written."""
        return str(as_text(self.cells.frame[column].slice(row, 1))[0])

    def whole(self, column: str) -> IntArray:
        """A column of whole numbers; 0 where empty, not a number or not in the table."""
        if column not in self.number:
            return np.broadcast_to(np.int64(0), self.respondent.shape)  # takes no memory
        values = self.number[column]
        given = np.isfinite(values)
        return (values if given.all() else np.where(given, values, 0)).astype(np.int64, copy=False)


def encode(cells: Cells) -> Encoded:
    """Turn the cells of a choice table into arrays.

    Raises
    ------
    DataError
        If a column is missing, or item_1 … item_k have a gap.
    """
    item_columns = find_item_columns(cells)
    _check_columns(cells, ("respondent", "task", "best", "worst"))
    frame = cells.frame
    items = natural_order({name for column in item_columns for name in first_appearance(frame[column])})
    respondent, respondents = numbered(frame["respondent"])
    anchor = codes(as_text(frame[ANCHOR]).str.to_lowercase(), ANCHOR_WORDS) if ANCHOR in frame.columns else None
    told = anchor is not None and bool((anchor != MISSING).any())
    known = {*ROW_COLUMNS, "weight", *item_columns, *([ANCHOR] if told else [])}
    return Encoded(
        cells=cells,
        item_columns=item_columns,
        covariates=tuple(column for column in frame.columns if column not in known),
        items=tuple(items),
        respondents=tuple(respondents),
        respondent=respondent,
        shown=np.array([narrow_codes(frame[column], items) for column in item_columns]).T,
        best=narrow_codes(frame["best"], items),
        worst=narrow_codes(frame["worst"], items),
        anchor=anchor if told else None,
        number={column: numbers(frame[column]) for column in NUMBER_COLUMNS if column in frame.columns},
    )


def find_item_columns(cells: Cells) -> tuple[str, ...]:
    """The columns item_1 … item_k, in order.

    Raises
    ------
    DataError
        If there is none, one in between is missing, or a column such as item_0 or Item_4 stands beside them.
    """
    found = {int(match[1]) for column in cells.columns if (match := ITEM_COLUMN.fullmatch(column))}
    wanted = [f"item_{number}" for number in range(1, max(found, default=2) + 1)]
    _check_columns(cells, wanted)
    astray = [column for column in cells.columns if _MEANT_AS_ITEM.fullmatch(column) and column not in wanted]
    if astray:
        raise DataError([_astray(cells, column) for column in astray])
    return tuple(wanted)


def _astray(cells: Cells, column: str) -> Problem:
    what = f"the column '{column}' would not be read as items, which stand in item_1, item_2, …."
    return Problem(what, cells.header, "Rename it: number the item columns from 1, or name it otherwise.")


def _check_columns(cells: Cells, wanted: tuple[str, ...] | list[str]) -> None:
    missing = [column for column in wanted if column not in cells.columns]
    if missing:
        raise DataError([_missing_column(cells, column) for column in missing])


def _missing_column(cells: Cells, column: str) -> Problem:
    other = [name for name in cells.columns if name not in ROW_COLUMNS and not ITEM_COLUMN.fullmatch(name)]
    folded = {name.casefold().replace(" ", "_"): name for name in other}
    close = get_close_matches(column, folded, n=1, cutoff=0.75)
    found = f"the columns are {', '.join(cells.columns[:12])}{', …' if len(cells.columns) > 12 else ''}."
    mend = f"Add it; {found}"
    if close:
        mend = f"Is it '{folded[close[0]]}'? Rename that one to '{column}'."
    elif column in ("best", "worst"):
        mend = f"If it was not asked, add it with empty cells; {found}"
    elif ITEM_COLUMN.fullmatch(column):
        mend = f"The item columns are numbered 1, 2, 3, … without a gap; {found}"
    return Problem(f"the column '{column}' is missing.", cells.header, mend)


__all__ = ["ITEM_COLUMN", "MISSING", "ROW_COLUMNS", "Encoded", "encode", "find_item_columns"]
