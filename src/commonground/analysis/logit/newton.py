"""Newton's method with a line search, for one fit or many side by side.

All log-likelihoods here are concave, so a step that goes uphill far enough always exists, and the one maximum is
found from anywhere. Only differences between utilities matter: along a constant the log-likelihood is flat, and the
matrices below are made invertible by adding a multiple of 1·1ᵀ for every set of items that is compared within itself;
that changes no step, because gradients sum to zero within each set.
"""

from dataclasses import dataclass
from typing import Protocol

import numpy as np

from commonground.likelihood.models import Model
from commonground.likelihood.tasks import Tasks
from commonground.records.choices import BoolArray, FloatArray, IntArray

MOST_STEPS = 60
MOST_HALVINGS = 40
TOLERANCE = 1e-9
"""Nats the next step could still gain; the step is taken before the search ends, so far less is left."""

LONGEST_STEP = 5.0
"""No utility moves further in one step, in logits."""

RIDGE = 1e-12
SMALLEST_SIZE = 1e-6
"""What keeps the matrices invertible, beside the mean of their diagonal and at the least."""


@dataclass(frozen=True, slots=True)
class Maximum:
    """Where the (penalised) log-likelihood is largest.

    Parameters
    ----------
    utilities : (..., n_items) float
        Logits; each set of compared items sums to zero.
    log_likelihood : (...) float
        Nats, without the penalty.
    information : (..., n_items, n_items) float
        Minus the second derivatives, with the penalty's, and with 1·1ᵀ of each set added: invertible.
    converged : (...) bool
    steps : int
    """

    utilities: FloatArray
    log_likelihood: FloatArray
    information: FloatArray
    converged: BoolArray
    steps: int


class Hill(Protocol):
    """What can be climbed."""

    def log_likelihood(self, at: FloatArray) -> FloatArray:
        """Without a penalty: (...)."""
        ...

    def value(self, at: FloatArray) -> FloatArray:
        """What is to be made as large as possible: (...)."""
        ...

    def slope(self, at: FloatArray) -> FloatArray:
        """Its gradient: (..., n_parameters)."""
        ...

    def information(self, at: FloatArray) -> FloatArray:
        """Minus its second derivatives or something near, positive definite: (..., n_parameters, n_parameters)."""
        ...

    def centred(self, at: FloatArray) -> FloatArray:
        """The same point in its standard form."""
        ...


@dataclass(frozen=True, slots=True)
class Problem:
    """A log-likelihood of utilities, perhaps penalised.

    Parameters
    ----------
    model : module of `likelihood`
    tasks : Tasks
        Its weights may have leading axes: one problem each.
    component : (n_items,) int
        Sets of items that are compared within themselves; utilities sum to zero in each.
    penalty : float
        The precision of a normal prior on the utilities' distance from their mean.
    """

    model: Model
    tasks: Tasks
    component: IntArray
    penalty: float = 0.0

    def log_likelihood(self, at: FloatArray) -> FloatArray:
        """Without the penalty: (...), nats."""
        return self.model.log_likelihood(at, self.tasks)

    def value(self, at: FloatArray) -> FloatArray:
        """The penalised log-likelihood: (...)."""
        return self.log_likelihood(at) - self.penalty / 2 * (_from_mean(at) ** 2).sum(axis=-1)

    def slope(self, at: FloatArray) -> FloatArray:
        """Its gradient: (..., n_items)."""
        return self.model.gradient(at, self.tasks) - self.penalty * _from_mean(at)

    def information(self, at: FloatArray) -> FloatArray:
        """Minus its second derivatives, made invertible: (..., n_items, n_items)."""
        items = at.shape[-1]
        bare = -self.model.hessian(at, self.tasks) + self.penalty * (np.eye(items) - 1 / items)
        size = np.maximum(np.trace(bare, axis1=-2, axis2=-1) / items, SMALLEST_SIZE)[..., None, None]
        return bare + size * (_averaging(self.component) + RIDGE * np.eye(items))

    def centred(self, at: FloatArray) -> FloatArray:
        """The same differences, each component summing to zero."""
        return at - at @ _averaging(self.component)


def _from_mean(utilities: FloatArray) -> FloatArray:
    return utilities - utilities.mean(axis=-1, keepdims=True)


def _averaging(component: IntArray) -> FloatArray:
    """The matrix that replaces each item's number by the mean of its component."""
    together = (component[:, None] == component).astype(np.float64)
    return together / together.sum(axis=1)


def maximise(problem: Hill, start: FloatArray, *, tolerance: float = TOLERANCE) -> Maximum:
    """Climb from `start` to the maximum.

    Parameters
    ----------
    problem : Hill
        Such as a `Problem`.
    start : (..., n_items) float
    tolerance : float
        Half the squared Newton decrement, in nats, at which the search ends.

    References
    ----------
    Boyd, S., & Vandenberghe, L. (2004). Convex Optimization, section 9.5 (damped Newton, decrement).

    Examples
    --------
    >>> from commonground.likelihood import best
    >>> tasks = Tasks([[0, 1], [0, 1]], best=[0, 1], worst=[-1, -1], weight=[3.0, 1.0])
    >>> found = maximise(Problem(best, tasks, np.array([0, 0])), np.zeros(2))
    >>> bool(found.converged), round(float(found.utilities[0] - found.utilities[1]), 6), round(float(np.log(3)), 6)
    (True, 1.098612, 1.098612)
    """
    utilities, value = start, problem.value(start)
    steps, decrement = 0, np.full(value.shape, np.inf)
    while steps < MOST_STEPS and (decrement > tolerance).any():
        steps += 1
        slope = problem.slope(utilities)
        step = np.linalg.solve(problem.information(utilities), slope[..., None])[..., 0]
        decrement = (slope * step).sum(axis=-1) / 2
        step = step / np.maximum(np.abs(step).max(axis=-1, keepdims=True) / LONGEST_STEP, 1.0)
        utilities, value = _climb(problem, utilities, value, step)
    utilities = problem.centred(utilities)
    return Maximum(
        utilities,
        problem.log_likelihood(utilities),
        problem.information(utilities),
        np.asarray(decrement <= tolerance),
        steps,
    )


def _climb(problem: Hill, at: FloatArray, value: FloatArray, step: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Halve each step until it does not go downhill (beyond what rounding can do)."""
    length = np.ones(value.shape)
    slack = 1e-13 * (1 + np.abs(value))
    for _ in range(MOST_HALVINGS):
        moved = at + length[..., None] * step
        reached = problem.value(moved)
        downhill = np.asarray(reached < value - slack)
        if not downhill.any():
            return moved, reached
        length = np.where(downhill, length / 2, length)
    length = np.where(length < 2.0 ** (1 - MOST_HALVINGS), 0.0, length)
    moved = at + length[..., None] * step
    return moved, problem.value(moved)
