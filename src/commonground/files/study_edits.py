"""A study document changed in some places: comments, order and layout of everything else stay as they were.

Only the blocks of fields that change are read and written again; the rest of the text is not touched.
"""

import io
from collections.abc import Mapping
from itertools import groupby, pairwise
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import YAMLError
from ruamel.yaml.scalarstring import DoubleQuotedScalarString

from commonground.files.yaml_lines import Path, load
from commonground.records.study import Study
from commonground.records.words import EVERY_LANGUAGE, Words

_WIDE = 1_000_000
"""Lines are never broken: a text stands on one line as it did."""
_HARD_SPACE = "\u00a0"
_FIELDS = tuple(Study.model_fields)


def edited(text: str, changes: Mapping[Path, object]) -> str:
    r"""A study document with other values in some places.

    Parameters
    ----------
    text : str
        A document that can be read.
    changes : mapping of path to value
        Field names and places in lists from the top, such as `("design", "per_task")`, with the new value: text,
        number, `Words`, list or dict of these. None takes the field away, from a list the entry; the place after the
        last one of a list adds one. Parts on the way that are not there are made.

    Returns
    -------
    str
        Not validated: `files.study.parse_study` says whether it is a study.

    Raises
    ------
    StudyError
        If the text is not YAML.
    TypeError
        If a path leads through something that holds no parts.

    Examples
    --------
    >>> print(edited("id: a # short\ndesign:\n  per_task: 5 # pretested\n", {("design", "per_task"): 6}))
    id: a # short
    design:
      per_task: 6 # pretested
    <BLANKLINE>
    """
    ordered = sorted(changes.items(), key=lambda change: _FIELDS.index(change[0][0]) if change[0][0] in _FIELDS else 0)
    for field, group in groupby(ordered, key=lambda change: str(change[0][0])):
        text = _with_field(text, field, dict(group))
    return text


def _with_field(text: str, field: str, changes: dict[Path, object]) -> str:
    lines = text.splitlines(keepends=True)
    found = _block(text, lines, field)
    if found is None:
        return _dumped(_changed(_read(text), changes))
    start, end = found
    if changes == {(field,): None}:
        return "".join(lines[:start] + lines[end:])
    before = "".join(lines[start:end])
    if not before and all(value is None for value in changes.values()):
        return text
    try:
        part = _read(before) if before.strip() else CommentedMap()
    except YAMLError:  # it refers to something outside it
        return _dumped(_changed(_read(text), changes))
    after = _dumped(_changed(part, changes))
    if before:
        return "".join([*lines[:start], after, *lines[end:]])
    opening = "" if start == 0 or lines[start - 1].endswith("\n") else "\n"
    return "".join([*lines[:start], opening, "\n", after, *lines[start:]])


def _block(text: str, lines: list[str], field: str) -> tuple[int, int] | None:
    """The lines a field of the document takes, from and to; empty where it would stand; None: not written in blocks."""
    numbers = load(text, "study.yaml").numbers
    starts = {str(path[0]): line - 1 for path, line in numbers.items() if len(path) == 1}
    if any(not lines[line].lstrip("'\"").startswith(name) for name, line in starts.items()):
        return None
    if field in starts:
        return starts[field], _end(starts[field], starts, lines)
    earlier = [name for name in _FIELDS[: _FIELDS.index(field)] if name in starts] if field in _FIELDS else []
    place = _end(starts[earlier[-1]], starts, lines) if earlier else len(lines)
    return place, place


def _end(start: int, starts: Mapping[str, int], lines: list[str]) -> int:
    """Where the block of a field ends: what stands before the next field is about that one."""
    end = min((line for line in starts.values() if line > start), default=len(lines))
    while end > start + 1 and (not lines[end - 1].strip() or lines[end - 1].startswith("#")):
        end -= 1
    return end


def _yaml() -> YAML:
    yaml = YAML(typ="rt")
    yaml.preserve_quotes = True
    yaml.width = _WIDE
    yaml.indent(mapping=2, sequence=4, offset=2)
    return yaml


def _read(text: str) -> Any:
    return _yaml().load(text)


def _dumped(tree: Any) -> str:
    out = io.StringIO()
    _yaml().dump(tree, out)
    return _marked(out.getvalue())


def _marked(text: str) -> str:
    """Spaces at which no line breaks are written so that one sees them, as the templates do."""
    lines = text.splitlines(keepends=True)
    return "".join(line.replace(_HARD_SPACE, "\\_") if _all_in_quotes(line) else line for line in lines)


def _all_in_quotes(line: str) -> bool:
    """Whether every such space of a line stands between double quotation marks."""
    inside, escaped = False, False
    for letter in line:
        if letter == _HARD_SPACE and not inside:
            return False
        if letter == '"' and not escaped:
            inside = not inside
        escaped = letter == "\\" and not escaped
    return True


def _changed(tree: Any, changes: Mapping[Path, object]) -> Any:
    removals = [path for path, value in changes.items() if value is None]
    for path, value in changes.items():
        if value is not None:
            _put(tree, path, _node(value))
    for path in sorted(removals, key=lambda path: [(isinstance(step, str), step) for step in path], reverse=True):
        _take_away(tree, path)
    return tree


def _put(tree: Any, path: Path, value: Any) -> None:
    for step, following in pairwise(path):
        if not _has(tree, step):
            _set(tree, step, CommentedSeq() if isinstance(following, int) else CommentedMap())
        tree = tree[step]
    _set(tree, path[-1], value)


def _has(tree: Any, step: str | int) -> bool:
    return step < len(tree) if isinstance(tree, list) and isinstance(step, int) else step in tree


def _set(tree: Any, step: str | int, value: Any) -> None:
    if not isinstance(tree, (list, dict)):
        raise TypeError(f"'{step}' cannot stand inside a text or number")
    if isinstance(tree, list) and step == len(tree):
        tree.append(value)
    else:
        part: Any = tree
        part[step] = value


def _take_away(tree: Any, path: Path) -> None:
    for step in path[:-1]:
        if not _has(tree, step):
            return
        tree = tree[step]
    if _has(tree, path[-1]):
        del tree[path[-1]]


def _node(value: object) -> Any:
    """A value as the house writes it: texts of people between double quotation marks, tasks of a design on a line."""
    match value:
        case Words():
            plain = value.root.get(EVERY_LANGUAGE)
            return _node(plain if len(value.root) == 1 and plain is not None else dict(value.root))
        case Mapping():
            return CommentedMap((str(key), _node(inner)) for key, inner in value.items())
        case list() | tuple():
            found = CommentedSeq(_node(inner) for inner in value)
            if value and all(isinstance(inner, (str, int, float)) for inner in value):
                found.fa.set_flow_style()
            return found
        case bool() | int() | float():
            return value
        case str():
            return DoubleQuotedScalarString(value) if " " in value or not value or "\n" in value else value
        case _:
            return str(value)
