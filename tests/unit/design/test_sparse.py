"""Designs for many items: equal appearances, and no pair twice while there are others."""

from collections import Counter
from itertools import combinations

import numpy as np
import pytest

from commonground.design.audit import audit
from commonground.design.build import build_design
from commonground.design.parts import parts_of
from commonground.design.sparse import sparse_versions
from commonground.design.wanted import Wanted


def pairs_of(versions):
    return Counter(pair for version in versions for task in version for pair in combinations(sorted(task), 2))


def appearances_of(versions):
    return Counter(item for version in versions for task in version for item in task)


@pytest.mark.parametrize(
    ("items", "per_task", "tasks", "count"),
    [(150, 5, 60, 4), (200, 4, 50, 10), (1000, 4, 20, 30), (120, 10, 24, 1), (300, 2, 40, 15)],
)
def test_no_pair_stands_together_twice_and_appearances_are_equal(items, per_task, tasks, count):
    versions = sparse_versions(Wanted(items, per_task, tasks, count), np.random.default_rng(1))
    assert set(pairs_of(versions).values()) == {1}
    shown = appearances_of(versions)
    assert max(shown.values()) - min(shown.get(item, 0) for item in range(items)) <= 1
    assert all(len(task) == per_task for version in versions for task in version)
    for version in versions:
        assert max(appearances_of([version]).values()) <= -(-tasks * per_task // items)


def test_pairs_come_again_only_when_few_are_left():
    versions = sparse_versions(Wanted(120, 6, 40, 14), np.random.default_rng(1))
    pairs = pairs_of(versions)
    assert pairs.total() > 120 * 119 / 2
    assert max(pairs.values()) <= 4
    assert np.mean(np.array(list(pairs.values())) <= 2) > 0.95


def test_versions_together_are_connected_as_soon_as_there_are_tasks_enough():
    versions = sparse_versions(Wanted(200, 4, 50, 2), np.random.default_rng(3))
    assert not parts_of((task for version in versions for task in version), 200).any()


def test_prohibited_pairs_never_meet():
    apart = [(item, other) for item in range(0, 40, 2) for other in range(1, 40, 4)]
    design = build_design(110, 5, tasks=22, versions=5, prohibited=apart)
    assert audit(design, apart).prohibited_together == ()
    assert audit(design, [(0, 1)]).co_appearances.max == 1


def test_an_item_short_of_room_is_squeezed_into_an_earlier_task():
    for seed in range(20):
        (version,) = sparse_versions(Wanted(11, 5, 9, 1), np.random.default_rng(seed))
        assert set(appearances_of([version]).values()) <= {4, 5}


def test_the_many_are_shown_twenty_tasks_and_everybody_hears_of_the_rest():
    design = build_design(400, 5)
    assert design.tasks == 20
    assert any("300 of 400 items cannot appear at all" in note for note in design.notes)
