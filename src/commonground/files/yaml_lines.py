"""YAML as plain values that remember on which line each of them stands."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.constructor import DuplicateKeyError
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.scalarbool import ScalarBoolean

from commonground.records.errors import Problem, StudyError

Path = tuple[str | int, ...]
"""Field names and places in lists, from the top of the document."""

_MOST_VALUES = 200_000
_DEEPEST = 60

_PLAIN_WORDS: tuple[tuple[str, str, str], ...] = (
    (r"'\\t'", "a tab stands here.", "Indent with spaces only."),
    (
        r"mapping values are not allowed",
        "a colon stands where no field name can be.",
        "If the text contains ': ', put the whole text between quotation marks; else check the indentation.",
    ),
    (
        r"could not find expected ':'",
        "a field name has no colon after it.",
        "Write 'name: value'; a text over several lines begins with '>-' and is indented.",
    ),
    (
        r"but found '<scalar>'",
        "text stands here where a field name should; perhaps a quotation mark before it closes a text too early.",
        "Use other quotation marks inside the text, such as “ ”; else check the indentation.",
    ),
    (
        r"expected <block end>|expected the node content|did not find expected",
        "the indentation does not fit the lines above.",
        "Begin fields of the same part in the same column.",
    ),
    (r"unexpected end of stream", "a quotation mark is opened here and never closed.", "Close it."),
    (
        r"unknown escape character",
        "a backslash stands between double quotation marks.",
        "Use single quotation marks for this text, or double the backslash.",
    ),
    (
        r"cannot start any token",
        "the text begins with a sign that means something else in YAML.",
        "Put the whole text between quotation marks.",
    ),
    (
        r"undefined alias",
        "'*' begins a reference to something not marked with '&'.",
        "Put the text between quotation marks.",
    ),
    (r"but found another document", "a second document begins here ('---').", "Keep one study a file."),
)


@dataclass(frozen=True, slots=True)
class Lines:
    """A YAML document as plain values, and the line of each.

    Parameters
    ----------
    values : object
        dicts, lists, str, int, float, bool and None.
    numbers : dict of path to int
        From 1; the line of a field's name or of a list's entry.
    """

    values: Any
    numbers: dict[Path, int]

    def line(self, path: Path) -> int:
        """The line of a value; where it is not in the document, of the nearest part around it."""
        while path and path not in self.numbers:
            path = path[:-1]
        return self.numbers.get(path, 1)

    def scalars(self, under: Path = ()) -> Iterator[tuple[Path, Any]]:
        """Every single value below a path, in the order of the document."""
        value: Any = self.values
        for step in under:
            value = value[step]
        yield from _scalars(value, under)


def _scalars(value: Any, path: Path) -> Iterator[tuple[Path, Any]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _scalars(inner, (*path, key))
    elif isinstance(value, list):
        for place, inner in enumerate(value):
            yield from _scalars(inner, (*path, place))
    else:
        yield path, value


def load(text: str, name: str) -> Lines:
    """Read YAML.

    Raises
    ------
    StudyError
        If it is not YAML, holds a field twice, or is empty; names the line.
    """
    try:
        tree = YAML(typ="rt").load(text)
    except DuplicateKeyError as error:
        raise StudyError([_field_twice(error, text, name)]) from None
    except MarkedYAMLError as error:
        raise StudyError([_syntax(error, name)]) from None
    except (YAMLError, RecursionError, ValueError) as error:
        raise StudyError([Problem(f"this cannot be read as YAML ({error}).", name)]) from None
    if not tree:
        mend = "Write one with 'commonground new DIR'."
        raise StudyError([Problem("the study document is empty.", name, mend)])
    if not isinstance(tree, CommentedMap):
        what = "the document is not a list of fields such as 'title: …'."
        raise StudyError([Problem(what, name, "Begin with 'commonground new DIR'.")])
    numbers: dict[Path, int] = {}
    return Lines(_plain(tree, (), numbers, name), numbers)


def _plain(node: Any, path: Path, numbers: dict[Path, int], name: str) -> Any:
    if len(path) > _DEEPEST or len(numbers) > _MOST_VALUES:
        raise StudyError([Problem("the document refers to itself, or is far too large.", name)])
    if isinstance(node, CommentedMap):
        return {str(key): _inner(node, key, str(key), path, numbers, name) for key in node}
    if isinstance(node, CommentedSeq):
        return [_inner(node, place, place, path, numbers, name) for place in range(len(node))]
    if isinstance(node, ScalarBoolean):
        return bool(node)
    for kind in (int, float, str):
        if isinstance(node, kind) and not isinstance(node, bool):
            return kind(node)
    return node


def _inner(node: Any, key: Any, step: str | int, path: Path, numbers: dict[Path, int], name: str) -> Any:  # noqa: PLR0917 - one step of a private walk
    inner = (*path, step)
    place = node.lc.data.get(key) if node.lc.data else None
    if place is not None:
        numbers[inner] = place[0] + 1
    return _plain(node[key], inner, numbers, name)


def _field_twice(error: DuplicateKeyError, text: str, name: str) -> Problem:
    found = re.search(r'duplicate key "([^"]*)"', error.problem or "")
    field = found[1] if found else "a field"
    line = error.problem_mark.line + 1 if error.problem_mark else 1
    column = error.problem_mark.column if error.problem_mark else 0
    first = _line_of_field(text, field, column, before=line)
    also = f" (first on line {first})" if first else ""
    return Problem(
        f"the field '{field}' stands here a second time{also}.", f"{name}, line {line}", "Keep one of the two."
    )


def _line_of_field(text: str, field: str, column: int, *, before: int) -> int | None:
    start = re.compile(rf"[ -]{{{column}}}['\"]?{re.escape(field)}['\"]?\s*:")
    lines = text.splitlines()[: before - 1]
    return next((number for number in range(len(lines), 0, -1) if start.match(lines[number - 1])), None)


def _syntax(error: MarkedYAMLError, name: str) -> Problem:
    said = f"{error.context or ''} {error.problem or ''}"
    unclosed = "end of stream" in said and error.context_mark is not None
    mark = error.context_mark if unclosed else (error.problem_mark or error.context_mark)
    where = f"{name}, line {mark.line + 1}" if mark else name
    for pattern, what, mend in _PLAIN_WORDS:
        if re.search(pattern, said):
            return Problem(what, where, mend)
    return Problem(f"this is not YAML: {said.strip()}.", where, "Compare the line with the template.")
