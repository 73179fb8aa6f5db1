"""What a design achieves: how often items and pairs appear, how precise it is, and whether it will do."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from commonground.design.parts import parts_of
from commonground.design.wording import minutes, named_pairs, times
from commonground.records.design import Design, Task
from commonground.records.sheet import Column, Sheet
from commonground.records.tabular import Tabular

IntArray = NDArray[np.int64]
FloatArray = NDArray[np.float64]
Pair = tuple[int, int]

_ENOUGH_EFFICIENCY = 0.9
_ENOUGH_APPEARANCES = 2


class Fitness(StrEnum):
    """Whether a design will do."""

    GOOD = "good"
    WARNING = "usable with a warning"
    UNUSABLE = "not usable"


@dataclass(frozen=True, slots=True)
class Span:
    """The smallest and the largest of several counts."""

    min: int
    max: int

    @property
    def equal(self) -> bool:
        """Whether all counts are the same."""
        return self.min == self.max


@dataclass(frozen=True, slots=True, repr=False)
class DesignAudit(Tabular):
    """The figures of a design; repeats count in none of them.

    Parameters
    ----------
    balanced : bool
        True only for a balanced incomplete block design.
    appearances, co_appearances, positions : Span
        Over all versions: times an item is shown, a pair stands together in a task, an item stands in a position.
    appearances_each, co_appearances_each : Span
        The same within a version, for what one respondent sees.
    connected : bool
        Whether every item can be compared with every other through a chain of tasks.
    connected_each : bool
        Whether that is so within every version, for one respondent's answers alone.
    efficiency : float
        0–1. D-efficiency for equal utilities: the geometric mean of the v − 1 eigenvalues of the item information
        matrix that a connected design has above zero, over their value in a perfectly balanced design of the same
        size, existing or not. 0 if not connected.
    prohibited_together : tuple of (int, int)
        Pairs that were to be kept apart and stand together in a task all the same.
    status : Fitness
    reason : str
        Why it has that status, in words.
    words : tuple of str
        The figures and, unless it is good, the status in sentences.
    """

    balanced: bool
    appearances: Span
    co_appearances: Span
    positions: Span
    appearances_each: Span
    co_appearances_each: Span
    connected: bool
    connected_each: bool
    efficiency: float
    prohibited_together: tuple[Pair, ...]
    status: Fitness
    reason: str
    words: tuple[str, ...]

    def sheets(self) -> tuple[Sheet, ...]:
        """One table, `counts`: the smallest and the largest of each count."""
        counts = {
            "times an item is shown": self.appearances,
            "times a pair stands together": self.co_appearances,
            "times an item stands in a position": self.positions,
            "times one respondent sees an item": self.appearances_each,
            "times one respondent sees a pair": self.co_appearances_each,
        }
        caption = f"The design is {self.status.value}, D-efficiency {self.efficiency:.3f}"
        columns = (Column("count", "count"), Column("min", "least"), Column("max", "most"))
        rows = tuple({"count": words, "min": span.min, "max": span.max} for words, span in counts.items())
        return (Sheet("counts", caption, columns, rows, self.words),)


@dataclass(frozen=True, slots=True)
class _Sized:
    """The tasks of one size: their version and their items in shown order."""

    version: IntArray
    items: IntArray

    def pairs(self, items: int) -> IntArray:
        """Every pair of items of every task as one number, smaller · items + larger: (tasks, pairs of a task)."""
        one, other = np.triu_indices(self.items.shape[1], 1)
        ordered = np.sort(self.items, axis=1)
        return ordered[:, one] * items + ordered[:, other]


def _by_size(design: Design) -> list[_Sized]:
    numbered = [(len(task), number, task) for number, version in enumerate(design.versions) for task in version]
    numbered.sort(key=lambda entry: entry[0])
    groups = (list(group) for _, group in groupby(numbered, key=lambda entry: entry[0]))
    return [
        _Sized(np.array([number for _, number, _ in group]), np.array([task for *_, task in group])) for group in groups
    ]


def _span(counts: IntArray) -> Span:
    return Span(int(counts.min()), int(counts.max()))


def _counted(codes: IntArray, possible: int) -> Span:
    """How often the same code occurs; those of the possible ones that never do count as 0."""
    counts = np.unique(codes, return_counts=True)[1]
    return Span(0 if counts.size < possible else int(counts.min()), int(counts.max(initial=0)))


def position_counts(design: Design) -> IntArray:
    """Times each item (row) stands in each position (column), over all versions."""
    counts = np.zeros((design.items, design.per_task), dtype=np.int64)
    for sized in _by_size(design):
        for position in range(sized.items.shape[1]):
            np.add.at(counts[:, position], sized.items[:, position], 1)
    return counts


def efficiency(design: Design) -> float:
    """D-efficiency for equal utilities, 0–1; see `DesignAudit`. The design must be connected.

    The information about the utilities from one choice among k equal items is I/k − 11'/k² on the items shown
    (Train 2009, *Discrete Choice Methods*, 3.7); a balanced design spreads its trace equally over v − 1 directions.
    Over that share the matrix has the eigenvalue 0 for the constant vector alone; with 11'/v added it has 1 there, so
    the determinant is the product of the other eigenvalues.

    Examples
    --------
    >>> from commonground.records.design import Design
    >>> efficiency(Design(3, (((0, 1), (1, 2), (2, 0)),), (None,), "all pairs"))
    1.0
    """
    items = design.items
    lower = np.zeros(items * items)  # all that a Cholesky decomposition looks at; 5,000 items are 200 MB
    trace = 0.0
    for sized in _by_size(design):
        size = sized.items.shape[1]
        smaller, larger = np.divmod(sized.pairs(items).ravel(), items)
        np.subtract.at(lower, larger * items + smaller, 1 / size**2)
        np.add.at(lower, sized.items.ravel() * (items + 1), (size - 1) / size**2)
        trace += len(sized.items) * (size - 1) / size
    lower *= (items - 1) / trace
    lower += 1 / items
    roots = np.diag(np.linalg.cholesky(lower.reshape(items, items)))
    return min(round(float(np.exp(2 * np.log(roots).sum() / (items - 1))), 12), 1.0)


def _tasks(design: Design) -> Iterator[Task]:
    return (task for version in design.versions for task in version)


def audit(design: Design, prohibited: Collection[Pair] = ()) -> DesignAudit:
    """Count what a design achieves.

    Parameters
    ----------
    design : Design
    prohibited : collection of (int, int)
        Pairs of items, from 0, that were to be kept apart.

    Returns
    -------
    DesignAudit

    Examples
    --------
    >>> from commonground.records.design import Design
    >>> fano = ((0, 1, 3), (1, 2, 4), (2, 3, 5), (3, 4, 6), (4, 5, 0), (5, 6, 1), (6, 0, 2))
    >>> report = audit(Design(items=7, versions=(fano,), repeats=(None,), source="a plane"))
    >>> report.balanced, report.appearances.min, report.co_appearances.max, report.words[0]
    (True, 3, 1, '7 tasks of 3.')
    """
    items, versions, sizes = design.items, len(design.versions), _by_size(design)
    shown = np.concatenate([sized.items.ravel() for sized in sizes])
    shown_each = np.concatenate([(sized.version[:, None] * items + sized.items).ravel() for sized in sizes])
    codes = np.concatenate([sized.pairs(items).ravel() for sized in sizes])
    codes_each = np.concatenate([(sized.version[:, None] * items**2 + sized.pairs(items)).ravel() for sized in sizes])
    all_pairs = items * (items - 1) // 2
    appearances, pairs = _span(np.bincount(shown, minlength=items)), _counted(codes, all_pairs)
    connected = not parts_of(_tasks(design), items).any()
    figures = _Figures(
        appearances_each=_counted(shown_each, versions * items),
        pairs_each=_counted(codes_each, versions * all_pairs),
        connected=connected,
        connected_each=connected and not any(parts_of(version, items).any() for version in design.versions),
        precision=efficiency(design) if connected else 0.0,
        broken=tuple(sorted({_ordered(pair) for pair in prohibited if _code(pair, items) in set(codes.tolist())})),
    )
    status, reason = _status(figures)
    return DesignAudit(
        balanced=len(sizes) == 1
        and appearances.equal
        and pairs.equal
        and pairs.min > 0
        and design.per_task < design.items,
        appearances=appearances,
        co_appearances=pairs,
        positions=_span(position_counts(design)),
        appearances_each=figures.appearances_each,
        co_appearances_each=figures.pairs_each,
        connected=connected,
        connected_each=figures.connected_each,
        efficiency=figures.precision,
        prohibited_together=figures.broken,
        status=status,
        reason=reason,
        words=_words(design, figures, status, reason),
    )


@dataclass(frozen=True, slots=True)
class _Figures:
    """What the status depends on."""

    appearances_each: Span
    pairs_each: Span
    connected: bool
    connected_each: bool
    precision: float
    broken: tuple[Pair, ...]


def _ordered(pair: Pair) -> Pair:
    return min(pair), max(pair)


def _code(pair: Pair, items: int) -> int:
    return min(pair) * items + max(pair)


def _status(figures: _Figures) -> tuple[Fitness, str]:
    """Whether the design will do, and the first reason that decides it."""
    if not figures.connected:
        return (
            Fitness.UNUSABLE,
            "some items can never be compared with the others, not even through a chain of tasks.",
        )
    doubts = (
        (bool(figures.broken), f"items stand together that were to be kept apart: {named_pairs(figures.broken)}."),
        (
            figures.appearances_each.min < _ENOUGH_APPEARANCES,
            "one person sees some items less than twice, so only groups can be described.",
        ),
        (
            not figures.connected_each,
            "one person's answers do not compare all items, not even by a chain, so only groups can be described.",
        ),
        (
            figures.precision < _ENOUGH_EFFICIENCY,
            f"it is only {figures.precision:.0%} as precise as a balanced design would be.",
        ),
    )
    for doubtful, why in doubts:
        if doubtful:
            return Fitness.WARNING, why
    return Fitness.GOOD, (
        "every item can be compared with every other, everyone sees every item at least twice, and it is "
        f"{figures.precision:.0%} as precise as a balanced design."
    )


def _words(design: Design, figures: _Figures, status: Fitness, reason: str) -> tuple[str, ...]:
    shown = design.tasks + (1 if any(repeat is not None for repeat in design.repeats) else 0)
    appearances, pairs = figures.appearances_each, figures.pairs_each
    words = (
        f"{design.tasks} task{'s' if design.tasks > 1 else ''} of {design.per_task}.",
        f"Everyone sees every item {times(appearances.min, appearances.max)} "
        f"and every pair {times(pairs.min, pairs.max)}."
        if appearances.min
        else f"One person sees an item {times(0, appearances.max)}.",
        f"About {minutes(shown, design.per_task)}.",
    )
    return words if status is Fitness.GOOD else (*words, f"{status.value.capitalize()}: {reason}")
