"""The mend for a mistake between parts of a study: what the document holds that was perhaps meant."""

import re
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import Any

_LISTS = {"partner group": "groups", "item": "items"}
"""Where things that are named elsewhere are defined."""

_QUESTIONS = ("background", "quality_questions", "demographics")

_MENDS = (
    (r"is used twice$|has the option .* twice$", "Give each an id of its own."),
    (r"need 'group_rules'", "Add 'group_rules'; the template shows how."),
    (r"^a task of", "Show fewer per task, or add items."),
    (r"needs at least two options$", "Add options, or choose the type text or number."),
    (r"takes no options$", "Remove 'options', or choose the type single or multiple."),
    (r"^no number is at least", "Exchange 'smallest' and 'largest', or correct one of them."),
    (r"text.* is empty$", "Write it, or remove the line."),
    (r"^'most' and 'least'", "Name another item in one of the two."),
    (r"exactly one comparison", "Keep one of equals, is_not, any_of, none_of, at_least, at_most, at_least_chosen."),
    (r"or 'all', or 'any'$", "Keep one, and put the others in it as a list."),
)


def mend_of(message: str, document: Any) -> str:
    """What to do about a mistake that concerns several parts; empty where the message says it all.

    Parameters
    ----------
    message : str
        As the records say it.
    document : object
        The plain values of the whole document.

    Examples
    --------
    >>> study = {"groups": [{"id": "HP"}, {"id": "R"}]}
    >>> mend_of("group_rules names the partner group 'HPP', which does not exist", study)
    "Did you mean 'HP'? There are: HP, R."
    """
    absent = re.search(r"'([^']+)', which", message)
    if absent:
        return _meant(absent[1], list(dict.fromkeys(_there_are(message, document))))
    return next((mend for pattern, mend in _MENDS if re.search(pattern, message)), "")


def _meant(absent: str, known: list[str]) -> str:
    close = get_close_matches(absent, known, n=1, cutoff=0.5)
    there = f"There are: {', '.join(known[:12])}{', …' if len(known) > 12 else ''}." if known else ""
    return f"Did you mean '{close[0]}'? {there}".strip() if close else there


def _there_are(message: str, document: Any) -> Iterator[str]:
    """Ids the message could have named."""
    option = re.search(r"which question '([^']+)' does not have", message)
    if option:
        asked = (one for one in _questions(document) if one.get("id") == option[1])
        for choice in (choice for question in asked for choice in _parts(question, "options")):
            yield from _ids([choice, *_parts(choice, "children")])
    elif "the question" in message:
        yield from _ids(_parts(document, "background") if "rule" in message else _questions(document))
    else:
        yield from (one for kind, field in _LISTS.items() if kind in message for one in _ids(_parts(document, field)))


def _questions(document: Any) -> Iterator[Mapping[str, Any]]:
    for field in _QUESTIONS:
        yield from _parts(document, field)


def _parts(around: Any, field: str) -> Iterator[Mapping[str, Any]]:
    listed = around.get(field) if isinstance(around, Mapping) else None
    yield from (part for part in (listed if isinstance(listed, list) else ()) if isinstance(part, Mapping))


def _ids(parts: Any) -> Iterator[str]:
    yield from (str(part["id"]) for part in parts if "id" in part)
