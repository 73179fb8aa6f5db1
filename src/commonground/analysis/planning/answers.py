"""Studies as they may turn out: people drawn and their answers, group by group."""

from dataclasses import dataclass

import numpy as np

from commonground.analysis.planning.scenario import Scenario, tasks_of
from commonground.analysis.tallies import Tallies
from commonground.records.choices import MISSING, ChoiceData, FloatArray, IntArray
from commonground.simulation.picks import draw_picks


@dataclass(frozen=True, slots=True)
class Shift:
    """What sets the first group apart.

    Parameters
    ----------
    item : int
    by : float
        Added to its utility in the first group, logits.
    """

    item: int
    by: float


@dataclass(frozen=True, slots=True)
class Answers:
    """A study that turned out so, the same number of people in every group; a smaller one is its first people.

    Parameters
    ----------
    items : int
    shown : (n_groups, n_people, n_tasks, k) int
    best, worst : (n_groups, n_people, n_tasks) int
    """

    items: int
    shown: IntArray
    best: IntArray
    worst: IntArray

    def first(self, people: int) -> "Answers":
        """Only the first so many people of every group."""
        return Answers(self.items, self.shown[:, :people], self.best[:, :people], self.worst[:, :people])

    def tallies(self) -> Tallies:
        """Each person's counts, as every analysis of groups starts from."""
        groups, people, tasks = (int(length) for length in self.best.shape)
        everyone = groups * people
        filled = self.shown != MISSING
        person = np.arange(everyone).reshape(groups, people, 1, 1)
        names = tuple(f"group {number}" for number in range(1, groups + 1))
        return Tallies(
            items=tuple(map(str, range(self.items))),
            groups=names,
            group=np.repeat(np.arange(groups), people),
            best=self._counted(person[..., 0], self.best, everyone),
            worst=self._counted(person[..., 0], self.worst, everyone),
            shown=self._counted(np.broadcast_to(person, filled.shape)[filled], self.shown[filled], everyone),
            tasks=np.full(everyone, tasks),
            weight=np.ones(everyone),
            unanswered=0,
            without_group=0,
            asked_best=True,
            asked_worst=True,
        )

    def choices(self, group: int) -> ChoiceData:
        """The answers of one group as a choice table."""
        people, tasks = (int(length) for length in self.best.shape[1:])
        return ChoiceData.from_rows(
            tuple(map(str, range(self.items))),
            tuple(map(str, range(people))),
            respondent=np.repeat(np.arange(people), tasks),
            task=np.tile(np.arange(1, tasks + 1), people),
            shown=self.shown[group].reshape(people * tasks, -1),
            best=self.best[group].ravel(),
            worst=self.worst[group].ravel(),
        )

    def _counted(self, person: IntArray, item: IntArray, people: int) -> FloatArray:
        """How often each person had each item: (n_people, n_items)."""
        there = item != MISSING
        place = (np.broadcast_to(person, item.shape) * self.items + item)[there]
        return np.bincount(place, minlength=people * self.items).reshape(people, self.items).astype(np.float64)


def draw_answers(
    scenario: Scenario,
    means: FloatArray,
    *,
    people: int,
    groups: int,
    rng: np.random.Generator,
    shift: Shift | None = None,
) -> Answers:
    """Draw people around the means, and let them answer best first, then worst out of the rest.

    Parameters
    ----------
    scenario : Scenario
    means : (n_items,) float
        Logits, the same for every group but for the shift.
    people : int
        In each group; they take the versions in turn.
    groups : int
    rng : numpy Generator
    shift : Shift, optional
    """
    centres = np.tile(means, (groups, 1))
    if shift is not None:
        centres[0, shift.item] += shift.by
    utilities = np.repeat(centres, people, axis=0)
    utilities = utilities + scenario.person_sd * rng.normal(size=utilities.shape)
    tasks = tasks_of(scenario.design)
    version = (np.arange(people) + int(rng.integers(len(tasks)))) % len(tasks)
    shown = np.tile(tasks[version], (groups, 1, 1))
    best, worst = draw_picks(utilities, shown, rng)
    size = (groups, people)
    return Answers(
        scenario.items,
        shown.reshape(*size, *shown.shape[1:]),
        best.reshape(*size, -1),
        worst.reshape(*size, -1),
    )
