"""One group's fit, as a record with everything a reader must know beside the numbers."""

from dataclasses import dataclass
from math import log

import numpy as np

from commonground.analysis.logit.estimate import Estimate, estimate
from commonground.analysis.logit.records import ItemFit, ModelFit, Separation
from commonground.analysis.logit.separation import Side
from commonground.analysis.logit.statistics import READS, Statistics, chosen_tasks
from commonground.analysis.logit.words import NOT_COMPARABLE, Outside, few_answers, named, separation_words
from commonground.analysis.rank_sets import rank_sets, ranks
from commonground.analysis.ratios import known
from commonground.likelihood.tasks import Tasks
from commonground.records.choices import MISSING, BoolArray, FloatArray, IntArray

RANK_DRAWS = 2000
"""Of the errors, for the width of rank sets."""

RANK_LEVEL = 0.95

FEWEST_FOR_RANKS = 20
"""People; clustered errors of fewer are too rough to hold all ranks at once."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How to fit; `analysis.logit.fit.fit` explains each."""

    model: str
    items: tuple[str, ...]
    reference: str | None
    penalty: float


@dataclass(frozen=True, slots=True)
class Groups:
    """Everybody's answers, by group.

    Parameters
    ----------
    names : tuple of str
    label : (n_respondents,) int
        Index into `names`; `MISSING` for people who are in none of the fits.
    answers : Statistics
    weights : (n_groups, n_distinct) float
        How often each different task came.
    without : int
        People who answered, but whose group is not known.
    """

    names: tuple[str, ...]
    label: IntArray
    answers: Statistics
    weights: FloatArray
    without: int


def fit_group(groups: Groups, place: int, settings: Settings) -> Estimate:
    """Fit the model to one of the groups."""
    return estimate_of(groups, groups.weights[place], groups.label == place, settings)


def estimate_of(groups: Groups, weight: FloatArray, members: BoolArray, settings: Settings) -> Estimate:
    """Fit the model to any of the people."""
    reference = None if settings.reference is None else settings.items.index(settings.reference)
    return estimate(
        settings.model,
        groups.answers,
        weight,
        members,
        len(settings.items),
        reference=reference,
        penalty=settings.penalty,
    )


def describe(groups: Groups, place: int, settings: Settings, found: Estimate, rng: np.random.Generator) -> ModelFit:
    """One group's fit as a record; chance decides the last digit of how wide rank sets are."""
    members = groups.label == place
    people, choices = int(members.sum()), int(groups.answers.choices[members].sum())
    tasks, _ = chosen_tasks(groups.answers.tasks, groups.weights[place])
    parameters, penalised = found.connections.parameters, settings.penalty > 0
    deviance = -2 * found.log_likelihood
    separated = _separated(found, tasks, settings)
    items = _items(found, settings, people, rng)
    return ModelFit(
        group=groups.names[place],
        model=settings.model,
        respondents=people,
        choices=choices,
        log_likelihood=found.log_likelihood,
        null_log_likelihood=found.null_log_likelihood,
        mcfadden_r2=1 - found.log_likelihood / found.null_log_likelihood if found.null_log_likelihood else None,
        aic=None if penalised else deviance + 2 * parameters,
        bic=None if penalised else deviance + parameters * log(people),
        converged=bool(found.maximum.converged) and found.exists,
        items=items,
        parameters=parameters,
        steps=found.maximum.steps,
        separated=separated,
        messages=(
            *_about_the_model(settings, tasks),
            *_about_existence(found, separated, settings),
            *few_answers(items, people, choices, parameters),
            *_about_weights(groups.answers.weight[members]),
        ),
    )


def _items(found: Estimate, settings: Settings, people: int, rng: np.random.Generator) -> tuple[ItemFit, ...]:
    """Utilities, errors and shares; None where there are none."""
    plain = np.sqrt(np.maximum(np.diag(found.covariance), 0.0))
    robust = np.sqrt(np.maximum(np.diag(found.robust), 0.0)) if people > 1 else np.full_like(plain, np.nan)
    gain = np.exp(found.utilities - np.nanmax(found.utilities)) if found.has_utilities else found.utilities
    share = gain / np.nansum(gain) if found.has_utilities else gain
    return tuple(
        ItemFit(item, known(utility), known(error), known(clustered), known(part), *place)
        for item, utility, error, clustered, part, place in zip(
            settings.items, found.utilities, plain, robust, share, _ranks(found, settings, people, rng), strict=True
        )
    )


