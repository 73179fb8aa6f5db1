"""Latent classes that are there are found, as precisely as is said, and none where there are none.

Three kinds of people (50, 30, 20 %) whose utilities overlap; 300 people, 14 tasks of 4 of 8 items, `sequential`.
"""

from dataclasses import replace
from itertools import permutations

import numpy as np

from commonground.analysis.classes.fit import fit_classes
from commonground.analysis.logit.fit import fit
from commonground.design.build import build_design
from commonground.simulation.rules import draw_answers

PEOPLE = 300
SIZES = np.array([0.5, 0.3, 0.2])
KINDS = np.array(
    [
        [1.0, 0.5, 0.2, 0.0, 0.0, -0.2, -0.5, -1.0],
        [-0.3, 0.0, 0.8, 0.6, -0.6, 0.4, -0.5, -0.4],
        [0.6, -0.6, -0.4, 0.4, 0.9, 0.6, -0.8, -0.7],
    ]
)
TASKS = np.array(build_design(8, 4).versions[0])
ITEMS = tuple("abcdefgh")


def answers(kind, rng, spread=0.0):
    """What people of these kinds answer, who differ within their kind by a spread."""
    utilities = KINDS[kind] + spread * rng.normal(size=(kind.size, 8))
    return draw_answers("sequential", utilities, np.broadcast_to(TASKS, (kind.size, *TASKS.shape)), rng).as_data(ITEMS)


def drawn(rng, sizes=SIZES, people=PEOPLE):
    return rng.choice(3, size=people, p=sizes)


def columns(items):
    """Utilities, plain and robust errors: (3, n_items)."""
    return np.array([(item.utility, item.standard_error, item.robust_standard_error) for item in items]).T


def matched(solution):
    """Places of the classes that stand for the three kinds."""
    table = np.stack([columns(one.items)[0] for one in solution.classes])
    return list(min(permutations(range(3)), key=lambda order: np.abs(table[list(order)] - KINDS).sum()))


def percent(value):
    return f"{100 * value:.1f} %"


def test_three_classes_and_their_errors(counted, measured):
    """Estimand: utilities and sizes of the three kinds; 500 studies. About 95 CPU seconds.

    Negative control: a fit to the people most likely in the first class, as if that were known, misses the same bound.
    """
    rng, replications = np.random.default_rng(4), 500
    hits, size_hits, naive, off = np.zeros((2, 3, 8)), np.zeros(3), np.zeros(8), []
    for _ in counted(replications, "three classes"):
        data = answers(drawn(rng), rng)
        found = fit_classes(data, classes=[3], starts=10)
        order = matched(found.solution(3))
        classes = [found.solution(3).classes[place] for place in order]
        utility, *errors = np.stack([columns(one.items) for one in classes], axis=1)
        hits += np.abs(utility - KINDS) < 1.96 * np.array(errors)
        size_hits += [
            abs(one.size - size) < 1.96 * one.size_standard_error for one, size in zip(classes, SIZES, strict=True)
        ]
        off.append(utility - KINDS)
        assigned = found.posteriors[3].argmax(axis=1) == order[0]
        own, plain, _ = columns(fit(data.keep(assigned)).models[0].items)
        naive += np.abs(own - KINDS[0]) < 1.96 * plain
    plain, robust = hits.mean(axis=(1, 2)) / replications
    sizes, assigned = size_hits.mean() / replications, naive.mean() / replications
    bias = np.abs(np.mean(off, axis=0)).max()
    measured(
        "coverage in three classes",
        plain=percent(plain),
        robust=percent(robust),
        sizes=percent(sizes),
        as_if_classes_were_known=percent(assigned),
        largest_bias=f"{bias:.3f}",
        typical_error=f"{np.std(off):.3f}",
    )
    assert 0.93 < plain < 0.97
    assert 0.92 < robust < 0.97
    assert 0.92 < sizes < 0.97
    assert bias < 0.05
    assert assigned < 0.93, "assigning people first must be seen to fail"


def test_how_many_classes_are_taken(counted, measured):
    """Lowest BIC of 1–4 classes; 100 studies each. About 290 CPU seconds.

    Three kinds give three classes, one kind one. Negative control: people who differ smoothly by SD 1 around one mean
    give classes, too; that is why classes describe people and do not prove that there are kinds of them.
    """
    rng, replications = np.random.default_rng(5), 100
    taken = np.zeros((3, 5))
    for _ in counted(replications, "how many classes"):
        one = np.zeros(PEOPLE, dtype=np.int64)
        for place, data in enumerate((answers(drawn(rng), rng), answers(one, rng), answers(one, rng, spread=1.0))):
            taken[place, fit_classes(data, classes=range(1, 5), starts=10).chosen] += 1
    three, single, smooth = taken / replications
    measured(
        "classes taken",
        three_of_three=percent(three[3]),
        one_of_one=percent(single[1]),
        more_than_one_where_people_differ_smoothly=percent(smooth[2:].sum()),
    )
    assert three[3] > 0.9
    assert single[1] > 0.95
    assert smooth[1] < 0.1


def test_sizes_by_group(counted, measured):
    """Estimand: class sizes in two groups of 150; 200 studies. About 40 CPU seconds.

    Negative control: mean probabilities of membership are pulled towards the sizes over everybody.
    """
    rng, replications = np.random.default_rng(6), 200
    sizes = np.array([[0.7, 0.2, 0.1], [0.3, 0.4, 0.3]])
    labels = {"group": tuple("A" * 150 + "B" * 150)}
    off = []
    for _ in counted(replications, "sizes by group"):
        data = replace(answers(np.concatenate([drawn(rng, one, 150) for one in sizes]), rng), covariates=labels)
        solution = fit_classes(data, classes=[3], by="group", starts=10).solution(3)
        table = np.array([(group.adjusted, group.expected) for group in solution.groups])
        off.append(table[..., matched(solution)] - sizes[:, None])
    adjusted, expected = np.abs(np.mean(off, axis=0)).max(axis=(0, 2))
    measured("largest bias of sizes by group", adjusted=f"{adjusted:.3f}", expected=f"{expected:.3f}")
    assert adjusted < 0.015
    assert expected > 0.03, "mean probabilities must be seen to be pulled"
