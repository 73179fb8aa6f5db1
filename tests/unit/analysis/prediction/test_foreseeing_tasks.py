"""Chances, hits with ties, log scores and their errors: small cases worked by hand."""

from math import log

import numpy as np
import pytest

from commonground.analysis.prediction.by_counts import chances_by_counts
from commonground.analysis.prediction.splits import left_out_rounds
from commonground.analysis.scoring.chances import Chances, chances, even_chances
from commonground.analysis.scoring.scores import joined, task_scores
from commonground.likelihood.tasks import Tasks
from commonground.records.choices import ChoiceData
from commonground.records.errors import RequestError, SettingError

ONE_TASK = Tasks([[0, 1, 2, 3]], best=[0], worst=[3])
ANN = np.array([0])


def test_knowing_nothing_is_the_chance_of_the_field():
    score = task_scores(even_chances(ONE_TASK), ONE_TASK, ANN).mean()
    assert (score.best, score.worst, score.both) == pytest.approx((1 / 4, 1 / 4, 1 / 12))
    assert score.log_score == pytest.approx(log(1 / 12))


def test_a_smaller_task_is_easier_by_chance():
    task = Tasks([[0, 1, 2, -1]], best=[0], worst=[2])
    assert task_scores(even_chances(task), task, ANN).mean().both == pytest.approx(1 / 6)


def test_the_worst_is_foreseen_without_knowing_the_best():
    """Summed over what might be best, not given what was: the chance of being last of three, sequentially."""
    utilities = np.log([4.0, 2.0, 1.0])
    task = Tasks([[0, 1, 2]], best=[0], worst=[2])
    found = chances(utilities[None, None], task)
    of_rest = {0: (1 / 1) / (1 / 2 + 1 / 1), 1: (1 / 1) / (1 / 4 + 1 / 1)}  # 1/v over what is left
    assert found.worst[0, 2] == pytest.approx(4 / 7 * of_rest[0] + 2 / 7 * of_rest[1])


def test_a_pick_asked_alone_is_a_choice_out_of_the_whole_task():
    utilities = np.log([4.0, 2.0, 1.0])[None, None]
    best = chances(utilities, Tasks([[0, 1, 2]], best=[0], worst=[-1])).best
    worst = chances(utilities, Tasks([[0, 1, 2]], best=[-1], worst=[2])).worst
    assert best[0] == pytest.approx(np.array([4, 2, 1]) / 7)
    assert worst[0] == pytest.approx(np.array([1 / 4, 1 / 2, 1]) / 1.75)


def test_chances_are_averaged_not_utilities():
    """Somebody who is either sure of a or sure of b is not somebody who cannot tell."""
    draws = np.array([[[9.0, -9.0, 0.0]], [[-9.0, 9.0, 0.0]]])
    found = chances(draws, Tasks([[0, 1, 2]], best=[0], worst=[1]))
    assert found.best[0] == pytest.approx([0.5, 0.5, 0], abs=1e-3)
    weighted = chances(draws, Tasks([[0, 1, 2]], best=[0], worst=[1]), weights=np.array([[0.9], [0.1]]))
    assert weighted.best[0] == pytest.approx([0.9, 0.1, 0], abs=1e-3)


@pytest.mark.parametrize("rule", ["sequential", "maxdiff"])
def test_pairs_sum_to_one_and_parts_in_turns_make_the_same(rule, monkeypatch):
    from commonground.analysis.scoring import chances as module

    draws = np.random.default_rng(1).normal(size=(30, 2, 4))
    tasks = Tasks([[0, 1, 2], [3, 1, -1]], best=[0, 3], worst=[2, 1])
    whole = chances(draws, tasks, rule=rule)
    assert whole.both.sum(axis=(1, 2)) == pytest.approx([1, 1])
    monkeypatch.setattr(module, "_MOST_NUMBERS", 40)
    assert chances(draws, tasks, rule=rule).both == pytest.approx(whole.both)


