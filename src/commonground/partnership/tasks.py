"""What everybody is asked: a usable set of tasks for any list of 6 to 16 items, about six minutes long."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from commonground.design.build import build_design
from commonground.records.design import Design
from commonground.records.errors import Problem, SettingError
from commonground.records.sessions import Assignment
from commonground.records.study import RepeatRule
from commonground.simulation.answer import bare_study
from commonground.survey.assign import assign

FEWEST_ITEMS, MOST_ITEMS = 6, 16
SECONDS_AN_ITEM = 6.0
"""Plausible, not measured: twelve tasks of five take about six minutes."""

SHAPES: Mapping[int, tuple[int, int]] = {
    6: (3, 10),
    7: (4, 7),
    8: (4, 14),
    9: (3, 12),
    10: (4, 15),
    11: (5, 11),
    12: (5, 12),
    13: (4, 13),
    14: (4, 14),
    15: (4, 15),
    16: (4, 16),
}
"""Items to (items a task, tasks): balanced where a balanced set stays under seven minutes; every item comes equally
often, at least four times, in all of them."""


@dataclass(frozen=True, slots=True)
class TaskPlan:
    """The tasks of a team.

    Parameters
    ----------
    design : Design
        One version, with the task that comes again.
    balanced : bool
        Whether every two items meet equally often.
    minutes : int
        About how long it takes, the repeated task included.
    """

    design: Design
    balanced: bool
    minutes: int


def plan_tasks(items: int, *, seed: int = 1) -> TaskPlan:
    """The tasks for a list of so many items: balanced where there is such a set, else as near as it gets.

    One task comes again on purpose, and people are told so; it is never counted.

    Parameters
    ----------
    items : int
        6 to 16.
    seed : int

    Raises
    ------
    SettingError
        If the list is shorter or longer.

    Examples
    --------
    >>> plan = plan_tasks(11)
    >>> plan.design.tasks, plan.design.per_task, plan.balanced, plan.minutes
    (11, 5, True, 6)
    """
    if items not in SHAPES:
        mend = "Add items." if items < FEWEST_ITEMS else "Take away, or join, what matters least."
        what = f"A list has {FEWEST_ITEMS} to {MOST_ITEMS} items, not {items}."
        raise SettingError([Problem(what, mend=mend)])
    per_task, tasks = SHAPES[items]
    design = build_design(items, per_task, tasks=tasks, repeat=True, seed=seed)
    minutes = round((tasks + 1) * per_task * SECONDS_AN_ITEM / 60)
    return TaskPlan(design, balanced=not design.notes, minutes=max(minutes, 1))


def tasks_of(plan: TaskPlan, items: Sequence[str], *, seed: int) -> Assignment:
    """The tasks of one person in the order they see them, the repeated one included.

    Parameters
    ----------
    plan : TaskPlan
    items : sequence of str
        Item ids, in the order of the list.
    seed : int
        At least 0; another one for each person.

    Examples
    --------
    >>> shown = tasks_of(plan_tasks(7), "abcdefg", seed=4).tasks
    >>> len(shown), sum(task.repeat_of > 0 for task in shown)
    (8, 1)
    """
    return assign(bare_study(items, RepeatRule(count=1)), plan.design, seed=seed)
