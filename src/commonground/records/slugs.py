"""Ids made of what people write."""

import re
import unicodedata


def slug(text: str, *, otherwise: str, longest: int = 64) -> str:
    """A text as an id: small letters, digits and hyphens, beginning with a letter.

    Parameters
    ----------
    text : str
    otherwise : str
        Stands in front, or alone, where the text gives no letter to begin with.
    longest : int

    Examples
    --------
    >>> slug("What do we need? (2026)", otherwise="study"), slug("2026", otherwise="study"), slug("Où?", otherwise="x")
    ('what-do-we-need-2026', 'study-2026', 'ou')
    """
    bare = unicodedata.normalize("NFKD", text.casefold()).encode("ascii", "ignore").decode()
    plain = re.sub(r"[^a-z0-9]+", "-", bare).strip("-")
    return (plain if plain[:1].isalpha() else f"{otherwise}-{plain}".rstrip("-"))[:longest].rstrip("-")


def unused(stem: str, taken: set[str]) -> str:
    """An id, with a number behind it where it is taken.

    Examples
    --------
    >>> unused("box", {"box", "box-2"})
    'box-3'
    """
    name, number = stem, 2
    while name in taken:
        name, number = f"{stem}-{number}", number + 1
    return name
