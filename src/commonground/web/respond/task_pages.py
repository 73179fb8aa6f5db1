"""Task pages: the cards of a study's tasks and of its practice."""

from commonground.records.sessions import Pick, ShownTask
from commonground.records.study import Study, WorkedExample
from commonground.web.look.marks import Card, Marks, item_cards


def stored_marks(pick: Pick | None) -> Marks:
    """The marks given before."""
    return Marks(pick.best, pick.worst) if pick else Marks()


def task_cards(study: Study, task: ShownTask, marks: Marks, *, document: str = "") -> list[Card]:
    """The cards of a task, in the order shown; `document` is the hash of what the study was read from, if known."""
    return item_cards((study.item(item) for item in task.items), marks, document=document)


def example_items(example: WorkedExample) -> tuple[str, ...]:
    """Ids of the practice items: their numbers."""
    return tuple(str(number) for number, _label in enumerate(example.items, start=1))


def example_cards(example: WorkedExample, marks: Marks) -> list[Card]:
    """The cards of the practice task."""
    return [
        Card(row, str(row), label, None, str(row) == marks.most, str(row) == marks.least)
        for row, label in enumerate(example.items, start=1)
    ]
