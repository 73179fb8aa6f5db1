"""A result as a table: what every room's records can be shown as, written as CSV, or turned into a data frame."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from enum import Enum
from typing import TYPE_CHECKING

from commonground.records.frames import as_pandas, as_polars
from commonground.records.rendering import Grid, as_html, as_text
from commonground.records.typography import shown

if TYPE_CHECKING:
    from commonground.records.frames import PandasFrame, PolarsFrame

Value = str | int | float | bool | None
"""What a cell may hold; None is shown as a dash and is empty in a CSV."""

Record = Mapping[str, Value]
"""One row of data: column key to value."""

MOST_ROWS = 60
"""A longer table is shown by its first rows."""
FIRST_ROWS = 20

INTERVAL = "interval"
"""How fields that hold (low, high) are called, or end."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table.

    Parameters
    ----------
    key : str
        Where its values stand in a row.
    label : str
    digits : int or None
        Numbers are shown with so many decimals, rounded half up; None shows text and whole numbers as they are.
    signed : bool
        Whether positive numbers carry a plus sign.
    """

    key: str
    label: str
    digits: int | None = None
    signed: bool = False


@dataclass(frozen=True, slots=True, repr=False)
class Sheet:
    """A result as one tidy table.

    Parameters
    ----------
    name : str
        Unique among the tables of a result, such as "items" or "pairs".
    caption : str
        What it is a table of, in a sentence.
    columns : tuple of Column
        Those shown, in order; the rows may hold more.
    rows : tuple of Record
        Every value, unrounded, under the names of the machine output.
    notes : tuple of str
        What a reader must know before using the numbers.
    """

    name: str
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[Record, ...]
    notes: tuple[str, ...] = ()

    @property
    def keys(self) -> tuple[str, ...]:
        """Every key of the rows, in the order they first appear; those of the columns where there is no row."""
        found = dict.fromkeys(key for row in self.rows for key in row)
        return tuple(found) or tuple(column.key for column in self.columns)

    def to_dicts(self) -> list[Record]:
        """The rows as dictionaries, unrounded."""
        return [dict(row) for row in self.rows]

    def to_polars(self) -> "PolarsFrame":
        """The rows as a polars frame: every value, unrounded; null where there is none."""
        return as_polars(self.rows, self.keys)

    def to_pandas(self) -> "PandasFrame":
        """The rows as a pandas frame: every value, unrounded; NaN where there is none.

        Raises
        ------
        MissingLibraryError
            If pandas is not installed.
        """
        return as_pandas(self.rows, self.keys)

    def to_html(self) -> str:
        """The table as HTML, as notebooks show it."""
        return as_html(self._grid())

    def _repr_html_(self) -> str:
        return self.to_html()

    def __str__(self) -> str:
        return as_text(self._grid())

    def __repr__(self) -> str:
        return f"<Sheet {self.name}: {len(self.rows)} rows>"

    def _grid(self) -> Grid:
        rows = self.rows if len(self.rows) <= MOST_ROWS else self.rows[:FIRST_ROWS]
        rest = len(self.rows) - len(rows)
        more = (f"… and {rest} rows more; to_polars() and to_pandas() hold all of them.",) if rest else ()
        return Grid(
            caption=self.caption,
            headings=tuple(column.label for column in self.columns),
            lines=tuple(
                tuple(shown(row.get(one.key), one.digits, signed=one.signed) for one in self.columns) for row in rows
            ),
            words=tuple(_holds_text(column, rows) for column in self.columns),
            notes=(*more, *self.notes),
        )


def _holds_text(column: Column, rows: Sequence[Record]) -> bool:
    """Text stands to the left, numbers to the right."""
    values = [row.get(column.key) for row in rows]
    return any(isinstance(value, str | bool) for value in values) or all(value is None for value in values)


def cells(record: object, *names: str) -> dict[str, Value]:
    """The plain fields of a dataclass as cells of a row; what holds further records is left out.

    An interval becomes two cells, `…low` and `…high`; other tuples are left out as well.

    Parameters
    ----------
    record : dataclass instance
    names : str
        The fields wanted; all of them where none is named.

    Examples
    --------
    >>> @dataclass
    ... class Estimate:
    ...     item: str
    ...     mean: float
    ...     mean_interval: tuple[float, float] | None
    >>> cells(Estimate("goal", 1.5, (1.0, 2.0)))
    {'item': 'goal', 'mean': 1.5, 'mean_low': 1.0, 'mean_high': 2.0}
    """
    found: dict[str, Value] = {}
    for one in fields(record):  # pyright: ignore[reportArgumentType]  # whoever calls it gives a dataclass
        if not names or one.name in names:
            found |= _as_cells(one.name.removesuffix("_"), getattr(record, one.name))
    return found


def _as_cells(name: str, value: object) -> dict[str, Value]:
    match value:
        case Enum():
            return {name: str(value.value)}
        case _ if name.endswith(INTERVAL):
            low, high = value if isinstance(value, tuple) else (None, None)  # pyright: ignore[reportUnknownVariableType]  # two numbers by its name
            stem = name.removesuffix(INTERVAL)
            return {f"{stem}low": low, f"{stem}high": high}
        case str() | int() | float() | bool() | None:
            return {name: value}
        case _:
            return {}