def _ranks(
    found: Estimate, settings: Settings, people: int, rng: np.random.Generator
) -> list[tuple[int | None, tuple[int, int] | None]]:
    """Each item's rank and the ranks it may have; none where an item has no utility, no intervals of too few people.

    Errors known from few people spread their draws as Student's t does: without it, intervals of 30 people would hold
    in 87 of 100 studies instead of 93.
    """
    core = np.flatnonzero(found.core)
    placed: list[tuple[int | None, tuple[int, int] | None]] = [(None, None)] * found.core.size
    if not found.exists:
        return placed
    utilities, covariance = found.utilities[core], found.robust[np.ix_(core, core)]
    sets = None
    if settings.penalty == 0 and people >= max(FEWEST_FOR_RANKS, core.size + 1):
        normal = rng.multivariate_normal(np.zeros(core.size), covariance, size=RANK_DRAWS, method="svd")
        moves = normal * np.sqrt(people / rng.chisquare(people - 1, size=(RANK_DRAWS, 1)))
        sets = rank_sets(utilities, covariance, moves, RANK_LEVEL).T.tolist()
    for order, (item, place) in enumerate(zip(core.tolist(), ranks(utilities).tolist(), strict=True)):
        placed[item] = (place, None if sets is None else (sets[order][0], sets[order][1]))
    return placed


def _separated(found: Estimate, tasks: Tasks, settings: Settings) -> tuple[Separation, ...]:
    if settings.reference is not None and not found.has_utilities:
        return (_beside_nothing(found, settings, settings.reference),)
    outside = [
        Outside(side, members, settings.items, settings.model) for side, members in found.connections.sides(found.core)
    ]
    return tuple(Separation(one.names, one.side, separation_words(one, tasks, found.connections)) for one in outside)


def _beside_nothing(found: Estimate, settings: Settings, reference: str) -> Separation:
    """Why no utility can be given beside the reference."""
    shown = found.connections.shown
    never = not shown[settings.items.index(reference)]
    cause = "was in no answered task" if never else "is compared with no other item both ways"
    return Separation(
        tuple(item for item, is_shown in zip(settings.items, shown, strict=True) if is_shown),
        Side.APART,
        f"The reference '{reference}' {cause}, so no utility can be given beside it. Another one, or none, may do.",
    )


def _about_the_model(settings: Settings, tasks: Tasks) -> tuple[str, ...]:
    """What the model is, and is not, on these answers."""
    said = [NOT_COMPARABLE] if settings.model == "marginal" else []
    if settings.model not in READS:
        for pick, name, other in ((tasks.worst, "worst", "best"), (tasks.best, "best", "worst")):
            if (pick == MISSING).all():
                said.append(
                    f"Nobody picked a {name} item: '{settings.model}' is here fitted to the {other} picks alone."
                )
    if settings.penalty > 0:
        said.append(
            f"Penalised ({settings.penalty:g}): utilities are shrunk towards each other, the log-likelihood is not at "
            "its largest, and AIC and BIC are not defined."
        )
    return tuple(said)


def _about_existence(found: Estimate, separated: tuple[Separation, ...], settings: Settings) -> tuple[str, ...]:
    """Which items have no utility and what can be done, and whether the search ended."""
    said = [one.words for one in separated]
    if not found.exists:
        who = named(tuple(item for item, inside in zip(settings.items, found.core, strict=True) if inside))
        given = f"Utilities are given for {who} only, beside each other" if found.has_utilities else "None is given"
        said.append(
            f"{given}; the log-likelihood is the value that is approached but never reached. With a penalty, such as "
            "0.1, every item shown gets a utility."
        )
    if not found.maximum.converged:
        said.append(
            f"The search for the maximum did not end after {found.maximum.steps} steps: do not use the numbers."
        )
    return tuple(said)


def _about_weights(weight: FloatArray) -> tuple[str, ...]:
    if (weight == 1).all():
        return ()
    return ("Answers are weighted: plain errors take a weight for a number of people; use the robust ones.",)
