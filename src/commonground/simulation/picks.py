"""How simulated people answer tasks: best out of what is shown, then worst out of the rest.

Each pick is the largest (for worst, the smallest) of utility plus fresh Gumbel noise, which gives exactly the
probabilities of `likelihood.sequential`. The noise is drawn anew for every task, so the same task shown twice need
not be answered alike.
"""

import numpy as np

from commonground.likelihood.tasks import Tasks
from commonground.records.choices import MISSING, FloatArray, IntArray


def draw_picks(utilities: FloatArray, shown: IntArray, rng: np.random.Generator) -> tuple[IntArray, IntArray]:
    """Draw everybody's best and worst in every task.

    Parameters
    ----------
    utilities : (n_people, n_items) float
    shown : (n_people, n_tasks, k) int
        Item indices; `MISSING` fills up smaller tasks, and whole tasks nobody is asked.
    rng : numpy.random.Generator

    Returns
    -------
    best, worst : (n_people, n_tasks) int
        Items, not positions; `MISSING` in an empty task, worst also in a task of one item.

    Examples
    --------
    >>> sure = np.array([[9.0, 0.0, -9.0]]) * 9
    >>> best, worst = draw_picks(sure, np.array([[[2, 0, 1], [1, 2, -1]]]), np.random.default_rng(1))
    >>> best.tolist(), worst.tolist()
    ([[0, 1]], [[2, 2]])
    """
    wanted = np.take_along_axis(utilities[:, None, :], np.maximum(shown, 0), axis=-1)
    there = shown != MISSING
    gains = np.where(there, wanted + rng.gumbel(size=shown.shape), -np.inf)
    losses = np.where(there, rng.gumbel(size=shown.shape) - wanted, -np.inf)
    best = gains.argmax(axis=-1)[..., None]
    np.put_along_axis(losses, best, -np.inf, axis=-1)
    worst = losses.argmax(axis=-1)[..., None]
    sizes = there.sum(axis=-1)
    return _items_at(shown, best, sizes >= 1), _items_at(shown, worst, sizes >= 2)


def answer_again(tasks: Tasks, utilities: FloatArray, rng: np.random.Generator) -> Tasks:
    """The same tasks answered by people with these utilities; what was not asked is left out again."""
    best, worst = draw_picks(utilities, tasks.shown, rng)
    asked_best, asked_worst = tasks.best != MISSING, tasks.worst != MISSING
    if (asked_worst & ~asked_best).any():  # worst alone is out of the whole task
        worst = np.where(asked_best, worst, draw_picks(-utilities, tasks.shown, rng)[0])
    return Tasks(tasks.shown, np.where(asked_best, best, MISSING), np.where(asked_worst, worst, MISSING))


def _items_at(shown: IntArray, position: IntArray, asked: np.ndarray[tuple[int, ...], np.dtype[np.bool_]]) -> IntArray:
    return np.where(asked, np.take_along_axis(shown, position, axis=-1)[..., 0], MISSING)
