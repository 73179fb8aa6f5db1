"""The bootstrapped test of the number of classes keeps its level, and finds two kinds of people.

60 people, 7 tasks of 3 of 7 items, `sequential`, 1 class against 2.
"""

import numpy as np

from commonground.analysis.classes.fit import fit_classes
from commonground.design.build import build_design
from commonground.simulation.rules import draw_answers

PEOPLE, LEVEL = 60, 0.05
STUDIES, CONTROLS = 200, 40
TASKS = np.array(build_design(7, 3).versions[0])
ITEMS = tuple("abcdefg")
ONE = np.linspace(0.6, -0.6, 7)
TWO = np.stack([np.linspace(1.2, -1.2, 7), np.array([-0.8, 0.4, 0.0, 1.2, -0.8, 0.8, -0.8])])


def bootstrap_of(utilities, rng, seed):
    """What the test says of answers from these people, with 19 simulated studies: 5 % is exactly one in twenty."""
    shown = np.broadcast_to(TASKS, (PEOPLE, *TASKS.shape))
    data = draw_answers("sequential", utilities, shown, rng).as_data(ITEMS)
    found = fit_classes(data, classes=[1, 2], starts=4, bootstrap=19, seed=seed)
    return found.solution(2).bootstrap


def test_the_level_is_kept_where_chi_square_errs(counted, measured):
    """200 studies of one kind of people. Control: the χ² test with as many degrees of freedom as parameters added."""
    from scipy.stats import chi2

    rng = np.random.default_rng(12)
    found = [
        bootstrap_of(np.tile(ONE, (PEOPLE, 1)), rng, seed)
        for seed in counted(STUDIES, "level of the bootstrapped test")
    ]
    rejected = np.mean([test.p <= LEVEL for test in found])
    by_chi_square = np.mean([chi2.sf(test.statistic, len(ITEMS)) < LEVEL for test in found])
    measured("rejected at 5 %", bootstrapped=f"{100 * rejected:.1f} %", chi_square=f"{100 * by_chi_square:.1f} %")
    assert 0.015 < rejected < 0.095
    assert by_chi_square > 0.15


def test_two_kinds_are_found(counted, measured):
    """40 studies of 35 and 25 people."""
    rng = np.random.default_rng(13)
    kinds = np.repeat([0, 1], [35, 25])
    found = np.mean([bootstrap_of(TWO[kinds], rng, seed).p <= LEVEL for seed in counted(CONTROLS, "power")])
    measured("two kinds found", share=f"{100 * found:.0f} %")
    assert found > 0.9
