"""Designs for many items: nobody sees them all, and no pair stands together twice while that can be helped.

One version after the other is filled from the items that are behind, taking for each place one that has not yet met
the others of the task. Where there is none, two tasks of the version trade items so that no pair is repeated; where no
trade does it, the pair is. Who has met whom is one long whole number per item: a look at it costs next to nothing.
"""

from collections.abc import Collection, Iterator
from itertools import permutations

import numpy as np

from commonground.design.parts import parts_of
from commonground.design.prohibited import Pair
from commonground.design.wanted import IntArray, Progress, Wanted, behind

_NEARLY_ALL = 0.9
"""An item that has met this share of the others starts afresh."""


class _Meetings:
    """For each item, as bits, which items it must not meet: those it met in earlier versions, and prohibited ones."""

    def __init__(self, items: int, prohibited: Collection[Pair]) -> None:
        self.apart = [0] * items
        for one, other in prohibited:
            self.apart[one] |= 1 << other
            self.apart[other] |= 1 << one
        self.met = self.apart.copy()

    def remember(self, tasks: list[list[int]]) -> None:
        """Those of a task have now met."""
        enough = _NEARLY_ALL * len(self.met)
        for task in tasks:
            together = bits(task)
            for item in task:
                self.met[item] |= together & ~(1 << item)
                if self.met[item].bit_count() > enough:
                    self.met[item] = self.apart[item]


class _Version:
    """One version in the making: its tasks, and in which of them each item stands."""

    def __init__(self, meetings: _Meetings, tasks: int) -> None:
        self.meetings = meetings
        self.tasks: list[list[int]] = [[] for _ in range(tasks)]
        self.shown: list[int] = [0] * tasks
        self.stands: dict[int, list[int]] = {}

    def add(self, item: int, task: int) -> None:
        """Put the item into the task."""
        self.tasks[task].append(item)
        self.shown[task] |= 1 << item
        self.stands.setdefault(item, []).append(task)

    def clashes(self, item: int, task: int, leaving: int = 0, gone: int = -1) -> int:
        """How many of the task's items, without the bit that leaves, this one has met or must not meet.

        Its own task `gone`, which it would leave, counts as no meeting.
        """
        known = self.meetings.met[item]
        for other in self.stands.get(item, ()):
            if other not in {task, gone}:
                known |= self.shown[other]
        return (known & self.shown[task] & ~leaving & ~(1 << item)).bit_count()

    def clashes_traded(self, item: int, task: int, other: int, other_task: int) -> int | None:
        """The clashes of both items once they have traded places; None where a task would show one twice."""
        if self.shown[other_task] >> item & 1 or self.shown[task] >> other & 1:
            return None
        return self.clashes(item, other_task, 1 << other, task) + self.clashes(other, task, 1 << item, other_task)

    def squeeze(self, item: int, task: int) -> None:
        """Put an item that the task shows already into an earlier task, and one of that into this."""
        earlier, other = next(
            (earlier, other)
            for earlier in range(task)
            if not self.shown[earlier] >> item & 1
            for other in self.tasks[earlier]
            if not self.shown[task] >> other & 1
        )
        self.tasks[earlier].remove(other)
        self.shown[earlier] ^= 1 << other
        self.stands[other].remove(earlier)
        self.add(other, task)
        self.add(item, earlier)

    def trade(self, item: int, task: int, other: int, other_task: int) -> None:
        """Put each item in the place of the other."""
        for gone, come, where in ((item, other, task), (other, item, other_task)):
            self.tasks[where][self.tasks[where].index(gone)] = come
            self.shown[where] ^= 1 << gone | 1 << come
        self.stands[item].remove(task)
        self.stands[item].append(other_task)
        self.stands[other].remove(other_task)
        self.stands[other].append(task)


def bits(task: list[int]) -> int:
    """A set of items as one number."""
    together = 0
    for item in task:
        together |= 1 << item
    return together


