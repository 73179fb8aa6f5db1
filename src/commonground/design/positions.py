"""The order within tasks: every item in every position equally often, exactly wherever numbers allow.

One position after the other is filled by a flow that gives each task one of its remaining items and each item its fair
share, rounded down or up – in every version and over all of them. Spreading each item evenly is a fractional such flow,
so a whole-numbered one exists (Ford & Fulkerson 1962, I.9–10; de Werra 1971 on equitable edge colourings): no search
and no luck. For a symmetric design the result is a Youden square (Smith & Hartley 1948, *Journal of the Royal
Statistical Society B* 10, 262–263).
"""

from collections import Counter
from collections.abc import Sequence

from commonground.records.design import Task


class _Network:
    """A flow network with arcs that must carry at least and may carry at most so much (Dinic 1970)."""

    def __init__(self) -> None:
        self.arcs_of: list[list[int]] = []
        self.head: list[int] = []
        self.room: list[int] = []
        self.level: list[int] = []

    def node(self) -> int:
        self.arcs_of.append([])
        return len(self.arcs_of) - 1

    def arc(self, tail: int, head: int, room: int) -> int:
        """Add an arc and its reverse; its number is even, the reverse is one more."""
        for start, end, space in ((tail, head, room), (head, tail, 0)):
            self.arcs_of[start].append(len(self.head))
            self.head.append(end)
            self.room.append(space)
        return len(self.head) - 2

    def fill(self, source: int, sink: int) -> None:
        """Send as much as possible."""
        while self._layered(source, sink):
            following = [0] * len(self.arcs_of)
            while path := self._path(source, sink, following):
                sent = min(self.room[arc] for arc in path)
                for arc in path:
                    self.room[arc] -= sent
                    self.room[arc ^ 1] += sent

    def _layered(self, source: int, sink: int) -> bool:
        self.level = [-1] * len(self.arcs_of)
        self.level[source] = 0
        queue = [source]
        for node in queue:
            for arc in self.arcs_of[node]:
                if self.room[arc] and self.level[self.head[arc]] < 0:
                    self.level[self.head[arc]] = self.level[node] + 1
                    queue.append(self.head[arc])
        return self.level[sink] >= 0

    def _path(self, source: int, sink: int, following: list[int]) -> list[int]:
        """The next path through the layers; `following` remembers which arcs are exhausted."""
        path: list[int] = []
        node = source
        while node != sink:
            if following[node] == len(self.arcs_of[node]):
                if not path:
                    return []
                node = self.head[path.pop() ^ 1]
                following[node] += 1
                continue
            arc = self.arcs_of[node][following[node]]
            if self.room[arc] and self.level[self.head[arc]] == self.level[node] + 1:
                path.append(arc)
                node = self.head[arc]
            else:
                following[node] += 1
        return path


def _fair_arc(network: _Network, tail: int, head: int, share: tuple[int, int], ends: tuple[int, int]) -> None:
    """An arc that must carry `share` rounded down and may carry it rounded up; `ends` settle the obligation."""
    whole, rest = divmod(*share)
    network.arc(tail, head, 1 if rest else 0)
    if whole:
        network.arc(ends[0], head, whole)
        network.arc(tail, ends[1], whole)


def _fill_position(left: Sequence[Sequence[set[int]]], positions: int) -> list[list[int]]:
    """One item for each task of each version, out of what is left, when so many positions are still open."""
    network = _Network()
    start, sink, source, goal = (network.node() for _ in range(4))
    network.arc(sink, start, sum(map(len, left)))
    totals: Counter[int] = Counter(item for version in left for task in version for item in task)
    stations = {item: network.node() for item in sorted(totals)}
    for item, total in totals.items():
        _fair_arc(network, stations[item], sink, (total, positions), (source, goal))
    choices: list[list[dict[int, int]]] = []
    for version in left:
        counts = Counter(item for task in version for item in task)
        stops = {item: network.node() for item in sorted(counts)}
        for item, count in counts.items():
            _fair_arc(network, stops[item], stations[item], (count, positions), (source, goal))
        choices.append([])
        for task in version:
            box = network.node()
            network.arc(source, box, 1)
            network.arc(start, goal, 1)
            choices[-1].append({network.arc(box, stops[item], 1): item for item in sorted(task)})
    network.fill(source, goal)
    return [
        [next(item for arc, item in task.items() if network.room[arc] == 0) for task in version] for version in choices
    ]


def in_positions(versions: Sequence[Sequence[frozenset[int]]]) -> tuple[tuple[Task, ...], ...]:
    """Order the items of every task so that each stands in each position equally often, ±1 where it must be.

    Parameters
    ----------
    versions : sequence of sequence of frozenset of int
        The tasks of each version, all of the same size.

    Returns
    -------
    tuple of tuple of Task
        The same tasks in the same order; the times an item stands in a position differ by at most one between
        positions, within every version and over all versions.

    Examples
    --------
    >>> (square,) = in_positions([[frozenset({0, 1}), frozenset({1, 2}), frozenset({0, 2})]])
    >>> sorted(task[0] for task in square)
    [0, 1, 2]
    """
    left = [[set(task) for task in version] for version in versions]
    ordered: list[list[list[int]]] = [[[] for _ in version] for version in versions]
    size = max((len(task) for version in left for task in version), default=0)
    for positions in range(size, 0, -1):
        for number, version in enumerate(_fill_position(left, positions)):
            for place, item in enumerate(version):
                ordered[number][place].append(item)
                left[number][place].remove(item)
    return tuple(tuple(tuple(task) for task in version) for version in ordered)
