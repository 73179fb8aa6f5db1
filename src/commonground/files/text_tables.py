"""Tables that hold nothing but text, such as a list of links or a log."""

from collections.abc import Mapping, Sequence

import polars as pl

from commonground.files.choices import frame_csv
from commonground.files.guard import guarded


def text_csv(columns: Mapping[str, Sequence[str]]) -> str:
    r"""Columns of text as CSV; what a spreadsheet would run as a formula is guarded.

    Examples
    --------
    >>> text_csv({"name": ["Clinic", "=1+1"], "reply": ["", "gladly"]})
    "name,reply\r\nClinic,\r\n'=1+1,gladly\r\n"
    """
    guarded_columns = {name: [guarded(value) or None for value in values] for name, values in columns.items()}
    return frame_csv(pl.DataFrame(guarded_columns, schema=dict.fromkeys(columns, pl.String)))
