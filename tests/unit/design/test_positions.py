"""Positions: equally often wherever numbers allow, within every version and over all."""

import numpy as np
import pytest

from commonground.design.build import build_design
from commonground.design.existence import MOST_ITEMS, admissible_parameters
from commonground.design.positions import in_positions
from commonground.design.recipes import recipe_for


def position_counts(version, items, per_task):
    counts = np.zeros((items, per_task), dtype=int)
    for task in version:
        for position, item in enumerate(task):
            counts[item, position] += 1
    return counts


def as_even_as_can_be(counts):
    """Per item the counts differ by at most one, so they are all equal where the appearances divide."""
    return bool((np.ptp(counts, axis=1) <= 1).all())


def test_symmetric_designs_become_youden_squares():
    for items in range(3, MOST_ITEMS + 1):
        for parameters in admissible_parameters(items):
            recipe = recipe_for(parameters)
            if recipe and parameters.tasks == items:
                (version,) = in_positions([recipe.blocks()])
                assert (position_counts(version, items, parameters.per_task) == 1).all()


@pytest.mark.parametrize(("items", "per_task"), [(9, 3), (13, 3), (16, 4), (10, 4), (28, 7), (25, 5)])
def test_positions_of_balanced_designs_are_even(items, per_task):
    design = build_design(items, per_task)
    assert as_even_as_can_be(position_counts(design.versions[0], items, per_task))


@pytest.mark.parametrize(("items", "per_task", "tasks", "versions"), [(16, 4, 12, 5), (12, 5, 7, 8), (17, 3, 9, 4)])
def test_every_version_and_all_together_are_even(items, per_task, tasks, versions):
    design = build_design(items, per_task, tasks=tasks, versions=versions)
    each = [position_counts(version, items, per_task) for version in design.versions]
    assert all(as_even_as_can_be(counts) for counts in each)
    assert as_even_as_can_be(sum(each))


def test_ordering_keeps_the_tasks():
    blocks = [frozenset({0, 1, 2}), frozenset({2, 3, 4}), frozenset({0, 3, 4})]
    (version,) = in_positions([blocks])
    assert [frozenset(task) for task in version] == blocks
