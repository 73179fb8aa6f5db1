"""One table of answers made ready to be searched for classes."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from commonground.analysis.classes.answers import Answers, answers_of
from commonground.analysis.classes.mixture import Mixture
from commonground.analysis.classes.search import Found, search
from commonground.analysis.logit.individual import fit_individuals
from commonground.likelihood.models import MODELS
from commonground.likelihood.tasks import tasks_by_respondent
from commonground.records.choices import ChoiceData, FloatArray

MOST_CENTRES = 500
"""People whose own utilities are looked at to start from."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """Everything a search needs beside the number of classes; `fit_classes` explains each."""

    items: tuple[str, ...]
    answers: Answers
    choice_rule: str
    penalty: float
    centres: FloatArray
    seed: int

    def mixture(self, number: int) -> Mixture:
        """So many classes, to be climbed."""
        return Mixture(MODELS[self.choice_rule], self.answers, number, len(self.items), self.penalty)

    def search(self, number: int, starts: int, advance: Callable[[], None]) -> Found:
        """Climb from so many starts; a single class needs but one: its log-likelihood has one summit."""
        rng = np.random.default_rng([self.seed, number])
        return search(self.mixture(number), self.centres, starts=starts_of(number, starts), rng=rng, advance=advance)


def attempt(data: ChoiceData, choice_rule: str, *, penalty: float, seed: int) -> Attempt:
    """Make answers ready.

    Raises
    ------
    RequestError
        If nobody made a pick that the rule looks at.
    """
    answers = answers_of(data, choice_rule)
    return Attempt(data.items, answers, choice_rule, penalty, _centres(data, answers, seed), seed)


def starts_of(number: int, starts: int) -> int:
    """How many starts a number of classes takes."""
    return 1 if number == 1 else starts


def _centres(data: ChoiceData, answers: Answers, seed: int) -> FloatArray:
    """The own utilities of some people, to start from: (n_people at most `MOST_CENTRES`, n_items)."""
    rng = np.random.default_rng(seed)
    who = rng.choice(answers.people, min(len(answers.people), MOST_CENTRES), replace=False)
    kept = np.zeros(len(data.respondents), dtype=np.bool_)
    kept[who] = True
    return fit_individuals(tasks_by_respondent(data.keep(kept)), len(data.items)).utilities
