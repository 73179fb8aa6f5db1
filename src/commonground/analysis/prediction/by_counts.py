"""Foreseeing a person's picks from that person's own counts: what somebody without a model would do.

An item's score is how often it was best minus how often worst, over how often it was shown. Alone it can say who is
likeliest, not how likely; for a chance the scores are utilities times one number for everybody, the sharpness. It is
found where each task is foreseen from the person's other tasks, because scores that hold the task itself know too much.
"""

import numpy as np

from commonground.analysis.scoring.chances import Chances, chances
from commonground.likelihood.models import MODELS
from commonground.likelihood.tasks import Tasks
from commonground.records.choices import MISSING, FloatArray, IntArray

SHARPEST = 50.0
_STEPS = 60
_GOLDEN = (5**0.5 - 1) / 2


def chances_by_counts(
    seen: Tasks, seen_by: IntArray, tasks: Tasks, owner: IntArray, *, people: int, items: int, rule: str = "sequential"
) -> Chances:
    """What each person's own counts make of other tasks.

    Parameters
    ----------
    seen : Tasks
        The answers to learn from, without leading axes; `seen_by` (n_seen,) int says whose they are.
    tasks : Tasks
        Those to foresee; `owner` (n_tasks,) int says whose they are.
    people, items : int
    rule : str
        sequential or maxdiff.

    Returns
    -------
    Chances
    """
    net, shown = _net(seen, items), _shown(seen.shown, items)
    totals, appearances = np.zeros((people, items)), np.zeros((people, items))
    np.add.at(totals, seen_by, net)
    np.add.at(appearances, seen_by, shown)
    others = _scores(totals[seen_by] - net, appearances[seen_by] - shown)
    sharpness = _sharpness(others, seen, rule)
    scores = _scores(totals[owner], appearances[owner])
    return chances(sharpness * scores[None], tasks, rule=rule)


def _net(tasks: Tasks, items: int) -> FloatArray:
    """Best minus worst of each item in each task: (n_tasks, items)."""
    found = np.zeros((tasks.best.size, items + 1))
    rows = np.arange(tasks.best.size)
    for picked, sign in ((tasks.best, 1.0), (tasks.worst, -1.0)):
        np.add.at(found, (rows, np.where(picked == MISSING, items, picked)), sign)
    return found[:, :items]


def _shown(sets: IntArray, items: int) -> FloatArray:
    found = np.zeros((len(sets), items + 1))
    np.put_along_axis(found, np.where(sets == MISSING, items, sets), 1.0, axis=1)
    return found[:, :items]


def _scores(net: FloatArray, shown: FloatArray) -> FloatArray:
    return net / np.maximum(shown, 1)


def _sharpness(scores: FloatArray, tasks: Tasks, rule: str) -> float:
    """Where the log-likelihood of the tasks is largest: it is concave in one number, so golden sections find it."""
    each = Tasks(tasks.shown[:, None], tasks.best[:, None], tasks.worst[:, None])

    def fit(sharpness: float) -> float:
        return float(MODELS[rule].log_likelihood(sharpness * scores, each).sum())

    low, high = 0.0, SHARPEST
    for _ in range(_STEPS):
        width = _GOLDEN * (high - low)
        if fit(high - width) > fit(low + width):
            high = low + width
        else:
            low = high - width
    return (low + high) / 2
