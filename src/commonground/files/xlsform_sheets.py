"""The sheets of an XLSForm questionnaire as rows of text: from a workbook, or from a folder of CSV files."""

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from commonground.records.errors import DataError, MissingLibraryError, Problem

SHEETS = ("survey", "choices", "settings")
LARGEST = 50_000_000
"""Bytes that a workbook may have when it is unpacked; a questionnaire has a few hundred thousand."""

MOST_ROWS = 20_000
MOST_COLUMNS = 300
"""Columns that are read; a workbook may claim sixteen thousand, and every row would be filled up to them."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its number in the sheet, and its cells by the name of their column, in small letters."""

    number: int
    cells: dict[str, str]

    def get(self, *names: str) -> str:
        """The first of these columns that says something."""
        return next((self.cells[name] for name in names if self.cells.get(name)), "")


@dataclass(frozen=True, slots=True)
class Sheets:
    """The three sheets; those that are not there are empty."""

    name: str
    survey: tuple[Row, ...]
    choices: tuple[Row, ...] = ()
    settings: tuple[Row, ...] = ()


def read_sheets(path: Path) -> Sheets:
    """Read a workbook (.xlsx), or a folder that holds survey.csv, choices.csv and settings.csv.

    Raises
    ------
    DataError
        If it is neither, is too large, or has no survey.
    MissingLibraryError
        If it is a workbook and the extra `xlsx` is not installed.
    """
    if not path.exists():
        raise DataError([Problem("there is no such file.", str(path), "Check its name and the folder you are in.")])
    tables = _from_folder(path) if path.is_dir() else _from_workbook(path)
    if not tables.get("survey"):
        mend = "An XLSForm has a sheet 'survey' whose first row names the columns type, name and label."
        raise DataError([Problem("there is no sheet 'survey', or it is empty.", str(path), mend)])
    survey, choices, settings = (tuple(_rows(tables.get(name, ()))) for name in SHEETS)
    if not any(row.get("type") for row in survey):
        raise DataError([Problem("the sheet 'survey' has no column 'type'.", str(path), "Name the columns in row 1.")])
    return Sheets(str(path), survey, choices, settings)


Table = Sequence[Sequence[object]]


def _from_folder(path: Path) -> dict[str, Table]:
    return {name: _csv_rows(path / f"{name}.csv") for name in SHEETS if (path / f"{name}.csv").is_file()}


def _csv_rows(path: Path) -> Table:
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise DataError([Problem("a letter is not UTF-8 text.", str(path), "Save the file as UTF-8.")]) from None
    return list(csv.reader(io.StringIO(text, newline="")))


def _from_workbook(path: Path) -> dict[str, Table]:
    if find_spec("openpyxl") is None:
        raise MissingLibraryError("openpyxl", "pip install 'commonground[xlsx]'")
    _check_size(path)
    from openpyxl import load_workbook  # noqa: PLC0415  # only for workbooks, and it is an extra

    try:
        with closing(load_workbook(path, read_only=True, data_only=True)) as book:
            names = {str(name).strip().casefold(): name for name in book.sheetnames}
            return {name: _sheet(book[names[name]], path) for name in SHEETS if name in names}
    except DataError:
        raise
    except Exception as error:  # noqa: BLE001  # what a damaged workbook raises is not documented
        raise DataError([_no_workbook(path, str(error))]) from None


def _check_size(path: Path) -> None:
    """A workbook is a zip archive: it must be one, and not unpack to more than any questionnaire needs."""
    try:
        with zipfile.ZipFile(path) as archive:
            size = sum(entry.file_size for entry in archive.infolist())
    except zipfile.BadZipFile:
        raise DataError([_no_workbook(path, "it is no zip archive")]) from None
    if size > LARGEST:
        raise DataError([Problem(f"the workbook unpacks to {size / 1e6:.0f} MB.", str(path), _SMALLER)])


_SMALLER = "Keep only the sheets survey, choices and settings."


def _no_workbook(path: Path, reason: str) -> Problem:
    mend = "Save it as .xlsx, or give a folder with survey.csv and choices.csv."
    return Problem(f"this is not a workbook that can be read ({reason.strip().rstrip('.')}).", str(path), mend)


def _sheet(sheet: object, path: Path) -> Table:
    rows: list[Sequence[object]] = []
    for row in sheet.iter_rows(max_col=MOST_COLUMNS, values_only=True):  # type: ignore[attr-defined]  # openpyxl has no types
        rows.append(row)
        if len(rows) > MOST_ROWS:
            raise DataError([Problem(f"a sheet has more than {MOST_ROWS} rows.", str(path), _SMALLER)])
    return rows


def _rows(table: Table) -> Iterator[Row]:
    """The rows under the first one that is not empty, which names the columns."""
    lines = [(number, [_text(cell) for cell in cells]) for number, cells in enumerate(table, start=1)]
    filled = [(number, cells) for number, cells in lines if any(cells)]
    if not filled:
        return
    names = [_column(cell) for cell in filled[0][1]]
    for number, cells in filled[1:]:
        yield Row(number, dict(_named(names, cells)))


def _named(names: Iterable[str], cells: Iterable[str]) -> Iterator[tuple[str, str]]:
    yield from ((name, cell) for name, cell in zip(names, cells, strict=False) if name and cell)


def _column(name: str) -> str:
    """The name of a column as XLSForm tools read it: small letters, one way to write double names."""
    plain = " ".join(name.split())
    head, separator, language = plain.partition("::") if "::" in plain else plain.partition(":")
    head = head.strip().casefold().replace(" ", "_")
    return f"{head}::{language.strip()}" if separator else head


def _text(cell: object) -> str:
    """A cell as text; whole numbers without a point, as people see them."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()
