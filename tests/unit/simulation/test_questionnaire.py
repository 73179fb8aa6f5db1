"""Answers beside the tasks follow the shares given, and every rule of the question."""

from collections import Counter

import numpy as np
import pytest

from commonground.records.questions import Option, Question
from commonground.simulation.questionnaire import AnswerShares, draw_answer

MANY = 4000


def options(*ids):
    return tuple(Option(id=one, label=one) for one in ids)


def drawn(question, shares=None, seed=1):
    rng = np.random.default_rng(seed)
    return Counter(draw_answer(question, shares, rng) for _ in range(MANY))


def test_single_choices_follow_their_shares_and_the_rest_is_left_empty():
    question = Question(id="q", type="single", text="?", options=options("a", "b", "c"))
    answers = drawn(question, AnswerShares({"a": 0.5, "b": 0.3}))
    assert answers["a"] / MANY == pytest.approx(0.5, abs=0.04)
    assert answers[None] / MANY == pytest.approx(0.2, abs=0.04)
    assert answers["c"] == 0


def test_a_required_question_is_always_answered():
    for kind, more in (
        ("single", {"options": options("a", "b")}),
        ("multiple", {"options": options("a", "b")}),
        ("number", {"smallest": 3, "largest": 9}),
        ("text", {}),
    ):
        assert drawn(Question(id="q", type=kind, text="?", required=True, **more))[None] == 0


def test_children_come_with_their_parent_only():
    parent = Option(id="p", label="p", children=options("c1", "c2"))
    question = Question(id="q", type="multiple", text="?", options=(parent, *options("other")))
    for answer in drawn(question):
        if answer and {"c1", "c2"} & set(answer):
            assert "p" in answer


def test_an_exclusive_option_stands_alone():
    alone = Option(id="none", label="none", exclusive=True)
    question = Question(id="q", type="multiple", text="?", options=(*options("a", "b"), alone))
    answers = drawn(question, AnswerShares({"a": 0.5, "b": 0.5, "none": 0.3}))
    assert all(answer == ("none",) for answer in answers if answer and "none" in answer)


def test_numbers_stay_within_their_limits_and_near_their_mean():
    question = Question(id="q", type="number", text="?", smallest=0, largest=60)
    answers = drawn(question, AnswerShares(mean=8.3, sd=7.2))
    mean = sum(value * times for value, times in answers.items()) / MANY
    assert mean == pytest.approx(8.3, abs=0.5)
    assert min(answers) >= 0
    assert max(answers) <= 60
    assert all(value == int(value) for value in answers)
