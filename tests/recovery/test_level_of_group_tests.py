"""Tests between groups keep their level where people differ, and the plain ones do not."""

from dataclasses import replace

import numpy as np

from commonground.analysis.logit.fit import fit

PEOPLE = 120
REPLICATIONS = 1_000
PERMUTATIONS = 39


def test_permuting_people_keeps_five_per_cent(study, truth, counted, measured):
    """Two groups of 60 from one population with SD 1, `sequential`; 1,000 studies, 39 permutations each.

    Share of true hypotheses rejected at 5 %. Negative control: the χ² test. About 300 CPU seconds.
    """
    rng = np.random.default_rng(3)
    halves = {"group": tuple("AB"[person % 2] for person in range(PEOPLE))}
    rejected = np.zeros(3)
    for place in counted(REPLICATIONS, "two groups from one population"):
        data = replace(study("sequential", truth, 1.0, PEOPLE, rng), covariates=halves)
        tests = fit(data, by="group", permutations=PERMUTATIONS, seed=place).group_tests
        equal, scaled = tests.equal_utilities, tests.equal_up_to_scale
        rejected += np.array([equal.permuted_p, scaled.permuted_p, equal.plain_p]) <= 0.05
    utilities, scale, plain = rejected / REPLICATIONS
    measured(
        "true hypotheses rejected at 5 %",
        equal_utilities_permuted=f"{100 * utilities:.1f} %",
        equal_up_to_scale_permuted=f"{100 * scale:.1f} %",
        equal_utilities_plain=f"{100 * plain:.1f} %",
    )
    assert 0.03 < utilities < 0.07
    assert 0.03 < scale < 0.07
    assert plain > 0.25, "the plain test must be seen to fail"
