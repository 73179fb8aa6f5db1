"""The hierarchical model without chains, for a screen that must answer at once: empirical Bayes.

The population is estimated first and then taken as known. What that leaves out is said in `empirical`; how uncertain
the population's means are comes from how many people there are and how well their answers place them.
"""

from dataclasses import asdict, replace

import numpy as np

from commonground.analysis.hierarchical import advice, contrast, summary
from commonground.analysis.hierarchical.accuracy import accuracy
from commonground.analysis.hierarchical.draws import EmpiricalBayes
from commonground.analysis.hierarchical.empirical import empirical_bayes
from commonground.analysis.hierarchical.people import People, people_to_fit
from commonground.analysis.hierarchical.prior import Prior
from commonground.analysis.hierarchical.records import (
    Diagnostics,
    Heterogeneity,
    HierarchicalFit,
    HierarchicalSummary,
    Individuals,
    Spread,
)
from commonground.records.choices import BoolArray, ChoiceData, FloatArray

KEPT = 100
_DRAWS = 4000
"""Of the means, from the normal distribution around their estimate."""

_LEAST_SEEN = 0.5
"""People whose utilities are as good as seen, in any direction; where answers say less, it would be chance."""

NO_CHAINS = Diagnostics(None, "", None, "", converged=None, chains=0, draws=0, warmup=0, acceptance=None)
FAST = (
    "Empirical Bayes: how people differ is taken as known, so uncertainty is a little too small, most of all with few "
    "people. For a report use chains."
)


def fit_fast(
    data: ChoiceData,
    *,
    by: str | None = None,
    rule: str = "sequential",
    prior: Prior | None = None,
    seed: int = 1,
    left_out: BoolArray | None = None,
) -> HierarchicalFit:
    """Fit the hierarchical model by empirical Bayes; `hierarchical.fit` says what the arguments mean.

    Returns
    -------
    HierarchicalFit
        Without draws; what only chains know is None.

    Raises
    ------
    RequestError
        If there is no such column, or fewer than two people with answers, or two items.

    References
    ----------
    Louis, T. A. (1982). Finding the observed information matrix when using the EM algorithm. Journal of the Royal
    Statistical Society B, 44, 226–233 (equation 3.2: the information that is missing).
    """
    prior = prior or Prior()
    people = people_to_fit(data, by, left_out)
    found = empirical_bayes(
        people.tasks, len(data.items), groups=people.group, model=rule, prior=prior, seed=seed, keep=KEPT
    )
    items, groups = data.items, people.groups
    sds, correlations = summary.spreads(found.covariance)
    means = _means(found, people, np.random.default_rng([seed, 3]))
    described = HierarchicalSummary(
        method="empirical_bayes",
        choice_rule=rule,
        groups=groups,
        respondents=len(people.respondents),
        choices=int(people.picks.sum()),
        population=summary.population(means, None, items, groups),
        heterogeneity=Heterogeneity(
            tuple(Spread(item, float(sd), None, None, None, None) for item, sd in zip(items, sds, strict=True)),
            summary.matrix(correlations, len(items)),
        ),
        share=summary.shares(found.kept, people.group, items, groups),
        diagnostics=replace(NO_CHAINS, converged=None if found.converged else False),
        **accuracy(found.individual_mean, found.rlh, found.kept, people, rule),
        items_order=summary.items_order(means, items, groups),
        groups_order=summary.groups_order(means, items, groups),
        prior=asdict(prior),
        prior_sensitivity=None,
        unanswered=people.unanswered,
        without_group=people.without_group,
        messages=(*advice.on_people(people, items), *found.messages, FAST),
    )
    names = tuple(groups[int(place)] for place in people.group)
    each = Individuals(people.respondents, items, names, found.individual_mean, found.individual_sd, found.rlh)
    return HierarchicalFit(described, each, None)


def _means(found: EmpiricalBayes, people: People, rng: np.random.Generator) -> FloatArray:
    """Draws of every group's means around their estimate: (1, n_draws, n_groups, n_items).

    With V the posterior covariance of a person, the information of a group on its mean is Σ (Ω − Ω V Ω): what it would
    be if utilities were seen, less what is missing.
    """
    n_groups, n_items = found.means.shape
    columns = contrast.basis(n_items)
    root = np.linalg.cholesky(np.linalg.inv(columns.T @ found.covariance @ columns))
    away = (found.kept - found.individual_mean) @ columns @ root
    drawn = np.empty((1, _DRAWS, n_groups, n_items))
    for place in range(n_groups):
        own = away[:, people.group == place].reshape(-1, n_items - 1)
        seen, axes = np.linalg.eigh(own.shape[0] / KEPT * np.eye(n_items - 1) - own.T @ own / KEPT)
        turned = axes / np.sqrt(np.maximum(seen, _LEAST_SEEN))
        noise = np.linalg.solve(root.T, turned @ rng.standard_normal((n_items - 1, _DRAWS)))
        drawn[0, :, place] = found.means[place] + (columns @ noise).T
    return drawn
