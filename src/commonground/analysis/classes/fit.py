"""Fitting latent classes: several numbers of them, the one to take, and who belongs where."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from math import isfinite
from typing import TYPE_CHECKING

import numpy as np

from commonground.analysis.classes.attempt import Attempt, attempt, starts_of
from commonground.analysis.classes.bootstrap import bootstrap_test
from commonground.analysis.classes.describe import describe, in_order
from commonground.analysis.classes.membership import by_group
from commonground.analysis.classes.records import LatentClasses, Solution
from commonground.analysis.classes.words import GROUPS_NOTE, why
from commonground.analysis.tallies import grouping, unanswered_rows
from commonground.likelihood.models import MODELS
from commonground.records.choices import MISSING, ChoiceData, FloatArray, IntArray
from commonground.records.errors import Problem, RequestError, SettingError

if TYPE_CHECKING:
    from commonground.analysis.resample import Progress  # scipy.special comes with it: 0.2 s at every start

STARTS = 20
MOST_CLASSES = 10


def fit_classes(
    data: ChoiceData,
    *,
    classes: Iterable[int] = (1, 2, 3, 4, 5),
    choice_rule: str = "sequential",
    by: str | None = None,
    starts: int = STARTS,
    penalty: float = 0.0,
    bootstrap: int = 0,
    seed: int = 1,
    progress: "Progress | None" = None,
) -> LatentClasses:
    """Find a few kinds of people, each with utilities of its own, by maximum likelihood.

    Everybody's answers count together: a person is of one kind in all tasks. One class is the aggregate fit of
    `analysis.logit.fit`. Labels are stable: the largest class is 1.

    Parameters
    ----------
    data : ChoiceData
    classes : iterable of int
        Numbers of classes to try, 1 to 10.
    choice_rule : str
        How people in a class choose: best, worst, marginal, sequential, maxdiff or rank.
    by : str, optional
        A covariate: how its groups spread over the classes. It plays no part in finding them.
    starts : int
        Different beginnings of the search for each number of classes.
    penalty : float
        Takes penalty/2 · Σ (utility − mean)² from the log-likelihood for every class; 0 for none.
    bootstrap : int
        Studies simulated to test each number of classes against one fewer, where both are tried; 0 for no test, 99 or
        more for one. Each is fitted anew with both numbers from all starts, so this takes its time.
    seed : int
        Of the starts, and of the simulated studies.
    progress : callable, optional
        Told (done, total).

    Returns
    -------
    LatentClasses

    Raises
    ------
    RequestError
        If there are fewer people than classes, no such column, or nobody made a choice that the rule looks at.
    SettingError
        If a setting is impossible whatever the data.

    References
    ----------
    Kamakura, W. A., & Russell, G. J. (1989). A probabilistic choice model for market segmentation and elasticity
    structure. Journal of Marketing Research, 26(4), 379–390.

    Examples
    --------
    >>> data = ChoiceData.from_rows(("a", "b", "c"), tuple("12345678"), respondent=range(8), task=[1] * 8,
    ...     shown=[[0, 1, 2]] * 8, best=[0, 0, 0, 1, 2, 2, 2, 1], worst=[2, 2, 1, 2, 0, 0, 1, 0])
    >>> found = fit_classes(data, classes=[1, 2], starts=5)
    >>> [round(one.size, 2) for one in found.solution(2).classes], found.chosen
    ([0.5, 0.5], 1)
    """
    numbers = tuple(sorted(set(classes)))
    _check(numbers, choice_rule, starts, penalty, bootstrap)
    made = attempt(data, choice_rule, penalty=penalty, seed=seed)
    _enough_people(numbers, made.answers.people.size)
    names, labels = grouping(data, by)
    labels = labels[made.answers.people]
    steps = _Steps(_total(numbers, starts, bootstrap), progress)
    points: dict[int, FloatArray] = {}
    solutions: list[Solution] = []
    for number in numbers:
        solution, points[number] = _solved(made, number, starts, None if by is None else (names, labels), steps)
        if bootstrap and number - 1 in points:
            rng = np.random.default_rng([seed, number, 1])
            fewer, more = (made, points[number - 1]), (number, solution.log_likelihood)
            test = bootstrap_test(data, fewer, more, studies=bootstrap, starts=starts, rng=rng, advance=steps.advance)
            solution = replace(solution, bootstrap=test)
        solutions.append(solution)
    chosen = choose(solutions)
    without = int((labels == MISSING).sum())
    return LatentClasses(
        choice_rule=choice_rule,
        respondents=int(made.answers.people.size),
        choices=made.answers.choices,
        null_log_likelihood=float(made.mixture(1).log_likelihood(np.zeros(len(data.items) + 1))),
        solutions=tuple(solutions),
        chosen=chosen.number_of_classes,
        why=why(chosen, tuple(solutions)),
        penalty=penalty,
        unanswered=unanswered_rows(data),
        without_group=without,
        messages=_said(data, by, without),
        answered=tuple(data.respondents[person] for person in map(int, made.answers.people)),
        posteriors={number: made.mixture(number).posterior(at) for number, at in points.items()},
    )


def _solved(
    made: Attempt, number: int, starts: int, groups: tuple[tuple[str, ...], IntArray] | None, steps: "_Steps"
) -> tuple[Solution, FloatArray]:
    """The best solution found with a number of classes, and its point."""
    found, mixture = made.search(number, starts, steps.advance), made.mixture(number)
    at = in_order(mixture, found.best.utilities, made.items)
    membership = None if groups is None else by_group(mixture, at, *groups)
    return describe(mixture, at, found, made.items, membership), at


@dataclass(slots=True)
class _Steps:
    """Counts starts for the one who waits."""

    total: int
    progress: "Progress | None"
    done: int = 0

    def advance(self) -> None:
        self.done += 1
        if self.progress:
            self.progress(self.done, self.total)


def choose(solutions: Sequence[Solution]) -> Solution:
    """The lowest BIC among the solutions that can be relied on, or among all where none can."""
    return min([one for one in solutions if one.well_found] or solutions, key=lambda one: one.bic)


def _check(numbers: tuple[int, ...], rule: str, starts: int, penalty: float, bootstrap: int) -> None:
    if not numbers or numbers[0] < 1 or numbers[-1] > MOST_CLASSES:
        raise SettingError(f"The numbers of classes must lie between 1 and {MOST_CLASSES}.")
    if rule not in MODELS:
        raise SettingError([Problem(f"There is no choice rule '{rule}'.", mend=f"Rules: {', '.join(MODELS)}.")])
    if starts < 1:
        raise SettingError(f"At least 1 start is needed, not {starts}.")
    if not (isfinite(penalty) and penalty >= 0):
        raise SettingError(f"The penalty must be 0 or more, not {penalty}.")
    if bootstrap < 0:
        raise SettingError(f"The number of simulated studies must be 0 or more, not {bootstrap}.")
    if bootstrap and not any(number - 1 in numbers for number in numbers):
        raise SettingError("The bootstrapped test compares numbers next to each other: try both, such as 2 and 3.")
    if bootstrap and penalty:
        raise SettingError("The bootstrapped test compares likelihoods at their largest: leave the penalty out.")


def _enough_people(numbers: tuple[int, ...], people: int) -> None:
    if numbers[-1] > people:
        mend = f"Try at most {people}, or rather far fewer: a class should hold some dozens of people."
        raise RequestError(
            [Problem(f"{numbers[-1]} classes for {people} respondents cannot be told apart.", mend=mend)]
        )


def _total(numbers: tuple[int, ...], starts: int, bootstrap: int) -> int:
    """Starts of all searches, those on simulated studies included."""
    each = {number: starts_of(number, starts) for number in numbers}
    tested = sum(each[number] + each[number - 1] for number in numbers if number - 1 in each)
    return sum(each.values()) + bootstrap * tested


def _said(data: ChoiceData, by: str | None, without: int) -> tuple[str, ...]:
    """What was left out, and how to read groups."""
    said: list[str] = []
    unanswered = unanswered_rows(data)
    if unanswered:
        said.append(f"{unanswered} row{'' if unanswered == 1 else 's'} without any answer left out.")
    if without:
        said.append(
            f"{without} respondent{'' if without == 1 else 's'} without a value in '{by}': in the classes, in no group."
        )
    if by is not None:
        said.append(GROUPS_NOTE)
    return tuple(said)
