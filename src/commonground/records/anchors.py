"""Answers to whether items matter at all: the anchors that give a best-worst scale its zero."""

from dataclasses import dataclass

import numpy as np

from commonground.records.choices import ALL_MATTER, MISSING, NONE_MATTER, BoolArray, ChoiceData, IntArray


@dataclass(frozen=True, slots=True)
class Anchors:
    """Who said of which items that none, some or all of them matter. One entry of an array is one answer.

    Parameters
    ----------
    respondent : (n_answers,) int
        Index into the respondents of the choice data.
    shown : (n_answers, k) int
        The items the answer is about, filled up with `MISSING`; one item where it was asked directly.
    answer : (n_answers,) int
        `NONE_MATTER`, `SOME_MATTER` or `ALL_MATTER`.
    best, worst : (n_answers,) int
        What was picked out of the same items, or `MISSING`.

    Examples
    --------
    >>> asked = direct_anchors([0, 0], [3, 1], [True, False])
    >>> asked.shown.tolist(), asked.answer.tolist()
    ([[3], [1]], [2, 0])
    """

    respondent: IntArray
    shown: IntArray
    answer: IntArray
    best: IntArray
    worst: IntArray

    @property
    def direct(self) -> BoolArray:
        """Which answers are about one item: (n_answers,)."""
        return (self.shown != MISSING).sum(axis=1) == 1


def direct_anchors(respondent: object, item: object, matters: object) -> Anchors:
    """Answers to the direct question, item by item: does it matter or not."""
    people, items = np.asarray(respondent, dtype=np.int64), np.asarray(item, dtype=np.int64)
    answer = np.where(np.asarray(matters, dtype=np.bool_), ALL_MATTER, NONE_MATTER)
    none = np.full(people.size, MISSING)
    return Anchors(people, items[:, None], answer, none, none.copy())


def dual_response(data: ChoiceData) -> Anchors:
    """Answers given task by task, after best and worst; second showings of a task are left out."""
    told = np.full(data.respondent.size, MISSING) if data.anchor is None else data.anchor
    rows = np.flatnonzero((told != MISSING) & (data.repeat_of == 0))
    return Anchors(
        data.respondent[rows].astype(np.int64),
        data.shown[rows].astype(np.int64),
        told[rows].astype(np.int64),
        data.best[rows].astype(np.int64),
        data.worst[rows].astype(np.int64),
    )
