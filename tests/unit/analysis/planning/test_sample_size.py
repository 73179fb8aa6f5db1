"""How many people a question takes."""

import numpy as np
import pytest

from commonground.analysis.compare import compare
from commonground.analysis.group_means import group_means
from commonground.analysis.planning.answers import Shift, draw_answers
from commonground.analysis.planning.curve import size_for_power, size_for_precision
from commonground.analysis.planning.errors import expected_errors
from commonground.analysis.planning.power import shift_for, told_apart
from commonground.analysis.planning.question import Question
from commonground.analysis.planning.sample_size import sample_size
from commonground.analysis.planning.scenario import Scenario
from commonground.design.build import build_design
from commonground.records.choices import ChoiceData
from commonground.records.errors import RequestError, SettingError

FANO = build_design(7, 3)
SCENARIO = Scenario(FANO, 1.0, 1.0)


def test_the_size_for_a_precision_gives_it_anew():
    found = sample_size(SCENARIO, Question(precision=0.3), simulations=100, seed=3)
    assert found.recommended is not None
    fresh = sample_size(
        SCENARIO, Question(precision=0.3), sizes=[found.recommended.size], simulations=100, seed=99
    ).sizes[0]
    assert fresh.half_width_most == pytest.approx(0.3, rel=0.03)
    low, high = found.recommended.interval
    assert low <= found.recommended.size <= high
    assert found.recommended.fresh.half_width_most == pytest.approx(0.3, rel=0.03)
    assert fresh.power is None


def test_the_size_for_a_power_gives_it_anew():
    question = Question(difference=0.9, groups=2)
    found = sample_size(SCENARIO, question, simulations=100, seed=3)
    assert found.recommended is not None
    assert found.recommended.total == 2 * found.recommended.size
    fresh = sample_size(SCENARIO, question, sizes=[found.recommended.size], simulations=150, seed=99).sizes[0]
    assert fresh.power is not None
    assert 0.68 < fresh.power < 0.92
    powers = [row.power for row in found.sizes]
    assert powers[0] < 0.6 < powers[-1]


def test_both_questions_take_the_larger_number():
    found = sample_size(SCENARIO, Question(precision=0.5, difference=1.0, groups=2), simulations=40).recommended
    assert found is not None
    assert found.size == max(found.for_precision, found.for_power)


def test_utilities_can_be_asked_for():
    found = sample_size(SCENARIO, Question(precision=0.4, scale="utility"), simulations=20)
    assert found.recommended is not None
    assert found.recommended.fresh.half_width_most == pytest.approx(0.4, rel=0.06)
    assert "utility in logits" in found.words[0]


def test_sizes_that_are_given_are_looked_at_and_no_others():
    found = sample_size(SCENARIO, Question(precision=0.2), sizes=[60, 30, 30], simulations=20)
    assert [row.size for row in found.sizes] == [30, 60]
    assert found.recommended is None
    assert found.words[0].startswith("No size looked at is enough")
    assert "Beyond the sizes looked at" in found.messages[0]
    generous = sample_size(SCENARIO, Question(precision=0.9), sizes=[30, 60], simulations=20)
    assert generous.recommended is not None
    assert generous.recommended.size < 30
    assert "Even the smallest size" in generous.messages[0]


def test_the_same_seed_gives_the_same():
    one, two = (sample_size(SCENARIO, Question(precision=0.5), simulations=20, seed=5) for _ in range(2))
    assert one == two


