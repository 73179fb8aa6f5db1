"""The exchange search: its prices are right, its start is fair, and it joins what falls apart."""

import numpy as np
import pytest

from commonground.design.audit import components
from commonground.design.nearest import _connect, _filled, _prices, _quota, _Version, nearest_versions


def together_of(version, items):
    table = np.array([[item in task for item in range(items)] for task in version], dtype=int)
    return table.T @ table


def test_prices_are_what_an_exchange_costs():
    rng = np.random.default_rng(7)
    others = rng.integers(0, 3, (9, 9)).astype(float)
    others = np.triu(others, 1) + np.triu(others, 1).T
    version = _Version(_filled(_quota(np.zeros(9, dtype=int), 28, rng), 4, 7, others, rng), others)
    for task, item in np.argwhere(version.table == 1).tolist():
        prices = _prices(version, task, item, np.zeros_like(version.table, dtype=bool))
        for other_task, other_item in np.argwhere(np.isfinite(prices)).tolist():
            before = version.cost()
            version.exchange(task, item, other_task, other_item)
            assert version.cost() - before == prices[other_task, other_item]
            fresh = _Version(version.table, others)
            assert (fresh.together == version.together).all()
            version.exchange(task, other_item, other_task, item)


def test_quotas_give_those_behind_first():
    rng = np.random.default_rng(1)
    shown = np.array([3, 2, 3, 2, 2])
    quota = _quota(shown, 7, rng)
    assert quota.sum() == 7
    assert np.ptp(quota) == np.ptp(shown + quota) == 1
    assert set((shown + quota).tolist()) == {3, 4}


@pytest.mark.parametrize(("items", "per_task", "tasks"), [(6, 3, 4), (7, 3, 9), (10, 9, 3), (5, 2, 8), (40, 10, 4)])
def test_the_first_table_fills_every_task_and_every_quota(items, per_task, tasks):
    rng = np.random.default_rng(3)
    quota = _quota(np.zeros(items, dtype=int), per_task * tasks, rng)
    table = _filled(quota, per_task, tasks, np.zeros((items, items)), rng)
    assert (table.sum(axis=1) == per_task).all()
    assert (table.sum(axis=0) == quota).all()


def test_islands_are_joined():
    table = np.zeros((4, 6))
    for task, shown in enumerate([(0, 1, 2), (0, 1, 2), (3, 4, 5), (3, 4, 5)]):
        table[task, list(shown)] = 1
    version = _Version(table, np.zeros((6, 6)))
    assert set(components(version.together).tolist()) == {0, 3}
    _connect(version)
    assert set(components(version.together).tolist()) == {0}
    assert (version.table.sum(axis=0) == 2).all()


def test_pairs_are_equal_but_for_one_where_the_search_can_make_them_so():
    for items, per_task, tasks in [(13, 5, 13), (16, 4, 12), (20, 5, 12), (9, 4, 9)]:
        (version,) = nearest_versions(items, per_task, tasks, 1, np.random.default_rng(1))
        pairs = together_of(version, items)[np.triu_indices(items, 1)]
        assert np.ptp(pairs) == 1


def test_versions_together_are_more_even_than_one():
    versions = nearest_versions(12, 4, 9, 8, np.random.default_rng(2))
    upper = np.triu_indices(12, 1)
    everything = sum(together_of(version, 12) for version in versions)[upper]
    alone = together_of(versions[0], 12)[upper]
    assert np.ptp(everything) / everything.mean() < np.ptp(alone) / alone.mean() / 2
