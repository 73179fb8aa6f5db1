"""Which items can be compared at all: the connected parts of a design."""

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

IntArray = NDArray[np.int64]


def parts_of(tasks: Iterable[Sequence[int]], items: int) -> IntArray:
    """For each item the smallest item it can be compared with through a chain of tasks.

    Parameters
    ----------
    tasks : iterable of sequences of int
    items : int

    Returns
    -------
    (items,) int
        All 0 where every item can be compared with every other.

    Examples
    --------
    >>> parts_of([(0, 1), (2, 4), (1, 0)], 5).tolist()
    [0, 0, 2, 3, 2]
    """
    leader = list(range(items))

    def first_of(item: int) -> int:
        while leader[item] != item:
            leader[item] = leader[leader[item]]
            item = leader[item]
        return item

    for task in tasks:
        ends = {first_of(item) for item in task}
        smallest = min(ends)
        for end in ends:
            leader[end] = smallest
    return np.array([first_of(item) for item in range(items)])
