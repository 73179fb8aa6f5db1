"""The hierarchical model of a choice table, in one call: everybody's utilities and the population they come from."""

from collections.abc import Callable
from dataclasses import asdict
from typing import NamedTuple

import numpy as np

from commonground.analysis.hierarchical import advice, summary
from commonground.analysis.hierarchical.accuracy import accuracy
from commonground.analysis.hierarchical.diagnostics import FEWEST_DRAWS
from commonground.analysis.hierarchical.draws import Draws
from commonground.analysis.hierarchical.people import People, people_to_fit
from commonground.analysis.hierarchical.prior import Prior
from commonground.analysis.hierarchical.records import (
    HierarchicalFit,
    HierarchicalSummary,
    Individuals,
    PriorSensitivity,
)
from commonground.analysis.hierarchical.sample import extend, sample
from commonground.analysis.hierarchical.sensitivity import prior_sensitivity
from commonground.analysis.hierarchical.summary import LOWEST_ESS, Believed, believed
from commonground.records.choices import BoolArray, ChoiceData
from commonground.records.errors import Problem, SettingError

Progress = Callable[[int, int], None]

FIRST_DRAWS = 250
MOST_DRAWS = 16_000
WARMUP = 150
CHAINS = 4
KEPT = 100
"""Draws of everybody's utilities kept a chain, where memory allows."""

_MOST_KEPT_NUMBERS = 25_000_000
_MARGIN = 1.5


class Length(NamedTuple):
    """How long the chains are.

    Parameters
    ----------
    draws : int or None
        A chain; None goes on until chains agree and are long enough, at most `MOST_DRAWS`.
    warmup, chains : int
    """

    draws: int | None = None
    warmup: int = WARMUP
    chains: int = CHAINS


class _Plan(NamedTuple):
    items: tuple[str, ...]
    rule: str
    prior: Prior
    length: Length
    seed: int


def fit_hierarchical(
    data: ChoiceData,
    *,
    by: str | None = None,
    rule: str = "sequential",
    prior: Prior | None = None,
    length: Length | None = None,
    seed: int = 1,
    left_out: BoolArray | None = None,
    sensitivity: bool = True,
    progress: Progress | None = None,
) -> HierarchicalFit:
    """Sample everybody's utilities and the population they are drawn from.

    Utilities are multivariate normal between people of a group, with any covariance, the same in all groups; the groups
    differ in their means. Chains run until they agree (R-hat below 1.01) and are worth 400 independent draws in every
    mean, variance and correlation, or until a limit, and then say that they do not. Repeated tasks are not counted,
    weights of respondents neither: a person is one draw from the population.

    Parameters
    ----------
    data : ChoiceData
    by : str, optional
        The covariate whose values have means of their own.
    rule : str
        sequential or maxdiff: how a pair of picks comes about.
    prior : Prior, optional
    length : Length, optional
    seed : int
    left_out : (n_rows,) bool, optional
        Answers the model may not see; how well it foresees them is reported.
    sensitivity : bool
        Whether to say what spreads would be with their prior twice as wide.
    progress : callable, optional
        Told (done, total).

    Returns
    -------
    HierarchicalFit

    Raises
    ------
    RequestError
        If there is no such column, or fewer than two people with answers, or two items.
    SettingError
        If a number of draws, warm-up draws or chains is too small.

    Examples
    --------
    >>> rng = np.random.default_rng(1)
    >>> shown = np.tile([[0, 1, 2], [0, 1, 3], [0, 2, 3], [1, 2, 3]], (6, 1))
    >>> data = ChoiceData.from_rows(
    ...     ("a", "b", "c", "d"), tuple("Ann Bo Cy Di Ed Flo".split()), respondent=np.repeat(range(6), 4),
    ...     task=np.tile([1, 2, 3, 4], 6), shown=shown, best=shown.min(axis=1), worst=shown.max(axis=1))
    >>> fit = fit_hierarchical(data, length=Length(draws=50, warmup=50), sensitivity=False)
    >>> [item.item for item in sorted(fit.summary.population, key=lambda item: -item.mean)]
    ['a', 'b', 'c', 'd']
    """
    plan = _Plan(data.items, rule, prior or Prior(), _checked(length or Length()), seed)
    people = people_to_fit(data, by, left_out)
    draws = _until_converged(people, plan, progress)
    rng = np.random.default_rng([seed, 2])
    other = prior_sensitivity(draws, data.items, plan.prior, rng) if sensitivity else None
    return _described(people, plan, draws, other)


