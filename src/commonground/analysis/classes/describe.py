"""One solution as a record with everything a reader must know beside the numbers."""

from math import log

import numpy as np

from commonground.analysis.classes import words
from commonground.analysis.classes.membership import entropy
from commonground.analysis.classes.mixture import Mixture
from commonground.analysis.classes.precision import Precision, precision
from commonground.analysis.classes.records import ClassItem, GroupMembership, LatentClass, Solution
from commonground.analysis.classes.search import Found
from commonground.analysis.logit.records import Separation
from commonground.analysis.logit.separation import Side
from commonground.analysis.ratios import known
from commonground.records.choices import MISSING, FloatArray

SLACK = 0.5
"""People; one and a half are not several."""

FAR = 3.0
"""Logits from the items with a utility, at which an item without one counts as below or above them."""


def in_order(mixture: Mixture, at: FloatArray, items: tuple[str, ...]) -> FloatArray:
    """The same classes, the largest first; those of one size by their utility of the item whose id comes first.

    Neither the seed, nor the order of items or people, nor which start was best changes a label then.
    """
    sizes, utilities = np.exp(mixture.log_sizes(at)), mixture.centred(at)[: -mixture.n_classes]
    first = utilities.reshape(mixture.n_classes, -1)[:, min(range(len(items)), key=items.__getitem__)]
    order = np.lexsort((-first, -sizes.round(6)))
    return np.concatenate([mixture.utilities(at)[order].ravel(), mixture.log_sizes(at)[order]])


def describe(
    mixture: Mixture,
    at: FloatArray,
    found: Found,
    items: tuple[str, ...],
    groups: tuple[GroupMembership, ...] | None,
) -> Solution:
    """The solution in a point, put into words.

    Parameters
    ----------
    mixture : Mixture
    at : (n_parameters,) float
        The best summit, its classes in order.
    found : Found
    items : tuple of str
    groups : tuple of GroupMembership or None
    """
    posterior, log_likelihood = mixture.posterior(at), float(mixture.log_likelihood(at))
    known_to = precision(mixture, at)
    classes = _classes(mixture, at, known_to, items, posterior)
    people, certain = len(posterior), entropy(posterior, mixture.answers.weight)
    differences = len(items) - 1
    parameters = mixture.n_classes * (differences + 1) - 1
    ended = bool(found.best.converged) and known_to.is_maximum
    return Solution(
        number_of_classes=mixture.n_classes,
        log_likelihood=log_likelihood,
        parameters=parameters,
        aic=-2 * log_likelihood + 2 * parameters,
        bic=-2 * log_likelihood + log(people) * parameters,
        caic=-2 * log_likelihood + (log(people) + 1) * parameters,
        entropy=certain,
        starts=len(found.log_likelihoods),
        agreeing_starts=found.agreeing,
        converged=ended,
        classes=classes,
        groups=groups,
        messages=(
            *words.about_search(len(found.log_likelihoods), found.agreeing, ended),
            *words.about_sizes(classes, people, differences),
            *words.about_entropy(certain),
            *words.about_utilities(tuple(part for one in classes for part in one.separated), mixture.penalty),
        ),
    )


def _classes(
    mixture: Mixture, at: FloatArray, known_to: Precision, items: tuple[str, ...], posterior: FloatArray
) -> tuple[LatentClass, ...]:
    sizes, weight = np.exp(mixture.log_sizes(at)), mixture.answers.weight
    modal = np.bincount(posterior.argmax(axis=1), weights=weight, minlength=mixture.n_classes) / weight.sum()
    errors = np.sqrt(np.maximum(np.diag(known_to.plain)[-mixture.n_classes :], 0.0))
    return tuple(
        LatentClass(
            class_=place + 1,
            size=float(sizes[place]),
            size_standard_error=known(errors[place]) if mixture.n_classes > 1 else None,
            people=float(sizes[place] * len(posterior)),
            modal_size=float(modal[place]),
            items=_items(mixture, at, known_to, place, items),
            separated=_separated(mixture, at, known_to, place, items),
        )
        for place in range(mixture.n_classes)
    )


def _items(
    mixture: Mixture, at: FloatArray, known_to: Precision, place: int, items: tuple[str, ...]
) -> tuple[ClassItem, ...]:
    """Utilities, shares and their errors in one class; None where there are none."""
    block = slice(place * len(items), (place + 1) * len(items))
    utilities, core = known_to.utilities[place], known_to.core[place]
    gain = np.where(core, np.exp(utilities - np.max(utilities, where=core, initial=-np.inf)), np.nan)
    share = gain / gain[core].sum() if core.any() else gain
    inside = np.where(core, share, 0.0)
    turn = np.where(core[:, None], np.diag(inside) - np.outer(inside, inside), np.nan)
    several = np.exp(mixture.log_sizes(at))[place] * mixture.answers.people.size > 1 + SLACK
    columns: list[FloatArray] = [utilities, share]
    for covariance, exists in ((known_to.plain, True), (known_to.robust, several)):
        own = np.where(np.outer(core, core), covariance[block, block], 0.0 if exists else np.nan)
        columns.append(np.where(core, np.sqrt(np.maximum(np.diag(own), 0.0)), np.nan))
        columns.append(np.sqrt(np.maximum(np.diag(turn @ own @ turn.T), 0.0)))
    return tuple(
        ClassItem(item, known(utility), known(plain), known(robust), known(part), known(part_plain), known(part_robust))
        for item, utility, part, plain, part_plain, robust, part_robust in zip(items, *columns, strict=True)
    )


def _separated(
    mixture: Mixture, at: FloatArray, known_to: Precision, place: int, items: tuple[str, ...]
) -> tuple[Separation, ...]:
    """The items of a class that have no utility, by where they stand."""
    core, utilities = known_to.core[place], mixture.utilities(at)[place]
    shown = np.isin(np.arange(len(items)), mixture.answers.sets.shown[mixture.answers.sets.shown != MISSING])
    beside = utilities - (utilities[core].mean() if core.any() else 0.0)
    side = np.where(beside < -FAR, Side.BELOW, np.where(beside > FAR, Side.ABOVE, Side.APART))
    side = np.where(shown, side if core.any() else Side.APART, Side.NEVER_SHOWN)
    found: list[Separation] = []
    for one in Side:
        who = tuple(item for item, where, inside in zip(items, side, core, strict=True) if where == one and not inside)
        if who:
            found.append(Separation(who, one, words.drifting_words(who, one, place + 1)))
    return tuple(found)
