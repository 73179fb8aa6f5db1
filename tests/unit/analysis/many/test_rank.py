"""Scores, ranks with intervals, and reliability of many items."""

from dataclasses import replace

import numpy as np
import pytest
from numpy.testing import assert_allclose

from commonground.analysis.count import count
from commonground.analysis.many.pick_sets import pick_sets
from commonground.analysis.many.rank import rank
from commonground.analysis.many.ranks import draw_ranks
from commonground.analysis.many.reliability import split_half
from commonground.analysis.rank_sets import ranks
from commonground.records.choices import MISSING, ChoiceData
from commonground.records.errors import DataError, RequestError, SettingError
from commonground.report.estimates import scores


@pytest.fixture(scope="module")
def sparse(simulate):
    """Two hundred items, each shown about fifteen times, once to a person at most."""
    return simulate(200, 100, 8, 4)


@pytest.fixture(scope="module")
def ranked(sparse):
    return rank(sparse[1], top=20, splits=10).groups[0]


def by_item(found, name):
    return np.array([getattr(item, name) for item in found.items])


def test_utilities_beat_raw_counts_on_sparse_answers(sparse, ranked):
    truth, data = sparse
    counted = [item.mean for item in count(data).groups[0].items]
    assert np.corrcoef(by_item(ranked, "utility"), truth)[0, 1] > np.corrcoef(counted, truth)[0, 1]


def test_intervals_and_errors_hold_the_truth(sparse, ranked):
    truth, _ = sparse
    low, high = by_item(ranked, "rank_interval").T
    place = ranks(truth)
    assert 0.9 <= np.mean((low <= place) & (place <= high)) <= 0.99
    assert 0.9 <= np.mean(np.abs(by_item(ranked, "utility") - truth) < 1.96 * by_item(ranked, "standard_error")) <= 0.99


def test_probabilities_of_the_top_add_up_to_its_size(ranked):
    assert by_item(ranked, "top_probability").sum() == pytest.approx(20)
    assert [item.rank for item in ranked.ranking][:3] == [1, 2, 3]


def test_reliability_says_how_well_the_estimates_would_come_again(sparse, ranked, simulate):
    """The correlation of estimates with the truth is about the root of the reliability."""
    truth, _ = sparse
    agreement = np.corrcoef(by_item(ranked, "utility"), truth)[0, 1]
    assert ranked.reliability.spearman_brown == pytest.approx(agreement**2, abs=0.06)
    low, high = ranked.reliability.interval
    assert low <= ranked.reliability.spearman_brown <= high
    assert ranked.reliability.splits == 10


def test_people_who_answer_at_random_are_not_reliable(simulate):
    _, data = simulate(40, 60, 8, 4, sd=0.0)
    found = rank(data, splits=20).groups[0]
    assert abs(found.reliability.split_half) < 0.2
    assert found.prior_sd < 0.25


def test_the_same_seed_gives_the_same_and_another_other_draws(sparse, ranked):
    again = rank(sparse[1], top=20, splits=10).groups[0]
    assert again == ranked
    assert rank(sparse[1], top=20, splits=0, seed=2).groups[0].item("item 3").utility == pytest.approx(
        ranked.item("item 3").utility, abs=0.02
    )


def test_items_never_shown_and_items_apart_are_named():
    data = ChoiceData.from_rows(
        ("a", "b", "c", "d", "e"),
        tuple(f"r{number}" for number in range(30)),
        respondent=np.repeat(np.arange(30), 2),
        task=np.tile([1, 2], 30),
        shown=np.tile([[0, 1], [2, 3]], (30, 1)),
        best=np.tile([0, 2], 30),
        worst=np.full(60, MISSING),
    )
    found = rank(data, top=1, splits=0).groups[0]
    words = " ".join(found.messages)
    assert found.components == 2
    assert "'e' was in no answered task" in words
    assert "No chain of tasks joins these items with the other 2: 'c', 'd'" in words
    assert "tied" in words
    assert (found.item("e").rank, found.item("e").shown, found.item("e").rank_interval) == (None, 0, None)
    assert found.item("a").rank == found.item("c").rank == 1
    assert found.item("b").rank == 3


def test_answers_without_contradiction_are_no_distances(simulate):
    _, data = simulate(6, 30, 10, 3, sd=50.0)
    found = rank(data, splits=0).groups[0]
    assert found.prior_sd == 5
    assert any("the distances may not" in message for message in found.messages)


