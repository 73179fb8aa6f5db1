"""Each sign on data made to show it, and on data made not to."""

import numpy as np
import pytest

from commonground.analysis.quality.duplicates import chance_to_agree, duplicates
from commonground.analysis.quality.fit import kinds_of
from commonground.analysis.quality.positions import most_frequent
from commonground.analysis.quality.quality import quality
from commonground.analysis.quality.repeats import chance_of
from commonground.design.build import build_design
from commonground.likelihood.tasks import Tasks, tasks_by_respondent
from commonground.records.choices import ChoiceData
from commonground.records.study import RepeatRule
from commonground.simulation.answer import simulate_choices

ITEMS = tuple("abcdefghijk")
PEOPLE = 60


@pytest.fixture(scope="module")
def data():
    """Sixty people who know what they want, each with one repeated task."""
    utilities = np.random.default_rng(1).normal(0, 3, (PEOPLE, 11))
    return simulate_choices(ITEMS, build_design(11, 5, repeat=True), utilities, seed=2, repeat=RepeatRule())


@pytest.fixture(scope="module")
def found(data):
    return quality(data, seed=3, simulations=1000)


def test_honest_people_show_few_signs(found):
    assert found.totals.respondents == PEOPLE
    assert found.totals.tasks == PEOPLE * 11
    assert found.totals.fit.below <= 3
    assert found.totals.straight_lining.respondents <= 2
    assert found.totals.duplicates == 0
    assert found.totals.never_chosen == ()


def test_totals_add_the_respondents_up(found):
    outcomes = [one.repeat for one in found.respondents]
    for name in ("both_same", "one_changed", "both_changed"):
        assert getattr(found.totals.repeats, name) == outcomes.count(name)
    assert found.totals.repeats.compared == PEOPLE
    assert found.totals.fit.below == sum(one.rlh < one.cut_off for one in found.respondents)
    assert found.totals.seconds.fastest == min(one.seconds for one in found.respondents)


def test_below_the_cut_off_means_fitting_no_better_than_random_answers(found):
    for one in found.respondents:
        assert (one.rlh < one.cut_off) == (one.random_share > 1 - found.totals.fit.quantile + 1e-9)


def test_the_estimated_spread_and_what_follows_from_it_are_near_the_truth(found):
    """Sixty people of SD 3: the estimate is rough, and says how often such people change both picks."""
    assert found.totals.fit.estimated_sd == pytest.approx(3, abs=0.7)
    assert found.totals.repeats.genuine.both_same == pytest.approx(0.42, abs=0.06)
    assert found.totals.false_flags["random_fit"] < 0.03
    assert found.totals.false_flags["repeat_changes"] == found.totals.repeats.genuine.both_changed


def test_random_answerers_fall_below_the_cut_off_and_change_their_picks():
    data = simulate_choices(ITEMS, build_design(11, 5), np.zeros((300, 11)), seed=5, repeat=RepeatRule())
    totals = quality(data, seed=1, simulations=1000).totals
    assert totals.fit.below / 300 == pytest.approx(0.95, abs=0.04)
    assert totals.repeats.both_changed / 300 == pytest.approx(0.65, abs=0.09)
    assert totals.fit.estimated_sd < 0.6


def test_the_same_seed_gives_the_same_result(data, found):
    assert quality(data, seed=3, simulations=1000) == found


def test_progress_is_told_to_the_end(data):
    told = []
    quality(data, seed=1, simulations=100, progress=lambda done, steps: told.append((done, steps)))
    assert [done for done, _ in told] == list(range(1, told[-1][1] + 1))


def test_a_straight_liner_stands_out(data):
    copy = data.keep(np.ones(PEOPLE, dtype=bool))
    rows = np.flatnonzero(data.respondent == 7)
    copy.best[rows], copy.worst[rows] = data.shown[rows, 0], data.shown[rows, 4]
    one = quality(copy, seed=1, simulations=100).respondents[7]
    assert (one.best_position.position, one.best_position.times, one.best_position.of) == (1, 11, 11)
    assert one.best_position.chance == pytest.approx(5.0**-10)
    assert one.worst_position.position == 5


