"""Text that a spreadsheet would run as a formula, made harmless and back.

A cell that begins with =, +, - or @ is run as a formula when a table is opened in a spreadsheet, and people may type
anything into a survey. Such text gets an apostrophe in front; reading takes it away again. Numbers stay as they are.
"""

import re

_FORMULA = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")
_GUARDED = re.compile(r"'+[=+\-@\t\r\n＝＋－＠]")


def guarded(value: str | None) -> str | None:
    """A text with an apostrophe in front if a spreadsheet would run it.

    Examples
    --------
    >>> guarded("=1+1"), guarded("-3.5"), guarded("plain")
    ("'=1+1", '-3.5', 'plain')
    """
    if value is None or not _FORMULA.match(value) or _is_number(value):
        return value
    return f"'{value}"


def unguarded(value: str) -> str:
    """The text as it was before `guarded`.

    Examples
    --------
    >>> unguarded("'=1+1"), unguarded("it's")
    ('=1+1', "it's")
    """
    return value[1:] if _GUARDED.match(value) else value


def _is_number(value: str) -> bool:
    try:
        float(value)
    except ValueError:
        return False
    return True
