"""Which answers people could give, as far as conditions tell them apart: what a check of rules tries one by one."""

from collections.abc import Iterable, Iterator, Set

from commonground.records.countries import COUNTRIES
from commonground.records.dates import Precision
from commonground.records.questions import NOT_APPLICABLE, Condition, Question, QuestionType


def possible_answers(question: Question, conditions: Iterable[Condition]) -> list[object]:
    """Answers to a question that can make a difference to conditions, one for each difference.

    Examples
    --------
    >>> age = Question(id="age", type="number", text="How old are you?")
    >>> possible_answers(age, [Condition(question="age", at_least=18)])
    [17.0, 18.0, 19.0]
    """
    options = [option.id for option in question.all_options()]
    if question.type == QuestionType.SINGLE:
        return list(options)
    if question.type == QuestionType.MULTIPLE:
        return [*((option,) for option in options), tuple(options), ()]
    if question.type == QuestionType.SCALE:
        beside = [NOT_APPLICABLE] if question.scale is not None and question.scale.not_applicable is not None else []
        return [*question.scale_points(), *beside]
    if question.type == QuestionType.RANKING:
        return [order[: question.places()] for order in _turned(options)]
    if question.type == QuestionType.NUMBER or question.precision == Precision.YEAR:
        edges = {edge for condition in conditions for edge in _edges(condition, question.id)}
        near = {edge + step for edge in edges for step in (-1.0, 0.0, 1.0)} or {0.0}
        return [*sorted(near)]
    named = {text for condition in conditions for text in _texts_of(condition, question.id)}
    return [*sorted(named), *_others(question, named)]


def _turned(options: list[str]) -> Iterator[tuple[str, ...]]:
    """Each option once in the first place, the others after it in their order."""
    for first in options:
        yield (first, *(one for one in options if one != first))


def _texts_of(condition: Condition, question: str) -> Iterator[str]:
    for part in _parts(condition):
        if part.question == question:
            said = (part.equals, part.is_not, part.at_least, part.at_most, *(part.any_of or ()), *(part.none_of or ()))
            yield from (one for one in said if isinstance(one, str))


def _others(question: Question, named: Set[str]) -> list[str]:
    """An answer that no condition names: of dates one before and one after all others."""
    if question.type == QuestionType.COUNTRY:
        return [next(code for code in COUNTRIES if code not in named)]
    if question.type == QuestionType.DATE:
        return [question.earliest or "0001-01-01", question.latest or "9999-12-31"]
    return ["another text"]


def _parts(condition: Condition) -> Iterator[Condition]:
    yield condition
    for inner in (*(condition.all or ()), *(condition.any or ())):
        yield from _parts(inner)


def _edges(condition: Condition, question: str) -> Iterator[float]:
    for part in _parts(condition):
        if part.question == question:
            limits = (part.at_least, part.at_most, part.equals, part.is_not)
            yield from (float(limit) for limit in limits if isinstance(limit, int | float))
