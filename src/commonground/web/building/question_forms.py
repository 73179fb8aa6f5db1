"""What the form of each kind of question asks, and the plain values of a question that come of it."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.text import slugify
from django.utils.translation import gettext as _

from commonground.records.questions import QuestionType
from commonground.records.study import Study
from commonground.web.building.part_forms import Ask, Kind, PartForm, Rows, words_of
from commonground.web.look.templatetags.look import said

_T = QuestionType
WITH_OPTIONS = frozenset({_T.SINGLE, _T.MULTIPLE, _T.RANKING})
TEXTS = ("text", "help", "unit")
SCALE_TEXTS = ("low", "high", "not_applicable")
PLAIN: dict[str, Any] = {
    "smallest": None, "largest": None, "top": None, "precision": "day", "earliest": "", "latest": "", "required": False,
    "groups": [],
}  # fmt: skip
"""Fields written as they are read, and what they are where the document is silent."""
LONGEST_ID = 40


def kinds() -> list[tuple[str, str, str]]:
    """Every kind of question: its word in the document, its name, and when to take it."""
    return [
        (_T.SINGLE.value, _("One answer"), _("People choose one of several answers.")),
        (_T.MULTIPLE.value, _("Several answers"), _("People tick as many answers as fit.")),
        (_T.NUMBER.value, _("Number"), _("Such as years of experience.")),
        (_T.TEXT.value, _("Short text"), _("A few words on one line.")),
        (_T.LONG_TEXT.value, _("Long text"), _("A few sentences.")),
        (_T.SCALE.value, _("Scale"), _("Points between two ends, such as never and always.")),
        (_T.RANKING.value, _("Ranking"), _("People put answers in an order.")),
        (_T.DATE.value, _("Date"), _("A day, a month or a year.")),
        (_T.COUNTRY.value, _("Country"), _("From the list of all countries.")),
        (_T.INFORMATION.value, _("Text to read"), _("A text between questions. Nothing is asked.")),
    ]


def kind_name(kind: str) -> str:
    """The name of a kind of question."""
    return next((name for word, name, _when in kinds() if word == kind), kind)


def question_form(kind: str, record: Study) -> PartForm:
    """An empty form for a question of this kind."""
    return PartForm(_asks(kind, record), _lists(kind), record.languages)


def form_values(question: Mapping[str, Any]) -> dict[str, Any]:
    """A question of the document as its form takes it: one row for each option, children after their parent."""
    rows: list[dict[str, Any]] = []
    for option in question.get("options") or ():
        rows.append(_option_row(option, is_under=False))
        rows += [_option_row(child, is_under=True) for child in option.get("children") or ()]
    scale = question.get("scale") or {}
    return {
        **question,
        **{name: scale.get(name) for name in SCALE_TEXTS},
        "options": rows,
        "points": scale.get("points"),
    }


def question_of(
    values: Mapping[str, Any], kind: str, before: Mapping[str, Any], languages: Sequence[str], taken: Iterable[str]
) -> dict[str, Any]:
    """The plain values of a question, from what its form read; what the form does not ask stays as it was.

    Parameters
    ----------
    values : mapping
        As `PartForm.read` gives them.
    before : mapping
        The question in the document; empty for a new one.
    taken : iterable of str
        Ids of the other questions.
    """
    question = {**before, "type": kind}
    question["id"] = values.get("id") or before.get("id") or _free_id(_first(values["text"]), taken, "question")
    for name in TEXTS:
        if name in values:
            _set(question, name, words_of(values[name], before.get(name), languages), None)
    for name, default in PLAIN.items():
        if name in values:
            _set(question, name, default if values[name] in ("", None) else values[name], default)
    if "first_listed" in values:
        _set(question, "first_listed", values["first_listed"].replace(",", " ").upper().split(), [])
    if "options" in values:
        question["options"] = _options(values["options"], before.get("options") or [], languages)
    if kind == _T.SCALE:
        question["scale"] = _scale(values, before.get("scale") or {}, languages)
    return question


def _asks(kind: str, record: Study) -> tuple[Ask, ...]:
    is_text = kind == _T.INFORMATION
    asks = [
        Ask("text", _("Text to read") if is_text else _("Question"), Kind.LONG_WORDS, is_needed=True),
        Ask("help", _("Hint under the question"), Kind.WORDS),
        *_own_asks(kind),
    ]
    if not is_text:
        asks.append(Ask("required", _("An answer is needed before people can go on"), Kind.FLAG))
    if len(record.groups) > 1:
        groups = tuple((group.id, said(group.label)) for group in record.groups)
        help_ = _("Nothing ticked: everybody is asked.")
        asks.append(Ask("groups", _("Asked only in these partner groups"), Kind.MANY, help_, choices=groups))
    help_ = _("Letters without accents, digits and hyphens. Made from the question if you leave it empty.")
    return (*asks, Ask("id", _("Name of the column in the data"), Kind.CODE, help_))


def _own_asks(kind: str) -> list[Ask]:
    """What only one kind of question asks."""
    match kind:
        case _T.NUMBER:
            return [
                Ask("smallest", _("Smallest number"), Kind.NUMBER),
                Ask("largest", _("Largest number"), Kind.NUMBER),
                Ask("unit", _("Unit"), Kind.WORDS, _("For example: years.")),
            ]
        case _T.SCALE:
            return [
                Ask("low", _("What the lowest point is called"), is_needed=True),
                Ask("high", _("What the highest point is called"), is_needed=True),
                Ask("smallest", _("Lowest point"), Kind.NUMBER, _("1 if you leave it empty.")),
                Ask("largest", _("Highest point"), Kind.NUMBER, _("5 if you leave it empty.")),
                Ask("not_applicable", _("An answer for people to whom it does not apply")),
            ]
        case _T.RANKING:
            return [Ask("top", _("How many places"), Kind.NUMBER, _("Empty: every answer gets a place."))]
        case _T.DATE:
            precisions = (("day", _("A day")), ("month", _("A month")), ("year", _("A year")))
            help_ = _("Written like 2026-05-31, 2026-05 or 2026.")
            return [
                Ask("precision", _("How exact"), Kind.CHOICE, choices=precisions),
                Ask("earliest", _("Earliest date"), Kind.LINE, help_),
                Ask("latest", _("Latest date"), Kind.LINE, help_),
            ]
        case _T.COUNTRY:
            help_ = _("By their two letters, such as CA, FR. All others follow in the order of the alphabet.")
            return [Ask("first_listed", _("Countries that stand first"), Kind.LINE, help_)]
        case _:
            return []


def _lists(kind: str) -> tuple[Rows, ...]:
    if kind == _T.SCALE:
        points = (Ask("at", _("Which point"), Kind.NUMBER), Ask("label", _("What it is called")))
        return (Rows("points", _("Points between the ends"), _("Point"), points, add=_("Add a point")),)
    if kind not in WITH_OPTIONS:
        return ()
    asks = [Ask("label", _("Answer"), Kind.WORDS)]
    if kind != _T.RANKING:
        asks.append(Ask("is_under", _("stands under the answer above"), Kind.FLAG))
    if kind == _T.MULTIPLE:
        asks.append(Ask("exclusive", _("excludes all others"), Kind.FLAG))
    asks += [Ask("id", _("Code in the data"), Kind.CODE), Ask("was", "", Kind.HIDDEN)]
    return (Rows("options", _("Answers"), _("Answer"), tuple(asks), add=_("Add an answer"), least=2, can_paste=True),)


def _option_row(option: Mapping[str, Any], *, is_under: bool) -> dict[str, Any]:
    return {**option, "is_under": is_under, "was": option.get("id")}


def _options(rows: Sequence[Mapping[str, Any]], before: Sequence[Mapping[str, Any]], languages: Sequence[str]) -> Any:
    """Options of the document from the rows of a form; the first row can stand under nothing."""
    known = {one["id"]: one for parent in before for one in (parent, *(parent.get("children") or ())) if "id" in one}
    taken: set[str] = {row["id"] for row in rows if row["id"]}
    options: list[dict[str, Any]] = []
    for row in rows:
        was = known.get(row["was"], {})
        option = {name: value for name, value in was.items() if name != "children"}
        option["id"] = row["id"] or _free_id(_first(row["label"]), taken, "answer")
        taken.add(option["id"])
        option["label"] = words_of(row["label"], was.get("label"), languages)
        _set(option, "exclusive", row.get("exclusive", False), False)
        if row.get("is_under") and options:
            options[-1].setdefault("children", []).append(option)
        else:
            options.append(option)
    return options


def _scale(values: Mapping[str, Any], before: Mapping[str, Any], languages: Sequence[str]) -> dict[str, Any]:
    scale = dict(before)
    for name in SCALE_TEXTS:
        _set(scale, name, words_of(values[name], before.get(name), languages), None)
    named = {point["at"]: point.get("label") for point in before.get("points") or ()}
    points = [
        {"at": row["at"], "label": words_of(row["label"], named.get(row["at"]), languages)} for row in values["points"]
    ]
    _set(scale, "points", points, [])
    return scale


def _set(part: dict[str, Any], name: str, value: Any, default: Any) -> None:
    """Give a field a value; one that holds its default stays as it is written, which may be not at all."""
    if value == default and part.get(name, default) != default:
        part.pop(name)
    elif value != default:
        part[name] = value


def obstacles(values: Mapping[str, Any], kind: str, taken: Iterable[str]) -> list[str]:
    """What keeps a question from being one, as far as its form can tell."""
    found: list[str] = []
    if kind in WITH_OPTIONS and len(values["options"]) < 2:
        found.append(_("This kind of question needs at least two answers."))
    codes = [row["id"] for row in values.get("options", ()) if row["id"]]
    twice = sorted({one for one in codes if codes.count(one) > 1})
    found += [_("Two answers have the code “%(code)s”.") % {"code": code} for code in twice]
    if values.get("id") in set(taken):
        found.append(_("Another question has the name “%(name)s”.") % {"name": values["id"]})
    return found


def renamed_options(rows: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """Codes of options that were changed: old to new."""
    return {row["was"]: row["id"] for row in rows if row.get("was") and row["id"] and row["was"] != row["id"]}


def _first(texts: Mapping[str, str]) -> str:
    return next(iter(texts.values()), "")


def _free_id(text: str, taken: Iterable[str], otherwise: str) -> str:
    """An id made from a text that nothing else has."""
    name = slugify(text)[:LONGEST_ID].rpartition("-")[0] if len(slugify(text)) > LONGEST_ID else slugify(text)
    name = name.strip("-_") or otherwise
    name = name if name[:1].isalpha() else f"{otherwise}-{name}"
    others, number = set(taken), 2
    found = name
    while found in others:
        found, number = f"{name}-{number}", number + 1
    return found


def copy_of(question: Mapping[str, Any], taken: Iterable[str]) -> dict[str, Any]:
    """The same question under an id of its own."""
    return {**question, "id": _free_id(str(question["id"]), taken, "question")}


def with_renamed(condition: Any, question: str, to: str, options: Mapping[str, str]) -> Any:
    """A condition in which a question and some of its options have other ids.

    Examples
    --------
    >>> with_renamed({"any": [{"question": "a", "equals": "x"}, {"question": "b"}]}, "a", "c", {"x": "y"})
    {'any': [{'question': 'c', 'equals': 'y'}, {'question': 'b'}]}
    """
    if isinstance(condition, list):
        return [with_renamed(part, question, to, options) for part in condition]
    if not isinstance(condition, Mapping):
        return condition
    if condition.get("question") == question:
        return {
            "question": to,
            **{name: _renamed(value, options) for name, value in condition.items() if name != "question"},
        }
    return {
        name: with_renamed(part, question, to, options) if name in {"all", "any"} else part
        for name, part in condition.items()
    }


def _renamed(value: Any, options: Mapping[str, str]) -> Any:
    if isinstance(value, list):
        return [_renamed(one, options) for one in value]
    return options.get(value, value) if isinstance(value, str) else value