def test_few_people_speak_for_themselves_only(simulate):
    _, data = simulate(30, 3, 40, 4)
    found = rank(data, splits=5).groups[0]
    assert any(message.startswith("Only 3 respondents") for message in found.messages)
    assert any(message.startswith("Reliability cannot be told") for message in found.messages)
    assert found.reliability.split_half is None
    assert all(item.standard_error > 0.1 for item in found.items)


def test_people_who_differ_are_said_and_widen_the_errors(simulate):
    _, data = simulate(20, 60, 25, 4, person_sd=2.0)
    found = rank(data, splits=0).groups[0]
    assert found.noise_ratio > 1.5
    assert any(message.startswith("People differ") for message in found.messages)


def test_repeats_are_not_scored(sparse):
    _, data = sparse
    repeats = np.where(np.arange(data.task.size) < 50, 1, 0)
    found = rank(replace(data, repeat_of=repeats), splits=0).groups[0]
    assert found.tasks == data.task.size - 50


def test_nothing_to_rank_is_said():
    empty = ChoiceData.from_rows(
        ("a", "b"), ("Ann",), respondent=[0], task=[1], shown=[[0, 1]], best=[MISSING], worst=[MISSING]
    )
    with pytest.raises(DataError, match="nothing to rank"):
        rank(empty)


@pytest.mark.parametrize(
    "setting", [{"top": 0}, {"splits": -1}, {"draws": 10}, {"level": 1.0}, {"level": 0.2}, {"prior_sd": 0.0}]
)
def test_impossible_settings_are_refused(setting, sparse):
    with pytest.raises(SettingError):
        rank(sparse[1], **setting)


def test_ranks_of_draws():
    assert draw_ranks(np.array([[0.1, 3.0, 2.0], [5.0, 4.0, 3.0]])).tolist() == [[3, 1, 2], [1, 2, 3]]


def test_progress_counts_splits(simulate):
    _, data = simulate(12, 20, 5, 3)
    seen: list[tuple[int, int]] = []
    sets = pick_sets(data)
    split_half(
        sets, 1.0, np.zeros(12), splits=3, rng=np.random.default_rng(1), progress=lambda *done: seen.append(done)
    )
    assert seen == [(1, 3), (2, 3), (3, 3)]


def test_a_prior_that_was_given_is_taken(simulate):
    _, data = simulate(12, 20, 5, 3)
    narrow, wide = (rank(data, splits=0, prior_sd=sd).groups[0] for sd in (0.2, 2.0))
    assert (narrow.prior_sd, wide.prior_sd) == (0.2, 2.0)
    assert np.std(by_item(narrow, "utility")) < np.std(by_item(wide, "utility"))
    assert_allclose(by_item(narrow, "utility").sum(), 0, atol=1e-9)


def test_it_prints_as_a_table(ranked):
    assert str(ranked).startswith("200 items ranked, 100 respondents; in the top: the first 20\n")
    assert ranked.to_dicts()[0]["rank"] == 1
    assert ranked.sheet("reliability").to_dicts()[0]["splits"] == 10


def test_groups_are_ranked_one_beside_the_other(sparse) -> None:
    data = sparse[1]
    sides = tuple(None if place == 0 else "late" if place % 2 else "early" for place in range(len(data.respondents)))
    told: list[tuple[int, int]] = []
    found = rank(replace(data, covariates={"side": sides}), by="side", splits=4, progress=lambda *at: told.append(at))
    assert [one.group for one in found.groups] == ["early", "late"]
    assert found.group("late").respondents == sides.count("late")
    assert (found.without_group, "1 respondent without a value" in found.messages[0]) == (1, True)
    assert told[-1] == (8, 8)
    table = found.to_polars()
    assert table["group"].unique().sort().to_list() == ["early", "late"]
    assert (table["joint_rank_low"] <= table["rank_low"]).all()
    assert (table["joint_rank_high"] >= table["rank_high"]).all()
    drawn = scores(found)
    assert drawn.groups == ("early", "late")
    assert len(drawn.rows) == 2 * len(data.items)


def test_a_column_without_values_groups_nobody(sparse) -> None:
    data = sparse[1]
    with pytest.raises(RequestError, match="Nobody has a value in 'side'"):
        rank(replace(data, covariates={"side": (None,) * len(data.respondents)}), by="side")
