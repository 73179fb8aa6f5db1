"""Choice tables: read, checked and encoded in one go; written so that they read back the same."""

import gzip
import io
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import polars as pl

from commonground.files.cells import Cells, Table, read_cells
from commonground.files.checks import first_filled, mistakes_between, mistakes_within
from commonground.files.codes import numbered
from commonground.files.encoding import ANCHOR, ANCHOR_WORDS, Encoded, encode
from commonground.files.guard import guarded, unguarded
from commonground.files.mistakes import NAMED_ROWS, Dropped, offending, raise_mistakes, reasons
from commonground.files.near_twins import near_twins
from commonground.records.choices import MISSING, ChoiceData
from commonground.records.errors import DataError, Problem


@dataclass(frozen=True, slots=True)
class ChoiceFile:
    """A choice table that was read.

    Parameters
    ----------
    data : ChoiceData
        Items in natural order (numbers by size, then letters), whatever the order of the rows.
    dropped : tuple of Dropped
        Rows left out, with their reasons, in row order; empty unless that was asked for.
    hash : str
        SHA-256 of the file's content, unzipped.
    messages : tuple of str
        What a person should know that is no mistake.
    """

    data: ChoiceData
    dropped: tuple[Dropped, ...]
    hash: str
    messages: tuple[str, ...] = ()


def read_choices(table: Table, *, drop_invalid: bool = False, narrow: bool = False) -> ChoiceFile:
    """Read a choice table (.csv, .csv.gz or .parquet), or take it from a data frame.

    No row disappears: each is in `data`, or in `dropped` with its reason. Tasks with neither best nor worst stay, as
    unanswered. Wholly empty rows are no rows.

    Parameters
    ----------
    table : Path or data frame
    drop_invalid : bool
        Leave rows with mistakes out instead of refusing the table.
    narrow : bool
        Keep millions of rows small (see `ChoiceData.from_rows`); for counting and aggregate fits only.

    Raises
    ------
    DataError
        If the table cannot be read, or has mistakes; the first 20 offending rows are named.
    """
    return check_choices(read_cells(table, drop_ragged=True, coded=True), drop_invalid=drop_invalid, narrow=narrow)


def check_choices(cells: Cells, *, drop_invalid: bool = False, narrow: bool = False) -> ChoiceFile:
    """Check and encode the cells of a choice table, in which ragged rows were left out; see `read_choices`."""
    table, dropped = encode(cells), cells.dropped
    if drop_invalid:
        table, dropped = _drop_invalid(table)
    else:
        _refuse_mistakes(table)
    messages = (*cells.messages, *near_twins(table.items), *_changed_language(table))
    return ChoiceFile(_data(table, narrow=narrow), dropped, cells.hash, messages)


def _refuse_mistakes(table: Encoded) -> None:
    ragged = table.cells.ragged
    between = mistakes_between(table)
    if ragged.rows.size:  # a task that seems to repeat nothing may repeat one of them
        between = [mistake for mistake in between if mistake.column != "repeat_of"]
    raise_mistakes(table.cells.name, table.cells.numbers, [ragged, *mistakes_within(table), *between])


def _drop_invalid(table: Encoded) -> tuple[Encoded, tuple[Dropped, ...]]:
    """Leave out rows with mistakes: first those wrong by themselves, then those at odds with a row that stayed.

    Leaving a row out can take away the task that another repeats, so it goes on until nothing is found.
    """
    dropped = list(table.cells.dropped)
    while mistakes := mistakes_within(table) or mistakes_between(table):
        dropped += reasons(table.cells.rows, mistakes)
        kept = np.ones(table.size, dtype=np.bool_)
        kept[offending(mistakes)] = False
        if not kept.any():
            raise DataError(_nothing_left(table.cells.name, dropped))
        table = encode(table.cells.keep(kept))
    return table, tuple(sorted(dropped, key=_row))


def _row(dropped: Dropped) -> int:
    return dropped.row


def _nothing_left(name: str, dropped: list[Dropped]) -> list[Problem]:
    named = [Problem(one.reason, f"{name}, row {one.row}") for one in sorted(dropped, key=_row)[:NAMED_ROWS]]
    return [Problem("every row has a mistake, so nothing is left.", name), *named]


def _data(table: Encoded, *, narrow: bool) -> ChoiceData:
    return ChoiceData.from_rows(
        table.items,
        table.respondents,
        respondent=table.respondent,
        task=table.whole("task"),
        shown=table.shown,
        best=table.best,
        worst=table.worst,
        repeat_of=table.whole("repeat_of"),
        version=table.whole("version"),
        shown_order=table.whole("shown_order"),
        seconds=table.number.get("seconds"),
        weight=_weight(table),
        covariates={column: _covariate(table, column) for column in table.covariates},
        anchor=table.anchor,
        language=_languages(table),
        narrow=narrow,
    )


