"""A study document changed in some places: comments, order and layout of everything else stay as they were."""

from collections.abc import Mapping
from enum import Enum
from itertools import pairwise
from typing import Any

from commonground.files.rewriting import rewritten
from commonground.files.study_words import fields_at
from commonground.files.yaml_lines import Path, load
from commonground.records.words import EVERY_LANGUAGE, Words


class _Empty(Enum):
    EMPTY = "null"


EMPTY = _Empty.EMPTY
"""A field that stands there and says nothing, which differs from a field that is left to its default."""


def edited(text: str, changes: Mapping[Path, object]) -> str:
    r"""A study document with other values in some places.

    Parameters
    ----------
    text : str
        A document that can be read.
    changes : mapping of path to value
        Field names and places in lists from the top, such as `("design", "per_task")`, with the new value: text,
        number, `Words`, list or dict of these. None takes the field away, from a list the entry; `EMPTY` keeps it and
        says nothing. The place after the last one of a list adds one. Parts on the way that are not there are made.

    Returns
    -------
    str
        Not validated: `files.study.parse_study` says whether it is a study. Only the text of what differs is new.

    Raises
    ------
    StudyError
        If the text is not YAML, or is written in a way that no form can change.
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
    values: dict[str, Any] = load(text, "study.yaml").values
    for path, value in changes.items():
        if value is not None:
            _put(values, path, plain(value))
    removals = [path for path, value in changes.items() if value is None]
    for path in sorted(removals, key=_late_places_first):
        _take_away(values, path)
    return said_by(text, values)


def said_by(text: str, values: Mapping[str, Any]) -> str:
    """The document made to say these values; fields it did not have stand where the reference has them.

    Raises
    ------
    StudyError
        If the text is not YAML, or is written in a way that no form can change.
    """
    return rewritten(text, _in_order(dict(values), ()))


def plain(value: object) -> Any:
    """A value as a study document writes it.

    Examples
    --------
    >>> plain((Words("Yes"), Words({"en": "No", "fr": "Non"})))
    ['Yes', {'en': 'No', 'fr': 'Non'}]
    """
    match value:
        case _Empty.EMPTY:
            return None
        case Words():
            every = value.root.get(EVERY_LANGUAGE)
            return every if len(value.root) == 1 and every is not None else dict(value.root)
        case Mapping():
            return {str(key): plain(inner) for key, inner in value.items()}
        case list() | tuple():
            return [plain(inner) for inner in value]
        case _:
            return value


def _in_order(value: Any, path: Path) -> Any:
    """The same with fields in the order of the reference; rewriting keeps the order of those that are there."""
    if isinstance(value, list):
        return [_in_order(inner, (*path, 0)) for inner in value]
    if not isinstance(value, dict):
        return value
    known = fields_at(path)
    names = sorted(value, key=lambda name: known.index(name) if name in known else len(known))
    return {name: _in_order(value[name], (*path, name)) for name in names}


def _put(tree: Any, path: Path, value: Any) -> None:
    for step, following in pairwise(path):
        if not _has(tree, step):
            _set(tree, step, [] if isinstance(following, int) else {})
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


def _late_places_first(path: Path) -> tuple[tuple[bool, Any], ...]:
    """A sorting key: of a list the last entry goes first, so that the places of the others stay true."""
    return tuple((isinstance(step, str), step if isinstance(step, str) else -step) for step in path)


def _take_away(tree: Any, path: Path) -> None:
    for step in path[:-1]:
        if not isinstance(tree, (list, dict)) or not _has(tree, step):
            return
        around: Any = tree
        tree = around[step]
    if _has(tree, path[-1]):
        part: Any = tree
        del part[path[-1]]
