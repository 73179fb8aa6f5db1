"""The mend for a mistake between parts of a study: what the document holds that was perhaps meant."""

import re
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import Any

from commonground.records.questions import MOST_POINTS

_LISTS = {"partner group": "groups", "item": "items"}
"""Where things that are named elsewhere are defined."""

_QUESTIONS = ("background", "quality_questions", "demographics")

_MENDS = (
    (r"is used twice$|has the option .* twice$", "Give each an id of its own."),
    (r"need 'group_rules'", "Add 'group_rules'; the template shows how."),
    (r"^a task of", "Show fewer per task, or add items."),
    (r"needs at least two options$", "Add options, or choose the type text or number."),
    (r"takes no options$", "Remove 'options', or choose the type single, multiple or ranking."),
    (r"which belongs to '(\w+)'$", "Remove it, or change the type."),
    (r"no answer can be required$", "Remove 'required'."),
    (r"is a ranking, whose options", "Write each option with 'id' and 'label' alone."),
    (r"that 'top' asks for$", "Make 'top' smaller, or add options."),
    (r"asks for a (day|month|year), so", "Write as much of the date as is asked for, or change 'precision'."),
    (r"^no date is at least", "Exchange 'earliest' and 'latest', or correct one of them."),
    (r"needs a 'scale'", "Add 'scale: {low: …, high: …}'."),
    (r"ends that are no whole numbers$", "Write whole numbers for 'smallest' and 'largest'."),
    (r"a scale has 2 to", "Bring 'smallest' and 'largest' closer together, or choose the type number."),
    (
        r"names the point",
        "Name each point between 'smallest' and 'largest' at most once; the ends are 'low' and 'high'.",
    ),
    (r"is no country code", "Write the two capital letters of the country."),
    (r"which can be asked", "Take one of these."),
    (r"is no ranking$", "Compare it otherwise, such as with 'equals'."),
    (r"has no answer$", "Look at another question."),
    (r"which it does not ask for$", "Compare it with a number, or look at a question of the type date."),
    (r"but it is a (day|month|year), such as", "Write as much of the date as the question asks for."),
    (r"neither a number nor a date", "Write digits, with a point for decimals, or a date."),
    (r"^no number is at least", "Exchange 'smallest' and 'largest', or correct one of them."),
    (r"text.* is empty$", "Write it, or remove the line."),
    (r"^'most' and 'least'", "Name another item in one of the two."),
    (
        r"exactly one comparison",
        "Keep one of equals, is_not, any_of, none_of, at_least, at_most, at_least_chosen, ranked_first.",
    ),
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
    absent = re.search(r"'([^']+)', which (does not exist|is not asked|question '[^']+' does not have)", message)
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
        for question in asked:
            yield from _answers(question)
    elif "the question" in message:
        yield from _ids(_parts(document, "background") if "rule" in message else _questions(document))
    else:
        yield from (one for kind, field in _LISTS.items() if kind in message for one in _ids(_parts(document, field)))


def _answers(question: Mapping[str, Any]) -> Iterator[str]:
    """What a condition can look for in a question."""
    for choice in _parts(question, "options"):
        yield from _ids([choice, *_parts(choice, "children")])
    if question.get("type") == "scale":
        yield from _points(question.get("smallest", 1), question.get("largest", 5))
        yield from ["not_applicable"] * ("not_applicable" in (question.get("scale") or {}))


def _points(low: Any, high: Any) -> Iterator[str]:
    """The points of a scale whose ends are whole numbers, as a valid one has them."""
    if isinstance(low, int) and isinstance(high, int) and high - low < MOST_POINTS:
        yield from (str(point) for point in range(low, high + 1))


def _questions(document: Any) -> Iterator[Mapping[str, Any]]:
    for field in _QUESTIONS:
        yield from _parts(document, field)


def _parts(around: Any, field: str) -> Iterator[Mapping[str, Any]]:
    listed = around.get(field) if isinstance(around, Mapping) else None
    yield from (part for part in (listed if isinstance(listed, list) else ()) if isinstance(part, Mapping))


def _ids(parts: Any) -> Iterator[str]:
    yield from (str(part["id"]) for part in parts if "id" in part)
