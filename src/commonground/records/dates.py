"""Dates as people know them: a day, a month or only a year."""

import re
from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import BeforeValidator, WithJsonSchema

_WRITTEN = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?", re.ASCII)


class Precision(StrEnum):
    """How much of a date is asked for."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"


_EXAMPLES = {Precision.DAY: "2026-05-31", Precision.MONTH: "2026-05", Precision.YEAR: "2026"}


def date_example(precision: Precision) -> str:
    """A date of this precision, for messages."""
    return _EXAMPLES[precision]


def precision_of(text: str) -> Precision | None:
    """How much of a date a text says; None where it is no date that exists.

    Examples
    --------
    >>> precision_of("2026-02"), precision_of("2026-02-30")
    (<Precision.MONTH: 'month'>, None)
    """
    if not _WRITTEN.fullmatch(text):
        return None
    parts = [int(part) for part in text.split("-")]
    try:
        date(*[*parts, 1, 1][:3])
    except ValueError:
        return None
    return (Precision.YEAR, Precision.MONTH, Precision.DAY)[len(parts) - 1]


def as_date(given: object) -> object:
    """A date as YAML may hold it, a day or a year, as the text it stands for; anything else as it is."""
    if isinstance(given, date):
        return given.isoformat()[:10]
    return f"{given:04d}" if isinstance(given, int) and not isinstance(given, bool) else given


def _a_date(given: object) -> object:
    text = as_date(given)
    if isinstance(text, str) and precision_of(text) is None:
        raise ValueError(f"'{text}' is no date; write a day, a month or a year, such as 2026-05-31, 2026-05 or 2026")
    return text


PartialDate = Annotated[
    str, BeforeValidator(_a_date), WithJsonSchema({"anyOf": [{"type": "string"}, {"type": "integer"}]})
]
"""A day, a month or a year: 2026-05-31, 2026-05 or 2026."""
