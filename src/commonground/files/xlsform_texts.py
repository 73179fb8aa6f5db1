"""Texts and names of an XLSForm: labels in every language, and ids that a study document accepts."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from commonground.files.xlsform_sheets import Row, Sheets
from commonground.records.words import EVERY_LANGUAGE, Words

_IN_BRACKETS = re.compile(r"\(\s*([A-Za-z]{2,3}(?:-[A-Za-z0-9]+)*)\s*\)\s*$")
_CODE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]+)*")
_BY_NAME = {
    "english": "en", "anglais": "en", "french": "fr", "français": "fr", "francais": "fr", "spanish": "es",
    "español": "es", "espanol": "es", "german": "de", "deutsch": "de", "portuguese": "pt", "português": "pt",
    "italian": "it", "italiano": "it", "dutch": "nl", "nederlands": "nl", "arabic": "ar", "chinese": "zh",
}  # fmt: skip
"""Languages that forms name without their code."""


def language_code(named: str) -> str:
    """The code of a language as a form names it; empty where it cannot be told.

    Examples
    --------
    >>> language_code("French (fr)"), language_code("Français"), language_code("fr-CA"), language_code("Klingon")
    ('fr', 'fr', 'fr-ca', '')
    """
    bracketed = _IN_BRACKETS.search(named)
    if bracketed:
        return bracketed[1].lower()
    known = _BY_NAME.get(named.strip().casefold())
    if known:
        return known
    return named.strip().lower() if _CODE.fullmatch(named.strip()) and len(named.strip().split("-")[0]) == 2 else ""


@dataclass(frozen=True, slots=True)
class Texts:
    """How the columns of a form name their languages: column to code, and what an unmarked column is written in."""

    unmarked: str
    by_column: Mapping[str, str]
    unknown: tuple[str, ...]

    def words(self, row: Row, column: str) -> Words | None:
        """A text of a row in every language in which it is written; None where it is in none."""
        found = {self.unmarked: row.get(column)}
        for name, code in self.by_column.items():
            if name.startswith(f"{column}::"):
                found[code] = row.get(name) or found.get(code, "")
        written = {language: text for language, text in found.items() if text}
        return Words(written) if written else None

    def languages(self) -> tuple[str, ...]:
        """Codes in the order of the columns, the default one first."""
        codes = [self.unmarked, *self.by_column.values()]
        return tuple(dict.fromkeys(code for code in codes if code != EVERY_LANGUAGE))


def texts_of(sheets: Sheets) -> Texts:
    """Find out which languages a form is written in."""
    columns = dict.fromkeys(name for row in (*sheets.survey, *sheets.choices) for name in row.cells)
    marked = {name: name.partition("::")[2] for name in columns if "::" in name}
    by_column = {name: code for name, named in marked.items() if (code := language_code(named))}
    default = next((row.get("default_language") for row in sheets.settings), "")
    unknown = dict.fromkeys(name for name in marked if name not in by_column)
    return Texts(language_code(default) or EVERY_LANGUAGE, by_column, tuple(unknown))


@dataclass(slots=True)
class Names:
    """Ids that are given out, each once."""

    taken: set[str] = field(default_factory=set)

    def fitting(self, name: str) -> str:
        """The name itself where it can be an id, else the nearest that can; a number after it where it is taken."""
        plain = re.sub(r"[^A-Za-z0-9_-]+", "-", name).strip("-")[:56]
        base = plain if plain[:1].isalpha() else f"id-{plain.strip('_-')}".rstrip("-")
        found, number = base, 2
        while found in self.taken:
            found, number = f"{base}-{number}", number + 1
        self.taken.add(found)
        return found


def fitting_options(names: Iterable[str]) -> dict[str, str]:
    """New ids of options by their old names.

    Examples
    --------
    >>> fitting_options(["1", "no"])
    {'1': 'id-1', 'no': 'no'}
    """
    given = Names()
    return {name: given.fitting(name) for name in names}
