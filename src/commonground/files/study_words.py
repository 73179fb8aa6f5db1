"""What the validation of a study found, as sentences that name the line and the mend."""

import re
from collections.abc import Callable, Mapping
from difflib import get_close_matches
from functools import cache
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from commonground.files.study_mends import mend_of
from commonground.files.yaml_lines import Lines, Path
from commonground.records.errors import Problem
from commonground.records.study import Study

_ONE_OF = {
    "items": "item",
    "groups": "group",
    "background": "background question",
    "quality_questions": "quality question",
    "demographics": "demographic question",
    "options": "option",
    "children": "child option",
    "eligibility": "eligibility rule",
    "group_rules": "group rule",
    "glossary": "term",
    "sections": "section",
    "languages": "language",
    "sensitivity_constants": "sensitivity constant",
    "translations": "translation",
    "points": "point",
    "first_listed": "country",
}
"""What one entry of a list is called."""

_REFERENCES = ("question", "group", "groups", "equals", "is_not", "any_of", "none_of", "ranked_first", "to", "language")
"""Fields that name something defined elsewhere."""


def problems_of(error: ValidationError, lines: Lines, name: str) -> list[Problem]:
    """One problem for each mistake, in the order of the document.

    Parameters
    ----------
    error : pydantic.ValidationError
    lines : Lines
        The document that was validated.
    name : str
        The file, for messages.
    """
    details = error.errors(include_url=False)
    found = [problem for one in details if not _only_follows(one, details) for problem in _problems(one, lines, name)]
    return [problem for _, problem in sorted(dict.fromkeys(found), key=_line)]


def _only_follows(one: ErrorDetails, others: list[ErrorDetails]) -> bool:
    """A list counts as too short when its entries are wrong; saying so would hide the mistake."""
    inside = len(one["loc"])
    return one["type"] == "too_short" and any(
        other["loc"][:inside] == one["loc"] and len(other["loc"]) > inside for other in others
    )


def _line(found: tuple[int, Problem]) -> int:
    return found[0]


def _problems(details: ErrorDetails, lines: Lines, name: str) -> list[tuple[int, Problem]]:
    """The problems of one error; a mistake between parts has a line of the message for each."""
    path = _in_document(details["loc"], lines)
    if details["type"] != "value_error":
        return [_problem(details, path, _words(details, path), lines, name)]
    messages = str(details.get("ctx", {}).get("error", details["msg"])).splitlines()
    return [
        _problem(
            details,
            _best_path(_sentence(message), path, lines),
            (_sentence(message), mend_of(message, lines.values)),
            lines,
            name,
        )
        for message in messages
    ]


def _problem(details: ErrorDetails, path: Path, words: tuple[str, str], lines: Lines, name: str) -> tuple[int, Problem]:
    what, mend = words
    line = lines.line(path)
    part = in_words(path[:-1] if details["type"] == "missing" else path, lines)
    return line, Problem(what, f"{name}, line {line}" + (f", {part}" if part else ""), mend)


def _in_document(loc: tuple[str | int, ...], lines: Lines) -> Path:
    """A place without the steps that only the validator knows, such as the members of a union."""
    value: Any = lines.values
    path: Path = ()
    for place, step in enumerate(loc):
        inside = _inside(value, step)
        missing = place == len(loc) - 1 and isinstance(step, str) and isinstance(value, Mapping)
        if inside is not None or missing:  # a missing field is named at the end
            value, path = inside, (*path, step)
    return path


def in_words(path: Path, lines: Lines) -> str:
    """A place as people say it: "item 4 (open), label"."""
    words: list[str] = []
    value: Any = lines.values
    for place, step in enumerate(path):
        value = _inside(value, step)
        if isinstance(step, int):
            kind = _ONE_OF.get(str(path[place - 1]), "entry")
            own = value.get("id", value.get("reason", value.get("group"))) if isinstance(value, Mapping) else None
            words[-1:] = [f"{kind} {step + 1}" + (f" ({own})" if isinstance(own, str) else "")]
        else:
            words.append(step)
    return ", ".join(words)


def _inside(value: Any, step: str | int) -> Any:
    if isinstance(value, Mapping):
        return value.get(str(step))
    if isinstance(value, list) and isinstance(step, int) and step < len(value):
        return value[step]
    return None


def _words(details: ErrorDetails, path: Path) -> tuple[str, str]:
    kind, context, given = details["type"], details.get("ctx", {}), details["input"]
    if kind in _SPECIAL:
        return _SPECIAL[kind](path, context, given)
    if kind in _SIMPLE:
        what, mend = _SIMPLE[kind]
        return what.format(given=_short(given), **context), mend.format(given=_short(given), **context)
    return _sentence(details["msg"]), ""


def _unknown_field(path: Path, _context: Mapping[str, Any], _given: Any) -> tuple[str, str]:
    field, known = str(path[-1]), fields_at(path[:-1])
    close = get_close_matches(field, known, n=1, cutoff=0.6)
    mend = f"Did you mean '{close[0]}'?" if close else f"Fields there are: {', '.join(known)}."
    return f"there is no field '{field}' here.", mend


def _missing_field(path: Path, _context: Mapping[str, Any], _given: Any) -> tuple[str, str]:
    return f"the field '{path[-1]}' is missing.", "Add it; the template shows how it looks."


def _wrong_id(_path: Path, _context: Mapping[str, Any], given: Any) -> tuple[str, str]:
    fitting = re.sub(r"[^A-Za-z0-9]+", "-", str(given)).strip("-")[:64]
    fitting = fitting if fitting[:1].isalpha() else f"id-{fitting}".rstrip("-")
    mend = f"Begin with a letter, then letters without accents, digits, '_' or '-', such as '{fitting}'."
    return f"{_short(given)} cannot be an id.", mend


