"""The exchange search: its prices are right, and it leaves the best it met."""

import numpy as np

from commonground.design.exchange import APART, Evenness, Version, drift, improve
from commonground.design.nearest import filled, kept_apart, quotas


def start(items, per_task, tasks, rng, apart=()):
    others = rng.integers(0, 3, (items, items)).astype(float)
    others = np.triu(others, 1) + np.triu(others, 1).T + kept_apart(items, apart)
    quota = quotas(np.zeros(items, dtype=int), per_task * tasks, rng)
    return Version(filled(quota, per_task, tasks, others, rng), others)


def test_prices_are_what_an_exchange_costs():
    version = start(9, 4, 7, np.random.default_rng(7))
    trades = 0
    for task in range(7):
        prices = version.prices(task)
        for place, slot in np.argwhere(np.isfinite(prices)).tolist():
            before, where = version.cost(), (task, place, *divmod(slot, 4))
            version.exchange(*where)
            assert version.cost() - before == prices[place, slot]
            others = version.everywhere - version.together
            fresh = Version(version.tasks, others.copy())
            assert (fresh.together == version.together).all()
            assert (fresh.everywhere - fresh.together == others).all()
            version.exchange(*where)
            trades += 1
    assert trades > 100


def test_a_trade_that_would_show_an_item_twice_has_no_price():
    version = start(6, 4, 5, np.random.default_rng(2))
    for task in range(5):
        for place, slot in np.argwhere(np.isfinite(version.prices(task))).tolist():
            other_task, other_place = divmod(slot, 4)
            assert version.tasks[task, place] not in version.tasks[other_task]
            assert version.tasks[other_task, other_place] not in version.tasks[task]


def test_the_search_never_leaves_worse_tasks_and_keeps_appearances():
    rng = np.random.default_rng(5)
    version = start(12, 4, 9, rng)
    before, shown = version.cost(), version.shown.sum(axis=0)
    improve(version, Evenness(version.everywhere), 50, rng)
    assert version.cost() < before
    assert (version.shown.sum(axis=0) == shown).all()
    assert (version.shown.sum(axis=1) == 4).all()


def test_pairs_to_be_kept_apart_are_traded_away():
    rng = np.random.default_rng(1)
    others = kept_apart(8, [(0, 1), (2, 3)])
    version = Version(np.array([(0, 1, 2, 3), (4, 5, 6, 7), (0, 1, 4, 5), (2, 3, 6, 7)]), others)
    assert version.broken()
    assert version.cost() > APART
    improve(version, Evenness(version.everywhere), 100, rng)
    assert not version.broken()


def test_drifting_never_costs_and_finds_what_single_versions_do_not():
    rng = np.random.default_rng(4)
    everywhere = np.zeros((9, 9))
    quota = quotas(np.zeros(9, dtype=int), 24, rng)
    versions = [Version(filled(quota, 4, 6, everywhere, rng), everywhere) for _ in range(6)]
    for version in versions:
        improve(version, Evenness(everywhere), 60, rng)
    costs = [version.cost() for version in versions]
    drift(versions, 300, rng)
    total = sum(version.together for version in versions)
    assert (total == everywhere).all(), "the counts are shared"
    assert all((version.shown.sum(axis=0) == quota).all() for version in versions)
    assert versions[0].cost() <= costs[0]
