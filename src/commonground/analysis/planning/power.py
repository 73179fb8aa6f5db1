"""Whether a simulated study tells two groups apart: the permutation test of `analysis.compare`, without the rest."""

from itertools import combinations

import numpy as np

from commonground.analysis.permute import group_sums, person_moments, smallest_p, statistics
from commonground.analysis.planning.answers import Answers
from commonground.analysis.planning.scenario import Scenario, tasks_of
from commonground.likelihood import sequential
from commonground.records.choices import MISSING, FloatArray
from commonground.records.errors import RequestError

PERMUTATIONS = 499
ERROR_RATE = 0.05
"""Family-wise: over all items and all pairs of groups together."""

PEOPLE = 1000
"""Drawn to find the shift of a utility that gives a difference in scores."""

MOST_TASKS = 40
"""In which an item is looked at for that."""

FURTHEST = 20.0
NEAR = 1e-3


def told_apart(answers: Answers, item: int, rng: np.random.Generator, permutations: int = PERMUTATIONS) -> bool:
    """Whether the first two groups are found to differ on the item.

    Group labels are permuted over respondents; the largest studentised difference of mean scores over all items and
    pairs of groups is what the observed one has to exceed in 95 % of the permutations.

    Parameters
    ----------
    answers : Answers
        Of two groups or more.
    item : int
    rng : numpy Generator
    permutations : int
    """
    each = answers.tallies()
    groups, size = len(each.groups), each.sizes[0]
    if smallest_p(size, size) > ERROR_RATE / answers.items:
        return False
    every = tuple(combinations(range(groups), 2))
    found = person_moments(each)
    observed = statistics(group_sums(found, each.group[None, :], groups)[0], each.sizes, every)[0, item]
    labels = rng.permuted(np.tile(each.group, (permutations, 1)), axis=1)
    drawn = statistics(group_sums(found, labels, groups), each.sizes, every).max(axis=(-2, -1))
    return bool((1 + int((drawn >= observed).sum())) / (1 + permutations) <= ERROR_RATE)


def shift_for(scenario: Scenario, means: FloatArray, item: int, difference: float, rng: np.random.Generator) -> float:
    """By how much an item's utility must move so that its mean score per person moves by so much.

    It moves towards the middle, where there is room.

    Parameters
    ----------
    scenario : Scenario
    means : (n_items,) float
    item : int
    difference : float
        In mean scores per person, above 0.
    rng : numpy Generator

    Returns
    -------
    float
        Logits; negative for an item above the middle.

    Raises
    ------
    RequestError
        If scores cannot be so far apart in this design.
    """
    half = scenario.person_sd * rng.normal(size=(PEOPLE // 2, scenario.items))
    noise = np.concatenate([half, -half])  # as many above as below: the mean moves less by chance
    tasks = tasks_of(scenario.design)
    appearances = float((tasks != MISSING).sum()) / len(tasks) / scenario.items
    with_it = tasks[(tasks == item).any(axis=-1)][:MOST_TASKS]
    way = -1.0 if means[item] > 0 else 1.0

    def score(by: float) -> float:
        moved = means + noise
        moved[:, item] += way * by
        chances = sequential.probabilities(moved, with_it)
        gain = chances.sum(axis=-1) - chances.sum(axis=-2)  # best minus worst, by position
        return appearances * float(gain[:, with_it == item].mean())

    start, low, high = score(0.0), 0.0, FURTHEST
    if abs(score(high) - start) < difference:
        raise RequestError(
            f"A difference of {difference:g} in mean scores per person cannot arise on every item: where each is shown "
            f"{appearances:g} times to a person, scores run from −{appearances:g} to +{appearances:g}. Ask for a "
            "smaller one."
        )
    while high - low > NEAR:
        middle = (low + high) / 2
        low, high = (middle, high) if abs(score(middle) - start) < difference else (low, middle)
    return way * high
