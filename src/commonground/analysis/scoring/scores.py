"""Scoring what a model expected of tasks against what people picked, with errors that know who answered."""

from dataclasses import dataclass

import numpy as np

from commonground.analysis.scoring.chances import Chances
from commonground.likelihood.tasks import Tasks
from commonground.records.choices import MISSING, FloatArray, IntArray

MEASURES = ("log_score", "log_score_best", "log_score_worst", "best", "worst", "both")
"""What is measured of each task; the last three are hits."""

_ALIKE = 1e-9
"""Chances closer than this are a tie, not a prediction."""


@dataclass(frozen=True, slots=True)
class Score:
    """How well answers were foreseen.

    Parameters
    ----------
    log_score : float or None
        Mean logarithm of the chance given to what was picked, a task's picks together; nats, at most 0.
    log_score_best, log_score_worst : float or None
        The same of one pick; the worst without knowledge of the best.
    best, worst, both : float or None
        Share of tasks foreseen, from 0 to 1; a tie counts as the share of it that was right. `both` wants the pair.

    All are None where nobody made that pick.
    """

    log_score: float | None
    log_score_best: float | None
    log_score_worst: float | None
    best: float | None
    worst: float | None
    both: float | None


@dataclass(frozen=True, slots=True)
class TaskScores:
    """Every measure of every task.

    Parameters
    ----------
    values : (n_tasks, 6) float
        In the order of `MEASURES`; NaN where a task lacks the pick.
    owner : (n_tasks,) int
        Who answered it; several tasks may be the same one, left out in several rounds.
    """

    values: FloatArray
    owner: IntArray

    def mean(self) -> Score:
        """Over tasks."""
        return _score(_means(self.values))

    def standard_error(self) -> Score:
        """Of the mean: people, not tasks, are drawn, so each person's tasks hang together.

        For the mean m of n values with sums S_p over n_p values of each person p it is
        √(P/(P − 1) Σ (S_p − n_p m)²) / n (a ratio of sums, linearised).
        """
        known = np.isfinite(self.values)
        excess = np.where(known, self.values - _means(self.values), 0.0)
        people = int(self.owner.max(initial=-1)) + 1
        sums = np.stack([np.bincount(self.owner, weights=column, minlength=people) for column in excess.T])
        count, present = known.sum(axis=0), np.unique(self.owner).size
        with np.errstate(invalid="ignore", divide="ignore"):
            return _score(np.sqrt((sums**2).sum(axis=1) * present / np.float64(present - 1)) / count)

    def minus(self, other: "TaskScores") -> "TaskScores":
        """The difference of two models, task by task: what they share falls out."""
        return TaskScores(self.values - other.values, self.owner)


def task_scores(expected: Chances, tasks: Tasks, owner: IntArray) -> TaskScores:
    """Score every task.

    Parameters
    ----------
    expected : Chances
    tasks : Tasks
        The same tasks with what was picked, without leading axes.
    owner : (n_tasks,) int

    Examples
    --------
    >>> from commonground.analysis.scoring.chances import even_chances
    >>> tasks = Tasks([[0, 1, 2, 3]], best=[0], worst=[1])
    >>> task_scores(even_chances(tasks), tasks, np.array([0])).mean().both  # one of 12 pairs
    0.08333333333333333
    """
    best, worst = _position(tasks.shown, tasks.best), _position(tasks.shown, tasks.worst)
    k = tasks.shown.shape[-1]
    pairs = expected.both.reshape(-1, k * k)
    pair = np.where((best >= 0) & (worst >= 0), best * k + worst, MISSING)
    log_best, log_worst, log_pair = _log(expected.best, best), _log(expected.worst, worst), _log(pairs, pair)
    together = np.where(pair >= 0, log_pair, np.where(best >= 0, log_best, log_worst))
    hits = (_hits(expected.best, best), _hits(expected.worst, worst), _hits(pairs, pair))
    return TaskScores(np.column_stack([together, log_best, log_worst, *hits]), owner)


def joined(rounds: list[TaskScores]) -> TaskScores:
    """Several rounds as one; a person's tasks hang together over all of them."""
    return TaskScores(np.concatenate([one.values for one in rounds]), np.concatenate([one.owner for one in rounds]))


def _position(shown: IntArray, picked: IntArray) -> IntArray:
    found = (shown == picked[:, None]).argmax(axis=-1)
    return np.where(picked == MISSING, MISSING, found)


def _log(expected: FloatArray, place: IntArray) -> FloatArray:
    with np.errstate(divide="ignore"):
        return np.where(place >= 0, np.log(_at(expected, place)), np.nan)


def _hits(expected: FloatArray, place: IntArray) -> FloatArray:
    """1 where the likeliest is what was picked; of several that tie, the share."""
    likeliest = expected >= expected.max(axis=-1, keepdims=True) - _ALIKE
    return np.where(place >= 0, _at(likeliest, place) / likeliest.sum(axis=-1), np.nan)


def _at(values: FloatArray, place: IntArray) -> FloatArray:
    return np.take_along_axis(values, np.maximum(place, 0)[:, None], axis=-1)[:, 0]


def _means(values: FloatArray) -> FloatArray:
    known = np.isfinite(values) | np.isneginf(values)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(known, values, 0.0).sum(axis=0) / known.sum(axis=0)


def _score(values: FloatArray) -> Score:
    return Score(*(None if np.isnan(value) else float(value) for value in values))
