"""The list of countries, taken from Babel: `python scripts/countries.py` writes it, `--check` only looks.

Babel ships the names of the Unicode Common Locale Data Repository, which is kept up to date in every language. The list
is written into the package because the core has no dependency for it and must give the same bytes on every machine.
"""

import sys
from pathlib import Path

from babel import Locale

PLACE = Path(__file__).resolve().parent.parent / "src" / "commonground" / "records" / "countries.py"
BEGIN, END = "COUNTRIES: dict[str, tuple[str, str]] = {\n", "}  # fmt: skip\n"
NO_COUNTRIES = frozenset(["AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "XK", "ZZ"])
"""Codes of two letters that ISO 3166-1 does not assign: unions, test codes, parts of other countries."""


def rows() -> str:
    """One line a country: its code, its English and its French name."""
    english, french = Locale("en").territories, Locale("fr").territories
    codes = sorted(code for code in english if len(code) == 2 and code.isalpha() and code not in NO_COUNTRIES)
    return "".join(f'    "{code}": ("{english[code]}", "{french[code]}"),\n' for code in codes)


def renewed(text: str) -> str:
    """The module with the rows as Babel has them now."""
    before, rest = text.split(BEGIN)
    return before + BEGIN + rows() + END + rest.split(END)[1]


def main() -> int:
    """Write the list, or tell whether it is the one Babel has."""
    text = PLACE.read_text(encoding="utf-8")
    if "--check" in sys.argv:
        return int(renewed(text) != text)
    PLACE.write_text(renewed(text), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
