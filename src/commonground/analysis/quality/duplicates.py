"""Respondents whose every answer is another respondent's too."""

import numpy as np

from commonground.likelihood.tasks import Tasks, row_codes
from commonground.records.choices import MISSING, FloatArray, IntArray


def duplicates(tasks: Tasks, n_items: int) -> IntArray:
    """For each person another one with the same answers to the same tasks, whatever the order shown.

    Tasks are the same where they show the same items. The first of several equal people points to the second, the
    others to the first.

    Parameters
    ----------
    tasks : Tasks
        One leading axis: people.
    n_items : int

    Returns
    -------
    (n_people,) int
        `MISSING` where nobody answered alike, or nothing was answered.

    Examples
    --------
    >>> tasks = Tasks([[[0, 1, 2]], [[2, 1, 0]], [[0, 1, 2]]], best=[[0], [0], [1]], worst=[[2], [2], [2]])
    >>> duplicates(tasks, 3).tolist()
    [1, 0, -1]
    """
    people, n_tasks, k = tasks.shown.shape
    twin = np.full(people, MISSING, dtype=np.int64)
    if not tasks.picks.any():
        return twin
    ordered = np.sort(tasks.shown, axis=-1).reshape(people * n_tasks, k)
    rows = np.column_stack([ordered, tasks.best.ravel(), tasks.worst.ravel()])
    _, code = np.unique(row_codes(rows, n_items), axis=0, return_inverse=True)
    answers = np.sort(code.reshape(people, n_tasks), axis=1)
    _, kind = np.unique(answers, axis=0, return_inverse=True)
    by_kind = np.argsort(kind.ravel(), kind="stable")
    for alike in np.split(by_kind, np.flatnonzero(np.diff(kind.ravel()[by_kind])) + 1):
        if alike.size > 1 and tasks.picks[alike[0]] > 0:
            twin[alike] = alike[0]
            twin[alike[0]] = alike[1]
    return twin


def chance_to_agree(tasks: Tasks) -> FloatArray:
    """How likely two people who answer these tasks at random agree in every answer: (n_people,).

    The product over tasks of 1/(k(k−1)) for two picks, 1/k for one.

    Examples
    --------
    >>> chance_to_agree(Tasks([[[0, 1, 2], [0, 1, -1]]], best=[[0, 0]], worst=[[1, -1]])).round(4).tolist()
    [0.0833]
    """
    sizes = (tasks.shown != MISSING).sum(axis=-1).astype(np.float64)
    picks = (tasks.best != MISSING).astype(int) + (tasks.worst != MISSING)
    ways = np.where(picks == 2, sizes * (sizes - 1), np.where(picks == 1, sizes, 1.0))
    return np.prod(1 / ways, axis=-1)
