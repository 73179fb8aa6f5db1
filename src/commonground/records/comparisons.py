"""Whether a condition can be asked of the questions it looks at."""

from collections.abc import Iterator, Mapping

from commonground.records.countries import unknown_country
from commonground.records.dates import Precision, date_example, precision_of
from commonground.records.questions import CHOOSING, NOT_APPLICABLE, Condition, Question, QuestionType

_FITTING = {
    QuestionType.SCALE: ("equals", "is_not", "at_least", "at_most"),
    QuestionType.RANKING: ("ranked_first", "any_of", "none_of", "at_least_chosen"),
    QuestionType.DATE: ("equals", "is_not", "at_least", "at_most"),
    QuestionType.COUNTRY: ("equals", "is_not", "any_of", "none_of"),
    QuestionType.INFORMATION: (),
}
"""Comparisons that mean something for a type; of the types not named here others are simply never fulfilled."""

_COMPARISONS = ("equals", "is_not", "any_of", "none_of", "at_least", "at_most", "at_least_chosen", "ranked_first")


def wrong_comparisons(place: str, condition: Condition, asked: Mapping[str, Question]) -> Iterator[str]:
    """What a condition says about questions that are not asked before it, or about answers they cannot have.

    Parameters
    ----------
    place : str
        Where the condition stands, for the messages.
    condition : Condition
    asked : mapping of question id to Question
        The questions it may look at.

    Examples
    --------
    >>> where = Question(id="where", type="country", text="Where do you live?")
    >>> list(wrong_comparisons("this rule", Condition(question="where", equals="UK"), {"where": where}))
    ["this rule: 'UK' is no country code of two letters (ISO 3166); did you mean 'GB' (United Kingdom)?"]
    """
    for part in (condition.all or ()) + (condition.any or ()):
        yield from wrong_comparisons(place, part, asked)
    if condition.question is None:
        return
    question = asked.get(condition.question)
    if question is None:
        yield f"{place} looks at the question '{condition.question}', which is not asked before it"
        return
    if (told := list(_wrong_kind(place, condition, question))) or (
        told := list(_wrong_date(place, condition, question))
    ):
        yield from told
        return
    for one in _wanted(condition):
        if question.type is QuestionType.COUNTRY and (problem := unknown_country(str(one))):
            yield f"{place}: {problem}"
        elif not _can_be(question, one):
            yield f"{place} looks for the option '{one}', which question '{question.id}' does not have"


def _wrong_kind(place: str, condition: Condition, question: Question) -> Iterator[str]:
    fitting = _FITTING.get(question.type)
    used = next(name for name in _COMPARISONS if getattr(condition, name) is not None)
    if question.type is QuestionType.INFORMATION:
        yield f"{place} looks at the text '{question.id}', which has no answer"
    elif fitting is None and used == "ranked_first":
        yield f"{place} asks what is 'ranked_first' in the question '{question.id}', which is no ranking"
    elif fitting is not None and used not in fitting:
        named = ", ".join(f"'{name}'" for name in fitting)
        yield f"{place} asks '{used}' of the {question.type} '{question.id}', which can be asked {named}"
    elif question.type is not QuestionType.DATE and any(isinstance(limit, str) for limit in _limits(condition)):
        yield f"{place} compares the question '{question.id}' with a date, which it does not ask for"


def _limits(condition: Condition) -> tuple[object, ...]:
    return (condition.at_least, condition.at_most)


def _wrong_date(place: str, condition: Condition, question: Question) -> Iterator[str]:
    if question.type is not QuestionType.DATE:
        return
    for wanted in (*_limits(condition), condition.equals, condition.is_not):
        if wanted is not None and not _says(wanted, question.precision):
            yield (
                f"{place} compares the date '{question.id}' with '{_plain(wanted)}', "
                f"but it is a {question.precision}, such as {date_example(question.precision)}"
            )


def _says(wanted: object, precision: Precision) -> bool:
    if precision is Precision.YEAR:
        return (
            isinstance(wanted, float | int) and float(wanted).is_integer() and precision_of(_plain(wanted)) is not None
        )
    return isinstance(wanted, str) and precision_of(wanted) is precision


def _plain(wanted: object) -> str:
    return f"{wanted:g}" if isinstance(wanted, float) else str(wanted)


def _wanted(condition: Condition) -> tuple[object, ...]:
    named = (condition.equals, condition.is_not, condition.ranked_first)
    chosen = (condition.any_of or ()) + (condition.none_of or ())
    return (*chosen, *(one for one in named if one is not None))


def _can_be(question: Question, wanted: object) -> bool:
    if question.type in CHOOSING or question.type is QuestionType.RANKING:
        return wanted in {option.id for option in question.all_options()}
    if question.type is QuestionType.SCALE:
        offered = question.scale is not None and question.scale.not_applicable is not None
        return wanted in question.scale_points() or (offered and wanted == NOT_APPLICABLE)
    return True
