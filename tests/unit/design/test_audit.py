"""The audit's figures, on designs small enough to check by hand."""

import numpy as np
import pytest

from commonground.design.audit import Fitness, audit
from commonground.design.build import build_design
from commonground.records.design import Design


def of(*tasks, items):
    return Design(items=items, versions=(tuple(tasks),), repeats=(None,), source="by hand")


def test_the_published_design_in_one_look():
    report = audit(build_design(11, 5))
    assert report.balanced
    assert (report.appearances.min, report.appearances.max) == (5, 5)
    assert (report.co_appearances.min, report.co_appearances.max) == (2, 2)
    assert (report.positions.min, report.positions.max) == (1, 1)
    assert report.connected
    assert report.efficiency == 1.0
    assert report.status is Fitness.GOOD
    assert " ".join(report.words) == (
        "11 tasks of 5. Everyone sees every item 5 times and every pair twice. About 6 minutes."
    )


def test_efficiency_of_a_chain_by_hand():
    """Three items, pairs 0–1 and 1–2: a path, eigenvalues 1/4 and 3/4 of its information against 1/2 and 1/2."""
    report = audit(of((0, 1), (1, 2), items=3))
    assert report.efficiency == pytest.approx(np.sqrt(1 / 4 * 3 / 4) / (1 / 2))
    assert report.connected
    assert not report.balanced


def test_two_islands_are_not_usable():
    report = audit(of((0, 1), (2, 3), items=4))
    assert not report.connected
    assert report.efficiency == 0
    assert report.status is Fitness.UNUSABLE
    assert any("never be compared" in sentence for sentence in report.words)


def test_an_item_nobody_sees_breaks_the_connection():
    report = audit(of((0, 1, 2), (0, 1, 2), items=4))
    assert not report.connected
    assert report.appearances.min == 0


def test_complete_tasks_are_perfectly_precise_but_no_incomplete_design():
    report = audit(of((0, 1, 2), (1, 2, 0), items=3))
    assert report.efficiency == 1.0
    assert not report.balanced


def test_unequal_task_sizes_are_never_balanced():
    report = audit(of((0, 1, 2), (0, 1), (1, 2), (0, 2), items=3))
    assert (report.appearances.min, report.appearances.max) == (3, 3)
    assert not report.balanced


def test_few_appearances_earn_a_warning():
    report = audit(build_design(12, 4, tasks=5))
    assert report.status is Fitness.WARNING
    assert any("only groups" in sentence for sentence in report.words)


def test_repeats_count_in_nothing_but_the_minutes():
    plain, repeated = audit(build_design(7, 3)), audit(build_design(7, 3, repeat=True))
    assert plain.appearances == repeated.appearances
    assert plain.positions == repeated.positions
    assert plain.efficiency == repeated.efficiency


def test_figures_of_several_versions_are_over_the_whole_design():
    report = audit(build_design(11, 5, versions=3))
    assert (report.appearances.min, report.appearances_each.min) == (15, 5)
    assert (report.co_appearances.max, report.co_appearances_each.max) == (6, 2)
    assert report.positions.min == report.positions.max == 3
    assert report.balanced
