"""The search that filled `starters.py` still finds such starters, and says so when there are none."""

import numpy as np
import pytest

from commonground.design.actions import Action, developed, elements_of
from commonground.design.blocks import Parameters, verified
from commonground.design.starter_search import find_starters
from commonground.design.starters import STARTERS


@pytest.mark.parametrize(
    "numbers", [(10, 3, 2), (11, 4, 6), (12, 4, 3), (15, 5, 4), (15, 6, 5), (20, 5, 4), (21, 6, 3), (24, 6, 5)]
)
def test_stored_starters_can_be_found_again(numbers):
    parameters = Parameters(*numbers)
    action, _ = STARTERS[parameters]
    found = find_starters(parameters, action, np.random.default_rng(1), tries=5000)
    assert verified(developed(action, found), parameters)
    assert len(set(found)) == len(found)


def test_nothing_is_found_where_there_is_nothing():
    assert find_starters(Parameters(15, 5, 2), Action((7,), 2, 1), np.random.default_rng(1), tries=50) == ()
    assert find_starters(Parameters(25, 4, 1), Action((25,)), np.random.default_rng(1), tries=50) == ()


def test_stored_starters_are_tasks_of_their_parameters():
    for parameters, (action, starters) in STARTERS.items():
        assert action.items == parameters.items
        assert {len(set(starter)) for starter in starters} == {parameters.per_task}


def test_a_multiplier_makes_the_group_larger():
    assert len(elements_of(Action((7,), 3, multiplier=2).generators())) == 21
    assert len(elements_of(Action((5, 5)).generators())) == 25
    assert len(elements_of(Action((9,), 3, 1, turning=3).generators())) == 27
