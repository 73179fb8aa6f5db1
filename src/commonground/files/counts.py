"""Count tables: how often each item was chosen, without the people who chose."""

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from commonground.files.cells import Cells, Table, read_cells
from commonground.files.checks import first_of_its_kind
from commonground.files.choices import frame_csv
from commonground.files.codes import MISSING, codes, first_appearance, numbers
from commonground.files.mistakes import Mistake, raise_mistakes
from commonground.records.choices import CountTable
from commonground.records.errors import DataError, Problem

_ONE_GROUP = "all"
_COUNTS = ("best", "worst", "shown", "respondents")


@dataclass(frozen=True, slots=True)
class CountFile:
    """A count table that was read.

    Parameters
    ----------
    data : CountTable
        Items and groups in order of first appearance.
    hash : str
        SHA-256 of the file's content, unzipped.
    messages : tuple of str
    """

    data: CountTable
    hash: str
    messages: tuple[str, ...] = ()


def read_counts(table: Table) -> CountFile:
    """Read a count table: `item, best, worst`, and where known `shown`, `group`, `respondents`.

    Raises
    ------
    DataError
        If the table cannot be read or has mistakes; the first 20 offending rows are named.
    """
    return check_counts(read_cells(table))


def is_count_table(cells: Cells) -> bool:
    """Whether the columns are those of a count table."""
    return "item" in cells.columns and "respondent" not in cells.columns


@dataclass(frozen=True, slots=True)
class _Encoded:
    """A count table as arrays: row by row the item, the group (MISSING where empty) and the counts."""

    cells: Cells
    items: list[str]
    groups: list[str]
    item: NDArray[np.int64]
    group: NDArray[np.int64]
    counts: dict[str, NDArray[np.float64]]

    def grid(self, column: str) -> NDArray[np.float64]:
        """A count for each group and item."""
        table = np.zeros((len(self.groups), len(self.items)))
        table[self.group, self.item] = self.counts[column]
        return table


def check_counts(cells: Cells) -> CountFile:
    """Check and encode the cells of a count table; see `read_counts`."""
    missing = [column for column in ("item", "best", "worst") if column not in cells.columns]
    if missing:
        where, mend = cells.header, f"The columns are {', '.join(cells.columns[:12])}."
        raise DataError([Problem(f"the column '{column}' is missing.", where, mend) for column in missing])
    table = _encode(cells)
    raise_mistakes(cells.name, cells.rows, _mistakes(table))
    _check_complete(table)
    people = (
        tuple(int(most) for most in table.grid("respondents").max(axis=1)) if "respondents" in table.counts else None
    )
    shown = table.grid("shown") if "shown" in table.counts else None
    data = CountTable(
        tuple(table.items), tuple(table.groups), table.grid("best"), table.grid("worst"), shown, respondents=people
    )
    return CountFile(data, cells.hash, cells.messages)


def _encode(cells: Cells) -> _Encoded:
    items = first_appearance(cells.frame["item"])
    groups, group = [_ONE_GROUP], np.zeros(cells.rows.size, dtype=np.int64)
    if "group" in cells.columns:
        groups = first_appearance(cells.frame["group"])
        group = codes(cells.frame["group"], groups)
    counts = {column: numbers(cells.frame[column]).astype(np.float64) for column in _COUNTS if column in cells.columns}
    return _Encoded(cells, items, groups, codes(cells.frame["item"], items), group, counts)


def _mistakes(table: _Encoded) -> list[Mistake]:
    return [
        _empty("item", table.item),
        _empty("group", table.group),
        _item_twice(table),
        *(_not_a_count(table, column) for column in table.counts),
        *_different_sizes(table),
        *_more_than_shown(table),
    ]


def _item_twice(table: _Encoded) -> Mistake:
    earlier = first_of_its_kind(np.column_stack((table.group, table.item)))
    named = (table.group != MISSING) & (table.item != MISSING)
    return Mistake(
        "item",
        np.flatnonzero(named & (earlier != np.arange(earlier.size))),
        lambda row: (
            f"'{table.items[table.item[row]]}' has a row already in group "
            f"'{table.groups[table.group[row]]}' (row {table.cells.rows[earlier[row]]})."
        ),
        lambda _: "Keep one row for each item of a group.",
    )


def _empty(column: str, places: NDArray[np.int64]) -> Mistake:
    return Mistake(column, np.flatnonzero(places == MISSING), lambda _: "the cell is empty.", lambda _: "Fill it in.")


def _not_a_count(table: _Encoded, column: str) -> Mistake:
    values = table.counts[column]
    wrong = ~(np.isfinite(values) & (values >= 0))
    if column == "respondents":
        wrong |= values != np.floor(values)
    return Mistake(
        column,
        np.flatnonzero(wrong),
        lambda row: f"'{table.cells.frame[column][row]}' is not a count.",
        lambda _: "Write a number from 0, with a point for decimals.",
    )


def _different_sizes(table: _Encoded) -> tuple[Mistake, ...]:
    if "respondents" not in table.counts:
        return ()
    people = table.counts["respondents"]
    before = first_of_its_kind(table.group[:, None])
    return (
        Mistake(
            "respondents",
            np.flatnonzero(np.isfinite(people) & np.isfinite(people[before]) & (people != people[before])),
            lambda row: (
                f"{people[row]:g} here, but {people[before[row]]:g} in row {table.cells.rows[before[row]]} "
                "of the same group."
            ),
            lambda _: "A group has one number of respondents.",
        ),
    )


def _more_than_shown(table: _Encoded) -> tuple[Mistake, ...]:
    if "shown" not in table.counts:
        return ()
    chosen, shown = table.counts["best"] + table.counts["worst"], table.counts["shown"]
    both = np.isfinite(chosen) & np.isfinite(shown)
    return (
        Mistake(
            "shown",
            np.flatnonzero(both & (chosen > shown + 1e-9)),
            lambda row: f"the item was chosen {chosen[row]:g} times, but shown {shown[row]:g} times.",
            lambda _: "best and worst together cannot exceed shown; correct one of the three.",
        ),
    )


def _check_complete(table: _Encoded) -> None:
    there = np.zeros((len(table.groups), len(table.items)), dtype=np.bool_)
    there[table.group, table.item] = True
    absent = [f"'{table.items[place]}' in group '{table.groups[row]}'" for row, place in np.argwhere(~there)]
    if absent:
        named = ", ".join(absent[:20]) + (f" and {len(absent) - 20} more" if len(absent) > 20 else "")
        mend = "Add the rows; write 0 where an item was never chosen."
        raise DataError([Problem(f"there is no row for {named}.", table.cells.name, mend)])


def counts_csv(table: CountTable) -> str:
    """A count table as CSV, group after group."""
    groups, items = len(table.groups), len(table.items)
    columns = {
        "group": np.repeat(table.groups, items),
        "item": np.tile(table.items, groups),
        "best": table.best.reshape(-1),
        "worst": table.worst.reshape(-1),
    }
    if table.shown is not None:
        columns["shown"] = table.shown.reshape(-1)
    if table.respondents is not None:
        columns["respondents"] = np.repeat(table.respondents, items)
    return frame_csv(pl.DataFrame({name: pl.Series(values.tolist()) for name, values in columns.items()}))
