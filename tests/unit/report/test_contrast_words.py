"""What is said of groups that are compared, where the rule cannot be applied or chance flags nearly always."""

from dataclasses import replace

import numpy as np

from commonground.analysis.compare import compare
from commonground.analysis.comparison import Comparison, FalseFlags
from commonground.analysis.count import Added
from commonground.records.choices import CountTable
from commonground.report.contrast import false_flag_words, pairs_table, panels_figure
from commonground.report.names import Names

ITEMS, GROUPS = {"a": "A", "b": "B", "c": "C"}, {"x": "Exes", "y": "Whys"}
NAMES = Names(ITEMS, ITEMS, GROUPS, GROUPS)


def compared(constant: float) -> Comparison:
    best, worst = np.array([[9.0, 4, 1], [7, 4, 0]]), np.array([[1.0, 4, 9], [0, 5, 10]])
    return compare(CountTable(("a", "b", "c"), ("x", "y"), best, worst), by="group", added=Added(constant))


def test_without_ratios_no_item_is_called_similar_or_different() -> None:
    assert (
        panels_figure(compared(0), NAMES).title
        == "By the 0.2 rule the items cannot be classed, because a group has no ratios"
    )


def test_differences_of_ratios_name_the_constant_they_hang_on() -> None:
    notes = " ".join(pairs_table(compared(0.5), NAMES, list(ITEMS)).notes)
    assert "0.5 is added to every count of every group" in notes
    assert "on which the differences of ln √(M/L) hang." in notes


def test_a_simulation_shows_no_certainty() -> None:
    flags = FalseFlags(mean=4.5, percentile_95=7, at_least_one=0.9965, observed=2)
    told = false_flag_words(replace(compared(0.5), false_flags=flags))
    assert "at least one in more than 99\u202f% of such studies" in told
    assert "100\u202f%" not in told