def test_a_tie_counts_as_the_share_that_was_right():
    expected = Chances(
        best=np.array([[0.4, 0.4, 0.2]]),
        worst=np.array([[0.2, 0.4, 0.4]]),
        both=np.array([[[0, 0.2, 0.2], [0.2, 0, 0.2], [0.1, 0.1, 0]]]),
    )
    task = Tasks([[0, 1, 2]], best=[0], worst=[2])
    score = task_scores(expected, task, ANN).mean()
    assert (score.best, score.worst, score.both) == (0.5, 0.5, 0.25)


def test_what_was_not_asked_is_not_scored():
    tasks = Tasks([[0, 1, 2], [0, 1, 2]], best=[0, -1], worst=[-1, 2])
    score = task_scores(even_chances(tasks), tasks, np.array([0, 1])).mean()
    assert score.both is None
    assert (score.best, score.worst) == pytest.approx((1 / 3, 1 / 3))
    assert score.log_score == pytest.approx(log(1 / 3))


def test_errors_know_that_a_persons_tasks_hang_together():
    """Every person's tasks asked twice tell nothing new: the error stays, where tasks alone would halve its square."""
    rng = np.random.default_rng(2)
    shown = np.tile([0, 1, 2], (60, 1))
    best = rng.integers(0, 2, 60)
    once = Tasks(shown, best, np.full(60, 2))
    expected = chances(rng.normal(size=(1, 60, 3)), once)
    one = task_scores(expected, once, np.arange(60))
    twice = joined([one, one])
    assert twice.mean().log_score == pytest.approx(one.mean().log_score)
    assert twice.standard_error().log_score == pytest.approx(one.standard_error().log_score)
    assert one.standard_error().best == pytest.approx(np.std(one.values[:, 3], ddof=1) / 60**0.5)


def test_a_model_minus_itself_is_nothing():
    same = task_scores(even_chances(ONE_TASK), ONE_TASK, ANN)
    assert same.minus(same).mean().log_score == 0


def answered(tasks: int) -> ChoiceData:
    return ChoiceData.from_rows(
        ("a", "b", "c"),
        ("Ann", "Bo"),
        respondent=[0] * tasks + [1],
        task=[*range(1, tasks + 1), 1],
        shown=[[0, 1, 2]] * (tasks + 1),
        best=[0] * (tasks + 1),
        worst=[2] * (tasks + 1),
    )


def test_rounds_leave_out_other_tasks_and_somebody_with_one_task_keeps_it():
    rounds = list(left_out_rounds(answered(6), leave_out=2, repeats=3, seed=1))
    assert sum(rounds).tolist() == [1, 1, 1, 1, 1, 1, 0]
    again = list(left_out_rounds(answered(6), leave_out=2, repeats=3, seed=1))
    assert np.array_equal(rounds, again)
    (other,) = left_out_rounds(answered(6), leave_out=9, repeats=1, seed=2)
    assert other.sum() == 5, "one task at least stays to learn from"


def test_rounds_that_cannot_be_are_refused():
    with pytest.raises(SettingError, match="--repeats must be 1 or more"):
        list(left_out_rounds(answered(3), leave_out=1, repeats=0, seed=1))
    with pytest.raises(RequestError, match="nobody answered two tasks"):
        list(left_out_rounds(answered(1), leave_out=1, repeats=1, seed=1))


def test_counts_foresee_those_who_agree_with_themselves():
    """Ann always takes a and leaves c; whoever contradicts themselves is foreseen by nothing but chance."""
    shown = [[0, 1, 2]] * 4
    owner = np.zeros(4, dtype=np.int64)
    steady = Tasks(shown, [0] * 4, [2] * 4)
    foreseen = Tasks([[0, 1, 2]], [0], [2])
    found = chances_by_counts(steady, owner, foreseen, ANN, people=1, items=3)
    assert found.both[0, 0, 2] > 0.99
    torn = Tasks(shown, [0, 2, 0, 2], [2, 0, 2, 0])
    torn_found = chances_by_counts(torn, owner, foreseen, ANN, people=1, items=3)
    assert torn_found.best[0] == pytest.approx([1 / 3] * 3, abs=1e-6)
