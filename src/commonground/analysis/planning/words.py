"""The size of a study in sentences: the answer, what it rests on, and how sure it is."""

from math import isfinite

from commonground.analysis.planning.question import SCORE, Question
from commonground.analysis.planning.records import Recommended, SizeRow
from commonground.analysis.planning.scenario import Scenario
from commonground.records.rounding import half_up

UNITS = {SCORE: "mean score (best minus worst) per person", "utility": "utility in logits"}


def answer(
    scenario: Scenario,
    question: Question,
    rows: tuple[SizeRow, ...],
    recommended: Recommended | None,
    simulations: int,
) -> tuple[str, ...]:
    """The number, what it gives, how sure it is, and the assumptions."""
    if recommended is None:
        last = max(rows, key=lambda row: row.size)
        said = [f"No size looked at is enough: {last.size} people {_a_group(question)} give{_got(last)}."]
    else:
        said = [_number(question, recommended), _sure(question, recommended, simulations)]
    return (*said, _assumptions(scenario, question))


def cautions(
    question: Question, rows: tuple[SizeRow, ...], recommended: Recommended | None, needed: float
) -> tuple[str, ...]:
    """What a reader must know before using the number."""
    said: list[str] = []
    smallest = min(row.size for row in rows)
    if recommended is None and isfinite(needed) and len(rows) > 1:
        said.append(
            f"Beyond the sizes looked at, the curve reaches what is wanted near {round(needed):,} people "
            f"{_a_group(question)}; look there, or let the sizes be chosen."
        )
    if recommended and recommended.size < smallest:
        said.append(f"Even the smallest size looked at ({smallest}) is enough; the number is read off the curve.")
    if any(row.half_width_most is None for row in rows):
        said.append("In small studies some utilities do not exist (an item is always or never picked): no half-width.")
    return tuple(said)


def _a_group(question: Question) -> str:
    return "in each group" if question.groups > 1 else "in all"


def _number(question: Question, found: Recommended) -> str:
    people = f"{found.size} people"
    if question.groups > 1:
        people += f" in each of {question.groups} groups ({found.total} in all)"
    gives: list[str] = []
    if question.precision is not None:
        gives.append(
            f"the 95 % interval of an item's {UNITS[question.scale]} is at most ±{_plain(question.precision)} for 9 of "
            "10 items"
        )
    if question.difference is not None:
        gives.append(
            f"a difference of {_plain(question.difference)} between two groups on one item, in "
            f"{UNITS[question.scale]}, is told apart in {_percent(question.power)} of studies"
        )
    return f"Ask {people} who answer every task: then {', and '.join(gives)}."


def _sure(question: Question, found: Recommended, simulations: int) -> str:
    low, high = found.interval
    return (
        f"How sure: from {simulations} simulated studies of each size the number lies between {low} and {high} (95 %). "
        f"{simulations} more, of {found.size} people {_a_group(question)} and drawn anew, gave{_got(found.fresh)}."
    )


def _got(row: SizeRow) -> str:
    wide = "no half-width" if row.half_width_most is None else f"±{half_up(row.half_width_most, 2)}"
    words = f" {wide} for 9 of 10 items"
    if row.power is None or row.power_interval is None:
        return words
    low, high = (_percent(bound) for bound in row.power_interval)
    return f"{words} and a power of {_percent(row.power)} ({low} to {high})"


def _assumptions(scenario: Scenario, question: Question) -> str:
    test = (
        " The groups differ on one item, drawn anew in every study; the test is that of `compare`, 5 % over all items "
        "and pairs of groups."
        if question.difference is not None
        else ""
    )
    return (
        f"Assumed: item means spread with a standard deviation of {half_up(scenario.spread, 2)} logits, people differ "
        f"around them by {half_up(scenario.person_sd, 2)}, pick best first and then worst, and nobody is careless or "
        f"stops.{test} Add people for those who will not finish or will be left out."
    )


def _percent(share: float) -> str:
    return f"{half_up(100 * share)} %"


def _plain(number: float) -> str:
    return f"{number:g}"
