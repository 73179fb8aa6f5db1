"""Counts and the scores made of them."""

import numpy as np
import pytest

from commonground.analysis.count import Added, count
from commonground.records.choices import ChoiceData, CountTable
from commonground.records.errors import RequestError


def one_group(best: list[float], worst: list[float], shown: list[float] | None = None) -> CountTable:
    items = tuple("abcdefg"[: len(best)])
    counted = None if shown is None else np.array([shown])
    return CountTable(items, ("all",), np.array([best]), np.array([worst]), shown=counted)


def test_a_hand_counted_example(two_people: ChoiceData) -> None:
    """Ann: a, a best, c, b worst. Bo: b best, a worst."""
    found = count(two_people).groups[0]
    assert (found.group, found.respondents, found.tasks) == ("all", 2, 3)
    assert [(item.best, item.worst, item.shown) for item in found.items] == [(2, 1, 3), (1, 1, 3), (0, 1, 2)]
    assert [item.mean for item in found.items] == [1 / 3, 0.0, -0.5]
    assert [item.rank for item in found.items] == [1, 2, 3]


def test_groups_are_counted_apart(two_people: ChoiceData) -> None:
    found = count(two_people, by="group")
    assert [group.group for group in found.groups] == ["x", "y"]
    assert found.group("y").item("b").best == 1


def test_the_published_chain() -> None:
    """Culture of openness among health professionals: 123 and 9 give 3.70, then 1.31."""
    first = count(one_group([123, 94, 4], [9, 26, 143])).groups[0].item("a")
    assert first.sqrt_ratio == pytest.approx(3.696846, abs=1e-6)
    assert first.log_ratio == pytest.approx(1.307480, abs=1e-6)
    assert first.rescaled == 1.0


def test_the_constant_is_in_the_ratios_and_nowhere_else() -> None:
    plain, added = (count(one_group([8, 2, 1], [2, 4, 5]), added=Added(c)).groups[0].item("a") for c in (0, 1))
    assert (added.best, added.worst, added.mean) == (plain.best, plain.worst, plain.mean)
    assert added.sqrt_ratio == pytest.approx(np.sqrt(9 / 3))


def test_the_constant_may_go_to_one_group() -> None:
    table = CountTable(("a", "b"), ("x", "y"), np.array([[4.0, 1], [4, 1]]), np.array([[1.0, 4], [1, 4]]))
    found = count(table, by="group", added=Added(1.0, "y"))
    assert found.group("x").item("a").sqrt_ratio == 2.0
    assert found.group("y").item("a").sqrt_ratio == pytest.approx(np.sqrt(5 / 2))


def test_never_best_is_a_ratio_of_zero_without_logarithm_and_ranks_last() -> None:
    found = count(one_group([5, 3, 0], [1, 2, 5]))
    last = found.groups[0].item("c")
    assert (last.sqrt_ratio, last.log_ratio, last.rescaled, last.rank_by_ratio) == (0.0, None, None, 3)
    assert found.groups[0].item("a").rescaled is None, "an end of the scale is not known"
    assert "Adding a constant to every count, such as 0.5, mends that" in found.messages[0]


def test_never_worst_is_no_ratio_and_leaves_no_ranks() -> None:
    found = count(one_group([5, 3, 1], [0, 4, 5])).groups[0]
    assert found.item("a").sqrt_ratio is None
    assert {item.rank_by_ratio for item in found.items} == {None}
    assert [item.rank for item in found.items] == [1, 2, 3]


def test_best_only_answers_have_no_ratios_even_with_a_constant() -> None:
    only_best = ChoiceData.from_rows(
        ("a", "b"), ("Ann",), respondent=[0], task=[1], shown=[[0, 1]], best=[0], worst=[-1]
    )
    found = count(only_best, added=Added(0.5))
    assert found.groups[0].item("a").sqrt_ratio is None
    assert found.messages == ("Nobody picked a worst item, so there are no ratios.",)
    assert found.groups[0].item("a").rank == 1


def test_ties_share_the_smaller_rank() -> None:
    found = count(one_group([4, 4, 1], [1, 1, 4], [5, 5, 5])).groups[0]
    assert [item.rank for item in found.items] == [1, 1, 3]
    assert [item.rank_by_ratio for item in found.items] == [1, 1, 3]


def test_the_rank_is_by_mean_where_items_were_shown_differently_often() -> None:
    """Four of twenty is less than three of five."""
    found = count(one_group([4, 3], [0, 0], [20, 5])).groups[0]
    assert [item.rank for item in found.items] == [2, 1]


def test_without_times_shown_the_rank_is_by_difference_and_there_is_no_mean() -> None:
    found = count(one_group([4, 3], [1, 1])).groups[0]
    assert [(item.rank, item.mean, item.shown) for item in found.items] == [(1, None, None), (2, None, None)]


def test_all_items_alike_have_no_scale() -> None:
    found = count(one_group([2, 2, 2], [2, 2, 2])).groups[0]
    assert [item.rescaled for item in found.items] == [None, None, None]
    assert [item.log_ratio for item in found.items] == [0.0, 0.0, 0.0]


def test_a_count_table_without_by_is_pooled() -> None:
    table = CountTable(("a", "b"), ("x", "y"), np.array([[4.0, 1], [3, 1]]), np.array([[1.0, 4], [1, 4]]))
    pooled = count(table).groups
    assert [group.group for group in pooled] == ["all"]
    assert pooled[0].item("a").best == 7


@pytest.mark.parametrize(
    ("by", "added", "message"),
    [
        ("role", Added(), "has no column 'role'"),
        ("group", Added(0.5, "z"), "the groups are: x, y"),
    ],
)
def test_what_is_not_there_is_named(by: str, added: Added, message: str) -> None:
    table = CountTable(("a", "b"), ("x", "y"), np.ones((2, 2)), np.ones((2, 2)))
    with pytest.raises(RequestError, match=message):
        count(table, by=by, added=added)


@pytest.mark.parametrize("constant", [-0.1, float("nan"), float("inf")])
def test_a_constant_below_zero_is_refused(constant: float) -> None:
    with pytest.raises(RequestError, match="0 or more"):
        Added(constant)
