"""Whether an earlier answer fulfils a condition of the study document."""

from collections.abc import Mapping

from commonground.records.questions import Condition

Value = str | int | float | tuple[str, ...]
"""An answer: an option id, a country, a date or a text; a number or a point of a scale; the option ids of a multiple
choice, or of a ranking in order."""

Answers = Mapping[str, object]
"""Question id to value; None stands for a question that was asked and left empty."""


def holds(condition: Condition, answers: Answers) -> bool:
    """Whether the answers so far fulfil a condition.

    An unanswered question (absent, None or nothing chosen) fulfils only `is_not` and `none_of`.
    For a multiple choice `equals` means: this option and no other.

    Parameters
    ----------
    condition : Condition
    answers : mapping of question id to value

    Examples
    --------
    >>> adult = Condition(question="age", at_least=18)
    >>> holds(adult, {"age": 18}), holds(adult, {"age": 17}), holds(adult, {})
    (True, False, False)
    >>> holds(Condition(any=(adult, Condition(question="role", equals="nurse"))), {"role": "nurse"})
    True
    """
    if condition.all is not None:
        return all(holds(part, answers) for part in condition.all)
    if condition.any is not None:
        return any(holds(part, answers) for part in condition.any)
    return _compares(condition, answers.get(condition.question or ""))


def _compares(condition: Condition, value: object) -> bool:
    chosen = chosen_options(value)
    if condition.is_not is not None:
        return not _is(value, chosen, condition.is_not)
    if condition.none_of is not None:
        return not chosen & set(condition.none_of)
    if condition.equals is not None:
        return _is(value, chosen, condition.equals)
    if condition.any_of is not None:
        return bool(chosen & set(condition.any_of))
    if condition.at_least_chosen is not None or condition.ranked_first is not None:
        return len(chosen) >= (condition.at_least_chosen or 0) and condition.ranked_first in (None, _first(value))
    return _within(value, condition.at_least, condition.at_most)


def _is(value: object, chosen: frozenset[str], wanted: str | float) -> bool:
    return chosen == frozenset[str | float]({wanted}) if isinstance(wanted, str) else value == wanted


def _within(value: object, smallest: float | str | None, largest: float | str | None) -> bool:
    """Numbers lie between numbers, dates between dates; anything else lies nowhere."""
    return (smallest is None or _no_less(value, smallest)) and (largest is None or _no_less(largest, value))


def _no_less(one: object, other: object) -> bool:
    if isinstance(one, int | float) and isinstance(other, int | float):
        return one >= other
    return isinstance(one, str) and isinstance(other, str) and one >= other


def _first(value: object) -> str:
    """The first of several options; empty where the answer is nothing of the kind."""
    return str(value[0]) if isinstance(value, list | tuple) and value else ""  # pyright: ignore[reportUnknownArgumentType]  # option ids by construction


def chosen_options(value: object) -> frozenset[str]:
    """The option ids in a value; none for a number or an unanswered question.

    Examples
    --------
    >>> sorted(chosen_options(("b", "a"))), chosen_options("a"), chosen_options(None)
    (['a', 'b'], frozenset({'a'}), frozenset())
    """
    if isinstance(value, str):
        return frozenset({value})
    if isinstance(value, list | tuple):
        return frozenset(str(one) for one in value)  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType]  # option ids by construction
    return frozenset()
