"""Best and worst picks set apart: worst on a scale of its own, or with utilities of its own.

With utilities u for best picks, worst picks are explained by v = u (the plain model), by v = λu (a scale of their own)
or by any v. The parameters of the second are u and ln λ, those of the third u and v; derivatives follow by the chain
rule from `likelihood.apart`. The third is concave; the second need not be, so where minus its second derivatives are
not positive definite their Gauss–Newton part, which always is, takes the step.
"""

from dataclasses import dataclass

import numpy as np

from commonground.analysis.logit.estimate import between_people
from commonground.analysis.logit.newton import SMALLEST_SIZE, Hill, Maximum, maximise
from commonground.analysis.logit.separation import connections
from commonground.analysis.logit.statistics import Statistics, chosen_tasks
from commonground.likelihood import apart
from commonground.likelihood.tasks import Tasks
from commonground.records.choices import MISSING, BoolArray, FloatArray, IntArray

RIDGE = 1e-10
"""Of the mean of the diagonal; keeps the matrices invertible where a scale runs to zero."""


@dataclass(frozen=True, slots=True)
class FreeSides:
    """Utilities for best picks and, apart from them, for worst picks.

    Parameters
    ----------
    model : str
        One of `likelihood.apart.SPLIT`.
    tasks : Tasks
    component : (2 · n_items,) int
        Sets of parameters of which only differences matter; each sums to zero.
    """

    model: str
    tasks: Tasks
    component: IntArray

    def log_likelihood(self, at: FloatArray) -> FloatArray:
        """Nats: (...)."""
        return apart.log_likelihood(self.model, at, self.tasks)

    value = log_likelihood

    def slope(self, at: FloatArray) -> FloatArray:
        """Its gradient: (..., 2 · n_items)."""
        return apart.gradient(self.model, at, self.tasks)

    def information(self, at: FloatArray) -> FloatArray:
        """Minus its second derivatives, made invertible: (..., 2 · n_items, 2 · n_items)."""
        return _invertible(-apart.hessian(self.model, at, self.tasks), self.component)

    def scores(self, at: FloatArray) -> FloatArray:
        """The gradient of each task: (..., n_tasks, 2 · n_items)."""
        return apart.scores(self.model, at, self.tasks)

    def centred(self, at: FloatArray) -> FloatArray:
        """The same differences, each side summing to zero."""
        return at - at @ averaging(self.component)


@dataclass(frozen=True, slots=True)
class ScaledWorst:
    """One set of utilities, times λ for worst picks; the last parameter is ln λ.

    Parameters
    ----------
    model : str
    tasks : Tasks
    component : (n_items,) int
    """

    model: str
    tasks: Tasks
    component: IntArray

    def _sides(self, at: FloatArray) -> FloatArray:
        utilities = at[..., :-1]
        return np.concatenate([utilities, np.exp(at[..., -1:]) * utilities], axis=-1)

    def _steps(self, at: FloatArray) -> FloatArray:
        """Derivatives of both sides by the parameters: (..., 2 · n_items, n_items + 1)."""
        items = at.shape[-1] - 1
        scale = np.exp(at[..., -1])[..., None, None]
        same = np.broadcast_to(np.eye(items), (*at.shape[:-1], items, items))
        column = at[..., :-1, None]
        upper = np.concatenate([same, np.zeros_like(column)], axis=-1)
        return np.concatenate([upper, np.concatenate([scale * same, scale * column], axis=-1)], axis=-2)

    def log_likelihood(self, at: FloatArray) -> FloatArray:
        """Nats: (...)."""
        return apart.log_likelihood(self.model, self._sides(at), self.tasks)

    value = log_likelihood

    def slope(self, at: FloatArray) -> FloatArray:
        """Its gradient: (..., n_items + 1)."""
        by_sides = apart.gradient(self.model, self._sides(at), self.tasks)
        return (by_sides[..., None, :] @ self._steps(at))[..., 0, :]

    def scores(self, at: FloatArray) -> FloatArray:
        """The gradient of each task: (..., n_tasks, n_items + 1)."""
        return apart.scores(self.model, self._sides(at), self.tasks) @ self._steps(at)

    def information(self, at: FloatArray) -> FloatArray:
        """Minus its second derivatives where positive definite, else their Gauss–Newton part, made invertible."""
        sides, steps = self._sides(at), self._steps(at)
        nearly = np.swapaxes(steps, -1, -2) @ -apart.hessian(self.model, sides, self.tasks) @ steps
        fully = nearly - self._bent(at, apart.gradient(self.model, sides, self.tasks))
        component = np.append(self.component, self.component.max() + 1)
        nearly, fully = (_invertible(one, component, kept=1) for one in (nearly, fully))
        steady = np.linalg.eigvalsh(fully)[..., 0] > 0
        return np.where(steady[..., None, None], fully, nearly)

    def _bent(self, at: FloatArray, by_sides: FloatArray) -> FloatArray:
        """What the curvature of v = λu adds to the second derivatives."""
        items = at.shape[-1] - 1
        across = np.exp(at[..., -1:]) * by_sides[..., items:]
        found = np.zeros((*at.shape, items + 1))
        found[..., :items, items] = found[..., items, :items] = across
        found[..., items, items] = (across * at[..., :items]).sum(axis=-1)
        return found

    def centred(self, at: FloatArray) -> FloatArray:
        """The utilities summing to zero; the scale stays."""
        utilities = at[..., :-1]
        return np.concatenate([utilities - utilities @ averaging(self.component), at[..., -1:]], axis=-1)


