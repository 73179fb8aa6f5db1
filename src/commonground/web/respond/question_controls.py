"""The controls of questions that need more than one field or a list of their own, as their templates show them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.dates import MONTHS
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from commonground.records.countries import listed_countries
from commonground.records.dates import Precision
from commonground.records.questions import NOT_APPLICABLE, Option, Question, QuestionType
from commonground.records.words import Words
from commonground.survey.answers import DATE_PARTS, PLACE_MARK


@dataclass(frozen=True, slots=True)
class Point:
    """One point of a scale, or beside it that it does not apply (then `number` is empty)."""

    value: str
    number: str
    label: Words | None
    control: str
    is_chosen: bool


def scale_points(question: Question, name: str, raw: Sequence[str]) -> Iterator[Point]:
    """The points from the lowest to the highest; every named one with its name."""
    points, scale = question.scale_points(), question.scale
    if scale is None:
        return
    labels = {one.at: one.label for one in scale.points} | {points[0]: scale.low, points[-1]: scale.high}
    for point in points:
        yield Point(str(point), str(point), labels.get(point), f"{name}-{point}", str(point) in raw)


def beside_scale(question: Question, name: str, raw: Sequence[str]) -> Point | None:
    """That a scale does not apply, where that is offered."""
    if question.scale is None or question.scale.not_applicable is None:
        return None
    label = question.scale.not_applicable
    return Point(NOT_APPLICABLE, "", label, f"{name}-{NOT_APPLICABLE}", NOT_APPLICABLE in raw)


@dataclass(frozen=True, slots=True)
class Ranked:
    """An option of a ranking and the places it can have: what is sent, the place, and whether it has it."""

    option: Option
    control: str
    places: tuple[tuple[str, int, bool], ...]


def ranked_options(question: Question, name: str, raw: Sequence[str]) -> Iterator[Ranked]:
    """Every option with a list of places, so that no dragging is needed."""
    for option in question.options:
        sent = {place: f"{option.id}{PLACE_MARK}{place}" for place in range(1, question.places() + 1)}
        places = tuple((value, place, value in raw) for place, value in sent.items())
        yield Ranked(option, f"{name}-{option.id}", places)


@dataclass(frozen=True, slots=True)
class DatePart:
    """The day, the month or the year of a date."""

    part: str
    label: str
    control: str
    value: str
    months: tuple[tuple[str, str, bool], ...] = ()


def date_parts(question: Question, name: str, raw: Sequence[str]) -> Iterator[DatePart]:
    """The fields of a date. A month is chosen by its name, so that no order of numbers can be mistaken."""
    labels = {"day": _("Day"), "month": _("Month"), "year": _("Year")}
    parts = DATE_PARTS[question.precision]
    values = raw if len(raw) == len(parts) else [""] * len(parts)
    for part, value in zip(parts, values, strict=True):
        control = name if question.precision == Precision.YEAR else f"{name}-{part}"
        yield DatePart(part, labels[part], control, value, _months(value) if part == "month" else ())


def _months(value: str) -> tuple[tuple[str, str, bool], ...]:
    return tuple((str(number), str(month), value == str(number)) for number, month in MONTHS.items())


def date_as_sent(question: Question, value: str) -> tuple[str, ...]:
    """A stored date as the fields that sent it."""
    return tuple(part if len(part) == 4 else str(int(part)) for part in reversed(value.split("-")))[
        : len(DATE_PARTS[question.precision])
    ]


def countries(question: Question, raw: Sequence[str]) -> Iterator[tuple[str, str, bool]]:
    """Every country in the language of the page: code, name, and whether it is chosen."""
    for code, country in listed_countries(get_language() or "en", question.first_listed):
        yield code, country, code in raw


def ranking_hint(question: Question) -> str:
    """How places are given away."""
    places = question.places()
    if places == len(question.options):
        return _("Give each answer a place: 1 for the first, %(last)s for the last.") % {"last": places}
    if places == 1:
        return _("Give place 1 to one answer and leave the others empty.")
    return _("Give the places 1 to %(last)s and leave the other answers empty.") % {"last": places}


def first_part(question: Question) -> str:
    """What follows the name of a question in the id of its first control; empty where there is only one."""
    if question.type == QuestionType.SCALE:
        return f"-{question.scale_points()[0]}"
    if question.type == QuestionType.DATE and question.precision != Precision.YEAR:
        return f"-{DATE_PARTS[question.precision][0]}"
    return f"-{question.options[0].id}" if question.options else ""
