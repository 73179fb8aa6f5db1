"""Who is fitted, from which answers, and which answers are left to be foreseen."""

from dataclasses import dataclass

import numpy as np

from commonground.analysis.tallies import grouping, unanswered_rows
from commonground.design.parts import parts_of
from commonground.likelihood.models import MODELS
from commonground.likelihood.tasks import Tasks, tasks_by_respondent
from commonground.records.choices import MISSING, BoolArray, ChoiceData, FloatArray, IntArray
from commonground.records.errors import RequestError

FEWEST_PEOPLE = 2
FEWEST_ITEMS = 2


@dataclass(frozen=True, slots=True)
class People:
    """The people a hierarchical model is fitted to.

    Parameters
    ----------
    respondents, groups : tuple of str
    group : (n_people,) int
        Index into `groups`.
    tasks : Tasks
        (n_people, most tasks of anyone, k): what the model sees.
    held : Tasks
        Without leading axes: answers it does not see; `held_by` (n_held,) int says whose they are.
    weighted : bool
        Whether the table gives people different weights.
    unanswered, without_group : int
        Rows without any pick, people with answers but without a group: left out.
    """

    respondents: tuple[str, ...]
    groups: tuple[str, ...]
    group: IntArray
    tasks: Tasks
    held: Tasks
    held_by: IntArray
    weighted: bool
    unanswered: int
    without_group: int

    @property
    def picks(self) -> FloatArray:
        """(n_people,) best and worst counted apart."""
        return self.tasks.picks

    def flat_tasks(self) -> tuple[Tasks, IntArray]:
        """The tasks the model sees, one after the other, and whose they are."""
        tasks = self.tasks
        made = (tasks.best != MISSING) | (tasks.worst != MISSING)
        return Tasks(tasks.shown[made], tasks.best[made], tasks.worst[made]), np.nonzero(made)[0]

    def chance_log_likelihood(self, rule: str, n_items: int) -> float:
        """Of all picks together with equal utilities, in nats."""
        return float(MODELS[rule].log_likelihood(np.zeros(n_items), self.flat_tasks()[0]))

    def sets_of_items(self, n_items: int) -> tuple[tuple[int, ...], ...]:
        """The items in sets that no task, and no chain of tasks, joins; one set where all can be compared."""
        shown = np.unique(np.sort(self.flat_tasks()[0].shown, axis=-1), axis=0)
        leader = parts_of(([item for item in task if item != MISSING] for task in shown.tolist()), n_items)
        return tuple(tuple(np.flatnonzero(leader == first).tolist()) for first in np.unique(leader))

    def appearances(self, n_items: int) -> FloatArray:
        """How often each item was shown to a person, on average: (n_items,)."""
        shown = self.flat_tasks()[0].shown
        return np.bincount(shown[shown != MISSING], minlength=n_items) / len(self.respondents)


def people_to_fit(data: ChoiceData, by: str | None, left_out: BoolArray | None) -> People:
    """Everybody with an answer and, where groups are asked for, a group.

    Parameters
    ----------
    data : ChoiceData
    by : str or None
        The covariate that makes the groups.
    left_out : (n_rows,) bool or None
        Rows the model may not see.

    Raises
    ------
    RequestError
        If there is no such column, or there are fewer than two people or items.

    Examples
    --------
    >>> data = ChoiceData.from_rows(("a", "b"), ("Ann", "Bo"), respondent=[0, 0, 1], task=[1, 2, 1],
    ...                             shown=[[0, 1]] * 3, best=[0, 1, 1], worst=[1, 0, 0])
    >>> found = people_to_fit(data, None, np.array([True, False, False]))
    >>> found.tasks.best.tolist(), found.held.best.tolist(), found.held_by.tolist()
    ([[1], [1]], [0], [0])
    """
    names, label = grouping(data, by)
    answered = np.bincount(data.respondent[data.scored], minlength=len(data.respondents)) > 0
    kept = answered & (label != MISSING)
    _check(data, by, int(kept.sum()))
    hidden = np.zeros(data.task.size, dtype=np.bool_) if left_out is None else left_out
    hidden = hidden[kept[data.respondent]]
    fewer = data.keep(kept)
    present = np.unique(label[kept]).astype(np.int64)
    held = fewer.keep_rows(hidden)
    rows = held.scored
    return People(
        respondents=fewer.respondents,
        groups=tuple(names[int(place)] for place in present),
        group=np.searchsorted(present, label[kept]).astype(np.int64),
        tasks=tasks_by_respondent(fewer.keep_rows(~hidden)),
        held=Tasks(held.shown[rows], held.best[rows], held.worst[rows]),
        held_by=held.respondent[rows],
        weighted=bool((fewer.weight != fewer.weight[0]).any()),
        unanswered=unanswered_rows(data),
        without_group=int((answered & (label == MISSING)).sum()),
    )


def _check(data: ChoiceData, by: str | None, people: int) -> None:
    if len(data.items) < FEWEST_ITEMS:
        raise RequestError("A hierarchical model needs at least two items.")
    if people < FEWEST_PEOPLE:
        among = f" with a value in '{by}'" if by else ""
        raise RequestError(
            f"A hierarchical model needs at least two people with answers{among}, not {people}: it learns from how "
            "they differ."
        )
