"""Joint rank intervals hold all true ranks at once as often as they say; intervals made for one item do not.

Aggregate fits: 200 people, 11 tasks of 5 of 11 items, `sequential`; estimand: the order of the aggregate utilities.
Many items: 60 items, 100 people, 12 random tasks of 4, utilities drawn from a normal distribution with SD 0.7.
"""

import numpy as np
import pytest

from commonground.analysis.logit.fit import fit
from commonground.analysis.many.rank import rank
from commonground.analysis.rank_sets import ranks
from commonground.simulation.rules import draw_answers

STUDIES = 1000
LISTS = 200
EQUAL = np.zeros(11)
"""The hardest case: every difference is zero, so every one that is taken for real is a mistake."""

CLOSE = np.linspace(0.25, -0.25, 11)
"""So close together that neighbours cannot be told apart; some mistakes are then only possible by much."""


def bounds(items, name):
    return np.array([getattr(item, name) for item in items]).T


def apart(items):
    """Ranks by pairs of items, each tested alone at 5 %."""
    utility = np.array([item.utility for item in items])
    error = np.array([item.robust_standard_error for item in items])
    ahead = utility[:, None] - utility > 1.96 * np.hypot(error[:, None], error)
    return np.stack([1 + ahead.sum(axis=0), len(utility) - ahead.sum(axis=1)])


def holds(interval, truth):
    """Whether every true rank is inside; items of equal utility may stand in any order among each other."""
    lowest = ranks(truth)
    highest = len(truth) + 1 - ranks(-truth)
    return bool(((interval[0] <= lowest) & (highest <= interval[1])).all())


@pytest.mark.parametrize("spread", [0.0, 1.0], ids=["people alike", "people differ"])
@pytest.mark.parametrize("utilities", [EQUAL, CLOSE], ids=["equal", "close"])
def test_ranks_of_a_fit_hold_together(utilities, spread, study, counted, measured):
    """1,000 studies. Control: where all are equal, pairs compared one at a time put some item in a wrong place."""
    rng, joint, alone, width = np.random.default_rng(5), [], [], []
    for _ in counted(STUDIES, "joint ranks of a fit"):
        items = fit(study("sequential", utilities, spread, 200, rng)).models[0].items
        found = bounds(items, "joint_rank_interval")
        joint.append(holds(found, utilities))
        alone.append(holds(apart(items), utilities))
        width.append((found[1] - found[0] + 1).mean())
    held, missed, wide = np.mean(joint), 1 - np.mean(alone), np.mean(width)
    measured(
        "all ranks inside", jointly=f"{held:.3f}", mean_width=f"{wide:.1f}", missed_by_single_pairs=f"{missed:.3f}"
    )
    assert held >= 0.93
    if not utilities.any():
        assert held <= 0.97
        assert missed > 0.4


def test_ranks_of_many_items_hold_together(counted, measured):
    """200 lists of 60 items. Control: intervals that hold for one item on average miss some of 60 nearly always."""
    joint, single = [], []
    for seed in counted(LISTS, "joint ranks of many items"):
        rng = np.random.default_rng(seed)
        utilities = 0.7 * rng.normal(size=60)
        shown = rng.random((100, 12, 60)).argsort(axis=-1)[..., :4]
        data = draw_answers("sequential", np.tile(utilities, (100, 1)), shown, rng).as_data(tuple(map(str, range(60))))
        items = rank(data, splits=0, seed=seed).groups[0].items
        joint.append(holds(bounds(items, "joint_rank_interval"), utilities))
        single.append(holds(bounds(items, "rank_interval"), utilities))
    measured("all 60 ranks inside", jointly=np.mean(joint), intervals_of_one_item=np.mean(single))
    assert np.mean(joint) >= 0.92
    assert np.mean(single) < 0.5
