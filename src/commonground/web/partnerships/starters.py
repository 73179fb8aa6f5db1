"""The list to begin with, and a list as lines of text that a lead can change."""

from collections.abc import Iterable, Sequence

from commonground.partnership.lists import compare_lists
from commonground.partnership.starter_texts import STARTER
from commonground.records.study import Item
from commonground.records.words import EVERY_LANGUAGE, Words

QUESTION = Words(
    {
        "en": "For working well together here: what matters most to you, and what least?",
        "fr": "Pour bien travailler ensemble ici : qu’est-ce qui compte le plus pour vous, et le moins ?",
    }
)
BAR = " | "


def starter_items() -> tuple[Item, ...]:
    """The eleven things of the study, in plain words."""
    return tuple(STARTER)


def is_starter(items: Sequence[Item]) -> bool:
    """Whether nothing was changed, so that the study can be told of beside it."""
    return not compare_lists(items, STARTER).any


def as_lines(items: Iterable[Item], language: str) -> str:
    """A list as text: one thing a line, its definition after a bar."""
    return "\n".join(_line(item, language) for item in items)


def read_items(lines: Iterable[tuple[str, str]], before: Sequence[Item], language: str) -> tuple[Item, ...]:
    """The list those lines tell of. A line that stands as it was keeps its item, with all its languages."""
    kept = {_line(item, language): item for item in before}
    taken = {item.id for item in before}
    found: list[Item] = []
    for label, definition in lines:
        line = f"{label}{BAR}{definition}" if definition else label
        item = kept.get(line)
        if item is None:
            item = _new(label, definition, taken)
            taken.add(item.id)
        found.append(item)
    return tuple(found)


def reworded(before: Words, text: str, language: str) -> Words:
    """A text as it was where it was not changed, in all its languages; else in this one for every language."""
    return before if before.in_language(language) == text else Words({EVERY_LANGUAGE: text})


def _line(item: Item, language: str) -> str:
    label = item.label.in_language(language)
    return f"{label}{BAR}{item.definition.in_language(language)}" if item.definition else label


def _new(label: str, definition: str, taken: set[str]) -> Item:
    number = next(number for number in range(1, 1000) if f"own{number}" not in taken)
    words = Words({EVERY_LANGUAGE: label})
    meaning = Words({EVERY_LANGUAGE: definition}) if definition else None
    return Item(id=f"own{number}", label=words, short_label=words, definition=meaning)
