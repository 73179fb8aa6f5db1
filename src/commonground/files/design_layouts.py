"""Design tables as other programs write them, turned into ours: `version, task, item_1 … item_k`.

Understood are other names for the columns (Sawtooth's `Version, Set, Item1, …`; `Block`, `Question`, `Alt.1`), and a
row for each item shown instead of each task (`version, task, position, item`), or a column for each item with 1 where
the task shows it and 0 where it does not.
"""

import re
from dataclasses import replace

import numpy as np
import polars as pl

from commonground.files.cells import Cells
from commonground.files.codes import numbers

_MEANT = {
    "version": ("version", "ver", "block", "design_version"),
    "task": ("task", "set", "question", "screen", "choice_set", "task_number"),
    "item": ("item", "alternative", "alt", "option", "item_shown"),
    "position": ("position", "pos", "place", "order", "concept"),
}
_NUMBERED = re.compile(r"(?:item|alternative|alt|option)_?0*([1-9][0-9]{0,2})")


def understood(cells: Cells) -> Cells:
    """The table with our column names and a row a task; as it is where it has them already.

    Parameters
    ----------
    cells : Cells

    Returns
    -------
    Cells
        With a message that says what was read as what.
    """
    named = _renamed(cells)
    columns = set(named.columns)
    if "item_1" in columns:
        return named
    if {"task", "item"} <= columns:
        return _widened(named)
    return _gathered(named) if _is_incidence(named) else named


def _renamed(cells: Cells) -> Cells:
    wanted = {column: _ours(column) for column in cells.columns}
    names = [*wanted.values()]
    changes = {
        column: ours
        for column, ours in wanted.items()
        if ours != column and names.count(ours) == 1 and ours not in cells.columns
    }
    if not changes:
        return cells
    told = ", ".join(f"'{column}' as {ours}" for column, ours in changes.items())
    message = f"{cells.name}: read {told}."
    return replace(cells, frame=cells.frame.rename(changes), messages=(*cells.messages, message))


def _ours(column: str) -> str:
    plain = re.sub(r"[^a-z0-9]+", "_", column.casefold()).strip("_")
    if match := _NUMBERED.fullmatch(plain):
        return f"item_{match[1]}"
    return next((ours for ours, meant in _MEANT.items() if plain in meant), column)


_KEYS = ("version", "task", "repeat_of")


def _items_of(cells: Cells) -> list[str]:
    return [column for column in cells.columns if column not in _KEYS]


def _is_incidence(cells: Cells) -> bool:
    """Whether every cell beside the numbers of versions and tasks is 0 or 1, and every row has a 1."""
    table = cells.frame.select(_items_of(cells))
    told = table.select(pl.all().is_in(["0", "1"]).all()).row(0) if table.width > 1 else (False,)
    return all(told) and bool(table.select(pl.any_horizontal(pl.all() == "1").all()).item())


def _gathered(cells: Cells) -> Cells:
    """The items of each task in a row, out of a column an item; tasks without a number are numbered as they come."""
    names = _items_of(cells)
    shown = [
        [name for name, cell in zip(names, row, strict=True) if cell == "1"] for row in cells.frame.select(names).rows()
    ]
    width = max(len(items) for items in shown)
    places = [
        pl.Series(f"item_{place + 1}", [items[place] if place < len(items) else "" for items in shown])
        for place in range(width)
    ]
    frame = cells.frame.select(key for key in _KEYS if key in cells.columns)
    if "task" not in frame.columns:
        before = pl.int_range(1, pl.len() + 1)
        numbers_from_1 = before.over("version") if "version" in frame.columns else before
        frame = cells.frame.select(*frame.columns, numbers_from_1.cast(pl.String).alias("task"))
    message = (
        f"{cells.name}: read a column for each item, 1 where a task shows it; positions in the order of the columns."
    )
    return replace(cells, frame=frame.with_columns(places), messages=(*cells.messages, message))


def _widened(cells: Cells) -> Cells:
    """One row a task out of one row an item, in the order of the positions, or else of the rows."""
    keys = [column for column in _KEYS if column in cells.columns]
    frame = cells.frame.with_columns(pl.Series("row", cells.rows))
    if "position" in cells.columns:
        place = np.nan_to_num(numbers(cells.frame["position"]), nan=np.inf)
        frame = frame.with_columns(pl.Series("place", place)).sort("place", maintain_order=True)
    tasks = frame.group_by(keys, maintain_order=True).agg(pl.col("item"), pl.col("row").min()).sort("row")
    width = int(tasks["item"].list.len().to_numpy().max())
    items = [
        tasks["item"].list.get(place, null_on_oob=True).fill_null("").alias(f"item_{place + 1}")
        for place in range(width)
    ]
    message = f"{cells.name}: read one row for each item shown."
    return replace(
        cells,
        frame=tasks.select(keys).with_columns(items),
        rows=tasks["row"].to_numpy(),
        messages=(*cells.messages, message),
    )
