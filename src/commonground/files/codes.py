"""Columns as numbers: items in their natural order, labels in order of first appearance.

A column holds text, plain or as categories, or whole or decimal numbers; null and the empty string are empty cells.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar

import numpy as np
import polars as pl
from numpy.typing import NDArray

from commonground.records.distinct import Whole, first_of_each

_Number = TypeVar("_Number", bound="np.generic[Any]")

MISSING = -1
_DIGITS = re.compile(r"([0-9]{1,18})")


def natural_order(names: Iterable[str]) -> list[str]:
    """Sorted as people sort: numbers by size, letters whatever their case.

    Examples
    --------
    >>> natural_order(["item 10", "Item 2", "item 1"])
    ['item 1', 'Item 2', 'item 10']
    """
    return sorted(names, key=_natural)


def _natural(name: str) -> tuple[list[tuple[int, str]], str]:
    parts = _DIGITS.split(name)
    # text stands at the even places and digits at the odd ones, so the like is compared with the like
    key = [(int(part), "") if place % 2 else (0, part.casefold()) for place, part in enumerate(parts)]
    return key, name


def as_text(column: pl.Series) -> pl.Series:
    """The values as text, an empty cell as the empty string."""
    return column.cast(pl.String).fill_null("")


def filled(column: pl.Series) -> NDArray[np.bool_]:
    """Which cells hold something."""
    if column.dtype.is_numeric():
        return column.is_not_null().to_numpy()
    return (column != "").fill_null(value=False).to_numpy()


def first_appearance(column: pl.Series) -> list[str]:
    """The different values that are not empty, as text, in the order they appear."""
    different = as_text(_different(column))
    return different.filter(different != "").to_list()


def codes(column: pl.Series, names: Sequence[str]) -> NDArray[np.int64]:
    """Each value's place in `names`; MISSING where it is not among them."""
    return narrow_codes(column, names).astype(np.int64)


def narrow_codes(column: pl.Series, names: Sequence[str]) -> Whole:
    """The same in as few bytes as can hold them: tables may have millions of rows."""
    places = {name: place for place, name in enumerate(names)}
    width = np.min_scalar_type(-len(names) - 1)

    def place(different: pl.Series) -> NDArray[np.signedinteger]:
        return np.array([places.get(text, MISSING) for text in different.to_list()], dtype=width)

    return _by_value(column, place, np.array(MISSING, dtype=width))


def numbered(column: pl.Series) -> tuple[Whole, list[str]]:
    """Each value's place in order of first appearance, MISSING where the cell is empty; and the values there.

    Equal values mostly stand together, as the rows of a respondent do, so only the first of each run is looked up.
    """
    starts = column.ne_missing(column.shift(1)).to_numpy(writable=True)
    starts[:1] = True
    heads = column.filter(pl.Series(starts))
    names = first_appearance(heads)
    alone = len(names) == heads.len()  # each value stands in one run, none of them empty
    places = np.arange(heads.len(), dtype=np.int32) if alone else narrow_codes(heads, names)
    return np.repeat(places, np.diff(np.append(np.flatnonzero(starts), column.len()))), names


def numbers(column: pl.Series) -> NDArray[np.float64] | Whole:
    """Values as numbers: NaN where the cell is empty, infinity where it is no finite number.

    A column of whole numbers without an empty cell stays one.
    """
    if column.dtype.is_integer() and not column.has_nulls():
        return column.cast(pl.Int64).to_numpy()
    if column.dtype.is_numeric():
        values = column.cast(pl.Float64).to_numpy()
        return np.where(np.isinf(values), np.inf, values)
    return _by_value(column, _parsed, np.array(np.nan)) if column.dtype == pl.Categorical else _parsed(column)


def _parsed(text: pl.Series) -> NDArray[np.float64]:
    bare = text.str.strip_chars()
    parsed = bare.cast(pl.Float64, strict=False).to_numpy().astype(np.float64)
    return np.where(np.isfinite(parsed), parsed, np.where((bare != "").to_numpy(), np.inf, np.nan))


def _by_value(
    column: pl.Series, function: Callable[[pl.Series], NDArray[_Number]], of_empty: NDArray[_Number]
) -> NDArray[_Number]:
    """A function of each different text, computed once and looked up for every row."""
    coded = column if column.dtype == pl.Categorical else as_text(column).cast(pl.Categorical)
    different = _different(coded)
    places = different.to_physical().to_numpy()
    table = np.full(int(places.max(initial=0)) + 2, of_empty)
    table[places] = function(different.cast(pl.String))
    return pl.Series(table).gather(coded.to_physical().fill_null(table.size - 1)).to_numpy()


def _different(column: pl.Series) -> pl.Series:
    """Each value once, in the order they appear."""
    if column.dtype != pl.Categorical:
        return column.unique(maintain_order=True)
    given = column.drop_nulls()
    if given.is_empty():
        return given
    places = given.to_physical().to_numpy()  # small numbers: far quicker to mark in a table than to hash
    first = first_of_each(places, int(places.max()) + 1)
    return given.gather(np.sort(first[places[first] == np.arange(first.size)]))
