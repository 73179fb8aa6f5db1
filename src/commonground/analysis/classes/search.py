"""The search for the best classes: many starts, a few steps of EM each, then Newton's method to the top.

A mixture's likelihood has many summits, so one start proves nothing. Every start is climbed to its end, and how many
of them came to the best summit is part of the answer.

References
----------
Dempster, A. P., Laird, N. M., & Rubin, D. B. (1977). Maximum likelihood from incomplete data via the EM algorithm.
JRSS B, 39(1), 1–38.
Biernacki, C., Celeux, G., & Govaert, G. (2003). Choosing starting values for the EM algorithm. Computational Statistics
& Data Analysis, 41, 561–575 (short runs of EM from many starts).
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from commonground.analysis.classes.mixture import Mixture, class_curvatures, class_slopes, person_log_likelihoods
from commonground.analysis.logit.newton import Maximum, maximise
from commonground.likelihood.picks import log_sums
from commonground.records.choices import BoolArray, FloatArray

EM_STEPS = 15
"""Steps of EM before Newton's method takes over."""

LONGEST_STEP = 2.0
"""No utility moves further in a step of EM, in logits."""

SCATTER = 0.1
"""Logits by which beginnings are shaken."""

SAME = 0.01
"""Nats within which two starts have come to the same summit."""

MOST_NUMBERS = 1_000_000
"""Numbers in one array while starts run side by side."""

NEAR_NOBODY = 1e-3
"""People added to each class, so that a class that loses everybody can still be moved."""


@dataclass(frozen=True, slots=True)
class Found:
    """Where the search ended.

    Parameters
    ----------
    best : Maximum
        The highest summit; `utilities` holds a point of the mixture.
    log_likelihoods : (n_starts,) float
        Of the (penalised) summits all starts came to, largest first.
    converged : (n_starts,) bool
        In the same order.
    """

    best: Maximum
    log_likelihoods: FloatArray
    converged: BoolArray

    @property
    def agreeing(self) -> int:
        """Starts that came to the best summit."""
        return int((self.log_likelihoods > self.log_likelihoods[0] - SAME).sum())


def search(
    mixture: Mixture,
    centres: FloatArray,
    *,
    starts: int,
    rng: np.random.Generator,
    advance: Callable[[], None],
) -> Found:
    """Climb from many starts.

    Parameters
    ----------
    mixture : Mixture
    centres : (n_people, n_items) float
        Everybody's own utilities, roughly; a start takes a few of them as its classes.
    starts : int
    rng : numpy.random.Generator
    advance : callable
        Called when a start has ended.
    """
    beginnings = _short_runs(mixture, _drawn(centres, mixture.n_classes, starts, rng))
    summits: list[Maximum] = []
    for beginning in beginnings:
        summits.append(maximise(mixture, beginning))
        advance()
    values = np.array([float(mixture.value(one.utilities)) for one in summits])
    order = [int(place) for place in np.argsort(-values, kind="stable")]
    ended = np.array([bool(summits[place].converged) for place in order])
    return Found(summits[order[0]], values[order], ended)


def _drawn(centres: FloatArray, n_classes: int, starts: int, rng: np.random.Generator) -> FloatArray:
    """The utilities of a few people for each start, half way to everybody's mean: (n_starts, n_classes, n_items)."""
    who = np.stack([rng.choice(len(centres), n_classes, replace=False) for _ in range(starts)])
    noise = SCATTER * rng.normal(size=(starts, n_classes, centres.shape[1]))  # people may be alike to the last answer
    return (centres[who] + centres.mean(axis=0)) / 2 + noise


def _short_runs(mixture: Mixture, utilities: FloatArray) -> FloatArray:
    """A few steps of EM from each start, with classes of one size: (n_starts, n_parameters)."""
    people = max(mixture.answers.people.size, mixture.answers.sets.best.size * mixture.n_items)
    step = max(1, MOST_NUMBERS // (people * mixture.n_classes))
    parts = [_em(mixture, utilities[place : place + step]) for place in range(0, len(utilities), step)]
    return np.concatenate(parts)


def _em(mixture: Mixture, utilities: FloatArray) -> FloatArray:
    """Starts side by side; each step of M is one step of Newton's method."""
    log_sizes = np.full(utilities.shape[:2], -np.log(mixture.n_classes))
    for _ in range(EM_STEPS):
        joint = log_sizes + person_log_likelihoods(mixture, utilities)
        expected = np.exp(joint - log_sums(joint)[..., None]) * mixture.answers.weight[:, None, None]
        sizes = expected.sum(axis=0) + NEAR_NOBODY
        log_sizes = np.log(sizes / sizes.sum(axis=-1, keepdims=True))
        utilities = utilities + _step(mixture, utilities, expected)
    return np.concatenate([utilities.reshape(len(utilities), -1), log_sizes], axis=-1)


def _step(mixture: Mixture, utilities: FloatArray, expected: FloatArray) -> FloatArray:
    """One step of Newton's method for each class, not too long."""
    slope = class_slopes(mixture, utilities, expected)
    held = NEAR_NOBODY * np.eye(mixture.n_items) + 1.0
    step = np.linalg.solve(held + class_curvatures(mixture, utilities, expected), slope[..., None])[..., 0]
    return step / np.maximum(np.abs(step).max(axis=-1, keepdims=True) / LONGEST_STEP, 1.0)
