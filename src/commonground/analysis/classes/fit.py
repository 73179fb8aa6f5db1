"""Fitting latent classes: several numbers of them, the one to take, and who belongs where."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from math import isfinite
from typing import TYPE_CHECKING

import numpy as np

from commonground.analysis.classes.answers import Answers, answers_of
from commonground.analysis.classes.describe import describe, in_order
from commonground.analysis.classes.membership import by_group
from commonground.analysis.classes.mixture import Mixture
from commonground.analysis.classes.records import LatentClasses, Solution
from commonground.analysis.classes.search import search
from commonground.analysis.classes.words import GROUPS_NOTE, why
from commonground.analysis.logit.individual import fit_individuals
from commonground.analysis.tallies import grouping, unanswered_rows
from commonground.likelihood.models import MODELS
from commonground.likelihood.tasks import tasks_by_respondent
from commonground.records.choices import MISSING, ChoiceData, FloatArray, IntArray
from commonground.records.errors import Problem, RequestError, SettingError

if TYPE_CHECKING:
    from commonground.analysis.resample import Progress  # scipy.special comes with it: 0.2 s at every start

STARTS = 20
MOST_CLASSES = 10
MOST_CENTRES = 500
"""People whose own utilities are looked at to start from."""


def fit_classes(
    data: ChoiceData,
    *,
    classes: Iterable[int] = (1, 2, 3, 4, 5),
    choice_rule: str = "sequential",
    by: str | None = None,
    starts: int = STARTS,
    penalty: float = 0.0,
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
    seed : int
        Of the starts.
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
    _check(numbers, choice_rule, starts, penalty)
    answers = answers_of(data, choice_rule)
    _enough_people(numbers, answers.people.size)
    names, labels = grouping(data, by)
    labels = labels[answers.people]
    attempt = _Attempt(
        items=data.items,
        answers=answers,
        choice_rule=choice_rule,
        penalty=penalty,
        centres=_centres(data, answers, seed),
        seed=seed,
        groups=None if by is None else (names, labels),
    )
    steps = _Steps(sum(_starts(number, starts) for number in numbers), progress)
    found = [attempt.fit(number, _starts(number, starts), steps.advance) for number in numbers]
    solutions = tuple(solution for solution, _ in found)
    chosen = choose(solutions)
    without = int((labels == MISSING).sum())
    return LatentClasses(
        choice_rule=choice_rule,
        respondents=int(answers.people.size),
        choices=answers.choices,
        null_log_likelihood=attempt.null_log_likelihood,
        solutions=solutions,
        chosen=chosen.number_of_classes,
        why=why(chosen, solutions),
        penalty=penalty,
        unanswered=unanswered_rows(data),
        without_group=without,
        messages=_said(data, by, without),
        answered=tuple(data.respondents[person] for person in map(int, answers.people)),
        posteriors={solution.number_of_classes: posterior for solution, posterior in found},
    )


@dataclass(frozen=True, slots=True)
class _Attempt:
    """Everything a fit needs beside the number of classes; `fit_classes` explains each."""

    items: tuple[str, ...]
    answers: Answers
    choice_rule: str
    penalty: float
    centres: FloatArray
    seed: int
    groups: tuple[tuple[str, ...], IntArray] | None

    def mixture(self, number: int) -> Mixture:
        """So many classes, to be climbed."""
        return Mixture(MODELS[self.choice_rule], self.answers, number, len(self.items), self.penalty)

    def fit(self, number: int, starts: int, advance: Callable[[], None]) -> tuple[Solution, FloatArray]:
        """The best solution found, and everybody's posterior probabilities in it."""
        mixture, rng = self.mixture(number), np.random.default_rng([self.seed, number])
        found = search(mixture, self.centres, starts=starts, rng=rng, advance=advance)
        at = in_order(mixture, found.best.utilities, self.items)
        groups = None if self.groups is None else by_group(mixture, at, *self.groups)
        return describe(mixture, at, found, self.items, groups), mixture.posterior(at)

    @property
    def null_log_likelihood(self) -> float:
        """With equal utilities for everybody, in nats."""
        return float(self.mixture(1).log_likelihood(np.zeros(len(self.items) + 1)))


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


def choose(solutions: tuple[Solution, ...]) -> Solution:
    """The lowest BIC among the solutions that can be relied on, or among all where none can."""
    return min([one for one in solutions if one.well_found] or solutions, key=lambda one: one.bic)


def _check(numbers: tuple[int, ...], rule: str, starts: int, penalty: float) -> None:
    if not numbers or numbers[0] < 1 or numbers[-1] > MOST_CLASSES:
        raise SettingError(f"The numbers of classes must lie between 1 and {MOST_CLASSES}.")
    if rule not in MODELS:
        raise SettingError([Problem(f"There is no choice rule '{rule}'.", mend=f"Rules: {', '.join(MODELS)}.")])
    if starts < 1:
        raise SettingError(f"At least 1 start is needed, not {starts}.")
    if not (isfinite(penalty) and penalty >= 0):
        raise SettingError(f"The penalty must be 0 or more, not {penalty}.")


def _enough_people(numbers: tuple[int, ...], people: int) -> None:
    if numbers[-1] > people:
        mend = f"Try at most {people}, or rather far fewer: a class should hold some dozens of people."
        raise RequestError(
            [Problem(f"{numbers[-1]} classes for {people} respondents cannot be told apart.", mend=mend)]
        )


def _starts(number: int, starts: int) -> int:
    """One class needs a single start: its log-likelihood has one summit."""
    return 1 if number == 1 else starts


def _centres(data: ChoiceData, answers: Answers, seed: int) -> FloatArray:
    """The own utilities of some people, to start from: (n_people at most `MOST_CENTRES`, n_items)."""
    rng = np.random.default_rng(seed)
    who = rng.choice(answers.people, min(len(answers.people), MOST_CENTRES), replace=False)
    kept = np.zeros(len(data.respondents), dtype=np.bool_)
    kept[who] = True
    return fit_individuals(tasks_by_respondent(data.keep(kept)), len(data.items)).utilities


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
