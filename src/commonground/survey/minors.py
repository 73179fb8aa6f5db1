"""Whether people under 18 could take part in a study, read from its questions and its eligibility rules.

A study keeps them out where a question about age comes before the tasks and a rule turns away everyone whose answer
could be that of somebody under 18. What counts as such an answer: a number of years under 18; a band of years that
begins under 18 or says "under"; leaving the question empty; of a question that names 18 or a higher age ("Are you 18
or older?"), any option the rule does not ask for.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from commonground.records.dates import Precision
from commonground.records.questions import Condition, Option, Question, QuestionType
from commonground.records.study import EligibilityRule, Study
from commonground.records.words import Words
from commonground.survey.conditions import holds

OF_AGE = 18
_ALMOST_OF_AGE = 17.99
_OLDEST = 120


class Minors(StrEnum):
    """What a study does about people under 18."""

    KEPT_OUT = "kept out"
    GUARDIANSHIP = "guardianship"
    NOT_ASKED = "not asked"
    LET_IN = "let in"


@dataclass(frozen=True, slots=True)
class MinorsFound:
    """What a study does about people under 18, and what shows it.

    Parameters
    ----------
    does : Minors
        `NOT_ASKED`: no question about age decides who takes part. `LET_IN`: one does, and still lets some of them in.
    question : str
        The id of the question about age that this was read from; empty where there is none.
    """

    does: Minors
    question: str = ""

    @property
    def keeps_from_opening(self) -> bool:
        """Whether the study must not open so."""
        return self.does in {Minors.NOT_ASKED, Minors.LET_IN}


def minors(study: Study, today: date) -> MinorsFound:
    """What a study does about people under 18.

    Parameters
    ----------
    study : Study
    today : date
        Dates of birth are counted from it.

    Returns
    -------
    MinorsFound

    Examples
    --------
    >>> age = Question(id="age", type=QuestionType.NUMBER, text=Words("How old are you?"))
    >>> rule = EligibilityRule(reason="young", requires=Condition(question="age", at_least=16), message=Words("Sorry"))
    >>> minors_of((age,), (rule,), today=date(2026, 1, 1)).does
    <Minors.LET_IN: 'let in'>
    """
    if study.ethics.guardianship is not None:
        return MinorsFound(Minors.GUARDIANSHIP)
    return minors_of(study.background, study.eligibility, today=today)


def minors_of(questions: Sequence[Question], rules: Sequence[EligibilityRule], *, today: date) -> MinorsFound:
    """The same, of questions and rules alone."""
    found = MinorsFound(Minors.NOT_ASKED)
    for question in questions:
        deciding = [rule for rule in rules if question.id in rule.requires.questions()]
        if not deciding or not _is_about_age(question, deciding):
            continue
        if not any(_may_pass(rules, question.id, answer) for answer in _young_answers(question, deciding, today)):
            return MinorsFound(Minors.KEPT_OUT, question.id)
        found = MinorsFound(Minors.LET_IN, question.id)
    return found


_AGE_WORDS = re.compile(
    r"\b(age|aged|ages|how old|years? old|adults?|birth|born|minors?|under ?18|over ?18"
    r"|âge|âgée?s?|naissance|née?|majeure?|mineure?|adulte"
    r"|alter|alt|geboren|edad|nacimiento|età|nascita|idade|nascimento|leeftijd|geboorte|ålder|alder|wiek)\b",
    re.IGNORECASE,
)
_BIRTH_WORDS = re.compile(
    r"\b(birth|born|naissance|née?|geboren|nacimiento|nascita|nascimento|geboorte)\b", re.IGNORECASE
)
_YOUNGER_WORDS = re.compile(
    r"\b(under|younger|less than|below|moins|plus jeune|unter|jünger|menos|menor|meno|onder|jonger)\b|[<≤]",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\d+")


def _is_about_age(question: Question, rules: Sequence[EligibilityRule]) -> bool:
    """By its id or the reason of its rule; a number or a date also by its words; a choice because it names an age."""
    if _says(_AGE_WORDS, question.id, *(rule.reason for rule in rules)):
        return True
    worded = _says(_AGE_WORDS, *_texts(question.text))
    if question.type == QuestionType.SINGLE:
        return _names_an_age(question) or (worded and any(_ages(option) for option in question.options))
    return worded


def _says(words: re.Pattern[str], *texts: str) -> bool:
    return any(words.search(re.sub("[_-]", " ", text)) for text in texts)


def _texts(words: Words | None) -> Iterator[str]:
    yield from words.root.values() if words else ()


def _names_an_age(question: Question) -> bool:
    return any(OF_AGE <= int(one) <= _OLDEST for text in _texts(question.text) for one in _NUMBER.findall(text))


def _young_answers(question: Question, rules: Sequence[EligibilityRule], today: date) -> Iterator[object]:
    """Answers somebody under 18 could give."""
    if not question.required or question.show_if is not None:
        yield None
    if question.type == QuestionType.NUMBER and not _is_about_birth(question):
        yield from (age for age in (*range(OF_AGE), _ALMOST_OF_AGE) if _within(age, question))
    elif question.type in {QuestionType.NUMBER, QuestionType.DATE}:
        yield _birthday_of_a_minor(question, today)
    elif question.options:
        yield from _young_options(question, rules)


def _is_about_birth(question: Question) -> bool:
    return _says(_BIRTH_WORDS, question.id, *_texts(question.text))


def _within(age: float, question: Question) -> bool:
    smallest, largest = question.smallest, question.largest
    return (smallest is None or age >= smallest) and (largest is None or age <= largest)


def _birthday_of_a_minor(question: Question, today: date) -> str | int:
    """The earliest day, month or year in which somebody still under 18 can have been born."""
    tomorrow = today + timedelta(days=1)
    year = tomorrow.year - OF_AGE
    if question.type == QuestionType.NUMBER or question.precision == Precision.YEAR:
        return year
    month = f"{year}-{tomorrow.month:02d}"
    return month if question.precision == Precision.MONTH else f"{month}-{tomorrow.day:02d}"


def _young_options(question: Question, rules: Sequence[EligibilityRule]) -> Iterator[str]:
    """Bands of years that begin under 18 or are not named; of a question that names an age, what no rule asks for."""
    bands = any(_ages(option) for option in question.options)
    if bands:
        yield from (option.id for option in question.options if not _is_grown_up(option))
        return
    asked_for = [option.id for option in question.options if _may_pass(rules, question.id, option.id)]
    turned_away = [option.id for option in question.options if option.id not in asked_for]
    yield from turned_away or asked_for


def _ages(option: Option) -> list[int]:
    return [int(one) for text in _texts(option.label) for one in _NUMBER.findall(text)]


def _is_grown_up(option: Option) -> bool:
    ages = _ages(option)
    says_younger = any(_YOUNGER_WORDS.search(text) for text in _texts(option.label))
    return bool(ages) and min(ages) >= OF_AGE and not says_younger


def _may_pass(rules: Sequence[EligibilityRule], question: str, answer: object) -> bool:
    """Whether somebody with this answer can take part, whatever else they answer."""
    return all(_can_hold(rule.requires, question, answer) for rule in rules)


def _can_hold(condition: Condition, question: str, answer: object) -> bool:
    if condition.all is not None:
        return all(_can_hold(part, question, answer) for part in condition.all)
    if condition.any is not None:
        return any(_can_hold(part, question, answer) for part in condition.any)
    return condition.question != question or holds(condition, {question: answer})
