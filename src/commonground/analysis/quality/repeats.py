"""How steadily people answer: a task shown twice, compared with itself.

Two people who pick at random from k items agree on best with probability 1/k, on worst with 1/k, and on both with
1/(k(k−1)). So chance leaves both the same in 1/(k(k−1)) of repeated tasks, changes one in 2/k − 2/(k(k−1)) and both in
the rest: 5, 30 and 65 per cent for tasks of five.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from commonground.analysis.quality.records import RepeatCounts, RepeatOutcome, RepeatShares
from commonground.records.choices import MISSING, BoolArray, ChoiceData, IntArray


@dataclass(frozen=True, slots=True)
class ComparedRepeats:
    """Every repeated task with both picks at both showings.

    Parameters
    ----------
    respondent : (n_repeats,) int
    best_changed, worst_changed, swapped : (n_repeats,) bool
    size : (n_repeats,) int
        Items in the task.
    """

    respondent: IntArray
    best_changed: BoolArray
    worst_changed: BoolArray
    swapped: BoolArray
    size: IntArray

    def counts(self, of: Sequence[int] | None = None) -> RepeatCounts | None:
        """Outcomes of these repeats, of all where left out; None where there are none."""
        wanted = np.arange(self.respondent.size) if of is None else np.asarray(of, dtype=np.int64)
        if not wanted.size:
            return None
        best, worst = self.best_changed[wanted], self.worst_changed[wanted]
        return RepeatCounts(
            compared=best.size,
            both_same=int((~best & ~worst).sum()),
            one_changed=int((best ^ worst).sum()),
            both_changed=int((best & worst).sum()),
            best_changed=int(best.sum()),
            worst_changed=int(worst.sum()),
            swapped=int(self.swapped[wanted].sum()),
        )

    def by_respondent(self) -> dict[int, list[int]]:
        """Which repeats are whose."""
        whose: dict[int, list[int]] = {}
        for place, person in enumerate(self.respondent.tolist()):
            whose.setdefault(person, []).append(place)
        return whose


def compare_repeats(data: ChoiceData) -> ComparedRepeats:
    """Each second showing beside its first; those whose first showing or a pick is missing are left out."""
    again, first = _pairs(data)
    answered = np.ones(again.size, dtype=bool)
    for picks in (data.best, data.worst):
        answered &= (picks[again] != MISSING) & (picks[first] != MISSING)
    again, first = again[answered], first[answered]
    return ComparedRepeats(
        respondent=data.respondent[again],
        best_changed=data.best[again] != data.best[first],
        worst_changed=data.worst[again] != data.worst[first],
        swapped=(data.best[again] == data.worst[first]) & (data.worst[again] == data.best[first]),
        size=(data.shown[again] != MISSING).sum(axis=1),
    )


def least_consistent(counts: RepeatCounts | None) -> RepeatOutcome | None:
    """The outcome with most changes among a respondent's repeats."""
    if counts is None:
        return None
    if counts.both_changed:
        return RepeatOutcome.BOTH_CHANGED
    return RepeatOutcome.ONE_CHANGED if counts.one_changed else RepeatOutcome.BOTH_SAME


def chance_of(sizes: Sequence[int] | IntArray) -> RepeatShares:
    """What answering at random gives, averaged over repeated tasks of these sizes.

    Examples
    --------
    >>> shares = chance_of([5])
    >>> round(shares.both_same, 3), round(shares.one_changed, 3), round(shares.both_changed, 3)
    (0.05, 0.3, 0.65)
    """
    k = np.asarray(sizes, dtype=np.float64)
    both = float((1 / (k * (k - 1))).mean())
    one = float((2 / k).mean()) - 2 * both
    return RepeatShares(both, one, 1 - both - one)


def _pairs(data: ChoiceData) -> tuple[IntArray, IntArray]:
    """Rows of second showings and, beside each, the row of its first showing."""
    first_row = {
        (person, version, task): row
        for row, (person, version, task) in enumerate(
            zip(data.respondent.tolist(), data.version.tolist(), data.task.tolist(), strict=True)
        )
        if data.repeat_of[row] == 0
    }
    again = data.repeats
    keys = zip(
        data.respondent[again].tolist(), data.version[again].tolist(), data.repeat_of[again].tolist(), strict=True
    )
    first = np.array([first_row.get(key, MISSING) for key in keys], dtype=np.int64)
    return again[first != MISSING], first[first != MISSING]