def _checked(length: Length) -> Length:
    wrong = [
        f"{name} must be {least} or more, not {value}."
        for name, value, least in (
            ("draws", length.draws, FEWEST_DRAWS),
            ("warmup", length.warmup, 1),
            ("chains", length.chains, 1),
        )
        if value is not None and value < least
    ]
    if wrong:
        raise SettingError([Problem(one) for one in wrong])
    return length


def _until_converged(people: People, plan: _Plan, progress: Progress | None) -> Draws:
    """As many draws as were asked for; else as many as it takes, in a few goes."""
    draws = sample(
        people.tasks,
        len(plan.items),
        groups=people.group,
        model=plan.rule,
        prior=plan.prior,
        draws=plan.length.draws or FIRST_DRAWS,
        warmup=plan.length.warmup,
        chains=plan.length.chains,
        seed=plan.seed,
        keep=_to_keep(people, plan),
        progress=progress,
    )
    while plan.length.draws is None and draws.means.shape[1] < MOST_DRAWS:
        found = believed(draws)
        if found.converged:
            break
        draws = extend(draws, _more(found, draws.means.shape[1]), progress=progress)
    return draws


def _to_keep(people: People, plan: _Plan) -> int:
    most = _MOST_KEPT_NUMBERS // (plan.length.chains * len(people.respondents) * len(plan.items))
    return max(1, min(KEPT, most))


def _more(found: Believed, draws: int) -> int:
    """From the smallest effective sample size, how many more draws a chain should do; at least half as many again."""
    ess = found.smallest_ess
    wanted = draws * _MARGIN * LOWEST_ESS / ess if ess > 0 else np.inf
    return int(min(max(wanted - draws, draws / 2), 3 * draws, MOST_DRAWS - draws))


def _described(people: People, plan: _Plan, draws: Draws, other: PriorSensitivity | None) -> HierarchicalFit:
    items, groups = plan.items, people.groups
    quality, kept = believed(draws), draws.kept.reshape(-1, *draws.kept.shape[2:])
    found = summary.diagnostics(quality, draws, summary.names(items, groups), plan.length.warmup)
    described = HierarchicalSummary(
        method="sampled",
        choice_rule=plan.rule,
        groups=groups,
        respondents=len(people.respondents),
        choices=int(people.picks.sum()),
        population=summary.population(draws.means, quality.means, items, groups),
        heterogeneity=summary.heterogeneity(draws, quality, items),
        share=summary.shares(kept, people.group, items, groups),
        diagnostics=found,
        **accuracy(draws.individual_mean, draws.rlh, kept, people, plan.rule),
        items_order=summary.items_order(draws.means, items, groups),
        groups_order=summary.groups_order(draws.means, items, groups),
        prior=asdict(plan.prior),
        prior_sensitivity=other,
        unanswered=people.unanswered,
        without_group=people.without_group,
        messages=(
            *advice.on_people(people, items),
            *advice.on_chains(found, plan.length.draws),
            *draws.messages,
            *advice.on_prior(other),
        ),
    )
    names = tuple(groups[int(place)] for place in people.group)
    each = Individuals(people.respondents, items, names, draws.individual_mean, draws.individual_sd, draws.rlh)
    return HierarchicalFit(described, each, draws)
