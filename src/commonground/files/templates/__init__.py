"""Study documents to begin with, and writing one into a new folder."""

import json
from collections.abc import Iterable
from difflib import get_close_matches
from importlib.resources import files
from pathlib import Path

from commonground.records.errors import Problem, RequestError, SettingError
from commonground.records.slugs import slug

TEMPLATES = ("partner-priorities", "blank")
"""The templates there are; the first is the one taken when none is named."""


def template_text(name: str = TEMPLATES[0]) -> str:
    """A template's study document, with its comments.

    Raises
    ------
    RequestError
        If there is no such template.

    Examples
    --------
    >>> "items:" in template_text("blank")
    True
    """
    if name not in TEMPLATES:
        close = get_close_matches(name, TEMPLATES, n=1, cutoff=0.4)
        mend = f"Did you mean '{close[0]}'?" if close else f"There are: {', '.join(TEMPLATES)}."
        raise SettingError([Problem(f"there is no template '{name}'.", "`template`", mend)])
    return files(__name__).joinpath(f"{name}.yaml").read_text("utf-8")


def new_study(folder: Path, template: str = TEMPLATES[0], title: str = "") -> Path:
    """Write a study document into a folder; nothing is ever overwritten.

    Parameters
    ----------
    folder : Path
        Made if it is not there.
    template : str
    title : str
        Replaces the template's title, and its id with one made of the title.

    Returns
    -------
    Path
        The study document.

    Raises
    ------
    RequestError
        If there is no such template, or the folder holds a study already.
    """
    text = template_text(template)
    if title.strip():
        text = _titled(text, title.strip())
    path = folder / "study.yaml"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8", newline="\n") as new:
            new.write(text)
    except FileExistsError:
        raise RequestError([_in_the_way(folder, path)]) from None
    return path


def _in_the_way(folder: Path, path: Path) -> Problem:
    if path.exists():
        return Problem("there is a study here already, and it stays as it is.", str(path), "Name another folder.")
    return Problem("this is a file, not a folder.", str(folder), "Name another folder.")


def _titled(text: str, title: str) -> str:
    """The document with another title and id."""
    lines = text.splitlines(keepends=True)
    return "".join(_without(lines, f"title: {json.dumps(title, ensure_ascii=False)}\n", f"id: {study_id(title)}\n"))


def _without(lines: Iterable[str], title: str, own_id: str) -> Iterable[str]:
    inside = False
    for line in lines:
        if line.startswith("title:"):
            inside = True
            yield title
        elif line.startswith("id:"):
            yield own_id
        elif not (inside and line.startswith("  ")):
            inside = False
            yield line


def study_id(title: str) -> str:
    """An id made of a title.

    Examples
    --------
    >>> study_id("What do we need? (2026)"), study_id("2026"), study_id("Où?")
    ('what-do-we-need-2026', 'study-2026', 'ou')
    """
    return slug(title, otherwise="study")
