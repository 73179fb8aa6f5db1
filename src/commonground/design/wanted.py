"""What the searches for tasks are asked for, and whose turn it is in the next version."""

from collections.abc import Callable, Collection
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from commonground.design.prohibited import Pair

IntArray = NDArray[np.int64]
Progress = Callable[[int, int], None]
"""Told how many versions are done, and of how many."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """The numbers a design is to have.

    Parameters
    ----------
    items, per_task, tasks, versions : int
        per_task ≤ items; tasks in each version.
    prohibited : collection of (int, int)
        Pairs of items, from 0, to be kept apart. A search does what it can, and a caller checks what it could not.
    """

    items: int
    per_task: int
    tasks: int
    versions: int = 1
    prohibited: Collection[Pair] = ()

    @property
    def places(self) -> int:
        """How many items all tasks of a version show together."""
        return self.tasks * self.per_task


def behind(shown: IntArray, rng: np.random.Generator) -> IntArray:
    """The items in the order of their turn: those shown less often first, equals in random order.

    Parameters
    ----------
    shown : (items,) int
        How often each was shown so far.
    rng : numpy.random.Generator

    Examples
    --------
    >>> behind(np.array([2, 0, 1]), np.random.default_rng(1)).tolist()
    [1, 2, 0]
    """
    return np.lexsort((rng.random(shown.size), shown))
