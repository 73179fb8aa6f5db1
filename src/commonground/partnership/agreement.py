"""What a partnership agrees on: sentences with who and by when, versions, and each person's own mark.

A mark belongs to one version and to the person who made it; nobody marks for another. It is no contract.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from commonground.development.differences import Piece, word_changes
from commonground.partnership.standing import Standing


class Section(StrEnum):
    """A heading of the record, in its order; none has to be filled."""

    GOAL = "goal"
    ACTIVITY = "activity"
    PEOPLE = "people"
    DECISIONS = "decisions"
    COMMUNICATION = "communication"
    MEETINGS = "meetings"
    TIME = "time"
    PAY = "pay"
    CREDIT = "credit"
    KNOWLEDGE = "knowledge"
    SUPPORT = "support"
    CHANGE = "change"
    DISAGREEMENT = "disagreement"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Line:
    """Something agreed, as one could say it aloud.

    Parameters
    ----------
    id : str
        Stays the same from version to version.
    section : Section
    text : str
    who : str
        Who does it; empty: all of us.
    due : date or None
    item : str
        The item it came from, if it came from one.
    standing : Standing or None
        How that item stood then.
    """

    id: str
    section: Section
    text: str
    who: str = ""
    due: date | None = None
    item: str = ""
    standing: Standing | None = None


@dataclass(frozen=True, slots=True)
class Version:
    """The record as it was put before people: it does not change any more, a later version follows it."""

    number: int
    made_on: date
    lines: tuple[Line, ...]
    review_on: date | None = None


class Answer(StrEnum):
    """What a person says to a version."""

    AGREE = "agree"
    AGREE_WITH_NOTE = "agree_with_note"
    NOT_YET = "not_yet"


@dataclass(frozen=True, slots=True)
class Mark:
    """One person's answer to one version, made by that person."""

    person: str
    version: int
    answer: Answer
    note: str = ""


@dataclass(frozen=True, slots=True)
class Acceptance:
    """Where a version stands with everybody it concerns.

    Parameters
    ----------
    marks : mapping of person to Mark or None
        In the order of the people; None: nothing said yet.
    is_accepted : bool
        Whether everybody agrees, with or without a note.
    """

    marks: Mapping[str, Mark | None]
    is_accepted: bool

    @property
    def waiting(self) -> tuple[str, ...]:
        """Who has not said anything yet."""
        return tuple(person for person, mark in self.marks.items() if mark is None)

    @property
    def not_yet(self) -> tuple[Mark, ...]:
        """Those who do not agree yet, and why: the next thing to talk about."""
        return tuple(mark for mark in self.marks.values() if mark and mark.answer is Answer.NOT_YET)


def acceptance(version: Version, people: Sequence[str], marks: Iterable[Mark]) -> Acceptance:
    """Where a version stands: marks of other versions do not count, and a person's last mark does.

    Examples
    --------
    >>> first = Version(1, date(2026, 12, 1), ())
    >>> said = [Mark("Amina", 1, Answer.AGREE), Mark("Bo", 1, Answer.AGREE_WITH_NOTE, "if we meet online")]
    >>> acceptance(first, ["Amina", "Bo"], said).is_accepted, acceptance(first, ["Amina", "Bo"], said[:1]).waiting
    (True, ('Bo',))
    """
    last = {mark.person: mark for mark in marks if mark.version == version.number}
    found = {person: last.get(person) for person in people}
    said = [mark for mark in found.values() if mark is not None]
    agreed = len(said) == len(found) > 0 and all(mark.answer is not Answer.NOT_YET for mark in said)
    return Acceptance(found, agreed)


def next_version(
    before: Version | None, lines: Iterable[Line], *, made_on: date, review_on: date | None = None
) -> Version | None:
    """The version after this one; None where nothing is different, so that nobody has to mark the same text again."""
    new = tuple(line for line in lines if line.text.strip())
    if before is not None and before.lines == new and before.review_on == review_on:
        return None
    return Version(before.number + 1 if before else 1, made_on, new, review_on)


@dataclass(frozen=True, slots=True)
class Note:
    """Something written down in the meeting: "we agreed …", on an item or on the whole."""

    id: str
    text: str
    item: str = ""
    who: str = ""
    due: date | None = None


HOME: Mapping[str, Section] = {
    "open": Section.DISAGREEMENT,
    "goal": Section.GOAL,
    "res": Section.PAY,
    "fit": Section.ACTIVITY,
    "exp": Section.PEOPLE,
    "lead": Section.DECISIONS,
    "net": Section.PEOPLE,
    "plan": Section.CHANGE,
    "know": Section.SUPPORT,
    "champ": Section.PEOPLE,
    "comm": Section.COMMUNICATION,
}
"""Where what was agreed on an item of the starter list mostly belongs."""


def draft(notes: Iterable[Note], standings: Mapping[str, Standing], before: Version | None = None) -> tuple[Line, ...]:
    """Lines drafted from what was written down in the talk, after those there are already.

    Examples
    --------
    >>> notes = [Note("n1", "Agenda a week ahead", "lead", "Bo")]
    >>> [(line.section.value, line.who, line.standing.value) for line in draft(notes, {"lead": Standing.SPLIT})]
    [('decisions', 'Bo', 'split')]
    """
    kept = before.lines if before else ()
    known = {line.id for line in kept}
    new = (
        Line(
            note.id,
            HOME.get(note.item, Section.OTHER),
            note.text,
            note.who,
            note.due,
            note.item,
            standings.get(note.item),
        )
        for note in notes
        if note.id not in known and note.text.strip()
    )
    return in_order((*kept, *new))


def in_order(lines: Iterable[Line]) -> tuple[Line, ...]:
    """Lines by section; within one in the order they were written."""
    sections = list(Section)
    return tuple(sorted(lines, key=lambda line: sections.index(line.section)))


@dataclass(frozen=True, slots=True)
class LineChange:
    """A line that reads differently in two versions; None where it was not there."""

    before: Line | None
    after: Line | None
    words: tuple[Piece, ...]


def line_changes(before: Version, after: Version) -> tuple[LineChange, ...]:
    """What is different in a later version, line by line."""
    was, becomes = ({line.id: line for line in version.lines} for version in (before, after))
    names = dict.fromkeys((*was, *becomes))
    pairs = ((was.get(name), becomes.get(name)) for name in names)
    return tuple(LineChange(old, new, _words(old, new)) for old, new in pairs if _said(old) != _said(new))


def _said(line: Line | None) -> Line | None:
    """What counts as different: words, person, day and section, not what the line came from."""
    return replace(line, item="", standing=None) if line else None


def _words(old: Line | None, new: Line | None) -> tuple[Piece, ...]:
    return word_changes(old.text if old else "", new.text if new else "")
