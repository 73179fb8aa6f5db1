"""What latent classes read: who chose how often out of which set, and how often each person took each item.

In every model but `rank` the log probability of a pick is u·y − A(set, u): what was taken, less something that only
depends on what there was to choose from. So one task a set stands for all that offer the same, and what people took
beside its picks adds up item by item. The pairs of `sequential` split into their two picks first. Eleven tasks of five
items, answered in 220 ways, then leave 66 sets to look at, whatever the number of respondents.
"""

from dataclasses import dataclass

import numpy as np

from commonground.analysis.logit.statistics import ONE_CHOICE_A_TASK, statistics
from commonground.likelihood.picks import observed
from commonground.likelihood.tasks import Tasks, distinct_tasks
from commonground.records.choices import MISSING, ChoiceData, FloatArray, IntArray
from commonground.records.errors import RequestError

MOST_DENSE = 8_000_000
"""Numbers in the table of people and sets, up to which it is held whole."""


@dataclass(frozen=True, slots=True)
class Answers:
    """Everybody's answers as sums.

    A person's log-likelihood is `extra · u + Σ counts · ln P(sets | u)`.

    Parameters
    ----------
    sets : Tasks
        One answered task for each different set of items to choose from.
    extra : (n_people, n_items) float
        Times each person took each item (worst counted negative) beyond the picks in `sets`.
    people : (n_people,) int
        Those who answered, as indices into the respondents of the data.
    weight : (n_people,) float
    choices : int
        Choices made, as the model counts them.
    owner, which : (n_rows,) int
        Person and set of every choice, person after person.
    dense : (n_people, n_sets) float or None
        How often each person chose from each set; None where the table would be too large.
    """

    sets: Tasks
    extra: FloatArray
    people: IntArray
    weight: FloatArray
    choices: int
    owner: IntArray
    which: IntArray
    dense: FloatArray | None

    def per_person(self, values: FloatArray) -> FloatArray:
        """Sum what belongs to sets over each person's choices: (n_sets, m) become (n_people, m)."""
        if self.dense is not None:
            return self.dense @ values
        return np.add.reduceat(values[self.which], _starts(self.owner), axis=0)

    def per_set(self, values: FloatArray) -> FloatArray:
        """Sum what belongs to people over the choices from each set: (n_people, m) become (n_sets, m)."""
        if self.dense is not None:
            return self.dense.T @ values
        order = np.argsort(self.which, kind="stable")
        return np.add.reduceat(values[self.owner[order]], _starts(self.which), axis=0)

    def weighted(self, weight: FloatArray) -> Tasks:
        """The sets with weights of any leading axes: (..., n_sets)."""
        lead = weight.shape[:-1]
        sets = self.sets
        shown = np.broadcast_to(sets.shown, (*lead, *sets.shown.shape))
        return Tasks(shown, np.broadcast_to(sets.best, weight.shape), np.broadcast_to(sets.worst, weight.shape), weight)


def answers_of(data: ChoiceData, rule: str) -> Answers:
    """The answers as a choice rule reads them; people without any are left out.

    Parameters
    ----------
    data : ChoiceData
    rule : str
        One of `likelihood.models.MODELS`.

    Raises
    ------
    RequestError
        If nobody made a pick that the rule looks at.

    Examples
    --------
    >>> data = ChoiceData.from_rows(("a", "b", "c"), ("Ann", "Bo", "Cy"), respondent=[0, 0, 2], task=[1, 2, 1],
    ...                             shown=[[0, 1, 2]] * 3, best=[0, 1, 0], worst=[2, 2, 2])
    >>> found = answers_of(data, "maxdiff")
    >>> found.people.tolist(), found.sets.shown.tolist(), found.per_person(np.ones((1, 1))).tolist()
    ([0, 2], [[2, 1, 0]], [[2.0], [1.0]])
    """
    found = statistics(data, rule)
    if not found.which.size:
        raise RequestError(f"Nobody made a pick that the choice rule '{rule}' looks at.")
    n_items, distinct = len(data.items), found.tasks.best.size
    people, owner = np.unique(found.owner, return_inverse=True)
    owner = owner.astype(np.int64)
    choices, source = _choices(found.tasks, rule)
    stood = _stand_ins(choices, rule)
    sets, place = distinct_tasks(stood, n_items)
    owners, which = _rows(source, place, owner, found.which)
    beyond = np.zeros((distinct, n_items))
    np.add.at(beyond, source, _taken(choices, n_items) - _taken(stood, n_items))
    order = np.argsort(owner, kind="stable")
    return Answers(
        sets=sets,
        extra=np.add.reduceat(beyond[found.which[order]], _starts(owner), axis=0),
        people=people,
        weight=found.weight[people],
        choices=int(found.choices.sum()),
        owner=owners,
        which=which,
        dense=_table(owners, which, people.size, sets.best.size),
    )


def _choices(tasks: Tasks, rule: str) -> tuple[Tasks, IntArray]:
    """Every choice that the rule sees in a task, as a task of its own, and which task it comes from."""
    everything = np.arange(tasks.best.size)
    if rule in ONE_CHOICE_A_TASK:
        return tasks, everything
    nothing = np.full_like(tasks.best, MISSING)
    left = tasks.rest if rule == "sequential" else tasks.shown
    offered = -np.sort(-np.concatenate([tasks.shown, left]), axis=1)
    best, worst = np.concatenate([tasks.best, nothing]), np.concatenate([nothing, tasks.worst])
    made = (best != MISSING) | (worst != MISSING)
    return Tasks(offered[made], best[made], worst[made]), np.tile(everything, 2)[made]


def _stand_ins(choices: Tasks, rule: str) -> Tasks:
    """The same choices with picks that depend on the set alone; a ranking's picks are kept, because theirs matter."""
    if rule == "rank":
        return choices
    both = (choices.best != MISSING) & (choices.worst != MISSING)
    first, second = choices.shown[:, 0], choices.shown[:, min(1, choices.shown.shape[1] - 1)]
    best = np.where(choices.best == MISSING, MISSING, first)
    worst = np.where(choices.worst == MISSING, MISSING, np.where(both, second, first))
    return Tasks(choices.shown, best, worst)


def _rows(source: IntArray, place: IntArray, owner: IntArray, which: IntArray) -> tuple[IntArray, IntArray]:
    """Person and set of every choice, person after person.

    Parameters
    ----------
    source, place : (n_choices,) int
        The different task that each different choice comes from, and its set.
    owner, which : (n_rows,) int
        Person and task of every row of the data.
    """
    times = np.bincount(source, minlength=which.max() + 1)
    order = np.argsort(source, kind="stable")
    start = np.cumsum(times) - times
    owners = np.repeat(owner, times[which])
    nth = np.arange(owners.size) - np.repeat(np.cumsum(times[which]) - times[which], times[which])
    sets = place[order[np.repeat(start[which], times[which]) + nth]]
    by_person = np.argsort(owners, kind="stable")
    return owners[by_person], sets[by_person]


def _taken(tasks: Tasks, n_items: int) -> FloatArray:
    """Best less worst of each task: (n_tasks, n_items)."""
    return observed(tasks.best, n_items) - observed(tasks.worst, n_items)


def _table(owner: IntArray, which: IntArray, people: int, sets: int) -> FloatArray | None:
    if people * sets > MOST_DENSE:
        return None
    return np.bincount(owner * sets + which, minlength=people * sets).reshape(people, sets).astype(np.float64)


def _starts(labels: IntArray) -> IntArray:
    """Where each label begins once they are sorted; every label from 0 on occurs."""
    times = np.bincount(labels)
    return np.cumsum(times) - times