@dataclass(frozen=True, slots=True)
class Fitted:
    """A maximum with its errors.

    Parameters
    ----------
    maximum : Maximum
        Its `utilities` are the parameters.
    covariance, robust : (n_parameters, n_parameters) float
        Of the parameters with each set of utilities summing to zero; the second clustered by respondent.
    """

    maximum: Maximum
    covariance: FloatArray
    robust: FloatArray

    @property
    def at(self) -> FloatArray:
        """The parameters at the maximum."""
        return self.maximum.utilities

    @property
    def log_likelihood(self) -> float:
        """Nats."""
        return float(self.maximum.log_likelihood)


@dataclass(frozen=True, slots=True)
class Answers:
    """The answers of some people, as every fit here reads them.

    Parameters
    ----------
    tasks : Tasks
        Each different answered task once, weighted.
    kept : (n_tasks,) int
        Which of the different tasks of `statistics` those are.
    statistics : Statistics
    members : (n_respondents,) bool
    shown : (n_items,) bool
    """

    tasks: Tasks
    kept: IntArray
    statistics: Statistics
    members: BoolArray
    shown: BoolArray

    @classmethod
    def of(cls, statistics: Statistics, weight: FloatArray, members: BoolArray, n_items: int) -> "Answers":
        """Those with a weight."""
        tasks, kept = chosen_tasks(statistics.tasks, weight)
        return cls(tasks, kept, statistics, members, connections(tasks, n_items).shown)

    @property
    def component(self) -> IntArray:
        """All items that were shown together, every other one alone: (n_items,)."""
        return np.where(self.shown, 0, 1 + np.arange(self.shown.size))


def fit_scaled(model: str, answers: Answers, start: FloatArray) -> Fitted:
    """Utilities and the logarithm of the worst scale.

    Parameters
    ----------
    model : str
    answers : Answers
    start : (n_items,) float
        Utilities of the plain model.
    """
    hill = ScaledWorst(model, answers.tasks, answers.component)
    found = maximise(hill, np.append(start, 0.0))
    component = np.append(hill.component, hill.component.max() + 1)
    return _with_errors(hill, found, answers, hill.scores(found.utilities), _contrasts(component, kept=1))


def fit_free(model: str, answers: Answers, start: FloatArray) -> Fitted:
    """Utilities for best, then utilities for worst.

    Parameters
    ----------
    model : str
    answers : Answers
    start : (2 · n_items,) float
    """
    component = np.concatenate([answers.component, answers.component + answers.component.max() + 1])
    hill = FreeSides(model, answers.tasks, component)
    found = maximise(hill, start)
    return _with_errors(hill, found, answers, hill.scores(found.utilities), _contrasts(component))


def sides_connected(model: str, answers: Answers) -> tuple[bool, bool]:
    """Whether all utilities exist that best picks alone would give, and those of worst picks alone."""
    tasks, none = answers.tasks, np.full(answers.tasks.best.size, MISSING)
    out_of = tasks.rest if model == "sequential" else tasks.shown
    sides = (Tasks(tasks.shown, tasks.best, none), Tasks(out_of, none, tasks.worst))
    best, worst = (_all_connected(side, answers.shown) for side in sides)
    return best, worst


def _all_connected(tasks: Tasks, shown: BoolArray) -> bool:
    return bool((connections(tasks, shown.size).core() == shown).all())


def _with_errors(hill: Hill, found: Maximum, answers: Answers, scores: FloatArray, contrasts: FloatArray) -> Fitted:
    inverse = contrasts @ np.linalg.inv(hill.information(found.utilities))
    between = between_people(scores, answers.kept, answers.statistics, answers.members)
    return Fitted(found, inverse @ contrasts.T, inverse @ between @ inverse.T)


def _contrasts(component: IntArray, kept: int = 0) -> FloatArray:
    """What takes the mean out of every set, the last `kept` parameters left as they are."""
    found = np.eye(component.size) - averaging(component)
    found[component.size - kept :] = np.eye(component.size)[component.size - kept :]
    return found


def averaging(component: IntArray) -> FloatArray:
    """The matrix that replaces each parameter by the mean of its set."""
    together = (component[:, None] == component).astype(np.float64)
    return together / together.sum(axis=1)


def _invertible(bare: FloatArray, component: IntArray, kept: int = 0) -> FloatArray:
    """A multiple of the averaging matrix added, which changes no step; the last `kept` parameters get none of it."""
    size = np.maximum(np.trace(bare, axis1=-2, axis2=-1) / component.size, SMALLEST_SIZE)[..., None, None]
    flat = averaging(component)
    flat[component.size - kept :] = 0.0
    return bare + size * (flat + RIDGE * np.eye(component.size))
