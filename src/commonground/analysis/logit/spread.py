"""How people differ, as far as their answers together tell: means and covariance, found by simulation.

An aggregate model of people who differ is not their average: utilities are pulled towards zero, and best and worst
picks are pulled differently, although everybody chooses alike at both ends. What such people would show can be
simulated, if their spread is known. It is sought here so that simulated people who answer the tasks of the real ones
give the same aggregate utilities and the same surplus of clustered over plain covariance, N(V_robust − V_plain), which
is 0 where nobody differs and near the covariance of their utilities where they do. (Indirect inference.)

With few people the correlations in that surplus are mostly noise. So they are first shrunk towards none, by the share
of their scatter that sampling alone would give (in the manner of Ledoit and Wolf). Variances are not: how they differ
between items moves the scale most.

References
----------
Gouriéroux, C., Monfort, A., & Renault, E. (1993). Indirect inference. Journal of Applied Econometrics, 8(S1), S85–S118.
Ledoit, O., & Wolf, M. (2004). A well-conditioned estimator for large-dimensional covariance matrices. Journal of
Multivariate Analysis, 88(2), 365–411.
"""

from dataclasses import dataclass

import numpy as np

from commonground.analysis.logit.estimate import Estimate, estimate
from commonground.analysis.logit.statistics import statistics
from commonground.likelihood.tasks import Tasks, tasks_by_respondent
from commonground.records.choices import MISSING, ChoiceData, FloatArray
from commonground.simulation.picks import answer_again

PICTURES = 1_500_000
"""Items shown to simulated people, in all: with 11 tasks of 5 these are 27,000 people."""

FEWEST_PEOPLE = 2_000
MOST_ROUNDS = 12
NEAR = 0.02
"""In logits, and as a share of the surplus: near enough."""

GAIN = 1.25
"""Aggregate figures answer to a change of the people by less than it."""

GREATEST_VARIANCE = 64.0


@dataclass(frozen=True, slots=True)
class Spread:
    """People who would answer as these did, all told.

    Parameters
    ----------
    means : (n_items,) float
        Mean utilities, in logits.
    covariance : (n_items, n_items) float
        Of each person's utilities around them, their common part taken out.
    """

    means: FloatArray
    covariance: FloatArray

    @property
    def sd(self) -> float:
        """The standard deviation of a person's utilities, over items."""
        return float(np.sqrt(max(np.trace(self.covariance), 0.0) / max(self.means.size - 1, 1)))


def find_spread(data: ChoiceData, model: str, found: Estimate, rng: np.random.Generator) -> Spread:
    """Means and covariance at which simulated people look like these.

    Parameters
    ----------
    data : ChoiceData
        Only the people who were fitted.
    model : str
    found : Estimate
        The model fitted to them, with every utility of every item shown.
    rng : numpy Generator
    """
    seed, target = int(rng.integers(2**32)), _shrunk(found, len(data.respondents))
    wanted = np.nan_to_num(found.maximum.utilities)
    means, covariance = 1.2 * wanted, _positive(GAIN * target)
    for _ in range(MOST_ROUNDS):
        # The same random numbers in every round, so that the search is not chasing noise.
        drawn = simulate(data, model, Spread(means, covariance), np.random.default_rng(seed))
        there = fit_everybody(drawn, model)
        gap = wanted - np.nan_to_num(there.maximum.utilities)
        missing = target - surplus(there, len(drawn.respondents))
        means, covariance = means + GAIN * gap, _positive(covariance + GAIN * missing)
        if np.abs(gap).max() < NEAR and abs(np.trace(missing)) < NEAR * max(np.trace(target), 0.1):
            break
    return Spread(means, covariance)


def surplus(found: Estimate, people: int) -> FloatArray:
    """What clustered covariance has over plain one, for one person: (n_items, n_items)."""
    return np.nan_to_num(people * (found.robust - found.covariance))


def _shrunk(found: Estimate, people: int) -> FloatArray:
    """The surplus, its correlations nearer to none the more of their scatter is noise; variances stay."""
    bare, robust = surplus(found, people), np.nan_to_num(found.robust)
    core = np.flatnonzero(found.core)
    alone = np.zeros_like(bare)
    alone[np.ix_(core, core)] = _uncorrelated(np.diag(bare)[core])
    noise = people * float(
        (np.outer(np.diag(robust), np.diag(robust)) + robust**2)[~np.eye(len(bare), dtype=bool)].sum()
    )
    scatter = float(((bare - alone) ** 2).sum())
    share = min(1.0, noise / scatter) if scatter > 0 else 1.0
    return (1 - share) * bare + share * alone


def _uncorrelated(variances: FloatArray) -> FloatArray:
    """The covariance of independent utilities less their mean, that has these variances."""
    items = variances.size
    each = (variances - variances.sum() / (items - 1) / items) / (1 - 2 / items)
    centre = np.eye(items) - 1 / items
    return centre @ np.diag(each) @ centre


def _positive(matrix: FloatArray) -> FloatArray:
    """The nearest covariance matrix: no variance below 0 in any direction, none without bound."""
    values, ways = np.linalg.eigh((matrix + matrix.T) / 2)
    return (ways * np.clip(values, 0.0, GREATEST_VARIANCE)) @ ways.T


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
    values, ways = np.linalg.eigh(spread.covariance)
    utilities = spread.means + rng.standard_normal((people, values.size)) @ (ways * np.sqrt(np.maximum(values, 0.0))).T
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
