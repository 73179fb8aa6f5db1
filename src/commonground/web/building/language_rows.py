"""Every text of a study: in which section it stands, what it is called, and in which languages it is missing."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from commonground.files.study_checks import texts_of
from commonground.files.yaml_lines import Path
from commonground.records.study import Study
from commonground.records.words import EVERY_LANGUAGE, Words
from commonground.web.building.conditions import short
from commonground.web.look.templatetags.look import said

SECTIONS: dict[str, tuple[str, ...]] = {
    "about": ("title", "description", "contact"),
    "consent": ("consent",),
    "background": ("background",),
    "who": ("groups", "eligibility"),
    "words": ("task_explanation", "glossary", "worked_example"),
    "items": ("frame", "items"),
    "quality": ("quality_questions",),
    "demographics": ("demographics",),
    "end": ("thanks", "fielding"),
    "ethics": ("ethics", "screening"),
}
"""Sections of the page and the fields of the document in each, in the order in which people meet them."""

SHORT = frozenset({"short_label", "label", "unit", "most", "least", "term", "low", "high", "title", "not_applicable"})
"""Texts of one line."""


@dataclass(frozen=True, slots=True)
class Row:
    """One text: where it stands in the document, what it belongs to, and what it is called."""

    path: Path
    words: Words
    heading: str
    label: str

    @property
    def key(self) -> str:
        """The path as the name of a form field."""
        return ".".join(str(step) for step in self.path)

    @property
    def is_short(self) -> bool:
        """Whether it is a single line."""
        names = [step for step in self.path if isinstance(step, str)]
        return names[-1] in SHORT

    @property
    def is_for_all(self) -> bool:
        """Whether one text stands for every language."""
        return EVERY_LANGUAGE in self.words.root

    def is_missing(self, language: str) -> bool:
        """Whether people who choose this language read another one here."""
        return language not in self.words.root and not self.is_for_all


@dataclass(frozen=True, slots=True)
class Section:
    """A section with its texts, and how many are missing by language."""

    name: str
    title: str
    rows: tuple[Row, ...]
    missing: Mapping[str, int]


def sections(study: Study) -> list[Section]:
    """Every section that has texts."""
    found: list[Section] = []
    for name, title in section_titles().items():
        rows = tuple(rows_of(study, name))
        missing = {code: sum(row.is_missing(code) for row in rows) for code in study.languages}
        if rows:
            found.append(Section(name, title, rows, missing))
    return found


def rows_of(study: Study, section: str) -> Iterator[Row]:
    """The texts of a section, in the order of the document."""
    for field in SECTIONS[section]:
        for path, words in texts_of(getattr(study, field), (field,)):
            yield Row(path, words, _heading(study, path), _label(path))


def section_titles() -> dict[str, str]:
    """What the sections are called."""
    return {
        "about": _("Title and contact"),
        "consent": _("Consent"),
        "background": _("Questions before the tasks"),
        "who": _("Groups, and who can take part"),
        "words": _("Explanation, words and example"),
        "items": _("The question of the tasks, and the items"),
        "quality": _("Questions after the tasks"),
        "demographics": _("Questions at the end"),
        "end": _("Thank you"),
        "ethics": _("Ethics and rights"),
    }


def _heading(study: Study, path: Path) -> str:
    """What a text belongs to: its question, item or group; empty where it stands by itself."""
    if len(path) < 2 or not isinstance(path[1], int):
        return ""
    part: Any = getattr(study, str(path[0]))[path[1]]
    named = next((getattr(part, name) for name in ("label", "text", "term", "reason") if hasattr(part, name)), "")
    return short(said(named) if isinstance(named, Words) else str(named))


def _label(path: Path) -> str:
    names = [str(step) for step in path if isinstance(step, str)]
    numbers = [step + 1 for step in path[2:] if isinstance(step, int)]
    is_answer = names[-1] == "label" and "options" in names
    label = _("Answer") if is_answer else _labels().get(names[-1], names[-1])
    return f"{label} {'.'.join(str(number) for number in numbers)}" if numbers else label


def _labels() -> dict[str, str]:
    return {
        "title": _("Title"), "description": _("Description"), "contact": _("Contact"), "question": _("Question"),
        "most": _("Most"), "least": _("Least"), "label": _("Label"), "short_label": _("Short label"),
        "definition": _("Definition"), "sections": _("Paragraph"), "agreement": _("Agreement"),
        "decline": _("For people who do not agree"), "withdrawal": _("Taking answers back"), "text": _("Question"),
        "help": _("Hint"), "unit": _("Unit"), "message": _("Message"),
        "term": _("Word"), "meaning": _("Meaning"), "task_explanation": _("How a task works"),
        "introduction": _("Introduction"), "items": _("Thing"), "explanation": _("Explanation"),
        "thanks": _("Thank you"), "prize": _("Prize"), "complaints": _("Complaints"), "distress": _("Help"),
        "controller": _("Responsible for the data"), "storage": _("Storage"), "retention": _("How long"),
        "community": _("Community"), "guardianship": _("People under 18"), "appeal": _("Appeal"),
        "low": _("Lowest point"), "high": _("Highest point"), "not_applicable": _("Does not apply"),
    }  # fmt: skip
