"""Whatever the design and the seed, an assignment shows what the design says and nothing else."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from commonground.records.design import Design
from commonground.records.study import DesignPlan, Item, RepeatRule, Study
from commonground.survey.assign import assign


@st.composite
def cases(draw: st.DrawFn) -> tuple[Study, Design, int]:
    items = draw(st.integers(4, 9))
    task = st.lists(st.integers(0, items - 1), min_size=2, max_size=4, unique=True).map(tuple)
    tasks = draw(st.lists(task, min_size=1, max_size=8).map(tuple))
    named = draw(st.none() | st.integers(0, len(tasks) - 1))
    plan = DesignPlan(
        repeat=RepeatRule(count=draw(st.sampled_from([0, 1])), distance=draw(st.integers(1, 5))),
        shuffle_tasks=draw(st.booleans()),
        shuffle_positions=draw(st.booleans()),
    )
    study = Study.model_construct(
        items=tuple(Item.model_construct(id=f"i{number}") for number in range(items)), design=plan
    )
    return study, Design(items, (tasks,), (named,), source="any"), draw(st.integers(0, 2**31))


@given(cases())
def test_every_task_once_and_the_repeat_twice(case: tuple[Study, Design, int]) -> None:
    study, design, seed = case
    assignment = assign(study, design, seed=seed)
    first = [task for task in assignment.tasks if not task.repeat_of]
    assert sorted(task.task for task in first) == list(range(1, design.tasks + 1))
    assert len(assignment.tasks) - len(first) == study.design.repeat.count
    wanted = Counter(frozenset(study.items[item].id for item in task) for task in design.versions[0])
    assert Counter(frozenset(task.items) for task in first) == wanted


@given(cases())
def test_the_distance_is_kept_wherever_chance_may_decide(case: tuple[Study, Design, int]) -> None:
    study, design, seed = case
    assignment = assign(study, design, seed=seed)
    free = study.design.shuffle_tasks or design.repeats[0] is None
    for again in assignment.tasks:
        if again.repeat_of:
            twin = next(task for task in assignment.tasks if task.task == again.repeat_of)
            assert again.items == twin.items
            wanted = min(study.design.repeat.distance, design.tasks) if free else 1
            assert again.shown_order - twin.shown_order >= wanted


@given(cases())
def test_the_same_seed_gives_the_same_tasks(case: tuple[Study, Design, int]) -> None:
    study, design, seed = case
    assert assign(study, design, seed=seed) == assign(study, design, seed=seed)
