"""Sample sizes at length: the number recommended gives what it promises, and the test keeps its level."""

import numpy as np
import pytest

from commonground.analysis.planning.answers import draw_answers
from commonground.analysis.planning.errors import expected_errors
from commonground.analysis.planning.power import told_apart
from commonground.analysis.planning.precision import score_half_widths, utility_half_widths
from commonground.analysis.planning.question import Question
from commonground.analysis.planning.sample_size import sample_size
from commonground.analysis.planning.scenario import Scenario
from commonground.design.build import build_design

PUBLISHED = Scenario(build_design(11, 5), 1.83, 2.286)


@pytest.mark.parametrize("scenario", [PUBLISHED, Scenario(build_design(7, 3), 1.0, 1.0)], ids=["11 items", "7 items"])
def test_the_size_for_a_power_gives_it(scenario: Scenario, measured) -> None:
    """1,000 fresh studies; their share is known to ±2.5 points."""
    question = Question(difference=1.0, groups=2)
    found = sample_size(scenario, question, simulations=600, seed=11).recommended
    assert found is not None
    fresh = sample_size(scenario, question, sizes=[found.size], simulations=1000, seed=12).sizes[0]
    measured("power where 80 % was asked", in_each_group=found.size, found=f"{100 * fresh.power:.1f} %")
    assert fresh.power == pytest.approx(0.8, abs=0.045)


@pytest.mark.parametrize("scale", ["score", "utility"])
def test_the_size_for_a_precision_gives_it(scale: str, measured) -> None:
    question = Question(precision=0.4, scale=scale)
    found = sample_size(PUBLISHED, question, simulations=300, seed=11).recommended
    assert found is not None
    fresh = sample_size(PUBLISHED, question, sizes=[found.size], simulations=400, seed=12).sizes[0]
    measured(f"half-width where 0.4 was asked, {scale}", people=found.size, found=f"{fresh.half_width_most:.3f}")
    assert fresh.half_width_most == pytest.approx(0.4, rel=0.015)


def test_groups_from_one_population_are_told_apart_in_five_per_cent(measured) -> None:
    """Over all items and 800 studies of two groups; one item alone is flagged far less often."""
    rng, flagged = np.random.default_rng(3), 0
    for _ in range(800):
        answers = draw_answers(PUBLISHED, PUBLISHED.means(rng), people=40, groups=2, rng=rng)
        flagged += told_apart(answers, int(rng.integers(11)), rng, permutations=199)
    measured("one item flagged where groups are alike", share=f"{flagged / 8:.1f} %")
    assert flagged / 800 < 0.02


@pytest.mark.parametrize(
    "scenario",
    [PUBLISHED, Scenario(build_design(12, 4, tasks=7, versions=6), 1.0, 1.0), Scenario(build_design(7, 3), 1.0, 0.0)],
    ids=["published", "six versions", "people alike"],
)
def test_expected_errors_are_those_of_answers(scenario: Scenario, measured) -> None:
    """Scores and utilities, 150 studies of 600 people: within two per cent."""
    rng = np.random.default_rng(4)
    scores, utilities = [], []
    for _ in range(150):
        answers = draw_answers(scenario, scenario.means(rng), people=600, groups=1, rng=rng)
        scores.append(score_half_widths(answers) / 1.9639)
        utilities.append(utility_half_widths(answers, "sequential") / 1.959964)
    found = expected_errors(scenario, 600, draws=60).items
    for simulated, name in ((scores, "score"), (utilities, "utility_clustered")):
        expected = np.sqrt(np.mean([getattr(item, name) ** 2 for item in found]))
        of_answers = np.sqrt(np.mean(np.square(simulated)))
        measured(f"expected error over that of answers, {name}", ratio=f"{expected / of_answers:.3f}")
        assert expected == pytest.approx(of_answers, rel=0.02)
