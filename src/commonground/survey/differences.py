"""What differs between two study documents, place by place: the readable history of a study."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from pydantic import BaseModel

from commonground.records.study import Study
from commonground.records.words import EVERY_LANGUAGE, Words

Place = tuple[str, ...]
"""Field names and, for an entry of a list, its id or its place from 1; from the top of the document."""


class Kind(StrEnum):
    """What happened at a place."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    MOVED = "moved"


@dataclass(frozen=True, slots=True)
class Difference:
    """One place at which two documents differ.

    Parameters
    ----------
    place : Place
    kind : Kind
    before, after : str
        What stands there, as text; empty where nothing does.
    """

    place: Place
    kind: Kind
    before: str = ""
    after: str = ""


def differences(before: Study, after: Study) -> tuple[Difference, ...]:
    """Everything that differs, in the order of the document.

    Entries of a list are told apart by their ids, so that one taken away does not make all after it differ.

    Examples
    --------
    >>> from commonground.records.study import Item
    >>> item = Item(id="a", label=Words({"en": "Trust"}), short_label=Words({"en": "Trust"}))
    >>> other = item.model_copy(update={"label": Words({"en": "Trust", "fr": "Confiance"})})
    >>> [(one.kind.value, one.place, one.after) for one in _between(item, other, ("items", "a"))]
    [('added', ('items', 'a', 'label', 'fr'), 'Confiance')]
    """
    return tuple(_between(before, after, ()))


def _between(before: object, after: object, place: Place) -> Iterator[Difference]:
    if before == after:
        return
    match before, after:
        case Words(), Words():
            yield from _texts(before, after, place)
        case BaseModel(), BaseModel():
            for name in type(before).model_fields:
                yield from _between(getattr(before, name), getattr(after, name, None), (*place, name))
        case (tuple(), tuple()) if _are_parts(before) or _are_parts(after):  # pyright: ignore[reportUnknownArgumentType]  # parts of a study
            yield from _lists(before, after, place)  # pyright: ignore[reportUnknownArgumentType]  # the same
        case _:
            yield _single(before, after, place)


def _are_parts(values: Sequence[object]) -> bool:
    return any(isinstance(one, BaseModel) for one in values)


def _texts(before: Words, after: Words, place: Place) -> Iterator[Difference]:
    for language in dict.fromkeys((*before.root, *after.root)):
        was, becomes = before.root.get(language, ""), after.root.get(language, "")
        if was != becomes:
            yield _single(was, becomes, place if language == EVERY_LANGUAGE else (*place, language))


def _lists(before: Sequence[object], after: Sequence[object], place: Place) -> Iterator[Difference]:
    was, becomes = _named(before), _named(after)
    for name in dict.fromkeys((*was, *becomes)):
        yield from _between(was.get(name), becomes.get(name), (*place, name))
    kept = [name for name in was if name in becomes]
    if kept != [name for name in becomes if name in was]:
        yield Difference(place, Kind.MOVED, ", ".join(was), ", ".join(becomes))


def _named(values: Sequence[object]) -> dict[str, object]:
    """By id where every part has one of its own, else by place."""
    names = [str(getattr(one, "id", "")) for one in values]
    if not all(names) or len(set(names)) < len(names):
        names = [str(place) for place in range(1, len(values) + 1)]
    return dict(zip(names, values, strict=True))


def _single(before: object, after: object, place: Place) -> Difference:
    was, becomes = _as_text(before), _as_text(after)
    kind = Kind.ADDED if not was else Kind.REMOVED if not becomes else Kind.CHANGED
    return Difference(place, kind, was, becomes)


def _as_text(value: object) -> str:
    """What a reader needs of a value: the words of a part, one language for all."""
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case float():
            return f"{value:g}"
        case BaseModel() if not isinstance(value, Words):
            return _joined((getattr(value, name) for name in type(value).model_fields), " · ")
        case tuple():
            return _joined(value, ", ")  # pyright: ignore[reportUnknownArgumentType]  # the same
        case _:
            return str(value)


def _joined(values: Iterable[object], between: str) -> str:
    return between.join(text for text in map(_as_text, values) if text)
