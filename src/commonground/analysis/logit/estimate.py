"""One model fitted to one group's answers: utilities, their covariances, and where they do not exist."""

from dataclasses import dataclass

import numpy as np

from commonground.analysis.logit.newton import Maximum, Problem, maximise
from commonground.analysis.logit.separation import FEWEST, Connections, connections, cut_down
from commonground.analysis.logit.statistics import Statistics, chosen_tasks
from commonground.likelihood.models import MODELS, Model
from commonground.likelihood.tasks import Tasks
from commonground.records.choices import BoolArray, FloatArray, IntArray
from commonground.records.distinct import parts

PEOPLE_AT_ONCE = 1 << 14
"""Whose scores are added up together: few enough to stay in a processor's cache."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """A fitted model, before it is put into words.

    Parameters
    ----------
    connections : Connections
    core : (n_items,) bool
        The items that have a utility.
    maximum : Maximum
    null_log_likelihood : float
        Nats, at equal utilities.
    covariance, robust : (n_items, n_items) float
        Of the utilities in the parametrisation asked for; NaN outside the core.
    utilities : (n_items,) float
        In the parametrisation asked for; NaN outside the core.
    log_likelihood : float
        Nats, without the penalty; where utilities drift apart, the value that is never quite reached.
    """

    connections: Connections
    core: BoolArray
    maximum: Maximum
    utilities: FloatArray
    covariance: FloatArray
    robust: FloatArray
    log_likelihood: float
    null_log_likelihood: float

    @property
    def has_utilities(self) -> bool:
        """Whether any item has one."""
        return int(self.core.sum()) >= FEWEST

    @property
    def exists(self) -> bool:
        """Whether every item that was shown has a utility."""
        return self.has_utilities and bool((self.core == self.connections.shown).all())


def estimate(
    model: str,
    answers: Statistics,
    weight: FloatArray,
    members: BoolArray,
    n_items: int,
    *,
    reference: int | None = None,
    penalty: float = 0.0,
) -> Estimate:
    """Fit a model to the answers of some respondents.

    Parameters
    ----------
    model : str
    answers : Statistics
    weight : (n_distinct,) float
        How often each different task came among them.
    members : (n_respondents,) bool
        Who they are.
    n_items : int
    reference : int, optional
        The item whose utility is 0; left out, the utilities sum to zero.
    penalty : float
        Precision of the normal prior; 0 for none.
    """
    tasks, kept = chosen_tasks(answers.tasks, weight)
    graph = connections(tasks, n_items)
    core = graph.core(reference)
    if penalty > 0:  # everything shown hangs together then, unless the reference is outside
        core = graph.shown & (reference is None or graph.shown[reference])
    connected = penalty > 0 or bool((core == graph.shown).all())
    component = np.zeros(n_items, dtype=np.int64) if penalty > 0 else graph.component
    counted = tasks if connected else cut_down(tasks, component)
    found = maximise(Problem(MODELS[model], counted, component, penalty), np.zeros(n_items))
    scores = _scores(MODELS[model], found.utilities, counted, tasks.best.size)
    contrasts = _contrasts(core, reference)
    inverse = contrasts @ np.linalg.inv(found.information)
    between = between_people(scores, kept, answers, members)
    return Estimate(
        connections=graph,
        core=core,
        maximum=found,
        utilities=contrasts @ found.utilities,
        covariance=inverse @ contrasts.T,
        robust=inverse @ between @ inverse.T,
        log_likelihood=float(found.log_likelihood),
        null_log_likelihood=float(MODELS[model].log_likelihood(np.zeros(n_items), tasks)),
    )


def _scores(model: Model, utilities: FloatArray, counted: Tasks, distinct: int) -> FloatArray:
    """The gradient of each different task, its two halves added up where sets were cut down: (n_distinct, n_items)."""
    scores = model.scores(utilities, counted)
    return scores if len(scores) == distinct else scores[:distinct] + scores[distinct:]


def _contrasts(core: BoolArray, reference: int | None) -> FloatArray:
    """What turns utilities into those asked for: (n_items, n_items); NaN in the rows of items that have none."""
    items = core.size
    base = core / core.sum() if reference is None else np.eye(items)[reference]
    found = np.eye(items) - base
    found[~core] = np.nan
    return found if core.sum() >= FEWEST else np.full_like(found, np.nan)


def between_people(scores: FloatArray, kept: IntArray, answers: Statistics, members: BoolArray) -> FloatArray:
    """Σ over people of the outer product of their summed scores, weight included: (n_items, n_items)."""
    place = np.zeros(answers.tasks.best.size, dtype=np.int64)
    place[kept] = np.arange(kept.size)
    owner, which = _by_person(answers)
    starts = np.flatnonzero(np.concatenate(([True], owner[1:] != owner[:-1])))
    ends = np.append(starts[1:], owner.size)
    found = np.zeros((scores.shape[1], scores.shape[1]))
    for block in parts(starts.size, PEOPLE_AT_ONCE):
        first, last, people = starts[block][0], ends[block][-1], owner[starts[block]]
        answered = place[which[first:last]]
        each = np.stack([np.add.reduceat(score[answered], starts[block] - first) for score in scores.T])
        each *= answers.weight[people] * members[people]
        found += each @ each.T
    return found


def _by_person(answers: Statistics) -> tuple[IntArray, IntArray]:
    """Whose each answer is, and which, everybody's answers together."""
    if (answers.owner[1:] >= answers.owner[:-1]).all():
        return answers.owner, answers.which
    order = np.argsort(answers.owner, kind="stable")
    return answers.owner[order], answers.which[order]
