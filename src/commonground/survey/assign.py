"""What chance decides for one respondent: version, order of tasks, order of positions, and the repeat."""

from typing import NamedTuple

import numpy as np

from commonground.records.design import Design, Task
from commonground.records.sessions import Assignment, ShownTask
from commonground.records.study import DesignPlan, Item, Study


def assign(study: Study, design: Design, *, seed: int) -> Assignment:
    """Draw one respondent's tasks.

    The order of the tasks is shuffled; one permutation is applied to the positions of all tasks, which keeps the
    position balance of the design. The repeated task (A-24) comes at least `study.design.repeat.distance` tasks after
    its twin, with the same items in the same order. Consecutive seeds take the versions in turn.

    Parameters
    ----------
    study : Study
        Gives the item ids and, in `study.design`, what is shuffled and whether a task repeats.
    design : Design
        `design.repeats` may name the task that repeats; otherwise it is drawn.
    seed : int
        At least 0. The same seed gives the same assignment.

    Returns
    -------
    Assignment
        The repeat carries the number after the last design task, and `repeat_of` its twin's.

    Raises
    ------
    ValueError
        If the design has another number of items than the study.

    Examples
    --------
    >>> items = [Item.model_construct(id=name) for name in "abcd"]
    >>> study = Study.model_construct(items=items, design=DesignPlan(per_task=2))
    >>> design = Design(4, (((0, 1), (1, 2), (2, 3), (3, 0)),), (None,), source="a ring")
    >>> assignment = assign(study, design, seed=7)
    >>> len(assignment.tasks), sorted(assignment.task_order), sorted(assignment.position_order)
    (5, [1, 2, 3, 4], [0, 1])
    """
    if design.items != len(study.items):
        raise ValueError(f"the design is for {design.items} items, the study has {len(study.items)}")
    rng = np.random.default_rng(seed)
    version = seed % len(design.versions)
    tasks, plan = design.versions[version], study.design
    order = _order(len(tasks), shuffle=plan.shuffle_tasks, rng=rng)
    positions = _order(design.per_task, shuffle=plan.shuffle_positions, rng=rng)
    order, repeat = _place_repeat(order, design.repeats[version], plan, rng)
    sequence = [(task, 0) for task in order]
    if repeat is not None:
        sequence.insert(repeat.place, (repeat.twin, repeat.twin + 1))
    return Assignment(
        seed=seed,
        version=version + 1,
        task_order=tuple(task + 1 for task in order),
        position_order=tuple(positions),
        tasks=tuple(
            ShownTask(
                shown_order=shown_order,
                version=version + 1,
                task=len(tasks) + 1 if repeat_of else task + 1,
                items=_item_ids(study.items, tasks[task], positions),
                repeat_of=repeat_of,
            )
            for shown_order, (task, repeat_of) in enumerate(sequence, start=1)
        ),
    )


class _Repeat(NamedTuple):
    """The 0-based task that comes twice, and where its second showing stands in the sequence."""

    twin: int
    place: int


def _order(size: int, *, shuffle: bool, rng: np.random.Generator) -> list[int]:
    return [int(place) for place in rng.permutation(size)] if shuffle else list(range(size))


def _place_repeat(
    order: list[int], named: int | None, plan: DesignPlan, rng: np.random.Generator
) -> tuple[list[int], _Repeat | None]:
    """The task order, changed where the named twin stood too late, and the repeat."""
    if not plan.repeat.count:
        return order, None
    latest = max(len(order) - plan.repeat.distance, 0)
    twin = int(rng.integers(latest + 1)) if named is None else order.index(named)
    if twin > latest and plan.shuffle_tasks:  # too late for the distance: change places with an earlier task
        earlier = int(rng.integers(latest + 1))
        order[earlier], order[twin] = order[twin], order[earlier]
        twin = earlier
    first = min(twin + plan.repeat.distance, len(order))
    return order, _Repeat(order[min(twin, len(order) - 1)], int(rng.integers(first, len(order) + 1)))


def _item_ids(items: tuple[Item, ...], task: Task, positions: list[int]) -> tuple[str, ...]:
    """The task's item ids in shown order; a smaller task passes over positions it does not have."""
    return tuple(items[task[place]].id for place in positions if place < len(task))
