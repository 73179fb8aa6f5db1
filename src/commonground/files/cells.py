"""A table of text cells that knows its row numbers: what every reader of tables starts from."""

import io
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import polars as pl
from numpy.typing import NDArray

from commonground.files.codes import as_text, filled
from commonground.files.content import Content, read_content
from commonground.files.frames import NAME, Frame, in_polars
from commonground.files.layout import Layout, lay_out
from commonground.files.mistakes import Dropped, Mistake, raise_mistakes, reasons
from commonground.records.distinct import Whole
from commonground.records.errors import DataError, Problem

Table = Path | Frame
"""Where a table comes from: a file, or a data frame in memory."""

RAGGED_MEND = "Add or remove separators; put cells that hold a comma between quotation marks."

_PARQUET = b"PAR1"
_PLAIN_TYPES = (pl.Boolean, pl.Date, pl.Datetime, pl.Time, pl.Null)
_MANY_VALUES = frozenset({"respondent", "seconds", "answered_at"})
"""Columns that hardly repeat their texts, so that categories would gain nothing."""


@dataclass(frozen=True, slots=True)
class Cells:
    """A table as it was written, nothing interpreted yet.

    Parameters
    ----------
    name : str
        The file as it was named, for messages.
    hash : str
        SHA-256 of the file's content, unzipped; empty for a data frame.
    frame : polars.DataFrame
        Text; where `read_cells` was told so also categories and numbers, with null for an empty cell.
    rows : (n_rows,) int
        Each row's number as a spreadsheet shows it: the header is row 1. Those of a data frame count from 0.
    dropped : tuple of Dropped
        Rows left out because their number of cells is not the header's.
    messages : tuple of str
        What a person should know that is no mistake.
    """

    name: str
    hash: str
    frame: pl.DataFrame
    rows: Whole
    dropped: tuple[Dropped, ...] = ()
    messages: tuple[str, ...] = ()

    @property
    def columns(self) -> list[str]:
        """The names in the header."""
        return self.frame.columns

    @property
    def header(self) -> str:
        """Where the names of the columns stand, in words."""
        return f"{self.name}, row 1" if self.hash else self.name

    def keep(self, wanted: NDArray[np.bool_]) -> "Cells":
        """Only the rows marked True."""
        return replace(self, frame=self.frame.filter(pl.Series(wanted)), rows=self.rows[wanted])

    def as_text(self) -> "Cells":
        """All columns as text without nulls; an empty cell is the empty string."""
        return replace(self, frame=pl.DataFrame([as_text(column) for column in self.frame.get_columns()]))

    @property
    def numbers(self) -> NDArray[np.int64]:
        """The row numbers of `rows`, and after them those of the rows in `dropped`."""
        return np.concatenate((self.rows, [one.row for one in self.dropped])).astype(np.int64)

    @property
    def ragged(self) -> Mistake:
        """The rows in `dropped` as a mistake; its positions are those in `numbers`."""
        positions = self.rows.size + np.arange(len(self.dropped))
        return Mistake("", positions, lambda row: self.dropped[row - self.rows.size].reason, lambda _: RAGGED_MEND)

    def place(self, row: int, column: str) -> str:
        """Where a cell stands, in words; `row` counts from 0."""
        return f"{self.name}, row {self.rows[row]}, column {column}"


def read_cells(table: Table, *, drop_ragged: bool = False, coded: bool = False, such_as: str = "") -> Cells:
    """Read a CSV (also gzipped) or Parquet file, or take a data frame.

    Empty rows and columns without a name are passed over, with a message. The separator is a comma; semicolons and
    tabs are understood where the header has no comma.

    Parameters
    ----------
    table : Path or data frame
    drop_ragged : bool
        Leave out rows whose number of cells is not the header's, instead of refusing the file.
    coded : bool
        Keep numbers as a Parquet file has them and text as categories, which millions of rows need; else all is text.
    such_as : str
        A header of this kind of table, for those who gave none.

    Raises
    ------
    DataError
        If the file cannot be read as a table.
    """
    if isinstance(table, Path):
        cells = _from_file(table, drop_ragged=drop_ragged, such_as=such_as)
    else:
        cells = _from_frame(table)
    cells = _without_empty_rows(cells if coded else cells.as_text())
    if cells.frame.is_empty():
        raise_mistakes(cells.name, cells.numbers, [cells.ragged])
        raise DataError([Problem("there is a header but no row under it.", cells.name, "")])
    return cells


def _from_file(path: Path, *, drop_ragged: bool, such_as: str) -> Cells:
    content = read_content(path)
    if content.bytes.startswith(_PARQUET) or path.suffix == ".parquet":
        return _from_parquet(content)
    return _from_csv(content, drop_ragged=drop_ragged, such_as=such_as)


def _from_frame(table: Frame) -> Cells:
    frame = in_polars(table)
    kept = frame.with_columns(pl.col(_coded(frame.schema)).cast(pl.Categorical))
    return _laid_out(NAME, "", kept, first_row=0)


def _from_csv(content: Content, *, drop_ragged: bool, such_as: str) -> Cells:
    layout = lay_out(content.name, content.bytes)
    records = np.flatnonzero(layout.cells)
    header, body = int(records[0]), records[1:]
    names = [name.strip() for name in layout.record(header)]
    _check_names(f"{content.name}, row 1", names, such_as)
    ragged = _ragged(layout, body, len(names), header + 1)
    if ragged.rows.size and not drop_ragged:
        raise_mistakes(content.name, body + 1, [ragged])
    whole = body[layout.cells[body] == len(names)]
    wanted = np.zeros(layout.cells.size, dtype=np.bool_)
    wanted[whole] = True
    frame = _parse(content.name, layout.only(wanted), layout.separator, _unique(names), whole.size)
    cells = Cells(content.name, content.hash, frame, whole + 1, reasons(body + 1, [ragged]))
    return _without_nameless(cells, names)


