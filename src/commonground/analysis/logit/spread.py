"""How far people differ, as far as their answers together tell: means and one standard deviation, found by simulation.

An aggregate model of people who differ is not their average: utilities are pulled towards zero, and best and worst
picks are pulled differently, although everybody chooses alike at both ends. What such people would show can be
simulated, if their spread is known. It is sought here so that simulated people who answer the tasks of the real ones
give the same aggregate utilities and the same *design effect*, the ratio of clustered to plain variances, which is 1
where nobody differs. (Indirect inference.)

References
----------
Gouriéroux, C., Monfort, A., & Renault, E. (1993). Indirect inference. Journal of Applied Econometrics, 8(S1), S85–S118.
"""

from dataclasses import dataclass

import numpy as np

from commonground.analysis.logit.estimate import Estimate, estimate
from commonground.analysis.logit.statistics import statistics
from commonground.likelihood.tasks import Tasks, tasks_by_respondent
from commonground.records.choices import MISSING, ChoiceData, FloatArray
from commonground.simulation.answer import answer_again

PICTURES = 1_500_000
"""Items shown to simulated people, in all: with 11 tasks of 5 these are 27,000 people."""

FEWEST_PEOPLE = 2_000
MOST_ROUNDS = 12
NEAR = 0.01
"""In logits, and of the standard deviation."""

GREATEST_SD = 8.0


@dataclass(frozen=True, slots=True)
class Spread:
    """People who would answer as these did, all told.

    Parameters
    ----------
    means : (n_items,) float
        Mean utilities, in logits.
    sd : float
        The standard deviation of each person's utilities around them.
    """

    means: FloatArray
    sd: float


def find_spread(data: ChoiceData, model: str, found: Estimate, rng: np.random.Generator) -> Spread:
    """Means and standard deviation at which simulated people look like these.

    Parameters
    ----------
    data : ChoiceData
        Only the people who were fitted.
    model : str
    found : Estimate
        The model fitted to them, with every utility of every item shown.
    rng : numpy Generator
    """
    seed, target = int(rng.integers(2**32)), design_effect(found)
    wanted = np.nan_to_num(found.maximum.utilities)
    means, sd = 1.2 * wanted, 1.0 if target > 1 else 0.0
    for _ in range(MOST_ROUNDS):
        # The same random numbers in every round, so that the search is not chasing noise.
        drawn = simulate(data, model, Spread(means, sd), np.random.default_rng(seed))
        there = fit_everybody(drawn, model)
        gap, effect = wanted - np.nan_to_num(there.maximum.utilities), design_effect(there)
        growth = np.sqrt(np.clip((target - 1) / max(effect - 1, 1e-3), 0.2, 5.0)) if sd > 0 else 1.0
        means, sd = means + 1.2 * gap, min(float(sd * growth), GREATEST_SD)
        if np.abs(gap).max() < NEAR and abs(growth - 1) < NEAR:
            break
    return Spread(means, sd)


def design_effect(found: Estimate) -> float:
    """How many times the clustered variances are the plain ones, on average over contrasts."""
    core = np.ix_(found.core, found.core)
    return float(np.trace(np.linalg.pinv(found.covariance[core]) @ found.robust[core]) / (found.core.sum() - 1))


def simulate(data: ChoiceData, model: str, spread: Spread, rng: np.random.Generator) -> ChoiceData:
    """Many people of this spread who answer the tasks of the real ones, in turn, and weigh as much as they.

    Parameters
    ----------
    data : ChoiceData
    model : str
        How they choose; who is modelled as `marginal` chooses as `sequential`, because nobody picks an item twice.
    spread : Spread
    rng : numpy Generator
    """
    tasks = tasks_by_respondent(data)
    answering = np.flatnonzero(tasks.picks > 0)
    people = max(FEWEST_PEOPLE, PICTURES // (tasks.shown.shape[1] * tasks.shown.shape[2]))
    whose = np.resize(rng.permutation(answering), people)
    asked = Tasks(tasks.shown[whose], tasks.best[whose], tasks.worst[whose])
    utilities = spread.means + spread.sd * rng.standard_normal((people, spread.means.size))
    answered = (_answer_pairs if model == "maxdiff" else answer_again)(asked, utilities, rng)
    person, task = np.nonzero((answered.best != MISSING) | (answered.worst != MISSING))
    return ChoiceData.from_rows(
        data.items,
        tuple(map(str, range(people))),
        respondent=person,
        task=task + 1,
        shown=answered.shown[person, task],
        best=answered.best[person, task],
        worst=answered.worst[person, task],
        weight=data.weight[whose],
    )


def fit_everybody(data: ChoiceData, model: str) -> Estimate:
    """The plain model, fitted to all of them."""
    answers, everybody = statistics(data, model), np.ones(len(data.respondents), dtype=np.bool_)
    weight = answers.weights(np.zeros(everybody.size, dtype=np.int64), 1)[0]
    return estimate(model, answers, weight, everybody, len(data.items))


def _answer_pairs(tasks: Tasks, utilities: FloatArray, rng: np.random.Generator) -> Tasks:
    """Answers of people who look for the pair with the greatest difference; single picks as everywhere."""
    singly = answer_again(tasks, utilities, rng)
    both = (tasks.best != MISSING) & (tasks.worst != MISSING)
    person, task = np.nonzero(both)
    shown = tasks.shown[person, task]
    wanted = np.where(shown == MISSING, np.nan, utilities[person[:, None], np.maximum(shown, 0)])
    k = shown.shape[1]
    pairs = wanted[:, :, None] - wanted[:, None, :] + rng.gumbel(size=(person.size, k, k))
    pairs[np.broadcast_to(np.eye(k, dtype=np.bool_), pairs.shape) | np.isnan(pairs)] = -np.inf
    first, last = np.divmod(pairs.reshape(person.size, k * k).argmax(axis=1), k)
    best, worst = singly.best.copy(), singly.worst.copy()
    rows = np.arange(person.size)
    best[person, task], worst[person, task] = shown[rows, first], shown[rows, last]
    return Tasks(tasks.shown, best, worst)
