"""Fixed texts that depend on what happened, through gettext."""

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from commonground.records.questions import Question
from commonground.survey.answers import LONGEST, AnswerProblem
from commonground.survey.flow import PageKind


def problem_words(question: Question, problem: AnswerProblem) -> str:
    """What keeps an answer from being one, in a sentence that helps."""
    match problem:
        case AnswerProblem.MISSING:
            return _("This question still needs an answer.")
        case AnswerProblem.NOT_A_NUMBER:
            return _("Please write a number, for example 12.")
        case AnswerProblem.TOO_SMALL | AnswerProblem.TOO_LARGE:
            return _range_words(question)
        case AnswerProblem.TOO_LONG:
            return _("This text is longer than %(most)s characters. Please shorten it.") % {
                "most": number_format(LONGEST[question.type])
            }
        case AnswerProblem.EXCLUSIVE:
            return _("One of the chosen answers does not go together with the others. Please choose again.")
        case AnswerProblem.UNKNOWN_OPTION:
            return _("Please choose one of the answers shown.")


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
