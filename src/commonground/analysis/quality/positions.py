"""Straight-lining: picking by where an item stands instead of by what it is.

Whoever picks at random picks each of k positions with probability 1/k in every task. How often the most frequent
position comes up then has tail probability Σ_p P(N_p ≥ m), N_p the number of tasks in which position p is picked: exact
where m is more than half the tasks (no two positions can both come up so often), an upper bound below that. For one
position in all of T tasks it is k · k^(−T) = k^(1−T).
"""

from dataclasses import dataclass

import numpy as np

from commonground.analysis.quality.records import PositionRun
from commonground.likelihood.tasks import Tasks
from commonground.records.choices import MISSING, FloatArray, IntArray


@dataclass(frozen=True, slots=True)
class Positions:
    """Everybody's most frequent position.

    Parameters
    ----------
    position, times, of : (n_people,) int
        Position from 1; 0 of 0 where nothing was picked.
    chance : (n_people,) float
    """

    position: IntArray
    times: IntArray
    of: IntArray
    chance: FloatArray

    def run(self, person: int) -> PositionRun | None:
        """One person's, or None where nothing was picked."""
        if self.of[person] == 0:
            return None
        return PositionRun(
            int(self.position[person]), int(self.times[person]), int(self.of[person]), float(self.chance[person])
        )


def most_frequent(tasks: Tasks, picked: IntArray) -> Positions:
    """The position each person picked most often, and how likely chance is to do the like.

    Parameters
    ----------
    tasks : Tasks
        One leading axis: people.
    picked : (n_people, n_tasks) int
        `tasks.best` or `tasks.worst`.

    Examples
    --------
    >>> tasks = Tasks([[[0, 1, 2], [3, 0, 1], [2, 3, 0]]], best=[[0, 3, 2]], worst=[[1, 1, 3]])
    >>> most_frequent(tasks, tasks.best).run(0)
    PositionRun(position=1, times=3, of=3, chance=0.1111111111111111)
    """
    asked = picked != MISSING
    chosen = (tasks.shown == picked[..., None]) & asked[..., None]
    often = chosen.sum(axis=-2)
    times = often.max(axis=-1, initial=0)
    return Positions(
        position=np.where(times > 0, often.argmax(axis=-1) + 1, 0) if often.size else np.zeros_like(times),
        times=times,
        of=asked.sum(axis=-1),
        chance=_tail((tasks.shown != MISSING) & asked[..., None], times),
    )


def _tail(there: np.ndarray[tuple[int, ...], np.dtype[np.bool_]], times: IntArray) -> FloatArray:
    """Σ over positions of the probability to be picked `times` or more, by counting task after task."""
    people, tasks, positions = there.shape
    sizes = np.maximum(there.sum(axis=-1), 1)
    total = np.zeros(people)
    for position in range(positions):
        hit = there[..., position] / sizes
        count = np.zeros((people, tasks + 1))  # probability of 0, 1, 2 … hits so far
        count[:, 0] = 1.0
        for task in range(tasks):
            moved = count[:, :-1] * hit[:, task, None]
            count *= 1 - hit[:, task, None]
            count[:, 1:] += moved
        total += np.where(np.arange(tasks + 1) >= times[:, None], count, 0.0).sum(axis=1)
    return np.minimum(total, 1.0)
