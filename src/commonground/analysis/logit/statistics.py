"""What a fit reads: each different answered task once, and whose answers they were."""

from dataclasses import dataclass

import numpy as np

from commonground.likelihood.tasks import Tasks, distinct_answers
from commonground.records.choices import MISSING, ChoiceData, FloatArray, IntArray
from commonground.records.distinct import parts

READS = {"best": (True, False), "worst": (False, True)}
"""Which picks a model looks at, best and worst; the others look at both."""

ONE_CHOICE_A_TASK = frozenset({"maxdiff", "rank"})
"""Models for which a task with both picks is one choice, a pair; for the others it is two."""


@dataclass(frozen=True, slots=True)
class Statistics:
    """Sufficient statistics: a log-likelihood needs only how often each different task came.

    Parameters
    ----------
    tasks : Tasks
        Each different (items, best, worst) once.
    which : (n_rows,) int
        For every answered task of the data, which of those it is.
    owner : (n_rows,) int
        Its respondent.
    weight : (n_respondents,) float
    choices : (n_respondents,) int
        Choices each person made, as the model counts them; not weighted.
    """

    tasks: Tasks
    which: IntArray
    owner: IntArray
    weight: FloatArray
    choices: IntArray

    def weights(self, labels: IntArray, groups: int) -> FloatArray:
        """How often each different task came in each group: (n_groups, n_distinct) float.

        Parameters
        ----------
        labels : (n_respondents,) int
            Each person's group; `MISSING` counts nowhere.
        groups : int
        """
        distinct = self.tasks.best.size
        counted = np.zeros(groups * distinct)
        for part in parts(self.owner.size):
            owner = self.owner[part]
            label = labels[owner]
            known = label != MISSING
            place, weight = label[known] * distinct + self.which[part][known], self.weight[owner[known]]
            counted += np.bincount(place, weights=weight, minlength=counted.size)
        return counted.reshape(groups, distinct)


def statistics(data: ChoiceData, model: str) -> Statistics:
    """The sufficient statistics of a choice table under a model: picks it does not look at are left out.

    Examples
    --------
    >>> data = ChoiceData.from_rows(("a", "b", "c"), ("Ann", "Bo"), respondent=[0, 1], task=[1, 1],
    ...                             shown=[[0, 1, 2], [2, 1, 0]], best=[0, 0], worst=[2, 1])
    >>> found = statistics(data, "best")
    >>> found.tasks.best.tolist(), found.weights(np.array([0, 0]), 1).tolist()
    ([0], [[2.0]])
    """
    reads_best, reads_worst = READS.get(model, (True, True))
    nothing = np.broadcast_to(np.int64(MISSING), data.best.shape)
    best, worst = data.best if reads_best else nothing, data.worst if reads_worst else nothing
    counts = ((best != MISSING) | (worst != MISSING)) & (data.repeat_of == 0)
    rows = slice(None) if counts.all() else np.flatnonzero(counts)  # a slice copies nothing
    best, worst, owner = best[rows], worst[rows], data.respondent[rows]
    tasks, which = distinct_answers(data.shown[rows], best, worst, len(data.items))
    people = len(data.respondents)
    each = np.bincount(owner, minlength=people)
    if model not in ONE_CHOICE_A_TASK:
        single = np.flatnonzero((best == MISSING) | (worst == MISSING))
        each = 2 * each - np.bincount(owner[single], minlength=people)
    return Statistics(tasks, which, owner, data.weight, each)


def chosen_tasks(tasks: Tasks, weight: FloatArray) -> tuple[Tasks, IntArray]:
    """Only the tasks with a weight, so weighted, and where they stood."""
    kept = np.flatnonzero(weight > 0)
    return Tasks(tasks.shown[kept], tasks.best[kept], tasks.worst[kept], weight[kept]), kept
