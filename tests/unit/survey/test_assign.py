import pytest

from commonground.records.design import Design
from commonground.records.study import DesignPlan, RepeatRule, Study
from commonground.survey.assign import assign

SQUARE = tuple(tuple((start + step) % 11 for step in (0, 2, 3, 4, 8)) for start in range(11))
"""The cyclic design of 11 tasks of 5: every item once in every position."""


def youden(versions: int = 1, repeat: int | None = None) -> Design:
    return Design(11, (SQUARE,) * versions, (repeat,) * versions, source="difference set modulo 11")


def planned(study: Study, **changes: object) -> Study:
    return study.model_copy(update={"design": DesignPlan.model_validate(changes)})


def test_everyone_sees_every_task_of_the_design_once_and_one_twice(study: Study) -> None:
    tasks = assign(study, youden(), seed=3).tasks
    assert [task.shown_order for task in tasks] == list(range(1, 13))
    assert sorted(task.task for task in tasks) == list(range(1, 13))
    shown = {task.task: task for task in tasks}
    for number, block in enumerate(SQUARE, start=1):
        assert set(shown[number].items) == {study.items[item].id for item in block}


def test_one_permutation_of_positions_keeps_the_position_balance(study: Study) -> None:
    scored = [task for task in assign(study, youden(), seed=5).tasks if not task.repeat_of]
    for place in range(5):
        assert len({task.items[place] for task in scored}) == 11


def test_the_record_of_chance_rebuilds_what_was_shown(study: Study) -> None:
    assignment = assign(study, youden(), seed=11)
    scored = [task for task in assignment.tasks if not task.repeat_of]
    assert tuple(task.task for task in scored) == assignment.task_order
    for task in scored:
        block = SQUARE[task.task - 1]
        assert task.items == tuple(study.items[block[place]].id for place in assignment.position_order)


@pytest.mark.parametrize("seed", range(20))
def test_the_repeat_looks_like_its_twin_and_keeps_its_distance(study: Study, seed: int) -> None:
    tasks = assign(study, youden(), seed=seed).tasks
    (again,) = [task for task in tasks if task.repeat_of]
    (twin,) = [task for task in tasks if task.task == again.repeat_of]
    assert again.items == twin.items
    assert again.task == 12
    assert again.shown_order - twin.shown_order >= 3


@pytest.mark.parametrize("seed", range(20))
def test_the_design_may_say_which_task_repeats(study: Study, seed: int) -> None:
    tasks = assign(study, youden(repeat=6), seed=seed).tasks
    (again,) = [task for task in tasks if task.repeat_of]
    (twin,) = [task for task in tasks if task.task == 7]
    assert again.repeat_of == 7
    assert again.shown_order - twin.shown_order >= 3


def test_a_study_may_do_without_a_repeat(study: Study) -> None:
    plan = planned(study, repeat=RepeatRule(count=0))
    assert len(assign(plan, youden(repeat=2), seed=1).tasks) == 11


def test_a_distance_no_sequence_has_room_for_puts_the_repeat_last(study: Study) -> None:
    tasks = assign(planned(study, repeat=RepeatRule(distance=50)), youden(), seed=1).tasks
    assert tasks[-1].repeat_of == tasks[0].task


def test_without_shuffling_the_design_is_shown_as_it_stands(study: Study) -> None:
    plan = planned(study, shuffle_tasks=False, shuffle_positions=False, repeat=RepeatRule(count=0))
    assignment = assign(plan, youden(), seed=9)
    assert assignment.task_order == tuple(range(1, 12))
    assert assignment.tasks[0].items == tuple(study.items[item].id for item in SQUARE[0])


def test_consecutive_seeds_take_the_versions_in_turn(study: Study) -> None:
    assert [assign(study, youden(versions=3), seed=seed).version for seed in range(6)] == [1, 2, 3, 1, 2, 3]


def test_every_task_is_the_repeated_one_for_somebody(study: Study) -> None:
    repeated = {assign(study, youden(), seed=seed).tasks for seed in range(150)}
    assert {task.repeat_of for tasks in repeated for task in tasks if task.repeat_of} == set(range(1, 12))


def test_a_design_for_other_items_is_refused(study: Study) -> None:
    with pytest.raises(ValueError, match="the design is for 3 items, the study has 11"):
        assign(study, Design(3, (((0, 1), (1, 2)),), (None,), source="tiny"), seed=1)
