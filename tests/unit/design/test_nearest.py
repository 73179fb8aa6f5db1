"""The near-balanced designs: a fair start, islands joined, and versions that make up for one another."""

import numpy as np
import pytest

from commonground.design.exchange import Version
from commonground.design.nearest import connect, filled, kept_apart, nearest_versions, quotas
from commonground.design.parts import parts_of
from commonground.design.wanted import Wanted


def together_of(version, items):
    table = np.array([[item in task for item in range(items)] for task in version], dtype=int)
    return table.T @ table


def spread(counts, items):
    return np.ptp(counts[np.triu_indices(items, 1)])


def test_quotas_give_those_behind_first():
    rng = np.random.default_rng(1)
    shown = np.array([3, 2, 3, 2, 2])
    quota = quotas(shown, 7, rng)
    assert quota.sum() == 7
    assert np.ptp(quota) == np.ptp(shown + quota) == 1
    assert set((shown + quota).tolist()) == {3, 4}


@pytest.mark.parametrize(("items", "per_task", "tasks"), [(6, 3, 4), (7, 3, 9), (10, 9, 3), (5, 2, 8), (40, 10, 4)])
def test_the_first_tasks_fill_every_quota_and_show_no_item_twice(items, per_task, tasks):
    rng = np.random.default_rng(3)
    quota = quotas(np.zeros(items, dtype=int), per_task * tasks, rng)
    table = filled(quota, per_task, tasks, kept_apart(items, [(0, 1)]), rng)
    assert all(len(set(task)) == per_task for task in table.tolist())
    assert (np.bincount(table.ravel(), minlength=items) == quota).all()


def test_islands_are_joined():
    tasks = np.array([(0, 1, 2), (0, 1, 2), (3, 4, 5), (3, 4, 5)])
    version = Version(tasks, np.zeros((6, 6)))
    assert set(parts_of(version.tasks.tolist(), 6).tolist()) == {0, 3}
    connect(version)
    assert set(parts_of(version.tasks.tolist(), 6).tolist()) == {0}
    assert (version.shown.sum(axis=0) == 2).all()


def test_islands_are_joined_without_breaking_a_prohibition():
    tasks = np.array([(0, 1, 2), (0, 1, 2), (3, 4, 5), (3, 4, 5)])
    apart = [(0, 3), (1, 4), (2, 5)]
    version = Version(tasks, kept_apart(6, apart))
    connect(version)
    assert not parts_of(version.tasks.tolist(), 6).any()
    assert not version.broken()


def test_pairs_are_equal_but_for_one_where_the_search_can_make_them_so():
    for items, per_task, tasks in [(13, 5, 13), (16, 4, 12), (20, 5, 12), (9, 4, 9)]:
        (version,) = nearest_versions(Wanted(items, per_task, tasks, 1), np.random.default_rng(1))
        assert spread(together_of(version, items), items) == 1


@pytest.mark.parametrize(("items", "per_task", "tasks", "count"), [(12, 4, 9, 30), (20, 4, 15, 20), (100, 5, 60, 3)])
def test_versions_together_are_as_even_as_arithmetic_allows(items, per_task, tasks, count):
    versions = nearest_versions(Wanted(items, per_task, tasks, count), np.random.default_rng(2))
    counts = [together_of(version, items) for version in versions]
    assert spread(sum(counts), items) <= 1
    assert max(spread(each, items) for each in counts) <= 1


def test_prohibited_pairs_stay_apart_and_the_others_stay_even():
    apart = [(0, 1), (0, 2), (5, 6)]
    versions = nearest_versions(Wanted(17, 4, 13, 6, apart), np.random.default_rng(1))
    counts = sum(together_of(version, 17) for version in versions)
    assert not any(counts[pair] for pair in apart)
    allowed = kept_apart(17, apart)[np.triu_indices(17, 1)] == 0
    assert np.ptp(counts[np.triu_indices(17, 1)][allowed]) <= 4