def _parse(name: str, text: bytes, separator: str, columns: list[str], rows: int) -> pl.DataFrame:
    schema = {column: pl.String if column in _MANY_VALUES else pl.Categorical for column in columns}
    if not rows:
        return pl.DataFrame(schema=schema)
    quote = '"' if b'"' in text else None
    try:
        frame = pl.read_csv(
            io.BytesIO(text), has_header=False, schema=schema, separator=separator, quote_char=quote, encoding="utf8"
        )
    except pl.exceptions.PolarsError as error:
        raise DataError(
            [Problem(f"the rows cannot be told apart ({error}).", name, "Save it as 'CSV UTF-8'.")]
        ) from error
    if frame.height != rows:
        what = f"{rows} rows stand in the file, but {frame.height} were understood."
        raise DataError([Problem(what, name, "Save it again as 'CSV UTF-8' from a spreadsheet.")])
    return frame


def _from_parquet(content: Content) -> Cells:
    try:
        scanned = pl.scan_parquet(io.BytesIO(content.bytes))
        coded = _coded(scanned.collect_schema())
        frame = scanned.with_columns(pl.col(coded).cast(pl.Categorical)).collect(engine="streaming")
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException, OSError, ValueError) as error:
        what = "this is not a Parquet file, or it is damaged."
        raise DataError([Problem(what, content.name, "Copy or write the file again.")]) from error
    return _laid_out(content.name, content.hash, frame, first_row=2)


def _laid_out(name: str, content_hash: str, frame: pl.DataFrame, *, first_row: int) -> Cells:
    """The cells of a frame whose columns have types."""
    names = [column.strip() for column in frame.columns]
    _check_names(name, names)
    plain = pl.DataFrame([_plain(name, column) for column in frame.get_columns()])
    plain.columns = _unique(names)
    rows = np.arange(first_row, frame.height + first_row, dtype=np.int32)
    return _without_nameless(Cells(name, content_hash, plain, rows), names)


def _coded(schema: pl.Schema) -> list[str]:
    """The columns to be kept as categories."""
    return [
        name
        for name, kind in schema.items()
        if isinstance(kind, pl.Enum) or (kind == pl.String and name.strip() not in _MANY_VALUES)
    ]


def _plain(name: str, column: pl.Series) -> pl.Series:
    """Whole numbers lose the '.0' that a column with empty cells gets in other programs."""
    if column.dtype.is_float():
        column = column.fill_nan(None)
        given = column.drop_nulls()
        whole = given.is_finite().all() and (given == given.round(0)).all() and (given.abs() < 2**53).all()
        return column.cast(pl.Int64) if whole else column
    if column.dtype.is_numeric() or isinstance(column.dtype, (pl.String, pl.Categorical)):
        return column
    if not isinstance(column.dtype, _PLAIN_TYPES):
        what = f"column '{column.name}' holds {str(column.dtype).lower()} values, not text or numbers."
        raise DataError([Problem(what, name, "Write one plain value a cell.")])
    return column.cast(pl.String)


def _ragged(layout: Layout, body: NDArray[np.int64], width: int, header_row: int) -> Mistake:
    found = layout.cells[body]
    return Mistake(
        column="",
        rows=np.flatnonzero(found != width),
        what=lambda row: f"the row has {found[row]} cells, but the header (row {header_row}) has {width}.",
        mend=lambda _: RAGGED_MEND,
    )


def _check_names(where: str, names: Sequence[str], such_as: str = "") -> None:
    twice = [column for column, times in Counter(names).items() if column and times > 1]
    if twice and all(name.isdecimal() for name in names if name):
        raise DataError([numbers_above(where, such_as)])
    if twice:
        places = " and ".join(str(place) for place, column in enumerate(names, start=1) if column == twice[0])
        what = f"the header has the name '{twice[0]}' twice (columns {places})."
        mend = "Rename or remove one of them; if this row holds data, put a header above it."
        raise DataError([Problem(what, where, mend)])
    if not any(names):
        raise DataError([Problem("the first row holds no column names.", where, "Put a header row above the data.")])


def numbers_above(where: str, such_as: str) -> Problem:
    """What to say of a table that begins with its data."""
    example = f", such as {such_as}" if such_as else ""
    return Problem("the first row holds numbers, not column names.", where, f"Put a header above it{example}.")


def _unique(names: Sequence[str]) -> list[str]:
    """Names for a frame, which wants each once; the nameless are numbered for the moment."""
    return [name or f"\x00{place}" for place, name in enumerate(names)]


def _without_nameless(cells: Cells, names: Sequence[str]) -> Cells:
    nameless = [f"\x00{place}" for place, name in enumerate(names) if not name]
    if not nameless:
        return cells
    empty = not any(filled(cells.frame[column]).any() for column in nameless)
    message = f"{cells.name}: {_count('column', len(nameless))} without a name passed over."
    messages = cells.messages if empty else (*cells.messages, message)
    return replace(cells, frame=cells.frame.drop(nameless), messages=messages)


def _without_empty_rows(cells: Cells) -> Cells:
    empty = np.ones(cells.rows.size, dtype=np.bool_)
    for column in cells.frame.get_columns():
        empty &= ~filled(column)
        if not empty.any():
            return cells
    message = f"{cells.name}: {_count('empty row', int(empty.sum()))} passed over."
    return replace(cells.keep(~empty), messages=(*cells.messages, message))


def _count(what: str, number: int) -> str:
    return f"{number} {what}{'s' if number != 1 else ''}"
