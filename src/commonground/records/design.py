"""A design: which items stand together in which task, and in which order."""

from collections.abc import Iterator
from dataclasses import dataclass

from commonground.records.sheet import Column, Record, Sheet
from commonground.records.tabular import Tabular

Task = tuple[int, ...]
"""Item indices from 0, in the order shown."""


@dataclass(frozen=True, slots=True, repr=False)
class Design(Tabular):
    """The ordered tasks of every version.

    Parameters
    ----------
    items : int
        How many items there are; a task holds indices 0 … items − 1.
    versions : tuple of tuple of Task
        For each version its tasks in order; a task is a tuple of item indices in shown order.
        All tasks have the same size unless the design was imported.
    repeats : tuple of int or None
        For each version the 0-based task shown a second time, or None. A repeat is in no count.
    source : str
        How the design was found, with its citation.
    notes : tuple of str
        What a user must know of its imbalance, in plain words; empty for a balanced design.

    Raises
    ------
    ValueError
        If a task repeats an item or names one that does not exist.

    Examples
    --------
    >>> design = Design(items=3, versions=(((0, 1), (1, 2), (2, 0)),), repeats=(None,), source="all pairs")
    >>> design.per_task, design.tasks
    (2, 3)
    """

    items: int
    versions: tuple[tuple[Task, ...], ...]
    repeats: tuple[int | None, ...]
    source: str
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if len(self.repeats) != len(self.versions):
            raise ValueError("repeats needs one entry a version")
        for number, version in enumerate(self.versions, start=1):
            for place, task in enumerate(version, start=1):
                if len(set(task)) != len(task):
                    raise ValueError(f"version {number}, task {place} shows an item twice: {task}")
                if any(not 0 <= item < self.items for item in task):
                    raise ValueError(f"version {number}, task {place} names an item that does not exist: {task}")

    @property
    def per_task(self) -> int:
        """The size of the largest task."""
        return max(len(task) for version in self.versions for task in version)

    @property
    def tasks(self) -> int:
        """Tasks in a version (the most, where versions differ), without repeats."""
        return max(len(version) for version in self.versions)

    def sheets(self) -> tuple[Sheet, ...]:
        """One table, `tasks`: items as numbers from 1, in shown order; `repeated` marks the task shown twice."""
        versions = f"{len(self.versions)} versions of " if len(self.versions) > 1 else ""
        places = [Column(f"item_{place + 1}", f"item {place + 1}") for place in range(self.per_task)]
        front = (Column("version", "version"), Column("task", "task"))[0 if versions else 1 :]
        back = (Column("repeated", "shown twice"),) if any(one is not None for one in self.repeats) else ()
        caption = f"Design of {self.items} items: {versions}{self.tasks} tasks of {self.per_task} ({self.source})"
        return (Sheet("tasks", caption, (*front, *places, *back), tuple(self._rows()), self.notes),)

    def _rows(self) -> Iterator[Record]:
        for version, (tasks, repeat) in enumerate(zip(self.versions, self.repeats, strict=True), start=1):
            for place, task in enumerate(tasks):
                items = {f"item_{at}": item + 1 for at, item in enumerate(task, start=1)}
                yield {"version": version, "task": place + 1, **items, "repeated": place == repeat}
