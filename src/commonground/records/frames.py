"""Rows as data frames of polars or pandas: the one place above `files` that knows these libraries by name.

Nothing is read or written here, and nothing is loaded before a frame is asked for
(docs/decisions/0013-results-as-tables.md).
"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from commonground.records.errors import MissingLibraryError

if TYPE_CHECKING:
    from pandas import DataFrame as PandasFrame  # pyright: ignore[reportMissingTypeStubs]  # its types are inside it
    from polars import DataFrame as PolarsFrame


def as_polars(rows: Sequence[Mapping[str, object]], keys: Sequence[str]) -> "PolarsFrame":
    """Rows as a polars frame; a missing value is null.

    Examples
    --------
    >>> as_polars([{"item": "goal", "mean": 1}, {"item": "trust", "mean": 0.5}], ["item", "mean"]).rows()
    [('goal', 1.0), ('trust', 0.5)]
    """
    import polars as pl  # noqa: PLC0415 – half a second that only frames need

    columns = {key: pl.Series(key, [row.get(key) for row in rows], strict=False) for key in keys}
    return pl.DataFrame(columns)


def as_pandas(rows: Sequence[Mapping[str, object]], keys: Sequence[str]) -> "PandasFrame":
    """Rows as a pandas frame; a missing number is NaN.

    Raises
    ------
    MissingLibraryError
        If pandas is not installed; Common Ground does not need it, so it does not bring it.
    """
    try:
        import pandas as pd  # noqa: PLC0415 – somebody else's  # pyright: ignore[reportMissingTypeStubs]  # as above
    except ImportError as absent:
        raise MissingLibraryError("pandas", "pip install pandas", "to_polars() works without it.") from absent
    return pd.DataFrame({key: [row.get(key) for row in rows] for key in keys}, columns=list(keys))
