"""What a design achieves: how often items and pairs appear, how precise it is, and whether it will do."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from commonground.design.wording import minutes, times
from commonground.records.design import Design

IntArray = NDArray[np.int64]
FloatArray = NDArray[np.float64]

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


@dataclass(frozen=True, slots=True)
class DesignAudit:
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
    efficiency : float
        0–1. D-efficiency for equal utilities: the geometric mean of the v − 1 eigenvalues of the item information
        matrix that a connected design has above zero, over their value in a perfectly balanced design of the same
        size, existing or not. 0 if not connected.
    status : Fitness
    words : tuple of str
        The same in sentences.
    """

    balanced: bool
    appearances: Span
    co_appearances: Span
    positions: Span
    appearances_each: Span
    co_appearances_each: Span
    connected: bool
    efficiency: float
    status: Fitness
    words: tuple[str, ...]


def incidence(design: Design) -> list[IntArray]:
    """For each version which item (column) is in which task (row): 0 or 1."""
    tables: list[IntArray] = []
    for version in design.versions:
        table = np.zeros((len(version), design.items), dtype=np.int64)
        for row, task in enumerate(version):
            table[row, list(task)] = 1
        tables.append(table)
    return tables


def _pairs(together: IntArray) -> Span:
    counts = together[np.triu_indices(len(together), 1)]
    return Span(int(counts.min()), int(counts.max()))


def _span(counts: IntArray) -> Span:
    return Span(int(counts.min()), int(counts.max()))


def position_counts(design: Design) -> IntArray:
    """Times each item (row) stands in each position (column), over all versions."""
    counts = np.zeros((design.items, design.per_task), dtype=np.int64)
    for version in design.versions:
        for task in version:
            counts[list(task), range(len(task))] += 1
    return counts


def efficiency(tables: list[IntArray]) -> float:
    """D-efficiency for equal utilities, 0–1; see `DesignAudit`.

    The information about the utilities from one choice among k equal items is I/k − 11'/k² on the items shown
    (Train 2009, *Discrete Choice Methods*, 3.7); a balanced design spreads its trace equally over v − 1 directions.

    Parameters
    ----------
    tables : list of (tasks, items) int
        Incidence tables, as from `incidence`.

    Examples
    --------
    >>> round(efficiency([np.array([[1, 1, 0], [0, 1, 1], [1, 0, 1]])]), 12)
    1.0
    """
    table = np.concatenate(tables).astype(np.float64)
    sizes = table.sum(axis=1, keepdims=True)
    information = np.diag((table / sizes).sum(axis=0)) - (table / sizes).T @ (table / sizes)
    eigenvalues = np.linalg.eigvalsh(information)[1:]
    average = float(np.trace(information)) / len(eigenvalues)
    if eigenvalues[0] < 1e-9 * average:
        return 0.0
    return round(float(np.exp(np.log(eigenvalues / average).mean())), 12)


def components(together: IntArray | FloatArray) -> IntArray:
    """For each item the smallest item it can be compared with through a chain of tasks."""
    reach = (together > 0) | np.eye(len(together), dtype=np.bool_)
    while True:
        further = reach @ reach
        if (further == reach).all():
            return reach.argmax(axis=1)
        reach = further


def audit(design: Design) -> DesignAudit:
    """Count what a design achieves.

    Parameters
    ----------
    design : Design

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
    tables = incidence(design)
    everything = np.concatenate(tables)
    together = everything.T @ everything
    appearances, pairs = _span(np.diag(together)), _pairs(together)
    each = [table.T @ table for table in tables]
    appearances_each = _joined([_span(np.diag(table)) for table in each])
    pairs_each = _joined([_pairs(table) for table in each])
    equal_sizes = bool((everything.sum(axis=1) == design.per_task).all())
    connected = bool((components(together) == 0).all())
    precision = efficiency(tables)
    return DesignAudit(
        balanced=equal_sizes and appearances.equal and pairs.equal and pairs.min > 0 and design.per_task < design.items,
        appearances=appearances,
        co_appearances=pairs,
        positions=_span(position_counts(design)),
        appearances_each=appearances_each,
        co_appearances_each=pairs_each,
        connected=connected,
        efficiency=precision,
        status=_status(connected, precision, appearances_each),
        words=_words(design, appearances_each, pairs_each, connected, precision),
    )


def _joined(spans: list[Span]) -> Span:
    return Span(min(span.min for span in spans), max(span.max for span in spans))


def _status(connected: bool, precision: float, appearances: Span) -> Fitness:
    if not connected:
        return Fitness.UNUSABLE
    enough = precision >= _ENOUGH_EFFICIENCY and appearances.min >= _ENOUGH_APPEARANCES
    return Fitness.GOOD if enough else Fitness.WARNING


def _words(design: Design, appearances: Span, pairs: Span, connected: bool, precision: float) -> tuple[str, ...]:
    shown = design.tasks + (1 if any(repeat is not None for repeat in design.repeats) else 0)
    words = [
        f"{design.tasks} task{'s' if design.tasks > 1 else ''} of {design.per_task}.",
        f"Everyone sees every item {times(appearances.min, appearances.max)} "
        f"and every pair {times(pairs.min, pairs.max)}."
        if appearances.min
        else f"One person sees an item {times(0, appearances.max)}.",
        f"About {minutes(shown, design.per_task)}.",
    ]
    if not connected:
        words.append("Not usable: some items can never be compared with the others, not even through a chain of tasks.")
    elif appearances.min < _ENOUGH_APPEARANCES:
        words.append(
            "Usable with a warning: one person sees some items less than twice, so only groups can be described."
        )
    elif precision < _ENOUGH_EFFICIENCY:
        words.append(f"Usable with a warning: it is only {precision:.0%} as precise as a balanced design would be.")
    return tuple(words)
