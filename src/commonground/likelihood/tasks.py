"""Tasks as a likelihood reads them: what was shown, what was picked, and how much each task weighs."""

from dataclasses import dataclass, field

import numpy as np

from commonground.records.choices import MISSING, BoolArray, ChoiceData, FloatArray, IntArray
from commonground.records.distinct import Whole, first_of_each, number_rows, parts
from commonground.records.errors import DataError, Problem

MOST_PROBLEMS_NAMED = 20


class TaskDataError(DataError):
    """A task shows an item twice, or somebody picked what was not shown, or the same item twice."""


@dataclass(frozen=True, slots=True)
class Tasks:
    """Answered tasks, checked once so that the models need not.

    Leading axes, written `...`, are batches: one respondent each, say. A task in which nothing was
    picked counts nothing, so a batch is filled up with such tasks where its members differ in length.

    Parameters
    ----------
    shown : (..., n_tasks, k) int
        Item indices from 0; `MISSING` (−1) fills up smaller tasks.
    best, worst : (..., n_tasks) int
        The items picked (not their positions), or `MISSING` where not asked.
    weight : (..., n_tasks) float, optional
        How often each task counts; 1 where left out. Equal tasks with equal picks may be one row with
        their number as weight: log-likelihood, gradient and Hessian stay the same.

    Raises
    ------
    TaskDataError
        If an item is shown twice in a task, a pick was not shown, or best and worst are the same.

    Examples
    --------
    >>> tasks = Tasks([[0, 1, 2], [2, 3, -1]], best=[0, 3], worst=[2, 2])
    >>> tasks.shown.shape, tasks.weight.tolist()
    ((2, 3), [1.0, 1.0])
    >>> Tasks([[0, 1, 2]], best=[3], worst=[2])
    Traceback (most recent call last):
    commonground.likelihood.tasks.TaskDataError: task 1: the best item was not shown.
    """

    shown: IntArray
    best: IntArray
    worst: IntArray
    weight: FloatArray = field(default_factory=lambda: np.array(1.0))

    def __post_init__(self) -> None:
        shown = np.asarray(self.shown, dtype=np.int64)
        best = np.asarray(self.best, dtype=np.int64)
        worst = np.asarray(self.worst, dtype=np.int64)
        weight = np.broadcast_to(np.asarray(self.weight, dtype=np.float64), best.shape)
        for name, value in (("shown", shown), ("best", best), ("worst", worst), ("weight", weight)):
            object.__setattr__(self, name, value)
        _check(self)

    @property
    def rest(self) -> IntArray:
        """(..., n_tasks, k) int: what is left of each task once its best item is taken away."""
        taken = (self.shown == self.best[..., None]) & (self.best[..., None] != MISSING)
        return np.where(taken, MISSING, self.shown)

    @property
    def picks(self) -> FloatArray:
        """(...) float: weighted number of picks, best and worst counted apart."""
        made = (self.best != MISSING).astype(float) + (self.worst != MISSING)
        return (self.weight * made).sum(axis=-1)


def scored_tasks(data: ChoiceData) -> Tasks:
    """Every scored task of a choice table, in its order, weighted as its respondent is.

    Returns
    -------
    Tasks
        Without leading axes; row i belongs to respondent `data.respondent[data.scored[i]]`.
    """
    rows = data.scored
    return Tasks(data.shown[rows], data.best[rows], data.worst[rows], data.weight[data.respondent[rows]])


def counted_tasks(data: ChoiceData) -> Tasks:
    """The sufficient statistics: each different (items, best, worst) once, weighted by how often it came.

    The order of items in a task plays no part in any of the models, so tasks that differ only in it are
    added up. However many respondents there are, a fit then looks at a few hundred rows.

    Examples
    --------
    >>> data = ChoiceData.from_rows(("a", "b", "c"), ("Ann", "Bo"), respondent=[0, 1], task=[1, 1],
    ...                             shown=[[0, 1, 2], [2, 1, 0]], best=[0, 0], worst=[2, 2])
    >>> tasks = counted_tasks(data)
    >>> tasks.shown.tolist(), tasks.weight.tolist()
    ([[2, 1, 0]], [2.0])
    """
    return distinct_tasks(scored_tasks(data), len(data.items))[0]


