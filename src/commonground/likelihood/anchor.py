"""Whether items matter at all: a threshold that stands among the items as if it were one more of them.

Of a set of items with utilities u, and a threshold t, *none* matters when the threshold would be picked as best out of
items and threshold together, and *all* matter when it would be picked as worst:

    P(none) = 1 / (1 + A),  P(all) = 1 / (1 + B),  P(some) = (A·B − 1) / ((1 + A)(1 + B)),

with A = Σ exp(u_i − t) and B = Σ exp(t − u_i). The three add up to one, and P(some) is never negative, because A·B is
at least k². For one item P(some) is 0 and P(all) = exp(u)/(exp(u) + exp(t)): the direct question. In the model of best
picks whether the threshold is above all items does not hang on which of them is best, so the answer adds to the best
pick as an independent one; the same holds for worst.

The threshold is the last of the utilities; only differences to it matter. *none* and *all* are logits, so their log
probabilities are concave. That of *some* need not be, but its expected information is never negative.

References
----------
Louviere, J. J., Flynn, T. N., & Marley, A. A. J. (2015). Best-Worst Scaling: Theory, Methods and Applications.
Cambridge University Press.
Lattery, K. (2010). Anchoring maximum difference scaling against a threshold: dual response and direct binary
responses. Proceedings of the Sawtooth Software Conference.
"""

from typing import NamedTuple

import numpy as np

from commonground.likelihood import picks
from commonground.records.choices import ALL_MATTER, MISSING, NONE_MATTER, FloatArray, IntArray


class _Set(NamedTuple):
    """What the formulas are made of, a row an answer."""

    log_a: FloatArray
    log_b: FloatArray
    slope_a: FloatArray
    """(n_answers, n_items + 1): derivatives of ln A."""
    slope_b: FloatArray


class _Partials(NamedTuple):
    """Derivatives of a log probability by ln A and ln B: (n_answers,) each."""

    a: FloatArray
    b: FloatArray
    aa: FloatArray
    ab: FloatArray
    bb: FloatArray


def probabilities(utilities: FloatArray, shown: IntArray) -> FloatArray:
    """How likely none, some and all are: (n_answers, 3), summing to one.

    Parameters
    ----------
    utilities : (n_items + 1,) float
        Logits, the threshold last.
    shown : (n_answers, k) int

    Examples
    --------
    >>> probabilities(np.zeros(4), np.array([[0, 1, 2], [0, -1, -1]])).round(3).tolist()
    [[0.25, 0.5, 0.25], [0.5, 0.0, 0.5]]
    """
    there = _set(utilities, shown)
    none, everything = np.exp(-np.logaddexp(0, there.log_a)), np.exp(-np.logaddexp(0, there.log_b))
    some = np.where((shown != MISSING).sum(axis=-1) > 1, np.maximum(1 - none - everything, 0.0), 0.0)
    return np.stack([none, some, everything], axis=-1)


def log_probabilities(utilities: FloatArray, shown: IntArray, answer: IntArray) -> FloatArray:
    """Log probability of each answer: (n_answers,), nats; −∞ for *some* of a single item.

    Examples
    --------
    >>> np.exp(log_probabilities(np.zeros(4), np.array([[0, 1, 2]]), np.array([1]))).round(3).tolist()
    [0.5]
    """
    there = _set(utilities, shown)
    none, everything = -np.logaddexp(0, there.log_a), -np.logaddexp(0, there.log_b)
    with np.errstate(divide="ignore"):
        product = there.log_a + there.log_b
        some = product + np.log(np.maximum(-np.expm1(-product), 0.0)) + none + everything
    return np.where(answer == NONE_MATTER, none, np.where(answer == ALL_MATTER, everything, some))


def scores(utilities: FloatArray, shown: IntArray, answer: IntArray) -> FloatArray:
    """Gradient of each log probability: (n_answers, n_items + 1), each summing to zero."""
    there = _set(utilities, shown)
    by = _partials(there, answer)
    return by.a[:, None] * there.slope_a + by.b[:, None] * there.slope_b


def hessian(utilities: FloatArray, shown: IntArray, answer: IntArray, weight: FloatArray) -> FloatArray:
    """Second derivatives of the weighted sum of log probabilities: (n_items + 1, n_items + 1)."""
    there = _set(utilities, shown)
    by = _partials(there, answer)
    curved = _curvature(there.slope_a, weight * by.a) + _curvature(-there.slope_b, weight * by.b)
    return curved + _products(there, weight * by.aa, weight * by.ab, weight * by.bb)


def expected_information(utilities: FloatArray, shown: IntArray, weight: FloatArray) -> FloatArray:
    """Minus the second derivatives to be expected: (n_items + 1, n_items + 1), never negative."""
    there, chances = _set(utilities, shown), probabilities(utilities, shown)
    aa, ab, bb = (np.zeros(len(shown)) for _ in range(3))
    for outcome in range(3):
        possible = chances[:, outcome] > 0
        by = _partials(there, np.full(len(shown), outcome))
        first, second = np.where(possible, by.a, 0.0), np.where(possible, by.b, 0.0)
        chance = weight * chances[:, outcome]
        aa, ab, bb = aa + chance * first**2, ab + chance * first * second, bb + chance * second**2
    return _products(there, aa, ab, bb)


def _set(utilities: FloatArray, shown: IntArray) -> _Set:
    items = utilities.size - 1
    gains = picks.item_utilities(utilities, shown) - utilities[-1]
    losses = picks.item_utilities(-utilities, shown) + utilities[-1]
    log_a, log_b = picks.log_sums(gains), picks.log_sums(losses)
    up = picks.dense(np.exp(gains - log_a[:, None]), shown, items)
    down = picks.dense(np.exp(losses - log_b[:, None]), shown, items)
    one = np.ones((len(shown), 1))
    return _Set(log_a, log_b, np.concatenate([up, -one], axis=1), np.concatenate([-down, one], axis=1))


def _partials(there: _Set, answer: IntArray) -> _Partials:
    in_a, in_b = (1 / (1 + np.exp(-value)) for value in (there.log_a, there.log_b))
    none, everything = answer == NONE_MATTER, answer == ALL_MATTER
    some = ~none & ~everything
    left = -np.expm1(-np.where(some, np.maximum(there.log_a + there.log_b, 1e-12), 1.0))
    extra, bend = np.where(some, 1 / left, 0.0), np.where(some, -(1 - left) / left**2, 0.0)
    takes_a, takes_b = ~everything, ~none
    return _Partials(
        a=extra - takes_a * in_a,
        b=extra - takes_b * in_b,
        aa=bend - takes_a * in_a * (1 - in_a),
        ab=bend,
        bb=bend - takes_b * in_b * (1 - in_b),
    )


def _curvature(slope: FloatArray, weight: FloatArray) -> FloatArray:
    """Σ weight · second derivatives of a log sum, from its item probabilities; the threshold has none."""
    chances = slope.copy()
    chances[:, -1] = 0.0
    return picks.diagonal((chances * weight[:, None]).sum(axis=0)) - chances.T @ (chances * weight[:, None])


def _products(there: _Set, aa: FloatArray, ab: FloatArray, bb: FloatArray) -> FloatArray:
    """Σ of the outer products of both slopes, so weighted."""
    crossed = there.slope_a.T @ (there.slope_b * ab[:, None])
    own = there.slope_a.T @ (there.slope_a * aa[:, None]) + there.slope_b.T @ (there.slope_b * bb[:, None])
    return own + crossed + crossed.T
