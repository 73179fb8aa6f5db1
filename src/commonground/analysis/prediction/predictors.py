"""The models whose foresight is compared, each as one function from answers seen to chances of those to come."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import NamedTuple

import numpy as np

from commonground.analysis.hierarchical.empirical import empirical_bayes
from commonground.analysis.hierarchical.people import People, people_to_fit
from commonground.analysis.hierarchical.prior import Prior
from commonground.analysis.hierarchical.sample import sample
from commonground.analysis.logit.newton import Problem, maximise
from commonground.analysis.prediction.by_counts import chances_by_counts
from commonground.analysis.scoring.chances import Chances, chances
from commonground.likelihood.models import MODELS
from commonground.likelihood.tasks import distinct_tasks
from commonground.records.choices import BoolArray, ChoiceData

SLIGHT_PENALTY = 0.01
"""Keeps utilities finite where answers alone would not, and changes nothing else worth mention."""

MOST_CLASSES = 6
_CLASS_PENALTY = 0.1
_CLASS_STARTS = 10
_DRAWS, _WARMUP, _CHAINS, _KEPT = 500, 300, 4, 125


class Setting(NamedTuple):
    """What every model is told.

    Parameters
    ----------
    rule : str
        sequential or maxdiff: how a pair of picks comes about.
    prior : Prior
        Of the hierarchical models.
    seed : int
    """

    rule: str = "sequential"
    prior: Prior = Prior()
    seed: int = 1


class Round(NamedTuple):
    """Answers to learn from, and those to foresee.

    Parameters
    ----------
    people : People
        With both.
    seen : ChoiceData
        Those to learn from, of everybody.
    """

    people: People
    seen: ChoiceData


def make_round(data: ChoiceData, left_out: BoolArray) -> Round:
    """Split a choice table by the rows left out: (n_rows,) bool."""
    return Round(people_to_fit(data, None, left_out), data.keep_rows(~left_out))


def by_counts(turn: Round, setting: Setting) -> Chances:
    """Each person's own best minus worst."""
    people = turn.people
    seen, seen_by = people.flat_tasks()
    return chances_by_counts(
        seen,
        seen_by,
        people.held,
        people.held_by,
        people=len(people.respondents),
        items=len(turn.seen.items),
        rule=setting.rule,
    )


def by_aggregate(turn: Round, setting: Setting) -> Chances:
    """One utility an item for everybody."""
    n_items = len(turn.seen.items)
    tasks, _ = distinct_tasks(turn.people.flat_tasks()[0], n_items)
    hill = Problem(MODELS[setting.rule], tasks, np.zeros(n_items, dtype=np.int64), SLIGHT_PENALTY)
    utilities = maximise(hill, np.zeros(n_items)).utilities
    return chances(np.tile(utilities, (1, turn.people.held_by.size, 1)), turn.people.held, rule=setting.rule)


def by_classes(turn: Round, setting: Setting) -> Chances:
    """Latent classes, as many as BIC says; each person is each kind with the chance that the answers leave."""
    from commonground.analysis.classes.fit import fit_classes  # noqa: PLC0415  # nobody else needs it loaded

    people = turn.people
    most = min(MOST_CLASSES, len(people.respondents))
    found = fit_classes(
        turn.seen,
        classes=range(1, most + 1),
        choice_rule=setting.rule,
        starts=_CLASS_STARTS,
        penalty=_CLASS_PENALTY,
        seed=setting.seed,
    )
    kinds = found.solution(found.chosen).classes
    sizes = np.array([kind.size for kind in kinds])
    place = {label: row for row, label in enumerate(found.answered)}
    belongs = np.stack(
        [found.posteriors[found.chosen][place[who]] if who in place else sizes for who in people.respondents]
    )
    utilities = np.array([[item.utility or 0.0 for item in kind.items] for kind in kinds])
    each = np.broadcast_to(utilities[:, None], (len(kinds), people.held_by.size, utilities.shape[1]))
    return chances(each, people.held, rule=setting.rule, weights=belongs[people.held_by].T)


def by_empirical_bayes(turn: Round, setting: Setting) -> Chances:
    """Everybody's utilities, the population they come from taken as known."""
    people = turn.people
    found = empirical_bayes(
        people.tasks,
        len(turn.seen.items),
        model=setting.rule,
        prior=setting.prior,
        seed=setting.seed,
        keep=_KEPT,
    )
    return chances(found.kept[:, people.held_by], people.held, rule=setting.rule)


def by_hierarchical_bayes(turn: Round, setting: Setting) -> Chances:
    """Everybody's utilities, the population as uncertain as it is."""
    people = turn.people
    draws = sample(
        people.tasks,
        len(turn.seen.items),
        model=setting.rule,
        prior=setting.prior,
        draws=_DRAWS,
        warmup=_WARMUP,
        chains=_CHAINS,
        seed=setting.seed,
        keep=_KEPT,
    )
    kept = draws.kept.reshape(-1, *draws.kept.shape[2:])
    return chances(kept[:, people.held_by], people.held, rule=setting.rule)


PREDICTORS: Mapping[str, Callable[[Round, Setting], Chances]] = MappingProxyType(
    {
        "counts": by_counts,
        "aggregate": by_aggregate,
        "latent-class": by_classes,
        "eb": by_empirical_bayes,
        "hb": by_hierarchical_bayes,
    }
)
"""By the name that `commonground predict --models` takes, the simplest first."""
