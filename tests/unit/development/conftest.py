"""A short way to write the log of a list."""

from collections.abc import Callable

import pytest

from commonground.development.log import Development, replay
from commonground.development.records import Entry, Kind, NewItem, RoundKind, RoundPlan, Wording
from commonground.records.words import Words


def new(name: str, label: str = "", **more: object) -> NewItem:
    return NewItem.model_validate({"id": name, "wording": {"label": label or name.title()}, **more})


def reworded(label: str) -> Wording:
    return Wording(label=Words({"en": label}))


class Log:
    """A log under construction: each method writes one entry."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []

    def write(self, kind: Kind, **rest: object) -> "Log":
        self.entries.append(Entry.model_validate({"number": len(self.entries) + 1, "kind": kind, **rest}))
        return self

    def add(self, *names: str) -> "Log":
        for name in names:
            self.write(Kind.ADD, becomes=[new(name)])
        return self

    def keep(self, *names: str) -> "Log":
        for name in names:
            self.write(Kind.KEEP, items=[name], reason="nothing against it")
        return self

    def open(self, kind: RoundKind = RoundKind.INTERNAL) -> "Log":
        return self.write(Kind.OPEN_ROUND, round=RoundPlan(kind=kind))

    def close(self) -> "Log":
        return self.write(Kind.CLOSE_ROUND)

    @property
    def now(self) -> Development:
        return replay(self.entries)


@pytest.fixture
def log() -> Log:
    return Log()


@pytest.fixture
def item() -> Callable[..., NewItem]:
    return new


@pytest.fixture
def words() -> Callable[[str], Wording]:
    return reworded
