"""Answers as index tables, made once, so that a likelihood is one gather and a few sums.

Every pick is a choice out of a set: the best out of the task, the worst out of what is left (*sequential*), or both
out of the whole task (*maxdiff*). For a chunk of people the exponentials of all utilities and of their negatives lie
in one table of rows; an index table says which rows make up each set's sum. Two more rows hold 0, which fills up
small sets, and 1, which stands for a set nobody was asked about: its logarithm adds nothing.
"""

from dataclasses import dataclass

import numpy as np

from commonground.likelihood.tasks import Tasks
from commonground.records.choices import MISSING, BoolArray, FloatArray, IntArray
from commonground.records.errors import RequestError, SettingError

MODELS = ("sequential", "maxdiff")


@dataclass(frozen=True, slots=True)
class Encoded:
    """The answers of some people as index tables; t counts tasks, k positions, n people.

    Parameters
    ----------
    n_items, n_people, n_tasks : int
    members : (k, 2 t, n) int
        Rows, as `row × n_people + person`, that make up each set's sum: all best sets, then all worst sets.
    best_of, worst_of : (r, n_items, n) int
        For every item the tasks whose best (worst) set holds it, as `task × n_people + person`; the row after the
        last task is 0 and fills up.
    tally : (n_items, n) float
        Times best minus times worst: the likelihood's linear part.
    pair_size : (t, n) float or None
        Items of each task with both picks, else 0: what *maxdiff* takes off the product of its sums. None for
        *sequential*.
    """

    n_items: int
    n_people: int
    n_tasks: int
    members: IntArray
    best_of: IntArray
    worst_of: IntArray
    tally: FloatArray
    pair_size: FloatArray | None


def encode(tasks: Tasks, n_items: int, model: str = "sequential") -> Encoded:
    """Index tables of one chunk of people.

    Parameters
    ----------
    tasks : Tasks
        (n_people, n_tasks, k); empty tasks and single picks are fine.
    n_items : int
    model : str
        *sequential* or *maxdiff*.

    Raises
    ------
    SettingError
        If there is no such model here.
    RequestError
        If tasks carry weights: a weight says how many people somebody stands for, not how often a task was answered.

    Examples
    --------
    >>> one = encode(Tasks([[[0, 1, 2], [0, 2, -1]]], best=[[0, 2]], worst=[[1, -1]]), 3)
    >>> one.tally[:, 0].tolist(), one.members[:, :, 0].T.tolist()
    ([1.0, -1.0, 1.0], [[2, 1, 0], [2, 0, 6], [5, 4, 6], [7, 6, 6]])
    """
    check(tasks, model)
    wanted = _packed(tasks)
    pair = (wanted.best != MISSING) & (wanted.worst != MISSING)
    best_sets = _asked(wanted.shown, wanted.best)
    worst_sets = _asked(wanted.shown if model == "maxdiff" else wanted.rest, wanted.worst)
    sizes = (wanted.shown != MISSING).sum(axis=-1)
    return Encoded(
        n_items,
        wanted.best.shape[0],
        wanted.best.shape[1],
        _members(best_sets, worst_sets, n_items),
        _tasks_of(best_sets, n_items),
        _tasks_of(worst_sets, n_items),
        _tally(wanted, n_items),
        np.where(pair, sizes, 0).T.astype(np.float64) if model == "maxdiff" else None,
    )


def check(tasks: Tasks, model: str) -> None:
    """Refuse models and weights this sampler does not know."""
    if model not in MODELS:
        raise SettingError(f"the hierarchical model knows the likelihoods {' and '.join(MODELS)}, not {model!r}.")
    if tasks.shown.ndim != 3:
        raise RequestError("The hierarchical model wants each respondent's tasks apart: (people, tasks, positions).")
    if not (tasks.weight == 1.0).all():
        raise RequestError("The hierarchical model takes no weights of tasks.")


def people(tasks: Tasks, some: slice | IntArray) -> Tasks:
    """The tasks of some of the people."""
    return Tasks(tasks.shown[some], tasks.best[some], tasks.worst[some], tasks.weight[some])


def _packed(tasks: Tasks) -> Tasks:
    """Answered tasks first and no more tasks than the busiest of these people has."""
    empty = (tasks.best == MISSING) & (tasks.worst == MISSING)
    most = int((~empty).sum(axis=-1).max(initial=0))
    order = np.argsort(empty, axis=-1, kind="stable")[:, :most]
    shown = np.take_along_axis(tasks.shown, order[..., None], axis=1)
    picks = (np.take_along_axis(one, order, axis=1) for one in (tasks.best, tasks.worst))
    best, worst = picks
    return Tasks(shown, best, worst)


def _asked(sets: IntArray, picked: IntArray) -> IntArray:
    """The sets somebody picked from; empty where nothing was."""
    return np.where((picked != MISSING)[..., None], sets, MISSING)


def _members(best_sets: IntArray, worst_sets: IntArray, n_items: int) -> IntArray:
    """The rows of each set's sum: (k, 2 t, n)."""
    rows = np.concatenate([best_sets, np.where(worst_sets == MISSING, MISSING, worst_sets + n_items)], axis=1)
    rows = -np.sort(-rows, axis=-1)  # filling last
    used = int((rows != MISSING).sum(axis=-1).max(initial=1))
    rows = np.where(rows == MISSING, 2 * n_items, rows)[..., : max(used, 1)]
    rows[..., 0] = np.where(rows[..., 0] == 2 * n_items, 2 * n_items + 1, rows[..., 0])
    n_people = rows.shape[0]
    places = rows * n_people + np.arange(n_people, dtype=np.int64)[:, None, None]
    return np.ascontiguousarray(np.transpose(places, (2, 1, 0)))


def _tasks_of(sets: IntArray, n_items: int) -> IntArray:
    """For every item the tasks whose set holds it: (r, n_items, n)."""
    n_people, n_tasks, _ = sets.shape
    holds = _holds(sets, n_items)  # (n, t, n_items)
    most = int(holds.sum(axis=1).max(initial=0))
    order = np.argsort(~holds, axis=1, kind="stable")[:, :most]
    tasks = np.where(np.take_along_axis(holds, order, axis=1), order, n_tasks)
    places = tasks * n_people + np.arange(n_people, dtype=np.int64)[:, None, None]
    return np.ascontiguousarray(np.transpose(places, (1, 2, 0)))


def _holds(sets: IntArray, n_items: int) -> BoolArray:
    """Which items are in each set: (n, t, n_items) bool."""
    found = np.zeros((*sets.shape[:-1], n_items + 1), dtype=np.bool_)
    np.put_along_axis(found, np.where(sets == MISSING, n_items, sets), values=True, axis=-1)
    return found[..., :n_items]


def _tally(tasks: Tasks, n_items: int) -> FloatArray:
    """Times best minus times worst: (n_items, n)."""
    found = np.zeros((tasks.best.shape[0], n_items + 1))
    rows = np.arange(len(found))[:, None]
    for picks, sign in ((tasks.best, 1.0), (tasks.worst, -1.0)):
        np.add.at(found, (rows, np.where(picks == MISSING, n_items, picks)), sign)
    return np.ascontiguousarray(found[:, :n_items].T)