def test_the_fast_test_is_the_one_of_compare():
    """On twenty pairs of groups some of which differ: the same verdict but for the luck of permutations."""
    rng, agree = np.random.default_rng(5), 0
    for _ in range(20):
        answers = draw_answers(SCENARIO, SCENARIO.means(rng), people=30, groups=2, rng=rng, shift=Shift(2, 1.2))
        first, second = answers.choices(0), answers.choices(1)
        both = ChoiceData.from_rows(
            first.items,
            tuple(f"{group}{person}" for group in "ab" for person in range(30)),
            respondent=np.concatenate([first.respondent, second.respondent + 30]),
            task=np.concatenate([first.task, second.task]),
            shown=np.concatenate([first.shown, second.shown]),
            best=np.concatenate([first.best, second.best]),
            worst=np.concatenate([first.worst, second.worst]),
            covariates={"group": ("a",) * 30 + ("b",) * 30},
        )
        verdict = compare(both, by="group", resamples=50, permutations=499).item("2").pairs[0].verdict
        agree += (verdict == "differs") == told_apart(answers, 2, rng)
    assert agree >= 18


def test_groups_too_small_for_any_permutation_are_never_told_apart():
    rng = np.random.default_rng(1)
    answers = draw_answers(SCENARIO, SCENARIO.means(rng), people=4, groups=2, rng=rng, shift=Shift(2, 9.0))
    assert not told_apart(answers, 2, rng)


@pytest.mark.parametrize("item", [0, 3, 6])
def test_a_shift_gives_the_difference_asked_for(item):
    rng = np.random.default_rng(2)
    means = np.linspace(-1, 1, 7)
    shift = shift_for(SCENARIO, means, item, 0.8, rng)
    assert (shift < 0) == (means[item] > 0)
    answers = draw_answers(SCENARIO, means, people=3000, groups=2, rng=rng, shift=Shift(item, shift))
    first, second = (group_means(answers.choices(group), resamples=10)[item].mean for group in (0, 1))
    assert abs(first - second) == pytest.approx(0.8, abs=0.1)


def test_a_difference_no_design_can_show_is_refused():
    with pytest.raises(RequestError, match="from −3 to \\+3"):
        sample_size(SCENARIO, Question(difference=4.0, groups=2), simulations=20)


def test_too_much_to_ask_is_refused_with_the_number():
    with pytest.raises(SettingError, match=r"people in each group, more than are simulated"):
        sample_size(SCENARIO, Question(precision=0.01), simulations=20)


def test_utilities_that_do_not_exist_are_named_as_the_cause():
    with pytest.raises(SettingError, match="always or never picked"):
        sample_size(Scenario(FANO, 20.0, 0.0), Question(precision=0.5, scale="utility"), simulations=20)


def test_curves_find_sizes():
    sizes = np.array([25.0, 100.0])
    assert size_for_precision(sizes, np.full((3, 2, 4), np.inf), 0.1) == np.inf
    assert size_for_power(sizes, np.zeros((50, 2), dtype=bool), 0.8) > 1000
    assert size_for_power(sizes, np.array([[True, False]] * 50), 0.8) == np.inf


@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"precision": 0.0},
        {"difference": -1.0, "groups": 2},
        {"difference": 1.0},
        {"precision": 1.0, "power": 1.0},
        {"precision": 1.0, "groups": 0},
        {"precision": 1.0, "scale": "share"},
        {"precision": 1.0, "model": "rank"},
    ],
)
def test_impossible_questions_are_refused(asked):
    with pytest.raises(SettingError):
        Question(**asked)


@pytest.mark.parametrize("more", [{"simulations": 5}, {"sizes": [2]}, {"sizes": [99999]}])
def test_impossible_settings_are_refused(more):
    with pytest.raises(SettingError):
        sample_size(SCENARIO, Question(precision=0.5), **more)


def test_it_prints_as_a_table():
    found = sample_size(SCENARIO, Question(precision=0.5), sizes=[30, 60], simulations=20)
    assert "± (9 of 10)" in str(found)
    assert found.words[0] in " ".join(str(found).split())
    assert [row["size"] for row in found.to_dicts()] == [30, 60]
    assert len(found.sheet("errors").to_dicts()) == 7
    assert "people differ" in str(expected_errors(SCENARIO, 10, draws=1, people=10))