def _weight(table: Encoded) -> np.ndarray | None:
    if "weight" not in table.number:
        return None
    weight = table.number["weight"]
    first = first_filled(table, np.where(np.isfinite(weight), 0, MISSING))[:-1]
    return np.where(first == MISSING, 1.0, weight[first])


def _covariate(table: Encoded, column: str) -> tuple[str | None, ...]:
    value, different = numbered(table.cells.frame[column])
    first = first_filled(table, value)[:-1]
    named = [*map(unguarded, different), None]  # the last one is taken by MISSING
    return tuple(named[place] for place in np.where(first == MISSING, MISSING, value[first]).tolist())


def _changed(table: Encoded) -> np.ndarray:
    """The rows read in another language than the respondent's first one."""
    if "language" not in table.covariates:
        return np.zeros(table.size, dtype=np.bool_)
    value, _ = numbered(table.cells.frame["language"])
    return np.asarray((value != MISSING) & (value != value[first_filled(table, value)[table.respondent]]))


def _changed_language(table: Encoded) -> tuple[str, ...]:
    people = np.unique(table.respondent[_changed(table)]).size
    if not people:
        return ()
    return (f"{people} respondent{'s' if people > 1 else ''} changed language on the way; the first one counts.",)


def _languages(table: Encoded) -> tuple[str | None, ...] | None:
    """The language of each row, kept only where somebody changed it on the way."""
    if not _changed(table).any():
        return None
    return tuple(unguarded(cell) if cell else None for cell in table.cells.frame["language"].to_list())


def write_choices(data: ChoiceData, path: Path) -> None:
    """Write a choice table; the file's ending says how: .csv, .csv.gz or .parquet."""
    if path.suffix == ".parquet":
        _frame(data, guard=False).write_parquet(path)
        return
    text = choices_csv(data).encode()
    path.write_bytes(gzip.compress(text, mtime=0) if path.suffix == ".gz" else text)


def choices_csv(data: ChoiceData) -> str:
    r"""A choice table as CSV: UTF-8, RFC 4180, the same bytes for the same data.

    Optional columns are written only where they say something. Covariates that a spreadsheet would take for a
    formula are guarded (see `guard`); item ids and respondent labels never are, because they must match.

    Examples
    --------
    >>> data = ChoiceData.from_rows(
    ...     ("a", "b, c"), ("Ann",), respondent=[0], task=[1], shown=[[0, 1]], best=[0], worst=[1]
    ... )
    >>> choices_csv(data)
    'respondent,task,item_1,item_2,best,worst\r\nAnn,1,a,"b, c",a,"b, c"\r\n'
    """
    return frame_csv(_frame(data, guard=True))


def frame_csv(frame: pl.DataFrame) -> str:
    """A frame of text and numbers as CSV with the line ends of RFC 4180; nulls are empty cells."""
    text = io.BytesIO()
    frame.write_csv(text, line_terminator="\r\n", quote_style="necessary")
    return text.getvalue().decode("utf-8")


def _frame(data: ChoiceData, *, guard: bool) -> pl.DataFrame:
    columns = {
        "respondent": _labels(data.respondents, data.respondent),
        "task": pl.Series(data.task),
        **{f"item_{place + 1}": _labels(data.items, data.shown[:, place]) for place in range(data.shown.shape[1])},
        "best": _labels(data.items, data.best),
        "worst": _labels(data.items, data.worst),
        **_optional(data, guard=guard),
    }
    for name, values in data.covariates.items():
        if name in columns:  # the language of each row says more than that of each respondent
            continue
        safe = tuple(guarded(value) for value in values) if guard else values
        columns[name] = pl.Series(safe, dtype=pl.String).gather(data.respondent)
    return pl.DataFrame(columns)


def _labels(names: tuple[str, ...], places: np.ndarray) -> pl.Series:
    return pl.Series((*names, None), dtype=pl.String).gather(np.where(places == MISSING, len(names), places))


def _optional(data: ChoiceData, *, guard: bool) -> dict[str, pl.Series]:
    columns = {
        name: pl.Series(values).replace(0, None)
        for name, values in (
            ("version", data.version),
            ("shown_order", data.shown_order),
            ("repeat_of", data.repeat_of),
        )
        if values.any()
    }
    if np.isfinite(data.seconds).any():
        columns["seconds"] = pl.Series(data.seconds).fill_nan(None)
    if data.language is not None:
        columns["language"] = pl.Series([guarded(one) if guard else one for one in data.language], dtype=pl.String)
    if data.anchor is not None:
        columns[ANCHOR] = _labels(ANCHOR_WORDS, data.anchor)
    if (data.weight != 1).any():
        columns["weight"] = pl.Series(data.weight[data.respondent])
    return columns
