"""Fixed texts that depend on what happened, through gettext."""

from datetime import date

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from commonground.records.dates import Precision
from commonground.records.questions import Question
from commonground.survey.answers import LONGEST, AnswerProblem
from commonground.survey.flow import PageKind


def problem_words(question: Question, problem: AnswerProblem) -> str:
    """What keeps an answer from being one, in a sentence that helps."""
    if problem in {AnswerProblem.TOO_SMALL, AnswerProblem.TOO_LARGE}:
        return _range_words(question)
    if problem == AnswerProblem.TOO_LONG:
        return _("This text is longer than %(most)s characters. Please shorten it.") % {
            "most": number_format(LONGEST[question.type])
        }
    if problem == AnswerProblem.PLACES_LEFT:
        return _("Some places have not been given yet. Please give each place from 1 to %(last)s to one answer.") % {
            "last": question.places()
        }
    if problem in _ABOUT_DATES:
        return _date_words(question, problem)
    return _plain_words()[problem]


_ABOUT_DATES = {AnswerProblem.DATE_INCOMPLETE, AnswerProblem.NOT_A_DATE, AnswerProblem.OUTSIDE_DATES}


def _plain_words() -> dict[AnswerProblem, str]:
    """Sentences that are the same for every question."""
    return {
        AnswerProblem.MISSING: _("This question still needs an answer."),
        AnswerProblem.NOT_A_NUMBER: _("Please write a number, for example 12."),
        AnswerProblem.EXCLUSIVE: _(
            "One of the chosen answers does not go together with the others. Please choose again."
        ),
        AnswerProblem.UNKNOWN_OPTION: _("Please choose one of the answers shown."),
        AnswerProblem.SAME_PLACE: _("One place is given to two answers. Please give each place to one answer only."),
    }


def _date_words(question: Question, problem: AnswerProblem) -> str:
    if problem == AnswerProblem.OUTSIDE_DATES:
        return _dates_words(question)
    if question.precision == Precision.YEAR:
        return _("Please write a year with four digits, for example 1990.")
    if problem == AnswerProblem.NOT_A_DATE:
        return _("This date does not exist. Please look at it once more.")
    if question.precision == Precision.MONTH:
        return _("Please give the month and the year.")
    return _("Please give the day, the month and the year.")


def _dates_words(question: Question) -> str:
    earliest, latest = _date_said(question.earliest), _date_said(question.latest)
    if not latest:
        return _("Please give a date that is not before %(earliest)s.") % {"earliest": earliest}
    if not earliest:
        return _("Please give a date that is not after %(latest)s.") % {"latest": latest}
    return _("Please give a date from %(earliest)s to %(latest)s.") % {"earliest": earliest, "latest": latest}


def _date_said(limit: str | None) -> str:
    """A day, a month or a year as the language writes it."""
    if limit is None or limit.isdigit():
        return limit or ""
    parts = [int(part) for part in limit.split("-")]
    how = "DATE_FORMAT" if len(parts) == 3 else "YEAR_MONTH_FORMAT"
    return date_format(date(*[*parts, 1][:3]), how)


def _range_words(question: Question) -> str:
    smallest, largest = question.smallest, question.largest
    if largest is None:
        return _("Please write a number of at least %(smallest)s.") % {"smallest": plain_number(smallest)}
    if smallest is None:
        return _("Please write a number of at most %(largest)s.") % {"largest": plain_number(largest)}
    return _("Please write a number from %(smallest)s to %(largest)s.") % {
        "smallest": plain_number(smallest),
        "largest": plain_number(largest),
    }


def plain_number(value: object) -> str:
    """A number as the language writes it, without a tail of zeros."""
    if isinstance(value, float):
        return number_format(int(value) if value.is_integer() else value)
    return number_format(value) if isinstance(value, int) else str(value or "")


PARTS = {
    PageKind.BACKGROUND: 1,
    PageKind.WORDS: 2,
    PageKind.EXAMPLE: 2,
    PageKind.TASK: 3,
    PageKind.QUALITY: 4,
    PageKind.DEMOGRAPHICS: 4,
}
"""In which of the four parts of a study a page stands."""


def part_words(kind: PageKind) -> str:
    """Where in a study a page stands, for the line above its heading; empty on the last page."""
    number = PARTS.get(kind)
    if number is None:
        return ""
    name = {1: _("About you"), 2: _("How it works"), 3: _("What matters most"), 4: _("Last questions")}[number]
    return _("Part %(number)s of 4: %(name)s") % {"number": number, "name": name}


def heading_words(kind: PageKind) -> str:
    """The heading of a page of questions."""
    if kind == PageKind.QUALITY:
        return _("How was it to answer?")
    if kind == PageKind.DEMOGRAPHICS:
        return _("A little more about you")
    return _("First, a few questions about you")