def distinct_tasks(tasks: Tasks, n_items: int) -> tuple[Tasks, IntArray]:
    """Each different (items, best, worst) once, its weights added up, and for each task which of them it is.

    Parameters
    ----------
    tasks : Tasks
        Without leading axes.
    n_items : int

    Returns
    -------
    Tasks
        Items of a task in descending order.
    (n_tasks,) int

    Examples
    --------
    >>> tasks, which = distinct_tasks(Tasks([[0, 1, 2], [2, 1, 0], [2, 3, -1]], [0, 0, 3], [2, 2, 2]), 4)
    >>> tasks.best[which].tolist(), tasks.weight[which].tolist()
    ([0, 0, 3], [2.0, 2.0, 1.0])
    """
    merged, which = distinct_answers(tasks.shown, tasks.best, tasks.worst, n_items)
    weight = np.bincount(which, weights=tasks.weight, minlength=merged.best.size).astype(np.float64)
    return Tasks(merged.shown, merged.best, merged.worst, weight), which


def distinct_answers(shown: IntArray, best: IntArray, worst: IntArray, n_items: int) -> tuple[Tasks, IntArray]:
    """Each different (items, best, worst) once, and for each row which of them it is: `distinct_tasks` without weights.

    Only the different ones are checked, which is enough, and a million rows take no copies.

    Examples
    --------
    >>> shown, best, worst = np.array([[0, 1, 2], [2, 1, 0]]), np.array([0, 0]), np.array([2, 2])
    >>> tasks, which = distinct_answers(shown, best, worst, 3)
    >>> tasks.best.tolist(), which.tolist()
    ([0], [0, 0])
    """
    narrow = np.min_scalar_type(-n_items - 1)
    ordered = _descending(np.array(shown.T, dtype=narrow, order="C"))  # keeps the filling on the right
    columns = [*ordered, best.astype(narrow, copy=False), worst.astype(narrow, copy=False)]
    which, different = number_rows(columns, [n_items] * len(columns))
    first = first_of_each(which, different)
    return Tasks(ordered[:, first].T, best[first], worst[first]), which.astype(np.int64)


def _descending(columns: Whole) -> Whole:
    """Each row (a column here) sorted in place, neighbours changing places: items are few and rows are many."""
    size, rows = columns.shape
    for part in parts(rows):
        for last in range(size - 1, 0, -1):
            for place in range(last):
                one, other = columns[place, part], columns[place + 1, part]
                columns[place, part], columns[place + 1, part] = np.maximum(one, other), np.minimum(one, other)
    return columns


def tasks_by_respondent(data: ChoiceData) -> Tasks:
    """Every respondent's scored tasks as a batch, unweighted.

    Returns
    -------
    Tasks
        `shown` is (n_respondents, most tasks of anyone, k); missing tasks are empty.
    """
    rows = data.scored
    owner = data.respondent[rows]
    order = np.argsort(owner, kind="stable")
    answered = np.bincount(owner, minlength=len(data.respondents))
    place = np.arange(rows.size) - np.repeat(np.cumsum(answered) - answered, answered)
    shape = (len(data.respondents), int(answered.max(initial=0)))
    shown = np.full((*shape, data.shown.shape[1]), MISSING, dtype=np.int64)
    best, worst = np.full(shape, MISSING, dtype=np.int64), np.full(shape, MISSING, dtype=np.int64)
    where = (owner[order], place)
    for target, source in ((shown, data.shown), (best, data.best), (worst, data.worst)):
        target[where] = source[rows[order]]
    return Tasks(shown, best, worst)


def row_codes(rows: IntArray, n_items: int) -> IntArray:
    """Rows as single integers where these are large enough: np.unique is ten times faster on them."""
    base = n_items + 1
    if base ** rows.shape[1] >= 2**63:
        return rows
    return (rows + 1) @ (base ** np.arange(rows.shape[1], dtype=np.int64))


def _check(tasks: Tasks) -> None:
    """Raise for every task that cannot have happened."""
    if tasks.shown.shape[:-1] != tasks.best.shape or tasks.best.shape != tasks.worst.shape:
        raise TaskDataError("shown, best and worst differ in their number of tasks.")
    in_order = np.sort(tasks.shown, axis=-1)
    twice = ((in_order[..., 1:] == in_order[..., :-1]) & (in_order[..., 1:] != MISSING)).any(axis=-1)
    same = (tasks.best == tasks.worst) & (tasks.best != MISSING)
    mistakes = [
        (twice, "an item is shown twice."),
        (_not_shown(tasks.shown, tasks.best), "the best item was not shown."),
        (_not_shown(tasks.shown, tasks.worst), "the worst item was not shown."),
        (same, "best and worst are the same item."),
    ]
    problems = [
        Problem(what, f"task {row + 1}") for wrong, what in mistakes for row in np.flatnonzero(wrong.ravel()).tolist()
    ]
    if problems:
        raise TaskDataError(problems[:MOST_PROBLEMS_NAMED])


def _not_shown(shown: IntArray, pick: IntArray) -> BoolArray:
    return (pick != MISSING) & ~(shown == pick[..., None]).any(axis=-1)
