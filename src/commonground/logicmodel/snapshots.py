"""Two states of a logic model side by side: what came, what went, what was reworded."""

from dataclasses import dataclass
from enum import StrEnum

from commonground.logicmodel.model import LogicModel
from commonground.records.words import Words


class Change(StrEnum):
    """What happened to a part between two states."""

    CAME = "came"
    WENT = "went"
    REWORDED = "reworded"


@dataclass(frozen=True, slots=True)
class Changed:
    """A part that is not as it was; `part` is box, link or mechanism."""

    part: str
    id: str
    change: Change
    before: str = ""
    after: str = ""


def changes(before: LogicModel, after: LogicModel, *, language: str = "en") -> tuple[Changed, ...]:
    """What changed from one state to the other, boxes first, then links, then mechanisms."""
    return (
        *_compared("box", _boxes(before, language), _boxes(after, language)),
        *_compared("link", _links(before), _links(after)),
        *_compared("mechanism", _mechanisms(before, language), _mechanisms(after, language)),
    )


def _compared(part: str, before: dict[str, str], after: dict[str, str]) -> tuple[Changed, ...]:
    names = list(dict.fromkeys((*before, *after)))
    found: list[Changed] = []
    for name in names:
        was, is_now = before.get(name), after.get(name)
        if was is None and is_now is not None:
            found.append(Changed(part, name, Change.CAME, after=is_now))
        elif was is not None and is_now is None:
            found.append(Changed(part, name, Change.WENT, before=was))
        elif was is not None and is_now is not None and was != is_now:
            found.append(Changed(part, name, Change.REWORDED, was, is_now))
    return tuple(found)


def _boxes(model: LogicModel, language: str) -> dict[str, str]:
    return {one.id: f"{one.column}: {_said(one.text, language)}" for one in model.boxes}


def _links(model: LogicModel) -> dict[str, str]:
    return {f"{one.start} → {one.end}": one.mechanism or "" for one in model.links}


def _mechanisms(model: LogicModel, language: str) -> dict[str, str]:
    return {
        one.id: " · ".join(_said(text, language) for text in (one.name, one.assumption, one.effect) if text)
        for one in model.mechanisms
    }


def _said(words: Words, language: str) -> str:
    return words.in_language(language)
