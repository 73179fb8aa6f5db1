"""Keep the translations in step with the pages: `python scripts/catalogues.py` writes, `--check` only looks.

Collects every text in src/commonground/web that goes through gettext, in Python and in templates, and merges it into
the catalogue of each language. New texts appear there without a translation; a test fails until they have one.
"""

import io
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

PROJECT = Path(__file__).resolve().parent.parent
PAGES = PROJECT / "src" / "commonground" / "web"
LANGUAGES = ("fr",)
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
NO_DATE = datetime(2026, 1, 1, tzinfo=UTC)
"""A fixed date in the header, so that the same texts give the same bytes."""


def catalogue_file(language: str) -> Path:
    """Where the catalogue of a language is kept."""
    return PAGES / "locale" / language / "LC_MESSAGES" / "django.po"


def collect() -> Catalog:
    """Every text of the pages, with the files it stands in."""
    if not settings.configured:
        settings.configure()
    catalogue = Catalog(project="Common Ground", domain="django", creation_date=NO_DATE, fuzzy=False)
    for path in sorted([*PAGES.rglob("*.py"), *PAGES.rglob("templates/**/*.html"), *PAGES.rglob("templates/**/*.txt")]):
        if "migrations" not in path.parts:
            for message, context in _messages(path):
                place = (path.relative_to(PROJECT).as_posix(), 0)
                catalogue.add(message, locations=[place], context=context)
    return catalogue


def _messages(path: Path) -> Iterator[tuple[str | tuple[str, ...], str | None]]:
    source = path.read_text(encoding="utf-8")
    if path.suffix != ".py":  # Django's own rewriting of a template; without indents, which mean nothing there
        source = "\n".join(line.strip() for line in templatize(source, origin=str(path)).splitlines())
    for _line, message, _comments, context in extract("python", io.BytesIO(source.encode()), keywords=KEYWORDS):
        yield message, context


def renewed(language: str) -> Catalog:
    """The catalogue of a language with today's texts: known ones keep their translation, those gone are left out."""
    path, texts = catalogue_file(language), collect()
    known = read_po(io.BytesIO(path.read_bytes()), locale=language) if path.exists() else Catalog(locale=language)
    new = Catalog(
        locale=language, domain="django", project="Common Ground", charset="utf-8", fuzzy=False,
        version="1", msgid_bugs_address="see CONTRIBUTING.md",
        creation_date=NO_DATE, revision_date=NO_DATE, last_translator="The Common Ground developers",
        language_team=language,
        header_comment=f"# Common Ground in {language}. Made by scripts/catalogues.py; write the translations here.",
    )  # fmt: skip
    for message in texts:
        if message.id:
            before = known.get(message.id, message.context)
            new.add(message.id, before.string if before else None, locations=message.locations, context=message.context)
    return new


def as_text(catalogue: Catalog) -> bytes:
    """A catalogue as its file holds it."""
    written = io.BytesIO()
    write_po(written, catalogue, width=110, include_lineno=False, sort_output=True)
    return written.getvalue()


def texts(catalogue: Catalog) -> set[tuple[object, ...]]:
    """What a catalogue says and where from, without its header."""
    return {
        (message.id, message.string, message.context, tuple(place for place, _line in message.locations))
        for message in catalogue
        if message.id
    }


def missing(catalogue: Catalog) -> list[str]:
    """Texts without a complete translation."""
    return [
        str(message.id)
        for message in catalogue
        if message.id and not all(message.string if isinstance(message.string, tuple) else (message.string,))
    ]


def main() -> int:
    """Write the catalogues, or with `--check` say what is missing or out of date."""
    only_look, problems = "--check" in sys.argv[1:], []
    for language in LANGUAGES:
        path, catalogue = catalogue_file(language), renewed(language)
        problems += [f"{language}: no translation of {text!r}" for text in missing(catalogue)]
        if only_look and not (path.exists() and texts(read_po(io.BytesIO(path.read_bytes()))) == texts(catalogue)):
            problems.append(f"{path.relative_to(PROJECT)} is out of date: run python scripts/catalogues.py")
        if not only_look:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(as_text(catalogue))
    sys.stderr.write("\n".join(problems or ["Every text has its translation."]) + "\n")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
