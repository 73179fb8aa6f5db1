"""What changed in a wording, word by word."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from commonground.development.records import Wording
from commonground.records.words import Words


class Change(StrEnum):
    """What happened to some words."""

    SAME = "same"
    GONE = "gone"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words, and what happened to them."""

    change: Change
    text: str


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field of a wording, in one language, before and after."""

    field: str
    language: str
    pieces: tuple[Piece, ...]


FIELDS = ("label", "short_label", "definition", "examples")


def word_changes(before: str, after: str) -> tuple[Piece, ...]:
    """Two texts as pieces: together the same and the gone are the old text, the same and the new the new one.

    Examples
    --------
    >>> [(one.change.value, one.text) for one in word_changes("time to meet", "time and place to meet")]
    [('same', 'time '), ('new', 'and place '), ('same', 'to meet')]
    """
    old, new = _words(before), _words(after)
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    return tuple(piece for step in matcher.get_opcodes() for piece in _pieces(step, old, new))


def wording_changes(before: Wording, after: Wording) -> tuple[FieldChange, ...]:
    """Every field that reads differently, language by language."""
    return tuple(
        FieldChange(name, language, word_changes(was, becomes))
        for name in FIELDS
        for language, was, becomes in _texts(getattr(before, name), getattr(after, name))
        if was != becomes
    )


def _words(text: str) -> list[str]:
    """Words with the blanks after them, so that pieces put together give the text again."""
    return re.findall(r"\S+\s*|\s+", text)


def _pieces(step: tuple[str, int, int, int, int], old: Sequence[str], new: Sequence[str]) -> Iterator[Piece]:
    tag, old_from, old_to, new_from, new_to = step
    gone, came = "".join(old[old_from:old_to]), "".join(new[new_from:new_to])
    if tag == "equal":
        yield Piece(Change.SAME, gone)
        return
    if gone:
        yield Piece(Change.GONE, gone)
    if came:
        yield Piece(Change.NEW, came)


def _texts(before: Words | None, after: Words | None) -> Iterator[tuple[str, str, str]]:
    old, new = (words.root if words else {} for words in (before, after))
    for language in dict.fromkeys([*old, *new]):
        yield language, old.get(language, ""), new.get(language, "")
