"""Whether answers hang together better than random ones: root likelihoods beside simulated respondents.

People who answer at random on *these* tasks are simulated, and the chosen quantile of their root likelihoods is the
cut-off (Orme 2019): below it a person fits no better than most random answerers. By construction it misses 1 − quantile
of them; how many genuine people it hits depends on how strong their preferences are, so these are simulated as well.
A person with weak preferences answers almost at random in all honesty.

References
----------
Orme, B. (2019). Consistency cutoffs to identify "bad" respondents in CBC, ACBC, and MaxDiff. Sawtooth Software
Research Paper Series.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from commonground.analysis.logit.individual import IndividualFit, fit_individuals
from commonground.likelihood import sequential
from commonground.likelihood.tasks import Tasks
from commonground.records.choices import MISSING, FloatArray, IntArray
from commonground.simulation.picks import answer_again
from commonground.simulation.respondents import draw_utilities

GENUINE_SDS = (1.0, 2.0, 3.0)
"""Strengths of preference for which false flags are always told."""

SEARCHED_SDS = (0.0, 0.5, 1.0, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0)
RARE_KIND_PEOPLE = 200

Advance = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class RandomFit:
    """Everybody's root likelihood beside those of random answerers on tasks like theirs.

    Parameters
    ----------
    kind : (n_people,) int
        People are of one kind who answered as many tasks of the same sizes; 0 is the most frequent.
    cut_off, random_share : (n_people,) float
        NaN for people without picks.
    median : float
        Of the random answerers of kind 0.
    simulations : int
        Random answerers of kind 0.
    """

    kind: IntArray
    cut_off: FloatArray
    random_share: FloatArray
    median: float
    simulations: int


@dataclass(frozen=True, slots=True)
class RandomAnswers:
    """Random answerers on the tasks of one kind of people.

    Parameters
    ----------
    members : (n,) int
        The people of this kind who picked something.
    tasks : Tasks
        Their tasks in turn, answered at random.
    """

    members: IntArray
    tasks: Tasks


@dataclass(frozen=True, slots=True)
class Genuine:
    """Simulated people who mean what they answer, on the tasks of real people.

    Parameters
    ----------
    utilities : (n_people, n_items) float
    tasks : Tasks
        The tasks of real people in turn, answered anew.
    fit : IndividualFit
    """

    utilities: FloatArray
    tasks: Tasks
    fit: IndividualFit


def people_of(tasks: Tasks, rows: IntArray) -> Tasks:
    """Some people of a batch, in this order, repeated as often as named."""
    return Tasks(tasks.shown[rows], tasks.best[rows], tasks.worst[rows])


def kinds_of(tasks: Tasks) -> IntArray:
    """People by how many tasks of which sizes they answered: (n_people,), 0 for the most frequent kind."""
    sizes = (tasks.shown != MISSING).sum(axis=-1)
    asked = 2 * (tasks.best != MISSING).astype(np.int64) + (tasks.worst != MISSING)
    shape = np.sort(4 * sizes * (asked > 0) + asked, axis=1)
    _, kind, many = np.unique(shape, axis=0, return_inverse=True, return_counts=True)
    rank = np.empty(many.size, dtype=np.int64)
    rank[np.argsort(-many, kind="stable")] = np.arange(many.size)
    return rank[kind.ravel()]


def random_answers(
    tasks: Tasks, n_items: int, *, simulations: int, rng: np.random.Generator
) -> tuple[RandomAnswers, ...]:
    """Random answerers for each kind of people, the most frequent kind first.

    Parameters
    ----------
    tasks : Tasks
        One leading axis: people.
    n_items : int
    simulations : int
        Random answerers of the most frequent kind; every other kind gets 200.
    rng : numpy.random.Generator
    """
    kind, found = kinds_of(tasks), list[RandomAnswers]()
    nobody_cares = np.zeros((simulations, n_items))
    for one in range(int(kind.max(initial=0)) + 1):
        members = np.flatnonzero((kind == one) & (tasks.picks > 0))
        each = simulations if one == 0 else min(RARE_KIND_PEOPLE, simulations)
        if members.size:
            asked = people_of(tasks, members[np.arange(each) % members.size])
            found.append(RandomAnswers(members, answer_again(asked, nobody_cares[:each], rng)))
    return tuple(found)


def beside_random(
    tasks: Tasks, fit: IndividualFit, random: tuple[RandomAnswers, ...], *, quantile: float, simulations: int
) -> RandomFit:
    """Compare everybody with random answerers of the same kind.

    Parameters
    ----------
    tasks : Tasks
        One leading axis: people.
    fit : IndividualFit
        Of these people.
    random : tuple of RandomAnswers
    quantile : float
    simulations : int
        Random answerers of the most frequent kind.
    """
    kind, n_items = kinds_of(tasks), fit.utilities.shape[1]
    cut_off, share = np.full(kind.size, np.nan), np.full(kind.size, np.nan)
    median = np.nan
    for one in random:
        rlh = fit_individuals(one.tasks, n_items).rlh
        cut_off[one.members] = np.quantile(rlh, quantile)
        share[one.members] = 1 - np.searchsorted(np.sort(rlh), fit.rlh[one.members]) / rlh.size
        median = float(np.median(rlh)) if kind[one.members[0]] == 0 else median
    return RandomFit(kind, cut_off, share, median, simulations)


def genuine_people(tasks: Tasks, means: FloatArray, sd: float, people: int, rng: np.random.Generator) -> Genuine:
    """Simulate people around these mean utilities who answer the tasks of real people in turn."""
    utilities = draw_utilities(means, sd, people, rng)
    answered = answer_again(people_of(tasks, np.arange(people) % tasks.shown.shape[0]), utilities, rng)
    return Genuine(utilities, answered, fit_individuals(answered, means.size))


def estimate_sd(tasks: Tasks, fit: IndividualFit, people: int, rng: np.random.Generator) -> float:
    """The person-to-person SD at which simulated people fit as well as the median person of the data.

    Around the average of the people's own utilities; found by interpolating the medians of a few simulations.
    Rough, but it needs no more than the fits already made.

    Parameters
    ----------
    tasks : Tasks
        One leading axis: people of one kind.
    fit : IndividualFit
        Of these people.
    people : int
        Simulated for each SD that is tried.
    rng : numpy.random.Generator
    """
    means = fit.utilities.mean(axis=0)
    medians = [float(np.median(np.log(genuine_people(tasks, means, sd, people, rng).fit.rlh))) for sd in SEARCHED_SDS]
    rising = np.array(sorted(medians))  # they rise but for the simulation's noise
    return round(float(np.interp(float(np.median(np.log(fit.rlh))), rising, SEARCHED_SDS)), 2)


def equal_utilities_rlh(tasks: Tasks) -> float:
    """The root likelihood of picks among items that are all equal, over these people's tasks."""
    n_items = int(tasks.shown.max(initial=0)) + 1
    total = sequential.log_likelihood(np.zeros(n_items), tasks).sum()
    return float(np.exp(total / tasks.picks.sum()))
