"""Signs come with evidence, threshold, source and whom they wrong; they never decide."""

import pytest

from commonground.analysis.quality.quality import quality
from commonground.design.build import build_design
from commonground.records.choices import ChoiceData
from commonground.records.respondents import RespondentTable
from commonground.records.study import RepeatRule, ScreeningRules, Study
from commonground.screening.cases import Case, cases_of_tables
from commonground.screening.records import NEVER_ALONE, Rule
from commonground.screening.screen import screen
from commonground.simulation.answer import simulate_choices

ITEMS = tuple("abcdefghijk")


@pytest.fixture(scope="module")
def data() -> ChoiceData:
    """Thirty people who answer in earnest; one of them is then made to choose the first and the last card always."""
    import numpy as np

    utilities = np.random.default_rng(3).normal(size=(30, 11)) * 2
    data = simulate_choices(ITEMS, build_design(11, 5, repeat=True, seed=1), utilities, seed=4, repeat=RepeatRule())
    straight = data.respondent == 0
    data.best[straight] = data.shown[straight, 0]
    data.worst[straight] = data.shown[straight, -1]
    return data


@pytest.fixture(scope="module")
def found(data):
    return quality(data, seed=1, simulations=300)


def times(data: ChoiceData, minutes: float, status: str = "complete") -> tuple[Case, ...]:
    size = len(data.respondents)
    table = RespondentTable(data.respondents, {"seconds": (str(minutes * 60),) * size, "status": (status,) * size})
    return cases_of_tables(Study.model_construct(), data, table)


def untimed(data: ChoiceData) -> tuple[Case, ...]:
    return cases_of_tables(Study.model_construct(), data, None)


def test_one_position_again_and_again_is_a_sign(data, found):
    flags = [flag for flag in screen(ScreeningRules(), untimed(data), found).flags if flag.rule is Rule.STRAIGHT_LINE]
    assert [flag.respondent for flag in flags] == [data.respondents[0]]
    assert "Chose position 1 as most in 11 of 11 tasks" in flags[0].evidence


def test_every_flag_says_evidence_threshold_source_and_whom_it_wrongs(data, found):
    for flag in screen(ScreeningRules(minimum_minutes=10), times(data, 4), found).flags:
        assert all((flag.evidence, flag.threshold, flag.source, flag.wrongs))


def test_a_short_time_is_flagged_with_the_minutes(data, found):
    screening = screen(ScreeningRules(minimum_minutes=10), times(data, 4.24), found)
    flags = [flag for flag in screening.flags if flag.rule is Rule.TOTAL_TIME]
    assert len(flags) == 30
    assert flags[0].evidence == "4.2 minutes for the whole survey."
    assert flags[0].false_flag_share is None


def test_a_time_at_the_limit_is_no_sign(data, found):
    flags = screen(ScreeningRules(minimum_minutes=10), times(data, 10), found).flags
    assert not any(flag.rule is Rule.TOTAL_TIME for flag in flags)


def test_who_has_not_finished_has_no_total_time(data, found):
    screening = screen(ScreeningRules(minimum_minutes=10), times(data, 4, "started"), found)
    assert not any(flag.rule is Rule.TOTAL_TIME for flag in screening.flags)
    assert "not known of anybody" in screening.messages[0]


def test_a_changed_repeat_is_never_a_sign_by_itself(data, found):
    flags = screen(ScreeningRules(), untimed(data), found).flags
    signs = {one.respondent: set() for one in found.respondents}
    for flag in flags:
        signs[flag.respondent].add(flag.rule)
    assert not any(rules and rules <= NEVER_ALONE for rules in signs.values())
    changed = [one.respondent for one in found.respondents if one.repeat == "both_changed"]
    assert changed
    assert any(not signs[respondent] for respondent in changed)


def test_identical_answers_name_the_other(data):
    twins = data.keep(data.weight > 0)
    rows, other = twins.respondent == 1, twins.respondent == 2
    for name in ("shown", "best", "worst"):
        getattr(twins, name)[other] = getattr(twins, name)[rows]
    for name in ("task", "repeat_of"):
        getattr(twins, name)[other] = getattr(twins, name)[rows]
    flags = screen(ScreeningRules(), untimed(twins), quality(twins, seed=1, simulations=200)).flags
    same = {flag.respondent: flag.evidence for flag in flags if flag.rule is Rule.IDENTICAL_ANSWERS}
    assert twins.respondents[1] in same or twins.respondents[2] in same


def test_every_rule_tells_what_it_does_to_genuine_people(data, found):
    rules = {one.rule: one for one in screen(ScreeningRules(), untimed(data), found).rules}
    assert set(rules) == set(Rule)
    assert rules[Rule.TOTAL_TIME].told_of_genuine.startswith("not computable")
    assert 0 <= rules[Rule.RANDOM_FIT].false_flag_share <= 1
    assert rules[Rule.REPEAT_CHANGES].told_of_genuine.endswith("were it a sign by itself")


def test_rules_can_be_switched_off(data, found):
    rules = ScreeningRules(
        minimum_minutes=None,
        fast_page_seconds=None,
        same_address=None,
        same_text=False,
        corrected_eligibility=False,
        burst_people=None,
        repeat_changes="never",
        identical_answers=False,
        circular_triads=False,
    )
    screening = screen(rules, times(data, 1), found)
    assert {one.rule for one in screening.rules if one.checked} == {Rule.RANDOM_FIT, Rule.STRAIGHT_LINE}
    assert {flag.rule for flag in screening.flags} <= {Rule.RANDOM_FIT, Rule.STRAIGHT_LINE}
