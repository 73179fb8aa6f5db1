"""How hard the texts of a study document are to read, language by language, with the passages that are hardest."""

from collections.abc import Iterator
from dataclasses import dataclass

from commonground.files.study import StudyDocument
from commonground.files.study_checks import texts_of
from commonground.files.study_words import in_words
from commonground.files.yaml_lines import Path
from commonground.records.words import Words
from commonground.survey.reading_level import ReadingLevel, reading_level

_SENTENCES = frozenset({
    "description", "question", "definition", "sections", "agreement", "decline", "withdrawal", "text", "help",
    "message", "meaning", "task_explanation", "introduction", "explanation", "thanks", "complaints", "distress",
})  # fmt: skip
"""Fields that hold sentences for people who take part; labels are no sentences and are left out."""

_MEASURES = {"en": "Flesch–Kincaid grade", "fr": "Kandel–Moles ease"}
_VERY_HARD = {"en": 10.0, "fr": 45.0}
_MOST_NAMED = 3


@dataclass(frozen=True, slots=True)
class HardPassage:
    """A text that is much harder than texts for everybody should be."""

    where: str
    score: float
    words: int


@dataclass(frozen=True, slots=True)
class LanguageLevel:
    """The reading level of all texts in one language.

    Parameters
    ----------
    language : str
    measure : str
        What `score` is: the English school grade, low is easy; or the French ease from 0 to 100, high is easy.
    score : float
        From 0 to 100, whatever the formula gives for very short words.
    words : int
    is_hard : bool
        Whether the texts together are harder than about grade 8.
    hardest : tuple of HardPassage
        At most three, the hardest first; empty where none is very hard.
    """

    language: str
    measure: str
    score: float
    words: int
    is_hard: bool
    hardest: tuple[HardPassage, ...]

    def __str__(self) -> str:
        return f"{self.measure} {self.score:.1f}"


def reading_levels(document: StudyDocument) -> tuple[LanguageLevel, ...]:
    """The reading level of a study in each of its languages for which there is a measure.

    Examples
    --------
    >>> from commonground.files.study import parse_study
    >>> from commonground.files.templates import template_text
    >>> [(level.language, level.is_hard) for level in reading_levels(parse_study(template_text("blank")))]
    [('en', False)]
    """
    texts = [(path, words) for path, words in texts_of(document.study) if _is_sentence(path)]
    return tuple(
        _of_language(document, language, level, texts)
        for language in document.study.languages
        if (level := reading_level([words.in_language(language) for _, words in texts], language))
    )


def _is_sentence(path: Path) -> bool:
    return bool(_SENTENCES & {str(step) for step in path}) and path[-1] not in {"label", "short_label"}


def _of_language(
    document: StudyDocument, language: str, level: ReadingLevel, texts: list[tuple[Path, Words]]
) -> LanguageLevel:
    hardest = sorted(_hard(document, language, texts), key=lambda one: one.score, reverse=level.language == "en")
    return LanguageLevel(
        language,
        _MEASURES[level.language],
        round(min(max(level.score, 0.0), 100.0), 1),
        level.words,
        level.is_hard,
        tuple(hardest[:_MOST_NAMED]),
    )


def _hard(document: StudyDocument, language: str, texts: list[tuple[Path, Words]]) -> Iterator[HardPassage]:
    for path, words in texts:
        level = reading_level([words.in_language(language)], language)
        if level is not None and _is_very_hard(level):
            where = f"line {document.lines.line(path)}, {in_words(path, document.lines)}"
            yield HardPassage(where, round(level.score, 1), level.words)


def _is_very_hard(level: ReadingLevel) -> bool:
    limit = _VERY_HARD[level.language]
    return level.score > limit if level.language == "en" else level.score < limit
