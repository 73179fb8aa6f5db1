"""Text columns as numbers: items in their natural order, labels in order of first appearance."""

import re
from collections.abc import Sequence

import numpy as np
import polars as pl
from numpy.typing import NDArray

MISSING = -1
_DIGITS = re.compile(r"([0-9]{1,18})")


def natural_order(names: Sequence[str]) -> list[str]:
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


def first_appearance(column: pl.Series) -> list[str]:
    """The different values that are not empty, in the order they appear."""
    return column.filter(column != "").unique(maintain_order=True).to_list()


def codes(column: pl.Series, names: Sequence[str]) -> NDArray[np.int64]:
    """Each value's place in `names`; MISSING where it is not among them."""
    if not names:
        return np.full(column.len(), MISSING, dtype=np.int64)
    numbered = column.cast(pl.Enum(names), strict=False).to_physical().cast(pl.Int64)
    return numbered.fill_null(MISSING).to_numpy()


def numbers(column: pl.Series) -> NDArray[np.float64]:
    """Values as numbers: NaN where the cell is empty, infinity where it is no finite number."""
    parsed = column.str.strip_chars().cast(pl.Float64, strict=False).to_numpy().astype(np.float64)
    bad = ~np.isfinite(parsed)
    filled = (column.str.strip_chars() != "").to_numpy()
    return np.where(bad, np.where(filled, np.inf, np.nan), parsed)
