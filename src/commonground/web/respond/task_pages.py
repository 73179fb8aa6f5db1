"""Task pages: the cards with their two marks, and what a form sent for them."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.http import QueryDict

from commonground.records.sessions import Pick, ShownTask
from commonground.records.study import Study, WorkedExample
from commonground.records.words import Words


class TaskProblem(StrEnum):
    """What keeps a task from being answered."""

    NO_MOST = "no_most"
    NO_LEAST = "no_least"
    SAME = "same"


@dataclass(frozen=True, slots=True)
class Marks:
    """The two marks as they stand, chosen or not; ids of items, empty where nothing is marked."""

    most: str = ""
    least: str = ""

    def problems(self, *, best_only: bool = False) -> tuple[TaskProblem, ...]:
        """What is still needed; nothing when two different items are marked, or one where only the best is asked."""
        if best_only:
            return () if self.most else (TaskProblem.NO_MOST,)
        if self.most and self.most == self.least:
            return (TaskProblem.SAME,)
        missing = ((self.most, TaskProblem.NO_MOST), (self.least, TaskProblem.NO_LEAST))
        return tuple(problem for mark, problem in missing if not mark)


@dataclass(frozen=True, slots=True)
class Card:
    """One item as its template shows it; `row` counts from 1."""

    row: int
    item: str
    label: Words
    definition: Words | None
    is_most: bool
    is_least: bool

    @property
    def is_both(self) -> bool:
        """Whether the card carries both marks, which cannot be."""
        return self.is_most and self.is_least


def read_marks(sent: QueryDict, items: Sequence[str]) -> Marks:
    """The marks of a form; what is not among the items shown is no mark."""
    most, least = sent.get("most", ""), sent.get("least", "")
    return Marks(most if most in items else "", least if least in items else "")


def stored_marks(pick: Pick | None) -> Marks:
    """The marks given before."""
    return Marks(pick.best, pick.worst) if pick else Marks()


def task_cards(study: Study, task: ShownTask, marks: Marks) -> list[Card]:
    """The cards of a task, in the order shown."""
    items = [study.item(item) for item in task.items]
    return [
        Card(row, item.id, item.label, item.definition, item.id == marks.most, item.id == marks.least)
        for row, item in enumerate(items, start=1)
    ]


def example_items(example: WorkedExample) -> tuple[str, ...]:
    """Ids of the practice items: their numbers."""
    return tuple(str(number) for number, _label in enumerate(example.items, start=1))


def example_cards(example: WorkedExample, marks: Marks) -> list[Card]:
    """The cards of the practice task."""
    return [
        Card(row, str(row), label, None, str(row) == marks.most, str(row) == marks.least)
        for row, label in enumerate(example.items, start=1)
    ]
