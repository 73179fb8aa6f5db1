"""A usable set of tasks for every list, and a list that can be used."""

from collections import Counter

import pytest

from commonground.files.study import parse_study
from commonground.files.templates import template_text
from commonground.partnership.lists import check_list, compare_lists
from commonground.partnership.starter_texts import STARTER
from commonground.partnership.tasks import plan_tasks, tasks_of
from commonground.records.errors import RequestError, SettingError
from commonground.records.study import Item
from commonground.records.words import Words


@pytest.mark.parametrize("items", range(6, 17))
def test_every_list_has_tasks_in_which_every_item_comes_equally_often(items: int) -> None:
    plan = plan_tasks(items)
    appearances = Counter(item for task in plan.design.versions[0] for item in task)
    assert len(appearances) == items
    assert len(set(appearances.values())) == 1
    assert min(appearances.values()) >= 4
    assert 2 <= plan.minutes <= 7
    assert plan.balanced is (items in {6, 7, 8, 9, 10, 11, 13})


def test_one_task_comes_again_and_is_marked() -> None:
    shown = tasks_of(plan_tasks(11), "abcdefghijk", seed=3).tasks
    assert len(shown) == 12
    (again,) = [task for task in shown if task.repeat_of]
    (first,) = [task for task in shown if task.task == again.repeat_of]
    assert again.items == first.items


@pytest.mark.parametrize("items", [5, 17])
def test_a_list_too_short_or_too_long_is_refused_with_advice(items: int) -> None:
    with pytest.raises(SettingError, match=r"6 to 16 items, not \d+\. (Add|Take)"):
        plan_tasks(items)


def test_the_starter_list_says_what_the_study_template_says() -> None:
    check_list(STARTER, ("en", "fr"))
    of_template = {item.id: item for item in parse_study(template_text(), "template").study.items}
    assert [item.id for item in STARTER] == list(of_template)
    for item in STARTER:
        assert "KM" not in str(item.label)
        if item.id != "know":
            assert item.definition == of_template[item.id].definition


def test_a_changed_list_is_told_from_the_starter_list() -> None:
    assert not compare_lists(STARTER, STARTER).any
    reworded = Item(id="goal", label=Words("Our goal"), short_label=Words("Our goal"))
    change = compare_lists([reworded, *STARTER[2:]], STARTER)
    assert (change.added, change.dropped, change.reworded) == ((), ("open",), ("goal",))


def test_a_list_that_cannot_be_used_is_named_with_every_mistake() -> None:
    long = Words("x" * 90)
    items = [Item(id="a", label=long, short_label=long), Item(id="a", label=Words("Time"), short_label=Words("Time"))]
    with pytest.raises(RequestError) as refused:
        check_list(items)
    told = str(refused.value)
    assert "2 items" in told
    assert "'a' stands twice" in told
    assert "90 letters" in told
