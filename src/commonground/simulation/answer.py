"""A whole study answered by simulated people: who is shown what, what they pick, how long they take."""

from collections.abc import Callable, Sequence

import numpy as np

from commonground.records.choices import MISSING, ChoiceData, FloatArray, IntArray
from commonground.records.design import Design
from commonground.records.sessions import Assignment
from commonground.records.study import DesignPlan, Item, RepeatRule, Study
from commonground.simulation.picks import draw_picks
from commonground.simulation.respondents import draw_paces, draw_task_seconds
from commonground.survey.assign import assign


def simulate_choices(
    items: Sequence[str],
    design: Design,
    utilities: FloatArray,
    *,
    seed: int,
    repeat: RepeatRule | None = None,
    careless: float = 0.0,
    respondents: Sequence[str] | None = None,
    groups: Sequence[str] | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> ChoiceData:
    """Let people with known utilities answer a design, tasks and positions shuffled as in life.

    Parameters
    ----------
    items : sequence of str
    design : Design
    utilities : (n_people, n_items) float
    seed : int
    repeat : RepeatRule, optional
        Whether one task comes twice; left out, none does.
    careless : float
        Share of people, 0 to 1, who pick at random and hurry. They are named in the covariate `careless` (yes/no),
        which is there only if the share is above 0.
    respondents : sequence of str, optional
        Labels; r1, r2 … where left out.
    groups : sequence of str, optional
        Everybody's group, as covariate `group`.
    progress : callable, optional
        Called with (people assigned, people).

    Returns
    -------
    ChoiceData

    Examples
    --------
    >>> design = Design(3, (((0, 1), (1, 2), (2, 0)),), (None,), source="all pairs")
    >>> data = simulate_choices("abc", design, np.zeros((4, 3)), seed=1)
    >>> data.respondents, data.shown.shape
    (('r1', 'r2', 'r3', 'r4'), (12, 2))
    """
    rng = np.random.default_rng(seed)
    people = utilities.shape[0]
    assignments = draw_assignments(bare_study(items, repeat or RepeatRule(count=0)), design, people, rng, progress)
    shown = shown_items(assignments, tuple(items))
    hurried = rng.permutation(people) < round(careless * people)
    best, worst = draw_picks(np.where(hurried[:, None], 0.0, utilities), shown, rng)
    seconds = draw_task_seconds(
        draw_paces(people, rng), (shown != MISSING).sum(axis=-1), careless=hurried.astype(float), rng=rng
    )
    person, place = np.nonzero(best != MISSING)
    tasks = [assignments[one].tasks[at] for one, at in zip(person.tolist(), place.tolist(), strict=True)]
    covariates: dict[str, tuple[str | None, ...]] = {} if groups is None else {"group": tuple(groups)}
    if careless > 0:
        covariates["careless"] = tuple("yes" if one else "no" for one in hurried.tolist())
    return ChoiceData.from_rows(
        tuple(items),
        tuple(respondents or (f"r{number}" for number in range(1, people + 1))),
        respondent=person,
        task=[task.task for task in tasks],
        shown=shown[person, place],
        best=best[person, place],
        worst=worst[person, place],
        repeat_of=[task.repeat_of for task in tasks],
        version=[task.version for task in tasks],
        shown_order=place + 1,
        seconds=seconds[person, place],
        covariates=covariates,
    )


def bare_study(items: Sequence[str], repeat: RepeatRule) -> Study:
    """Just enough of a study to assign tasks: items and whether one task repeats."""
    return Study.model_construct(
        items=tuple(Item.model_construct(id=item) for item in items),
        design=DesignPlan.model_construct(repeat=repeat, shuffle_tasks=True, shuffle_positions=True),
    )


def draw_assignments(
    study: Study,
    design: Design,
    people: int,
    rng: np.random.Generator,
    progress: Callable[[int, int], None] | None = None,
) -> tuple[Assignment, ...]:
    """Everybody's assignment; people take the versions of the design in turn."""
    versions = len(design.versions)
    first = int(rng.integers(2**31 // versions)) * versions

    def one(person: int) -> Assignment:
        if progress is not None:
            progress(person + 1, people)
        return assign(study, design, seed=first + person)

    return tuple(one(person) for person in range(people))


def shown_items(assignments: Sequence[Assignment], items: tuple[str, ...]) -> IntArray:
    """What everybody is shown, as (n_people, n_tasks, k) item indices, filled up with `MISSING`."""
    index = {item: place for place, item in enumerate(items)}
    most = max((len(assignment.tasks) for assignment in assignments), default=0)
    size = max((len(task.items) for assignment in assignments for task in assignment.tasks), default=0)
    shown = np.full((len(assignments), most, size), MISSING, dtype=np.int64)
    for person, assignment in enumerate(assignments):
        for place, task in enumerate(assignment.tasks):
            shown[person, place, : len(task.items)] = [index[item] for item in task.items]
    return shown
