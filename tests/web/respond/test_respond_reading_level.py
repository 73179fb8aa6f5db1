"""What people read who take part is about grade 8 or easier: the fixed texts of the pages, and the shipped study."""

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from commonground.files.reading_levels import reading_levels
from commonground.files.study import parse_study
from commonground.files.templates import template_text
from commonground.survey.reading_level import reading_level

CATALOGUE = Path("src/commonground/web/locale/fr/LC_MESSAGES/django.po")
PAGES_OF_PARTICIPANTS = ("/web/respond/",)
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%%|<[^>]+>")


@pytest.fixture(scope="module")
def texts(project: Path) -> dict[str, str]:
    """Every fixed text of a participant's pages: English, and its French."""
    with (project / CATALOGUE).open("rb") as file:
        catalogue = read_po(file)
    found = {}
    for message in catalogue:
        if message.id and any(part in f"/{place}" for place, _ in message.locations for part in PAGES_OF_PARTICIPANTS):
            english = message.id if isinstance(message.id, str) else message.id[-1]
            french = message.string if isinstance(message.string, str) else message.string[-1]
            found[PLACEHOLDER.sub("12", english)] = PLACEHOLDER.sub("12", french)
    return {english: french for english, french in found.items() if len(english.split()) > 4}


def test_the_fixed_texts_of_the_pages(texts: dict[str, str]) -> None:
    assert len(texts) > 60
    english, french = reading_level(texts, "en"), reading_level(texts.values(), "fr")
    assert english is not None
    assert french is not None
    assert english.score <= 8, english
    assert french.score >= 60, french


def test_no_single_fixed_text_is_hard(texts: dict[str, str]) -> None:
    levels = {text: level.score for text in texts if (level := reading_level([text], "en"))}
    assert {text: score for text, score in levels.items() if score > 9} == {}


@pytest.mark.parametrize("name", ["partner-priorities", "blank"])
def test_the_shipped_studies(name: str) -> None:
    levels = {level.language: level for level in reading_levels(parse_study(template_text(name)))}
    assert levels["en"].score <= 8
    assert not levels["en"].hardest
    assert not any(level.is_hard for level in levels.values())
