"""The screens of a study, as a pretest goes through them, and what on each of them has to be clear."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from commonground.records.questions import Question
from commonground.records.study import Study
from commonground.records.words import Words


class ScreenKind(StrEnum):
    """Which part of the survey a screen is."""

    CONSENT = "consent"
    BACKGROUND = "background"
    GLOSSARY = "glossary"
    EXPLANATION = "explanation"
    EXAMPLE = "example"
    TASKS = "tasks"
    QUALITY = "quality"
    DEMOGRAPHICS = "demographics"
    THANKS = "thanks"


@dataclass(frozen=True, slots=True)
class Point:
    """One thing on a screen that has to be clear: a text or a question. `key` stays the same while its id does."""

    key: str
    text: Words


@dataclass(frozen=True, slots=True)
class Screen:
    """One screen, or a few that are gone through together."""

    kind: ScreenKind
    points: tuple[Point, ...]


def screens(study: Study) -> tuple[Screen, ...]:
    """The screens a participant meets, in order; parts a study does not have are left out.

    Parameters
    ----------
    study : Study
    """
    found = {
        ScreenKind.CONSENT: _consent(study),
        ScreenKind.BACKGROUND: _questions(study.background),
        ScreenKind.GLOSSARY: [Point(f"term-{place}", one.term) for place, one in enumerate(study.glossary, start=1)],
        ScreenKind.EXPLANATION: [Point("explanation", study.task_explanation)],
        ScreenKind.EXAMPLE: _example(study),
        ScreenKind.TASKS: [Point("frame", study.frame.question), *_items(study)],
        ScreenKind.QUALITY: _questions(study.quality_questions),
        ScreenKind.DEMOGRAPHICS: _questions(study.demographics),
        ScreenKind.THANKS: [Point("thanks", study.thanks)],
    }
    return tuple(Screen(kind, tuple(points)) for kind, points in found.items() if points)


def _consent(study: Study) -> list[Point]:
    sections = enumerate(study.consent.sections, start=1)
    return [*(Point(f"section-{place}", text) for place, text in sections), Point("agreement", study.consent.agreement)]


def _questions(questions: Sequence[Question]) -> list[Point]:
    return [Point(f"question-{one.id}", one.text) for one in questions]


def _example(study: Study) -> list[Point]:
    example = study.worked_example
    if example is None:
        return []
    return [Point("introduction", example.introduction), Point("example-explanation", example.explanation)]


def _items(study: Study) -> Iterator[Point]:
    return (Point(f"item-{one.id}", one.label) for one in study.items)
