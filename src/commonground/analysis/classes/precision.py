"""How precisely classes are known: what has a value at all, and its standard errors.

A utility may have none in a class although it has one over everybody: where nobody who belongs there ever put an item
ahead of another, the likelihood still rises while the item runs away. The search follows until nothing is left to gain;
there the curvature is all but zero. Differences between utilities whose error is absurdly large mark it, whatever the
cause: an item that ran away, was never shown, or cannot be compared, or a class that nobody is in.
"""

from dataclasses import dataclass

import numpy as np

from commonground.analysis.classes.mixture import FLATTEST, Mixture
from commonground.analysis.logit.separation import FEWEST, strong_components
from commonground.records.choices import BoolArray, FloatArray, IntArray

WIDEST = 50.0
"""Logits; a difference with a larger error than this is none."""


@dataclass(frozen=True, slots=True)
class Precision:
    """What is known in a point of a mixture.

    Parameters
    ----------
    component : (n_classes, n_items) int
        Items of a class with the same label have utilities beside each other.
    core : (n_classes, n_items) bool
        The items that get a utility.
    utilities : (n_classes, n_items) float
        Summing to zero over the core; NaN outside.
    plain, robust : (n_classes · n_items + n_classes,) square float
        Covariance of those utilities and of the class sizes; NaN where there is none.
    is_maximum : bool
        Whether the curvature is positive in every direction that is left.
    """

    component: IntArray
    core: BoolArray
    utilities: FloatArray
    plain: FloatArray
    robust: FloatArray
    is_maximum: bool


def precision(mixture: Mixture, at: FloatArray) -> Precision:
    """Standard errors and their limits in the point where a search ended."""
    component, sizes = _components(mixture, at)
    core = np.stack([_core(labels) for labels in component])
    basis = _basis([*component, sizes])
    curvature = basis.T @ mixture.curvature(at) @ basis
    is_maximum = bool(np.linalg.eigvalsh(curvature)[0] > 0) if len(curvature) else True
    reported = _reported(mixture, at, core)
    inverse = reported @ basis @ (np.linalg.inv(curvature) if is_maximum else np.full_like(curvature, np.nan))
    slopes = mixture.person_slopes(at) * mixture.answers.weight[:, None] @ basis
    utilities = np.where(core, mixture.utilities(at), np.nan)
    held = core.any(axis=1)
    utilities[held] -= np.nanmean(utilities[held], axis=1, keepdims=True)
    return Precision(
        component=component,
        core=core,
        utilities=utilities,
        plain=inverse @ basis.T @ reported.T,
        robust=inverse @ (slopes.T @ slopes) @ inverse.T,
        is_maximum=is_maximum,
    )


def _components(mixture: Mixture, at: FloatArray) -> tuple[IntArray, IntArray]:
    """Labels of what has finite differences: (n_classes, n_items) among items and (n_classes,) among sizes."""
    values, vectors = np.linalg.eigh(mixture.curvature(at) + mixture.constants())
    covariance = (vectors / np.maximum(np.abs(values), FLATTEST * np.abs(values).max())) @ vectors.T
    variances = np.diag(covariance)
    close = variances[:, None] + variances - 2 * covariance < WIDEST**2
    items, classes = mixture.n_items, mixture.n_classes
    blocks = [slice(place * items, (place + 1) * items) for place in range(classes)]
    found = np.stack([strong_components(close[block, block]) for block in blocks])
    return found, strong_components(close[classes * items :, classes * items :])


def _core(labels: IntArray) -> BoolArray:
    """The largest component, if it is more than one item."""
    sizes = np.bincount(labels)
    return (labels == sizes.argmax()) & (sizes.max() >= FEWEST)


def _basis(parts: list[IntArray]) -> FloatArray:
    """Orthonormal contrasts within every component of every part: (n_parameters, n_contrasts)."""
    columns: list[FloatArray] = []
    size, start = sum(part.size for part in parts), 0
    for part in parts:
        for label in range(int(part.max()) + 1):
            members = start + np.flatnonzero(part == label)
            column = np.zeros((size, members.size - 1))
            column[members] = _contrasts(members.size)
            columns.append(column)
        start += part.size
    return np.concatenate(columns, axis=1)


def _contrasts(size: int) -> FloatArray:
    """Orthonormal columns that sum to zero: (size, size − 1)."""
    vectors = np.linalg.eigh(np.eye(size) - 1 / size)[1]
    return np.asarray(vectors[:, 1:])


def _reported(mixture: Mixture, at: FloatArray, core: BoolArray) -> FloatArray:
    """What turns a small move of the point into one of the reported utilities and sizes."""
    items, classes = mixture.n_items, mixture.n_classes
    found = np.zeros((at.size, at.size))
    for place, inside in enumerate(core):
        block = slice(place * items, (place + 1) * items)
        found[block, block] = np.where(inside[:, None], np.eye(items) - inside / max(inside.sum(), 1), np.nan)
    sizes = np.exp(mixture.log_sizes(at))
    found[classes * items :, classes * items :] = np.diag(sizes) - np.outer(sizes, sizes)
    return found
