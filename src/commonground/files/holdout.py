"""The holdout table: which answers a model is not shown, to be foreseen instead."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import polars as pl

from commonground.files.cells import Cells, read_cells
from commonground.files.mistakes import Mistake, raise_mistakes
from commonground.records.choices import BoolArray, ChoiceData
from commonground.records.errors import DataError, Problem

_COLUMNS = ("respondent", "task", "holdout")
_MARKS = {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False, "": False}


@dataclass(frozen=True, slots=True)
class Holdout:
    """The rows left out.

    Parameters
    ----------
    rows : (n_rows,) bool
        Of the choice table.
    hash : str
        SHA-256 of the holdout table's content, unzipped.
    messages : tuple of str
    """

    rows: BoolArray
    hash: str
    messages: tuple[str, ...] = ()


def read_holdout(path: Path, data: ChoiceData) -> Holdout:
    """Read a table with `respondent`, `task` and `holdout` (1 for a task to leave out, 0 or empty for one to keep).

    Rows of the choice table that it does not name are kept. Where it names respondents who are not among the data,
    because only some were kept, these are passed over with a message.

    Raises
    ------
    DataError
        If a column is missing, a mark is neither 1 nor 0, a task is named that a respondent of the data never
        answered, or twice, or no answer would be left out, or none left to learn from.
    """
    cells = read_cells(path)
    missing = [column for column in _COLUMNS if column not in cells.columns]
    if missing:
        mend = f"The columns are {', '.join(cells.columns[:12])}; a holdout table has {', '.join(_COLUMNS)}."
        raise DataError([Problem(f"the column '{missing[0]}' is missing.", cells.header, mend)])
    place, known = _places(cells, data)
    marked = cells.frame["holdout"].str.strip_chars().str.to_lowercase()
    _check(cells, place, known, marked)
    rows = np.zeros(data.task.size, dtype=np.bool_)
    wanted = marked.replace_strict(_MARKS, return_dtype=pl.Boolean).to_numpy() & known
    rows[place[wanted]] = True
    _check_enough(cells.name, rows, data)
    strangers = int((~known).sum())
    said = f"{cells.name}: {strangers} row{'s' if strangers != 1 else ''} of respondents not in the data passed over."
    return Holdout(rows, cells.hash, (*cells.messages, said) if strangers else cells.messages)


def _places(cells: Cells, data: ChoiceData) -> tuple[np.ndarray, BoolArray]:
    """For each row of the table the row of the data (-1 if there is none), and whether the respondent is known."""
    people = {label: index for index, label in enumerate(data.respondents)}
    rows = {
        (person, task): row
        for row, (person, task) in enumerate(zip(data.respondent.tolist(), data.task.tolist(), strict=True))
    }
    who = [people.get(label, -1) for label in cells.frame["respondent"].to_list()]
    tasks = cells.frame["task"].str.strip_chars().cast(pl.Int64, strict=False).to_list()
    found = np.array([rows.get((person, task), -1) for person, task in zip(who, tasks, strict=True)], dtype=np.int64)
    return found, np.array(who) >= 0


def _check(cells: Cells, place: np.ndarray, known: BoolArray, marked: pl.Series) -> None:
    _, first, which = np.unique(place, return_index=True, return_inverse=True)
    twice = (first[which] != np.arange(place.size)) & (place >= 0)
    mistakes = [
        Mistake(
            "task",
            np.flatnonzero(known & (place < 0)),
            lambda row: (
                f"respondent '{cells.frame['respondent'][row]}' has no task '{cells.frame['task'][row]}' in the data."
            ),
            lambda _: "Correct the number, or take the row out.",
        ),
        Mistake(
            "task",
            np.flatnonzero(twice),
            lambda row: f"this task stands in row {cells.rows[first[which[row]]]} already.",
            lambda _: "Keep one row a task.",
        ),
        Mistake(
            "holdout",
            np.flatnonzero(~marked.is_in(list(_MARKS)).to_numpy()),
            lambda row: f"'{cells.frame['holdout'][row]}' is neither 1 nor 0.",
            lambda _: "Write 1 for a task to leave out and 0 for one to keep.",
        ),
    ]
    raise_mistakes(cells.name, cells.rows, mistakes)


def _check_enough(name: str, rows: BoolArray, data: ChoiceData) -> None:
    scored = np.zeros(rows.size, dtype=np.bool_)
    scored[data.scored] = True
    if not (rows & scored).any():
        raise DataError([Problem("it leaves no answered task out.", name, "Mark some with holdout 1.")])
    if not (~rows & scored).any():
        raise DataError([Problem("it leaves no answer to learn from.", name, "Mark fewer with holdout 1.")])