def test_copied_answers_are_found_whatever_the_order_shown():
    utilities = np.random.default_rng(1).normal(0, 3, (4, 11))
    data = simulate_choices(ITEMS, build_design(11, 5), utilities, seed=2)
    answers = {
        (1, task): (data.best[row], data.worst[row]) for row, task in enumerate(data.task) if data.respondent[row] == 1
    }
    for row in np.flatnonzero(data.respondent == 3):
        data.best[row], data.worst[row] = answers[1, data.task[row]]
    found = quality(data, seed=1, simulations=100)
    assert [one.duplicate_of for one in found.respondents] == [None, "r4", None, "r2"]
    assert found.totals.duplicates == 2
    assert found.respondents[1].duplicate_chance == pytest.approx(20.0**-11)


def test_one_different_answer_makes_no_duplicate():
    shown = [[[0, 1, 2], [1, 2, 3]]] * 2
    alike = Tasks(shown, best=[[0, 1], [0, 1]], worst=[[1, 2], [1, 2]])
    almost = Tasks(shown, best=[[0, 1], [0, 1]], worst=[[1, 2], [1, 3]])
    assert duplicates(alike, 4).tolist() == [1, 0]
    assert duplicates(almost, 4).tolist() == [-1, -1]
    assert chance_to_agree(alike).tolist() == pytest.approx([1 / 36, 1 / 36])


@pytest.mark.parametrize(
    ("k", "both_same", "one_changed", "both_changed"),
    [(3, 1 / 6, 1 / 3, 1 / 2), (4, 1 / 12, 1 / 3, 7 / 12), (5, 0.05, 0.30, 0.65)],
)
def test_chance_on_a_repeated_task_is_exact(k, both_same, one_changed, both_changed):
    """By listing every pair of ordered picks, and by the formula."""
    pairs = [(b, w) for b in range(k) for w in range(k) if b != w]
    changes = [(b != c) + (w != v) for b, w in pairs for c, v in pairs]
    listed = [changes.count(n) / len(changes) for n in (0, 1, 2)]
    assert listed == pytest.approx([both_same, one_changed, both_changed])
    shares = chance_of([k])
    assert [shares.both_same, shares.one_changed, shares.both_changed] == pytest.approx(listed)


def repeated(best, worst):
    """One person, one task of five shown twice."""
    return ChoiceData.from_rows(
        ITEMS, ("x",), respondent=[0, 0], task=[1, 2], shown=[[0, 1, 2, 3, 4]] * 2, best=best, worst=worst,
        repeat_of=[0, 1],
    )  # fmt: skip


@pytest.mark.parametrize(
    ("best", "worst", "outcome", "changed", "swapped"),
    [
        ([0, 0], [1, 1], "both_same", (0, 0), 0),
        ([0, 2], [1, 1], "one_changed", (1, 0), 0),
        ([0, 0], [1, 2], "one_changed", (0, 1), 0),
        ([0, 2], [1, 3], "both_changed", (1, 1), 0),
        ([0, 1], [1, 0], "both_changed", (1, 1), 1),
    ],
)
def test_what_changed_is_told(best, worst, outcome, changed, swapped):
    one = quality(repeated(best, worst), seed=1, simulations=100).respondents[0]
    assert one.repeat == outcome
    assert (one.repeats.best_changed, one.repeats.worst_changed) == changed
    assert one.repeats.swapped == swapped


def test_a_repeat_without_its_twin_or_a_pick_is_not_compared():
    missing = repeated([0, 0], [1, -1])
    assert quality(missing, seed=1, simulations=100).totals.repeats is None
    alone = ChoiceData.from_rows(
        ITEMS, ("x",), respondent=[0], task=[2], shown=[[0, 1, 2]], best=[0], worst=[1], repeat_of=[1]
    )
    found = quality(alone, seed=1, simulations=100)
    assert found.totals.repeats is None
    assert found.totals.fit is None
    assert found.respondents[0].rlh is None


