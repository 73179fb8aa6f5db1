"""From rows to each person's counts."""

import numpy as np
import pytest

from commonground.analysis.tallies import grouping, natural_order, tally
from commonground.records.choices import ChoiceData
from commonground.records.errors import RequestError


def test_repeats_and_unanswered_tasks_are_not_counted(two_people: ChoiceData) -> None:
    each = tally(two_people)
    assert each.best.tolist() == [[2, 0, 0], [0, 1, 0]]
    assert each.worst.tolist() == [[0, 1, 1], [1, 0, 0]]
    assert each.shown.tolist() == [[2, 2, 1], [1, 1, 1]]
    assert each.tasks.tolist() == [2, 1]
    assert each.unanswered == 1


def test_who_has_no_group_is_left_out_and_reported(two_people: ChoiceData) -> None:
    each = tally(two_people, "age")
    assert (each.groups, each.sizes, each.without_group) == (("10",), (1,), 1)
    assert each.messages("age")[1] == "1 respondent without a value in 'age' left out."


def test_weights_multiply_a_persons_counts(two_people: ChoiceData) -> None:
    heavy = ChoiceData.from_rows(
        two_people.items,
        two_people.respondents,
        respondent=two_people.respondent,
        task=two_people.task,
        shown=two_people.shown,
        best=two_people.best,
        worst=two_people.worst,
        repeat_of=two_people.repeat_of,
        weight=[2.5, 1.0],
    )
    assert tally(heavy).best.tolist() == [[5.0, 0, 0], [0, 1, 0]]


def test_an_unknown_column_names_those_there_are(two_people: ChoiceData) -> None:
    with pytest.raises(RequestError, match=r"no column 'role'.*age, group"):
        grouping(two_people, "role")


def test_nobody_left_is_an_error(two_people: ChoiceData) -> None:
    nobody = two_people.keep(np.array([False, False]))
    with pytest.raises(RequestError, match="Nobody is left"):
        tally(nobody)


def test_a_group_whose_people_answered_nothing_is_no_group(two_people: ChoiceData) -> None:
    silent = ChoiceData.from_rows(
        ("a", "b"),
        ("Ann", "Bo"),
        respondent=[0, 1],
        task=[1, 1],
        shown=[[0, 1], [0, 1]],
        best=[0, -1],
        worst=[1, -1],
        covariates={"group": ("x", "y")},
    )
    assert tally(silent, "group").groups == ("x",)


def test_numbers_in_names_sort_as_numbers() -> None:
    assert natural_order(["site 10", "site 2", "Site 1", "site 2"]) == ("Site 1", "site 2", "site 10")
