"""Tables held in memory, of polars, pandas or anything that hands out Arrow, as the polars frame readers start from."""

from typing import Any, Protocol

import polars as pl

from commonground.records.errors import DataError, Problem

NAME = "the data frame"
"""What messages call a table without a file; its rows count from 0."""


class Frame(Protocol):
    """A table in memory: a frame of polars or pandas, or an Arrow table."""

    @property
    def columns(self) -> Any:  # names in a frame, arrays in an Arrow table: only their being there is asked for
        """What stands beside each other."""


def in_polars(table: Frame) -> pl.DataFrame:
    """The same table as a polars frame; the index of a pandas frame is left out.

    Raises
    ------
    DataError
        If it is no table, or two columns have one name.

    Examples
    --------
    >>> in_polars(pl.DataFrame({"task": [1, 2]})).shape
    (2, 1)
    """
    frame: Any = table  # which library made it is known by what it can do
    if isinstance(frame, pl.DataFrame):
        return frame
    if hasattr(frame, "iloc"):
        return _from_pandas(frame)
    if hasattr(frame, "__arrow_c_stream__"):
        return pl.DataFrame(frame)
    what = f"{type(table).__name__} is no table that can be read."
    raise DataError([Problem(what, mend="Give a path, or a data frame of polars or pandas.")])


def _from_pandas(frame: Any) -> pl.DataFrame:
    """Column by column, so that pandas needs no other library; where a column mixes text and numbers, all is text."""
    names = [str(name) for name in frame.columns]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        raise DataError([Problem(f"the name '{twice}' stands above two columns.", NAME, "Rename or drop one of them.")])
    return pl.DataFrame(
        [pl.Series(name, _values(frame.iloc[:, place]), strict=False) for place, name in enumerate(names)]
    )


def _values(column: Any) -> list[object]:
    """Plain values, None where one is missing."""
    return [None if missing else value for value, missing in zip(column.tolist(), column.isna(), strict=True)]
