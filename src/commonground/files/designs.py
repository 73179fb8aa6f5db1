"""Design tables: `version, task, item_1 … item_k`, read and written."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import polars as pl
from numpy.typing import NDArray

from commonground.files.cells import Cells, numbers_above, read_cells
from commonground.files.checks import first_of_its_kind
from commonground.files.choices import frame_csv
from commonground.files.codes import MISSING, codes, first_appearance, natural_order, numbers
from commonground.files.design_layouts import understood
from commonground.files.encoding import find_item_columns
from commonground.files.mistakes import Mistake, raise_mistakes
from commonground.records.design import Design, Task
from commonground.records.errors import DataError, Problem


@dataclass(frozen=True, slots=True)
class DesignFile:
    """A design table that was read.

    Parameters
    ----------
    design : Design
    items : tuple of str
        What the design's item indices stand for.
    hash : str
        SHA-256 of the file's content, unzipped.
    messages : tuple of str
    """

    design: Design
    items: tuple[str, ...]
    hash: str
    messages: tuple[str, ...] = ()


def read_design(path: Path, items: Sequence[str] | None = None) -> DesignFile:
    """Read a design table, also in the layouts other programs write (`commonground.files.design_layouts`).

    A task that is shown a second time has its number in the optional column `repeat_of`.

    Parameters
    ----------
    path : Path
    items : sequence of str, optional
        The items, in the order of their indices. Without it they are those of the table, in natural order.

    Raises
    ------
    DataError
        If the table cannot be read or has mistakes; the first 20 offending rows are named.
    """
    cells = understood(read_cells(path, such_as=_HEADER))
    if all(name.isdecimal() for name in cells.columns):
        raise DataError([numbers_above(cells.header, _HEADER)])
    columns = find_item_columns(cells)
    if "task" not in cells.columns:
        raise DataError([Problem("the column 'task' is missing.", cells.header, "Number the tasks from 1.")])
    named = natural_order(first_appearance(pl.concat([cells.frame[column].rename("item") for column in columns])))
    known = tuple(items) if items is not None else tuple(named)
    shown = np.column_stack([codes(cells.frame[column], known) for column in columns])
    number = {column: _whole(cells, column, default) for column, default in _NUMBERS.items()}
    raise_mistakes(cells.name, cells.rows, _mistakes(cells, columns, shown, number))
    return DesignFile(_design(shown, number, len(known), cells.name), known, cells.hash, cells.messages)


_HEADER = "version,task,item_1,item_2,…, or, above a table of 0 and 1, the ids of the items"
_NUMBERS = {"version": 1.0, "task": np.nan, "repeat_of": 0.0}


def _whole(cells: Cells, column: str, default: float) -> NDArray[np.float64]:
    if column not in cells.columns:
        return np.full(cells.rows.size, default)
    given = numbers(cells.frame[column])
    return np.where(np.isnan(given), default, given)


def _mistakes(
    cells: Cells, columns: tuple[str, ...], shown: NDArray[np.int64], number: dict[str, NDArray[np.float64]]
) -> list[Mistake]:
    filled = np.column_stack([(cells.frame[column] != "").to_numpy() for column in columns])
    ordered = np.sort(shown, axis=1)
    twice = ((ordered[:, 1:] == ordered[:, :-1]) & (ordered[:, 1:] != MISSING)).any(axis=1)
    keys = np.column_stack((number["version"], number["task"], number["repeat_of"] > 0))
    first = first_of_its_kind(np.nan_to_num(keys, posinf=-1).astype(np.int64))
    return [
        *(_not_whole(cells, column, values) for column, values in number.items()),
        _row(
            filled & (shown == MISSING),
            "an item of this task is not one of the study's.",
            "Write the ids of its items.",
        ),
        _row(filled[:, 1:] & ~filled[:, :-1], "an empty cell stands before an item.", "Move the items to the left."),
        _row(filled.sum(axis=1) < 2, "the task has fewer than two items.", "Fill in its items."),
        _row(twice, "an item stands twice in this task.", "A task shows each item once."),
        Mistake(
            "task",
            np.flatnonzero(first != np.arange(first.size)),
            lambda row: f"this task is there already (row {cells.rows[first[row]]}).",
            lambda _: "Number the tasks of a version 1, 2, 3, ….",
        ),
    ]


def _row(wrong: NDArray[np.bool_], what: str, mend: str) -> Mistake:
    rows = np.flatnonzero(wrong if wrong.ndim == 1 else wrong.any(axis=1))
    return Mistake("", rows, lambda _: what, lambda _: mend)


def _not_whole(cells: Cells, column: str, values: NDArray[np.float64]) -> Mistake:
    smallest = 0 if column == "repeat_of" else 1
    right = (values >= smallest) & (values < 2**31) & (values == np.floor(values))
    return Mistake(
        column,
        np.flatnonzero(~right),
        lambda row: f"'{cells.frame[column][row]}' is not a whole number from {smallest}.",
        lambda _: "Write plain digits.",
    )


def _design(shown: NDArray[np.int64], number: dict[str, NDArray[np.float64]], items: int, name: str) -> Design:
    version, task, repeat = (number[column].astype(np.int64) for column in _NUMBERS)
    versions: list[tuple[Task, ...]] = []
    repeats: list[int | None] = []
    for one in np.unique(version):
        rows = np.flatnonzero((version == one) & (repeat == 0))
        rows = rows[np.argsort(task[rows], kind="stable")]
        again = repeat[(version == one) & (repeat > 0)]
        places = {int(task[row]): place for place, row in enumerate(rows)}
        if again.size > 1 or (again.size and int(again[0]) not in places):
            what = f"version {one} repeats {'several tasks' if again.size > 1 else 'a task it does not have'}."
            raise DataError([Problem(what, f"{name}, column repeat_of", "Repeat at most one task a version.")])
        versions.append(tuple(tuple(int(item) for item in shown[row] if item != MISSING) for row in rows))
        repeats.append(places[int(again[0])] if again.size else None)
    return Design(items, tuple(versions), tuple(repeats), source=f"read from {name}")


def design_csv(design: Design, items: Sequence[str] | None = None) -> str:
    r"""A design table as CSV; without names the items are numbered from 1.

    Examples
    --------
    >>> design_csv(Design(3, (((0, 1), (1, 2), (2, 0)),), (None,), "all pairs"), ("a", "b", "c"))
    'version,task,item_1,item_2\r\n1,1,a,b\r\n1,2,b,c\r\n1,3,c,a\r\n'
    """
    names = list(items) if items is not None else [str(number + 1) for number in range(design.items)]
    rows = [row for version, tasks in enumerate(design.versions) for row in _rows(design, version, tasks)]
    width = design.per_task
    columns: dict[str, list[object]] = {
        "version": [version for version, *_ in rows],
        "task": [task for _, task, *_ in rows],
        **{
            f"item_{place + 1}": [names[shown[place]] if place < len(shown) else None for _, _, shown, _ in rows]
            for place in range(width)
        },
    }
    if any(repeat is not None for repeat in design.repeats):
        columns["repeat_of"] = [repeat for *_, repeat in rows]
    return frame_csv(pl.DataFrame(columns))


def _rows(design: Design, version: int, tasks: tuple[Task, ...]) -> list[tuple[int, int, Task, int | None]]:
    """The tasks of a version as (version, task, items, repeat_of); the repeat is numbered after the last."""
    rows: list[tuple[int, int, Task, int | None]] = [
        (version + 1, number, task, None) for number, task in enumerate(tasks, start=1)
    ]
    repeat = design.repeats[version]
    return rows if repeat is None else [*rows, (version + 1, len(tasks) + 1, tasks[repeat], repeat + 1)]


def write_design(design: Design, path: Path, items: Sequence[str] | None = None) -> None:
    """Write a design table as CSV."""
    path.write_bytes(design_csv(design, items).encode())