def test_the_contract_allows_the_repeat_to_carry_its_twins_number():
    data = repeated([0, 0], [1, 1])
    data.task[1] = 1
    assert quality(data, seed=1, simulations=100).respondents[0].repeat == "both_same"


def test_best_only_data_are_checked_as_far_as_they_go():
    utilities = np.random.default_rng(1).normal(0, 3, (40, 11))
    data = simulate_choices(ITEMS, build_design(11, 5), utilities, seed=2)
    data.worst[:] = -1
    data.seconds[:] = np.nan
    found = quality(data, seed=1, simulations=400)
    assert found.totals.repeats is None
    assert found.totals.seconds is None
    assert found.totals.fit.equal_utilities == pytest.approx(0.2)
    assert found.respondents[0].worst_position is None
    assert found.totals.never_worst == ITEMS
    assert found.respondents[0].seconds is None


def test_worst_only_data_too():
    utilities = np.random.default_rng(1).normal(0, 3, (40, 11))
    data = simulate_choices(ITEMS, build_design(11, 5), -utilities, seed=2)
    data.worst[:] = data.best
    data.best[:] = -1
    found = quality(data, seed=1, simulations=400)
    assert found.totals.fit.below < 10  # 40 people of SD 3, of whom one in twelve fits so badly by chance
    assert found.totals.fit.genuine[-1].below < 0.2


def test_people_with_fewer_tasks_are_compared_with_random_people_of_as_few():
    utilities = np.random.default_rng(1).normal(0, 3, (40, 11))
    data = simulate_choices(ITEMS, build_design(11, 5), utilities, seed=2)
    gone = (data.respondent < 10) & (data.shown_order > 4)
    data.best[gone] = data.worst[gone] = -1
    kinds = kinds_of(tasks_by_respondent(data))
    assert kinds.tolist() == [1] * 10 + [0] * 30
    found = quality(data, seed=1, simulations=400)
    assert found.respondents[0].cut_off > found.respondents[-1].cut_off + 0.1
    assert found.respondents[0].tasks == 4


def test_genuine_people_who_stop_half_way_are_hit_more_often_and_the_share_says_so():
    utilities = np.random.default_rng(1).normal(0, 2, (60, 11))
    data = simulate_choices(ITEMS, build_design(11, 5), utilities, seed=2)
    whole = quality(data, seed=1, simulations=800).totals.false_flags["random_fit"]
    gone = (data.respondent < 25) & (data.shown_order > 3)
    data.best[gone] = data.worst[gone] = -1
    assert quality(data, seed=1, simulations=800).totals.false_flags["random_fit"] > whole + 0.1


def test_answers_that_fit_exactly_as_well_as_random_ones_are_not_below_them():
    """One task each: every answer fits equally well, whatever the last place of the sum says."""
    data = simulate_choices(ITEMS[:5], build_design(5, 5, tasks=1), np.zeros((50, 5)), seed=2)
    assert quality(data, seed=1, simulations=400).totals.fit.below == 0


def test_how_rare_a_run_in_one_position_is_agrees_with_listing():
    """Three tasks of three items: every one of the 27 ways is listed."""
    ways = [(a, b, c) for a in range(3) for b in range(3) for c in range(3)]
    shown = np.broadcast_to(np.arange(3), (27, 3, 3))
    tasks = Tasks(shown, np.array(ways), (np.array(ways) + 1) % 3)
    positions = most_frequent(tasks, tasks.best)
    most = [max(way.count(p) for p in range(3)) for way in ways]
    assert positions.times.tolist() == most
    for times in (2, 3):
        listed = sum(m >= times for m in most) / 27
        assert positions.chance[most.index(times)] == pytest.approx(listed)


def test_an_empty_table_gives_an_empty_result():
    nothing = ChoiceData.from_rows(ITEMS, (), respondent=[], task=[], shown=np.zeros((0, 5)), best=[], worst=[])
    found = quality(nothing, seed=1)
    assert found.respondents == ()
    assert found.totals.never_chosen == ITEMS
    assert set(found.totals.false_flags.values()) == {None}
