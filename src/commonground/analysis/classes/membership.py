"""Who belongs where: class sizes by group, without ever naming a person."""

import numpy as np

from commonground.analysis.classes.mixture import Mixture, person_log_likelihoods
from commonground.analysis.classes.records import GroupMembership
from commonground.records.choices import FloatArray, IntArray

MOST_STEPS = 5_000
SMALLEST_STEP = 1e-9
"""The search for a group's sizes ends when none moves by more."""


def by_group(mixture: Mixture, at: FloatArray, names: tuple[str, ...], labels: IntArray) -> tuple[GroupMembership, ...]:
    """How each group spreads over the classes, as estimated and free of the pull towards everybody's sizes.

    Parameters
    ----------
    mixture : Mixture
    at : (n_parameters,) float
    names : tuple of str
    labels : (n_people,) int
        Each person's group; `MISSING` where it is not known.

    References
    ----------
    Bolck, A., Croon, M., & Hagenaars, J. (2004). Estimating latent structure models with categorical variables:
    one-step versus three-step estimators. Political Analysis, 12(1), 3–27 (the pull).
    Bakk, Z., & Kuha, J. (2018). Two-step estimation of models between latent classes and external variables.
    Psychometrika, 83(4), 871–892 (utilities held, sizes fitted).
    """
    posterior, weight = mixture.posterior(at), mixture.answers.weight
    each = person_log_likelihoods(mixture, mixture.utilities(at))
    likely = posterior.argmax(axis=1)
    found: list[GroupMembership] = []
    for place, name in enumerate(names):
        inside = labels == place
        if not inside.any():
            continue
        share = weight[inside] / weight[inside].sum()
        sizes = fitted_sizes(each[inside], share)
        modal = np.bincount(likely[inside], weights=share, minlength=mixture.n_classes)
        found.append(
            GroupMembership(
                group=name,
                respondents=int(inside.sum()),
                expected=tuple((share @ posterior[inside]).tolist()),
                adjusted=tuple(sizes.tolist()),
                modal=tuple(modal.tolist()),
            )
        )
    return tuple(found)


def fitted_sizes(log_likelihoods: FloatArray, share: FloatArray) -> FloatArray:
    """The class sizes that make some people's answers most likely, the classes' utilities held: (n_classes,).

    The log-likelihood is concave in the sizes, so EM finds its one maximum.

    Parameters
    ----------
    log_likelihoods : (n_people, n_classes) float
    share : (n_people,) float
        Weights, summing to one.

    Examples
    --------
    >>> certain = np.log([[0.9, 1e-9], [1e-9, 0.2], [1e-9, 0.3], [1e-9, 0.4]])
    >>> fitted_sizes(certain, np.full(4, 0.25)).round(3).tolist()
    [0.25, 0.75]
    """
    sizes = np.full(log_likelihoods.shape[1], 1 / log_likelihoods.shape[1])
    likelihoods = np.exp(log_likelihoods - log_likelihoods.max(axis=1, keepdims=True))
    for _ in range(MOST_STEPS):
        joint = likelihoods * sizes
        moved = share @ (joint / joint.sum(axis=1, keepdims=True))
        ended = np.abs(moved - sizes).max() < SMALLEST_STEP
        sizes = moved
        if ended:
            break
    return sizes


def entropy(posterior: FloatArray, weight: FloatArray) -> float | None:
    """How certain everybody's class is, from 0 to 1; None with one class.

    References
    ----------
    Ramaswamy, V., DeSarbo, W. S., Reibstein, D. J., & Robinson, W. T. (1993). An empirical pooling approach for
    estimating marketing mix elasticities with PIMS data. Marketing Science, 12(1), 103–124.

    Examples
    --------
    >>> entropy(np.array([[1.0, 0.0], [0.5, 0.5]]), np.ones(2)), entropy(np.ones((2, 1)), np.ones(2))
    (0.5, None)
    """
    people, classes = posterior.shape
    if classes == 1 or not people:
        return None
    certain = np.where(posterior > 0, posterior, 1.0)
    unknown = -(posterior * np.log(certain)).sum(axis=1)
    return float(1 - weight @ unknown / (weight.sum() * np.log(classes)))