def sparse_versions(
    wanted: Wanted, rng: np.random.Generator, progress: Progress | None = None
) -> list[list[frozenset[int]]]:
    """Tasks for each version, with pairs repeated as rarely as can be.

    Parameters
    ----------
    wanted : Wanted
        Fewer items in a task than there are.
    rng : numpy.random.Generator
    progress : callable, optional
        Told the versions done, and of how many.

    Returns
    -------
    list of list of frozenset of int
        Appearances equal ±1 in each version and over all; connected over the versions wherever there are tasks enough.

    Examples
    --------
    >>> from collections import Counter
    >>> [first, second] = sparse_versions(Wanted(200, 4, 50, 2), np.random.default_rng(1))
    >>> set(Counter(item for task in first + second for item in task).values())
    {2}
    """
    meetings = _Meetings(wanted.items, wanted.prohibited)
    shown = np.zeros(wanted.items, dtype=np.int64)
    made: list[_Version] = []
    for number in range(wanted.versions):
        queue = _queue(shown, wanted.places, rng)
        version = _filled(queue, wanted.per_task, wanted.tasks, meetings)
        _mend(version)
        meetings.remember(version.tasks)
        np.add.at(shown, queue, 1)
        made.append(version)
        if progress:
            progress(number + 1, wanted.versions)
    _connect(made, wanted.items)
    return [[frozenset(task) for task in version.tasks] for version in made]


def _queue(shown: IntArray, places: int, rng: np.random.Generator) -> IntArray:
    """The items to be shown in the next version, those behind first, each as often as any other ±1."""
    rounds = -(-places // shown.size)
    last = behind(shown, rng)[: places - (rounds - 1) * shown.size]
    return np.concatenate([*(rng.permutation(shown.size) for _ in range(rounds - 1)), rng.permutation(last)])


def _filled(queue: IntArray, per_task: int, tasks: int, meetings: _Meetings) -> _Version:
    """Fill place by place with the first item of the queue that has met nobody in the task."""
    version = _Version(meetings, tasks)
    waiting: list[int] = queue.tolist()
    for task in range(tasks):
        for _ in range(per_task):
            place = _next(version, waiting, task)
            if place is None:
                version.squeeze(waiting.pop(), task)
            else:
                version.add(waiting.pop(place), task)
    return version


def _next(version: _Version, waiting: list[int], task: int) -> int | None:
    """Where in the queue the item to take stands: the first that clashes with none, else one with the fewest clashes.

    None if all that wait are in the task already.
    """
    best, fewest = None, len(version.tasks[task]) + 1
    for place, item in enumerate(waiting):
        if version.shown[task] >> item & 1:
            continue
        clashes = version.clashes(item, task)
        if clashes == 0:
            return place
        if clashes < fewest:
            best, fewest = place, clashes
    return best


def _mend(version: _Version) -> None:
    """Trade items that clash with another of their task for ones of other tasks, as long as clashes become fewer."""
    for _ in range(_MENDINGS):
        clashing = [
            (item, task) for task, shown in enumerate(version.tasks) for item in shown if version.clashes(item, task)
        ]
        if not [True for item, task in clashing if item in version.tasks[task] and _eased(version, item, task)]:
            return


def _eased(version: _Version, item: int, task: int) -> bool:
    """Make the first trade of this item that leaves fewer clashes; False if there is none."""
    mine = version.clashes(item, task)
    for other_task, shown in enumerate(version.tasks):
        for other in shown:
            before = mine + version.clashes(other, other_task)
            after = version.clashes_traded(item, task, other, other_task)
            if after is not None and after < before:
                version.trade(item, task, other, other_task)
                return True
    return False


def _connect(made: list[_Version], items: int) -> None:
    """Join parts that share no item, by trades that repeat no pair."""
    part = _parts(made, items)
    for _ in range(_JOINS):
        if not part.any():
            return
        joined = next((after for after in _joining(made, part) if np.unique(after).size < np.unique(part).size), None)
        if joined is None:
            return
        part = joined


def _parts(made: list[_Version], items: int) -> IntArray:
    return parts_of((task for version in made for task in version.tasks), items)


def _joining(made: list[_Version], part: IntArray) -> Iterator[IntArray]:
    """Trade an item of a small part for one of another part, tell the parts there are then, and take it back."""
    tried = 0
    for version in made:
        for task, other_task in permutations(range(len(version.tasks)), 2):
            item, other = version.tasks[task][0], version.tasks[other_task][-1]
            if not part[item] or part[item] == part[other]:
                continue
            if version.clashes_traded(item, task, other, other_task) != 0:
                continue
            version.trade(item, task, other, other_task)
            yield _parts(made, part.size)
            version.trade(other, task, item, other_task)
            tried += 1
            if tried == _TRIES:
                return


_MENDINGS = 4
_JOINS = 200
_TRIES = 50
