"""Reading what a person sent for one question: a value, or what keeps it from being one."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from commonground.records.countries import COUNTRIES
from commonground.records.dates import Precision, precision_of
from commonground.records.questions import NOT_APPLICABLE, Question, QuestionType
from commonground.survey.conditions import Value

LONGEST = {QuestionType.TEXT: 500, QuestionType.LONG_TEXT: 5000}
"""Characters a free text may have."""

DATE_PARTS = {
    Precision.DAY: ("day", "month", "year"),
    Precision.MONTH: ("month", "year"),
    Precision.YEAR: ("year",),
}
"""The fields a date is written in, in the order they are sent."""

PLACE_MARK = ":"
"""Between an option and its place in what a ranking sends; option ids cannot contain it."""


class AnswerProblem(StrEnum):
    """What keeps an answer from being one; a page puts it into words."""

    MISSING = "missing"
    NOT_A_NUMBER = "not_a_number"
    TOO_SMALL = "too_small"
    TOO_LARGE = "too_large"
    TOO_LONG = "too_long"
    UNKNOWN_OPTION = "unknown_option"
    EXCLUSIVE = "exclusive"
    SAME_PLACE = "same_place"
    PLACES_LEFT = "places_left"
    DATE_INCOMPLETE = "date_incomplete"
    NOT_A_DATE = "not_a_date"
    OUTSIDE_DATES = "outside_dates"


@dataclass(frozen=True, slots=True)
class Read:
    """An answer as read: `value` is None when the question was left empty or there is a problem."""

    value: Value | None
    problem: AnswerProblem | None = None


def read_answer(question: Question, raw: Sequence[str], language: str = "") -> Read:
    """Read the raw strings of a form field.

    Numbers may be written with a comma or a point and with spaces between thousands. Choosing an option that
    stands under another one chooses that one too, because it says so.

    Parameters
    ----------
    question : Question
    raw : sequence of str
        The values sent: none for an untouched choice, one for a text, any for a multiple choice, `option:place` for
        each option of a ranking, and of a date its parts (see `DATE_PARTS`) or the whole as ISO 8601.
    language : str
        In which the person answers; in English a comma separates thousands.

    Returns
    -------
    Read

    Examples
    --------
    >>> years = Question(id="years", type="number", text="How many years?", smallest=0, largest=80)
    >>> read_answer(years, ["2,5"], "fr")
    Read(value=2.5, problem=None)
    >>> read_answer(years, ["many"]).problem
    <AnswerProblem.NOT_A_NUMBER: 'not_a_number'>
    """
    given = [text.strip() for text in raw if text.strip()]
    if not given or question.type is QuestionType.INFORMATION:
        return Read(None, AnswerProblem.MISSING if question.required else None)
    return _READERS[question.type](question, _Sent([text.strip() for text in raw], given, language))


@dataclass(frozen=True, slots=True)
class _Sent:
    """What was sent: every field in its place, those that are not empty, and the language."""

    fields: Sequence[str]
    given: Sequence[str]
    language: str


def _read_number(question: Question, sent: _Sent) -> Read:
    text = sent.given[0]
    continental = not sent.language.startswith("en")
    value = _number(text, comma_is_point=continental or (text.count(",") == 1 and "." not in text))
    if value is None:
        return Read(None, AnswerProblem.NOT_A_NUMBER)
    if question.smallest is not None and value < question.smallest:
        return Read(None, AnswerProblem.TOO_SMALL)
    if question.largest is not None and value > question.largest:
        return Read(None, AnswerProblem.TOO_LARGE)
    return Read(int(value) if value.is_integer() else value)


def _number(text: str, *, comma_is_point: bool) -> float | None:
    digits = "".join(text.split()).replace(",", "." if comma_is_point else "")
    try:
        value = float(digits)
    except ValueError:
        return None
    return value if math.isfinite(value) else None


def _read_single(question: Question, sent: _Sent) -> Read:
    option = sent.given[0]
    known = {one.id for one in question.all_options()}
    return Read(option) if option in known else Read(None, AnswerProblem.UNKNOWN_OPTION)


def _read_multiple(question: Question, sent: _Sent) -> Read:
    chosen = set(sent.given)
    options = question.all_options()
    if not chosen <= {one.id for one in options}:
        return Read(None, AnswerProblem.UNKNOWN_OPTION)
    parents = {parent.id for parent in question.options if chosen & {child.id for child in parent.children}}
    chosen = chosen | parents
    if len(chosen) > 1 and any(one.exclusive for one in options if one.id in chosen):
        return Read(None, AnswerProblem.EXCLUSIVE)
    return Read(tuple(one.id for one in options if one.id in chosen))


def _read_scale(question: Question, sent: _Sent) -> Read:
    text = sent.given[0]
    if text == NOT_APPLICABLE and question.scale is not None and question.scale.not_applicable is not None:
        return Read(NOT_APPLICABLE)
    points = {str(point): point for point in question.scale_points()}
    return Read(points[text]) if text in points else Read(None, AnswerProblem.UNKNOWN_OPTION)


def _read_ranking(question: Question, sent: _Sent) -> Read:
    """The options in the order of their places; every place is given once."""
    known = {option.id for option in question.options}
    wanted = [str(place) for place in range(1, question.places() + 1)]
    pairs = [text.partition(PLACE_MARK) for text in sent.given]
    if any(option not in known or place not in wanted for option, _, place in pairs):
        return Read(None, AnswerProblem.UNKNOWN_OPTION)
    by_place = {place: option for option, _, place in pairs}
    if len(by_place) < len(pairs) or len(set(by_place.values())) < len(by_place):
        return Read(None, AnswerProblem.SAME_PLACE)
    if len(by_place) < len(wanted):
        return Read(None, AnswerProblem.PLACES_LEFT)
    return Read(tuple(by_place[place] for place in wanted))


def _read_date(question: Question, sent: _Sent) -> Read:
    """A date from its parts, or written whole as ISO 8601."""
    parts = sent.fields
    names = DATE_PARTS[question.precision]
    whole = parts[0] if len(parts) == 1 else ""
    if not precision_of(whole):
        if len(parts) != len(names) or not all(parts):
            return Read(None, AnswerProblem.DATE_INCOMPLETE)
        whole = _iso(parts)
    if precision_of(whole) is not question.precision:
        return Read(None, AnswerProblem.NOT_A_DATE)
    if (question.earliest and whole < question.earliest) or (question.latest and whole > question.latest):
        return Read(None, AnswerProblem.OUTSIDE_DATES)
    return Read(int(whole) if question.precision is Precision.YEAR else whole)


def _iso(parts: Sequence[str]) -> str:
    """Day, month and year, as people write them, the largest first; empty where one is no number of that length."""
    *smaller, year = parts
    if not (year.isascii() and year.isdigit() and len(year) == 4):
        return ""
    if any(not (part.isascii() and part.isdigit() and len(part) <= 2) for part in smaller):
        return ""
    return "-".join([year, *(part.zfill(2) for part in reversed(smaller))])


def _read_country(_question: Question, sent: _Sent) -> Read:
    code = sent.given[0]
    return Read(code) if code in COUNTRIES else Read(None, AnswerProblem.UNKNOWN_OPTION)


def _read_text(question: Question, sent: _Sent) -> Read:
    text = sent.given[0]
    return Read(None, AnswerProblem.TOO_LONG) if len(text) > LONGEST[question.type] else Read(text)


_READERS: dict[QuestionType, Callable[[Question, _Sent], Read]] = {
    QuestionType.SINGLE: _read_single,
    QuestionType.MULTIPLE: _read_multiple,
    QuestionType.NUMBER: _read_number,
    QuestionType.TEXT: _read_text,
    QuestionType.LONG_TEXT: _read_text,
    QuestionType.SCALE: _read_scale,
    QuestionType.RANKING: _read_ranking,
    QuestionType.DATE: _read_date,
    QuestionType.COUNTRY: _read_country,
}