def _not_text(_path: Path, _context: Mapping[str, Any], given: Any) -> tuple[str, str]:
    if given is None:
        return "this text is empty.", "Write it behind the colon, or remove the field."
    if isinstance(given, (Mapping, list)):
        return "one text should stand here, not several.", "Write one text."
    return f"{_short(given)} is not a text.", f'Put it between quotation marks: "{given}".'


def _not_a_part(path: Path, _context: Mapping[str, Any], given: Any) -> tuple[str, str]:
    known = fields_at(path)
    if given is None:
        return "nothing stands here.", f"Indent its fields below it: {', '.join(known)}." if known else "Fill it in."
    if not known and isinstance(given, list):
        return "one text should stand here, not a list.", "Write one text, or one for each language: {en: …, fr: …}."
    if not known:
        return f"{_short(given)} is not a text.", f'Put it between quotation marks: "{given}".'
    return (
        f"fields should stand here ({', '.join(known[:6])}), not {_short(given)}.",
        "Write each as 'name: value', indented.",
    )


def _unknown_choice(_path: Path, context: Mapping[str, Any], given: Any) -> tuple[str, str]:
    known = re.findall(r"'([^']+)'", str(context["expected"])) or [str(context["expected"])]
    close = get_close_matches(str(given), known, n=1)
    mend = f"Did you mean '{close[0]}'?" if close else f"Write {' or '.join(known)}."
    return f"{_short(given)} is none of the possible values ({', '.join(known)}).", mend


_SPECIAL: dict[str, Callable[[Path, Mapping[str, Any], Any], tuple[str, str]]] = {
    "extra_forbidden": _unknown_field,
    "missing": _missing_field,
    "string_pattern_mismatch": _wrong_id,
    "string_type": _not_text,
    "dict_type": _not_a_part,
    "model_type": _not_a_part,
    "model_attributes_type": _not_a_part,
    "enum": _unknown_choice,
    "literal_error": _unknown_choice,
}

_SIMPLE: dict[str, tuple[str, str]] = {
    "tuple_type": ("a list should stand here, not {given}.", "Begin each entry with '- '."),
    "list_type": ("a list should stand here, not {given}.", "Begin each entry with '- '."),
    "int_type": ("{given} is not a whole number.", "Write digits, without quotation marks."),
    "int_parsing": ("{given} is not a whole number.", "Write digits, without quotation marks."),
    "int_from_float": ("{given} is not a whole number.", "Write it without decimals."),
    "float_type": ("{given} is not a number.", "Write digits, with a point for decimals."),
    "float_parsing": ("{given} is not a number.", "Write digits, with a point for decimals."),
    "bool_type": ("{given} is neither true nor false.", "Write true or false."),
    "bool_parsing": ("{given} is neither true nor false.", "Write true or false."),
    "too_short": ("there are {actual_length} here, but at least {min_length} are needed.", "Add more."),
    "greater_than": ("{given} is too small.", "It must be above {gt}."),
    "greater_than_equal": ("{given} is too small.", "It must be at least {ge}."),
    "less_than": ("{given} is too large.", "It must be below {lt}."),
    "less_than_equal": ("{given} is too large.", "It must be at most {le}."),
}


def _best_path(message: str, path: Path, lines: Lines) -> Path:
    """Where a mistake stands that concerns several parts: at the id the message names, if it can be found."""
    if message.startswith("a task of"):
        return ("design", "per_task")
    if "need 'group_rules'" in message:
        return ("groups",)
    if message.startswith("'most' and 'least'"):
        return (*path, "most")
    scalars = list(lines.scalars(path))
    for quoted in _suspects(message):
        places = [place for place, value in scalars if value == quoted]
        defined = [place for place in places if place[-1] == "id"]
        named = [place for place in places if set(place[-2:]) & set(_REFERENCES)]
        if "twice" in message and len(defined) > 1:
            return defined[1]
        if named:
            return named[0]
    quoted_ids = [place for place, value in scalars if place[-1] == "id" and f"'{value}'" in message]
    return quoted_ids[0] if quoted_ids else path


def _suspects(message: str) -> list[str]:
    """Names quoted in a message; the one said not to be there comes first."""
    names = re.findall(r"'([^']+)'", message)
    absent = re.search(r"'([^']+)', which", message)
    return [absent[1], *names] if absent else names[::-1]


def fields_at(path: Path) -> list[str]:
    """The fields a part of the document may have, from the schema."""
    schema = _schema()
    node: Mapping[str, Any] = schema
    for step in path:
        node = _resolve(node)
        node = node.get("items", {}) if isinstance(step, int) else node.get("properties", {}).get(step, {})
    return list(_resolve(node).get("properties", {}))


def _resolve(node: Mapping[str, Any]) -> Mapping[str, Any]:
    """Follow references, and of several possibilities the one that is not null."""
    while "$ref" in node or "anyOf" in node:
        if "$ref" in node:
            node = _schema()["$defs"][node["$ref"].rsplit("/", 1)[-1]]
        else:
            node = next(one for one in node["anyOf"] if one.get("type") != "null")
    return node


@cache
def _schema() -> dict[str, Any]:
    return Study.model_json_schema()


def _short(given: Any) -> str:
    if isinstance(given, Mapping):
        return "a part with fields"
    if isinstance(given, (list, tuple)):
        return "a list"
    if given is None:
        return "nothing"
    text = str(given).lower() if isinstance(given, bool) else str(given)
    return f"'{text[:60]}…'" if len(text) > 60 else f"'{text}'"


def _sentence(message: str) -> str:
    return message if message.endswith((".", "?")) else f"{message}."
