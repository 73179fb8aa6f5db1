"""The numbers behind a table or a figure as CSV, unrounded."""

import csv
import io
from collections.abc import Sequence

from commonground.records.sheet import Record, Value

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv_text(records: Sequence[Record], *, columns: Sequence[str] = ()) -> str:
    r"""Records as CSV: a header, then one line a record; an empty cell where a value is unknown.

    Without `columns`, those of the records, in the order they first appear. A text a spreadsheet would run as a formula
    gets an apostrophe in front.

    Examples
    --------
    >>> csv_text([{"item": "open", "mean": 1.5}, {"item": "=1+1", "mean": None}])
    "item,mean\nopen,1.5\n'=1+1,\n"
    """
    columns = columns or list(dict.fromkeys(key for record in records for key in record))
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([_cell(record.get(column)) for column in columns] for record in records)
    return out.getvalue()


def _cell(value: Value) -> str | int | float:
    if value is None:
        return ""
    if isinstance(value, str):
        return f"'{value}" if value.startswith(_FORMULA) else value
    return value
