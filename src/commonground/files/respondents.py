"""The respondents table: read, written, and joined to the choices."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import polars as pl

from commonground.files.cells import Cells, Table, read_cells
from commonground.files.checks import first_of_its_kind
from commonground.files.choices import ChoiceFile, frame_csv
from commonground.files.codes import codes
from commonground.files.guard import guarded, unguarded
from commonground.files.mistakes import Mistake, raise_mistakes
from commonground.records.choices import ChoiceData
from commonground.records.errors import DataError, Problem
from commonground.records.respondents import RespondentTable

NAME = "respondents.csv"
"""What the table is called beside a choice table."""

_KEY = "respondent"

_LANGUAGE = "language"
"""In the choice table the one each task was read in, here the last one: people may change it on the way."""


@dataclass(frozen=True, slots=True)
class RespondentFile:
    """A respondents table that was read.

    Parameters
    ----------
    name : str
        The file as it was named, for messages.
    table : RespondentTable
    hash : str
        SHA-256 of the file's content, unzipped.
    messages : tuple of str
    """

    name: str
    table: RespondentTable
    hash: str
    messages: tuple[str, ...] = ()


def read_respondents(table: Table) -> RespondentFile:
    """Read a respondents table, or take it from a data frame: one row a person, keyed by `respondent`.

    Raises
    ------
    DataError
        If the table cannot be read, or a respondent is empty or there twice.
    """
    cells = read_cells(table)
    if _KEY not in cells.columns:
        mend = f"The columns are {', '.join(cells.columns[:12])}."
        raise DataError([Problem(f"the column '{_KEY}' is missing.", cells.header, mend)])
    _check_labels(cells)
    columns = {name: _values(cells.frame[name]) for name in cells.columns if name != _KEY}
    people = RespondentTable(tuple(cells.frame[_KEY].to_list()), columns)
    return RespondentFile(cells.name, people, cells.hash, cells.messages)


def _values(column: pl.Series) -> tuple[str | None, ...]:
    return tuple(unguarded(cell) if cell else None for cell in column.to_list())


def _check_labels(cells: Cells) -> None:
    labels = cells.frame[_KEY]
    first = first_of_its_kind(codes(labels, labels.unique(maintain_order=True).to_list()))
    empty = (labels == "").to_numpy()
    twice = np.flatnonzero((first != np.arange(first.size)) & ~empty)
    mistakes = [
        Mistake(_KEY, np.flatnonzero(empty), lambda _: "the cell is empty.", lambda _: "Write whose row this is."),
        Mistake(
            _KEY,
            twice,
            lambda row: f"'{labels[row]}' has a row already (row {cells.rows[first[row]]}).",
            lambda _: "Keep one row a respondent.",
        ),
    ]
    raise_mistakes(cells.name, cells.rows, mistakes)


def respondents_csv(table: RespondentTable) -> str:
    r"""A respondents table as CSV: UTF-8, RFC 4180, the same bytes for the same table.

    Text that a spreadsheet would run as a formula is guarded with an apostrophe, which `read_respondents` takes away;
    respondent labels stay as they are, because they must match the choice table.

    Examples
    --------
    >>> respondents_csv(RespondentTable(("r1", "r2"), {"group": ("HP", None), "note": ("=1+1", "-3")}))
    "respondent,group,note\r\nr1,HP,'=1+1\r\nr2,,-3\r\n"
    """
    columns = {name: [guarded(value) for value in values] for name, values in table.columns.items()}
    frame = pl.DataFrame(
        {_KEY: table.respondents, **columns}, schema_overrides=dict.fromkeys([_KEY, *columns], pl.String)
    )
    return frame_csv(frame)


def write_respondents(table: RespondentTable, path: Path) -> None:
    """Write a respondents table as CSV."""
    path.write_bytes(respondents_csv(table).encode())


def covers(respondents: RespondentFile, data: ChoiceData) -> tuple[str, ...]:
    """Respondents of the data that the table does not hold; empty if it covers all."""
    known = set(respondents.table.respondents)
    return tuple(label for label in data.respondents if label not in known)


def join(choices: ChoiceFile, respondents: RespondentFile) -> ChoiceFile:
    """Give each respondent of a choice table the columns of a respondents table.

    Raises
    ------
    DataError
        If the table lacks a respondent, contradicts the choice table, or holds a weight that is no positive number.
    """
    missing = covers(respondents, choices.data)
    if missing:
        raise DataError(_missing(respondents.name, missing))
    place = {label: row for row, label in enumerate(respondents.table.respondents)}
    rows = [place[label] for label in choices.data.respondents]
    columns = {name: tuple(values[row] for row in rows) for name, values in respondents.table.columns.items()}
    weight = columns.pop("weight", None)
    _check_agreement(respondents.name, choices.data, columns)
    data = replace(choices.data, covariates={**columns, **_filled(choices.data.covariates, columns)})
    if weight is not None:
        data = replace(data, weight=_weights(respondents.name, choices.data.respondents, weight))
    return replace(choices, data=data)


def _missing(name: str, labels: tuple[str, ...]) -> list[Problem]:
    named = ", ".join(f"'{label}'" for label in labels[:20])
    more = f" and {len(labels) - 20} more" if len(labels) > 20 else ""
    what = f"there is no row for the respondent{'s' if len(labels) > 1 else ''} {named}{more} of the choice table."
    return [Problem(what, f"{name}, column {_KEY}", "Add the rows, or correct the labels.")]


def _check_agreement(name: str, data: ChoiceData, columns: Mapping[str, tuple[str | None, ...]]) -> None:
    problems = [
        Problem(
            f"'{there}' for respondent '{label}', but the choice table says '{here}'.",
            f"{name}, column {column}",
            "Correct one of the two, or leave the column out of one of the tables.",
        )
        for column in columns
        if column in data.covariates and column != _LANGUAGE
        for label, here, there in zip(data.respondents, data.covariates[column], columns[column], strict=True)
        if here and there and here != there
    ]
    if problems:
        more = [Problem(f"and {len(problems) - 20} more like this.", name)] if len(problems) > 20 else []
        raise DataError(problems[:20] + more)


def _filled(
    own: Mapping[str, tuple[str | None, ...]], joined: Mapping[str, tuple[str | None, ...]]
) -> dict[str, tuple[str | None, ...]]:
    """The choice table's own columns, their empty cells filled from the respondents table."""
    return {
        name: tuple(here or there for here, there in zip(values, joined[name], strict=True))
        if name in joined
        else values
        for name, values in own.items()
    }


def _weights(name: str, labels: tuple[str, ...], given: tuple[str | None, ...]) -> np.ndarray:
    cells = pl.Series(given, dtype=pl.String).str.strip_chars().cast(pl.Float64, strict=False)
    weights = cells.to_numpy().astype(np.float64)
    stated = np.array([bool(cell) for cell in given])
    wrong = np.flatnonzero(stated & ~(np.isfinite(weights) & (weights > 0)))
    if wrong.size:
        what = f"'{given[wrong[0]]}' of respondent '{labels[wrong[0]]}' is not a number above 0."
        raise DataError([Problem(what, f"{name}, column weight", "Write plain digits with a point for decimals.")])
    return np.where(stated, weights, 1.0)
