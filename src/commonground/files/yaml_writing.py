"""Plain values written as YAML, in the hand of the templates: short parts on one line, longer ones a line a field."""

import json
import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

LONGEST_LINE = 110
_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
_NOT_PLAIN = frozenset({"yes", "no", "on", "off", "true", "false", "null", "y", "n"})
"""Words that some readers of YAML take for something else than a text."""
_ESCAPED = {"\xa0": r"\_", "\x7f": r"\x7F", "\x85": r"\N", "\u2028": r"\L", "\u2029": r"\P", "\ufeff": r"\uFEFF"}
_FEW_FIELDS = 3


def on_one_line(value: Any) -> str:
    """A value as it can stand anywhere, also between brackets.

    Examples
    --------
    >>> on_one_line({"id": "yes", "label": {"en": "Yes: of course"}, "exclusive": True})
    '{id: "yes", label: {en: "Yes: of course"}, exclusive: true}'
    """
    match value:
        case Mapping():
            return "{" + ", ".join(f"{_name(key)}: {on_one_line(inner)}" for key, inner in value.items()) + "}"
        case str():
            return _text(value)
        case Sequence():
            return "[" + ", ".join(on_one_line(inner) for inner in value) + "]"
        case date():
            return value.isoformat()
        case _:
            return json.dumps(value)


def in_lines(value: Any, column: int, newline: str = "\n") -> str:
    """A value as a block whose first line begins at this column; the cursor already stands there.

    Examples
    --------
    >>> print(in_lines({"id": "role", "options": [{"id": "a"}, {"id": "b"}], "groups": ["HP"]}, 0))
    id: role
    options:
      - {id: a}
      - {id: b}
    groups: [HP]
    """
    indent = newline + " " * column
    match value:
        case Mapping() if value:
            return indent.join(f"{_name(key)}:{after_name(inner, column, newline)}" for key, inner in value.items())
        case Sequence() if value and not isinstance(value, str):
            return indent.join(f"- {_entry(inner, column + 2, newline)}" for inner in value)
        case _:
            return on_one_line(value)


def after_name(value: Any, column: int, newline: str = "\n") -> str:
    """What follows the colon of a field that stands at this column."""
    if fits_on_a_line(value, column):
        return f" {on_one_line(value)}"
    return f"{newline}{' ' * (column + 2)}{in_lines(value, column + 2, newline)}"


def fits_on_a_line(value: Any, column: int) -> bool:
    """Whether a value is read more easily on one line."""
    if isinstance(value, str) or not isinstance(value, Mapping | Sequence) or not value:
        return True
    if isinstance(value, Mapping) and column == 0:
        return False
    inner = value.values() if isinstance(value, Mapping) else value
    flat = all(_is_flat(one) if isinstance(value, Mapping) else _is_single(one) for one in inner)
    return flat and len(value) <= _most_parts(value) and column + len(on_one_line(value)) <= LONGEST_LINE


def _most_parts(value: Mapping[str, Any] | Sequence[Any]) -> int:
    return _FEW_FIELDS if isinstance(value, Mapping) else LONGEST_LINE


def _entry(value: Any, column: int, newline: str) -> str:
    return on_one_line(value) if fits_on_a_line(value, column) else in_lines(value, column, newline)


def _is_single(value: Any) -> bool:
    return isinstance(value, str) or not isinstance(value, Mapping | Sequence)


def _is_flat(value: Any) -> bool:
    """A single value, a list of such, or a text in several languages."""
    inner = value.values() if isinstance(value, Mapping) else value
    return _is_single(value) or all(_is_single(one) for one in inner)


def _name(text: str) -> str:
    return text if _is_plain(text) else _quoted(text)


def _text(text: str) -> str:
    return text if _is_plain(text) else _quoted(text)


def _is_plain(text: str) -> bool:
    return bool(_PLAIN.fullmatch(text)) and text.lower() not in _NOT_PLAIN


def _quoted(text: str) -> str:
    """Between double quotation marks; a space at which no line breaks is written so that one can see it."""
    return "".join(_ESCAPED.get(letter, letter) for letter in json.dumps(text, ensure_ascii=False))
