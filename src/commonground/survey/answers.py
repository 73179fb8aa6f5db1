"""Reading what a person sent for one question: a value, or what keeps it from being one."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from commonground.records.questions import Question, QuestionType
from commonground.survey.conditions import Value

LONGEST = {QuestionType.TEXT: 500, QuestionType.LONG_TEXT: 5000}
"""Characters a free text may have."""


class AnswerProblem(StrEnum):
    """What keeps an answer from being one; a page puts it into words."""

    MISSING = "missing"
    NOT_A_NUMBER = "not_a_number"
    TOO_SMALL = "too_small"
    TOO_LARGE = "too_large"
    TOO_LONG = "too_long"
    UNKNOWN_OPTION = "unknown_option"
    EXCLUSIVE = "exclusive"


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
        The values sent: none for an untouched choice, one for a text, any for a multiple choice.
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
    if not given:
        return Read(None, AnswerProblem.MISSING if question.required else None)
    match question.type:
        case QuestionType.NUMBER:
            return _read_number(question, given[0], language)
        case QuestionType.SINGLE:
            return _read_single(question, given[0])
        case QuestionType.MULTIPLE:
            return _read_multiple(question, set(given))
        case _:
            return _read_text(question, given[0])


def _read_number(question: Question, text: str, language: str) -> Read:
    value = _number(text, comma_is_point=not language.startswith("en") or (text.count(",") == 1 and "." not in text))
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


def _read_single(question: Question, option: str) -> Read:
    known = {one.id for one in question.all_options()}
    return Read(option) if option in known else Read(None, AnswerProblem.UNKNOWN_OPTION)


def _read_multiple(question: Question, chosen: set[str]) -> Read:
    options = question.all_options()
    if not chosen <= {one.id for one in options}:
        return Read(None, AnswerProblem.UNKNOWN_OPTION)
    parents = {parent.id for parent in question.options if chosen & {child.id for child in parent.children}}
    chosen = chosen | parents
    if len(chosen) > 1 and any(one.exclusive for one in options if one.id in chosen):
        return Read(None, AnswerProblem.EXCLUSIVE)
    return Read(tuple(one.id for one in options if one.id in chosen))


def _read_text(question: Question, text: str) -> Read:
    return Read(None, AnswerProblem.TOO_LONG) if len(text) > LONGEST[question.type] else Read(text)
