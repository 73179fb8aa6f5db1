"""Building: a balanced design where there is one, else the nearest with words for what it lacks."""

import pytest

from commonground.design.audit import audit
from commonground.design.balanced import balanced_designs, fewest_tasks
from commonground.design.build import build_design
from commonground.records.errors import RequestError


def test_the_same_seed_gives_the_same_design():
    assert build_design(14, 4, tasks=9, versions=3, repeat=True, seed=5) == build_design(
        14, 4, tasks=9, versions=3, repeat=True, seed=5
    )
    assert build_design(14, 4, tasks=9, seed=5) != build_design(14, 4, tasks=9, seed=6)


def test_fifteen_items_in_twelve_tasks_of_five_falls_back_with_words():
    design = build_design(15, 5, tasks=12)
    report = audit(design)
    assert not report.balanced
    assert (report.appearances.min, report.appearances.max) == (4, 4)
    assert report.connected
    assert report.efficiency > 0.98
    assert "No balanced design has 12 tasks of 5 for 15 items" in design.notes[0]
    assert any("stand together unequally often" in note for note in design.notes)
    assert any("42 tasks" in note for note in design.notes)


@pytest.mark.parametrize(
    ("numbers", "words"),
    [
        ((15, 5, 21), "Hall & Connor"),
        ((22, 8, 33), "Bilous"),
        ((21, 6, 14), "at least as many tasks as items"),
        ((10, 4, 7), "do not divide evenly"),
        ((5, 5, 3), "shows all items"),
    ],
)
def test_the_reason_is_given(numbers, words):
    items, per_task, tasks = numbers
    assert words in build_design(items, per_task, tasks=tasks).notes[0]


def test_too_few_places_are_said_to_be_too_few():
    design = build_design(10, 3, tasks=2)
    assert any("4 of 10 items cannot appear at all" in note for note in design.notes)


def test_a_repeat_is_drawn_for_each_version():
    design = build_design(11, 5, versions=40, repeat=True, seed=3)
    assert {task for task in design.repeats if task is not None} == set(range(9)), "the last two stand too near the end"
    assert build_design(4, 3, tasks=2, repeat=True).repeats == (0,), "a short design still repeats a task"
    assert build_design(11, 5).repeats == (None,)


def test_versions_of_a_balanced_design_are_all_balanced_and_different():
    design = build_design(13, 4, versions=3)
    tasks = [{frozenset(task) for task in version} for version in design.versions]
    assert tasks[0] != tasks[1] != tasks[2]
    assert audit(design).co_appearances_each.min == audit(design).co_appearances_each.max == 1


@pytest.mark.parametrize(("items", "per_task", "tasks"), [(12, 4, 9), (17, 4, 17), (40, 5, 24), (37, 10, 12)])
def test_without_a_small_balanced_design_items_appear_three_times_or_a_little_more(items, per_task, tasks):
    assert build_design(items, per_task).tasks == tasks


@pytest.mark.parametrize(
    ("request_", "words"),
    [
        ({"items": 4, "per_task": 5}, "cannot show 5 of 4"),
        ({"items": 4, "per_task": 1}, "nothing to choose"),
        ({"items": 4, "per_task": 2, "tasks": 0}, "0 tasks"),
        ({"items": 4, "per_task": 2, "versions": 0}, "0 versions"),
    ],
)
def test_only_the_impossible_is_refused_with_a_way_out(request_, words):
    with pytest.raises(RequestError, match=words) as refusal:
        build_design(**request_)
    assert all(problem.mend for problem in refusal.value.problems)


def test_every_balanced_design_on_offer_is_built_when_its_tasks_are_asked_for():
    for offer in balanced_designs(16):
        if offer.tasks <= 40:
            design = build_design(16, offer.per_task, tasks=offer.tasks)
            assert design.notes == ()
            assert audit(design).balanced
            assert audit(design).co_appearances.min == offer.co_appearances


def test_fewest_tasks_skips_what_does_not_exist():
    assert fewest_tasks(22, 7).parameters.tasks == 44
    assert fewest_tasks(17, 7) is None
