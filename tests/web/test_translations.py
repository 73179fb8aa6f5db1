"""Every fixed text of the pages is in French as well, with the same placeholders, and the catalogue is up to date."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from django.utils import translation
from django.utils.translation import gettext, ngettext

CATALOGUE = Path("src/commonground/web/locale/fr/LC_MESSAGES/django.po")
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]")


def test_every_text_has_its_translation_and_none_is_out_of_date(project: Path) -> None:
    run = subprocess.run(
        [sys.executable, "scripts/catalogues.py", "--check"], cwd=project, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, f"{run.stderr}\nRun: python scripts/catalogues.py, then translate what is new."


def test_translations_keep_the_placeholders(project: Path) -> None:
    with (project / CATALOGUE).open("rb") as text:
        catalogue = read_po(text)
    for message in catalogue:
        if not message.id:
            continue
        sources = message.id if isinstance(message.id, tuple) else (message.id,)
        translations = message.string if isinstance(message.string, tuple) else (message.string,)
        for written in translations:
            assert sorted(PLACEHOLDER.findall(written)) == sorted(PLACEHOLDER.findall(sources[-1])), message.id


@pytest.mark.parametrize(("number", "words"), [(0, "0 personne"), (1, "1 personne"), (2, "2 personnes")])
def test_french_counts_nought_as_one(number: int, words: str) -> None:
    with translation.override("fr"):
        assert ngettext("%(people)s person", "%(people)s people", number) % {"people": number} == words


def test_the_installed_catalogue_is_the_one_in_the_sources() -> None:
    with translation.override("fr"):
        assert gettext("Next") == "Suivant"
        assert gettext("Thank you for looking") == "Merci de votre visite"
