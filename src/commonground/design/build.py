"""Build a design: a balanced one where there is one, else the nearest."""

from collections.abc import Collection

import numpy as np

from commonground.design.balanced import balanced_recipe, fewest_tasks
from commonground.design.nearest import nearest_versions
from commonground.design.notes import notes_on
from commonground.design.positions import in_positions
from commonground.design.prohibited import Pair, checked_pairs, refuse_broken
from commonground.design.recipes import Recipe
from commonground.design.sparse import sparse_versions
from commonground.design.wanted import Progress, Wanted
from commonground.records.design import Design
from commonground.records.errors import Problem, SettingError

MOST_DEFAULT_TASKS = 31
"""A balanced design with more tasks than this is only taken when asked for: nobody answers that many."""
REPEAT_DISTANCE = 3
"""A repeat shown after the last task stands at least so many tasks after its twin."""
MANY_ITEMS = 100
"""With more items than this a design is sparse, unless most pairs can meet."""
MOST_COUNTED_ITEMS = 1000
"""With more items than this a design is always sparse: a table of all pairs would take too much memory."""
_SPARSE = 0.5
_TASKS_OF_MANY = 20
_APPEARANCES_WANTED = (3, 4, 5)
"""Per person and item, in order of preference; three is the usual rule of thumb (Orme 2005)."""


def build_design(
    items: int,
    per_task: int,
    *,
    tasks: int | None = None,
    versions: int = 1,
    repeat: bool = False,
    seed: int = 1,
    prohibited: Collection[Pair] = (),
    progress: Progress | None = None,
) -> Design:
    """A design for so many items, shown so many at a time.

    Parameters
    ----------
    items, per_task : int
    tasks : int, optional
        Tasks in a version. Without it: as many as the smallest balanced design has, if that is at most 31; else so
        many that every item appears equally often, 3 to 5 times, or else 3 times ±1; with more than 100 items 20.
    versions : int
        Versions of the design; respondents are spread over them.
    repeat : bool
        Whether one task of each version is to be shown a second time: drawn at random from those that stand at least
        three tasks before a repeat at the end (where there are so many).
    seed : int
        The same numbers and seed give the same design.
    prohibited : collection of (int, int)
        Pairs of items, from 0, that never stand together in a task.
    progress : callable, optional
        Told how many versions are done, and of how many.

    Returns
    -------
    Design
        Items in positions as evenly as possible; `notes` say what is not balanced and why.

    Raises
    ------
    SettingError
        If a task cannot hold so many items, there would be no task, or the prohibited pairs cannot be kept apart.

    Examples
    --------
    >>> design = build_design(11, 5)
    >>> design.tasks, design.notes
    (11, ())
    """
    _check(items, per_task, tasks, versions)
    rng = np.random.default_rng(seed)
    wanted = tasks or _default_tasks(items, per_task)
    apart = checked_pairs(prohibited, items, per_task)
    recipe = None if apart else balanced_recipe(items, per_task, wanted)
    if recipe:
        blocks = _renamed_versions(recipe, versions, rng)
        source, notes = recipe.source, ()
    else:
        sparse = _is_sparse(items, per_task, wanted * versions)
        search, source = (sparse_versions, _SPARSE_SOURCE) if sparse else (nearest_versions, _NEAREST_SOURCE)
        blocks = search(Wanted(items, per_task, wanted, versions, apart), rng, progress)
        refuse_broken(blocks, apart)
        notes = notes_on(items, per_task, wanted, blocks, apart)
    return Design(
        items=items,
        versions=in_positions(blocks),
        repeats=tuple(
            int(rng.integers(max(wanted - REPEAT_DISTANCE + 1, 1))) if repeat else None for _ in range(versions)
        ),
        source=source,
        notes=notes,
    )


_NEAREST_SOURCE = (
    "nearest design by exchange search on pair counts (criterion: Eccleston & Hedayat 1974; search: Glover 1989)"
)
_SPARSE_SOURCE = "sparse design for many items: filled one by one so that no pair meets again while others are left"


def _is_sparse(items: int, per_task: int, tasks: int) -> bool:
    """Whether most pairs never meet, so that counting them all would be in vain."""
    meetings = tasks * per_task * (per_task - 1) / (items * (items - 1))
    return items > per_task and (items > MOST_COUNTED_ITEMS or (items > MANY_ITEMS and meetings < _SPARSE))


def _check(items: int, per_task: int, tasks: int | None, versions: int) -> None:
    problems = [
        (per_task > items, f"A task cannot show {per_task} of {items} items.", "Show fewer per task, or add items."),
        (per_task < 2, f"A task of {per_task} leaves nothing to choose.", "Show at least 2 items per task."),
        (tasks is not None and tasks < 1, f"A design of {tasks} tasks shows nothing.", "Ask for at least 1 task."),
        (versions < 1, f"There cannot be {versions} versions.", "Ask for at least 1 version."),
    ]
    found = [Problem(what, mend=mend) for wrong, what, mend in problems if wrong]
    if found:
        raise SettingError(found)


def _default_tasks(items: int, per_task: int) -> int:
    if items > MANY_ITEMS:
        return _TASKS_OF_MANY
    smallest = fewest_tasks(items, per_task)
    if smallest and smallest.parameters.tasks <= MOST_DEFAULT_TASKS:
        return smallest.parameters.tasks
    equal = (often * items // per_task for often in _APPEARANCES_WANTED if often * items % per_task == 0)
    return next(equal, -(-_APPEARANCES_WANTED[0] * items // per_task))


def _renamed_versions(recipe: Recipe, versions: int, rng: np.random.Generator) -> list[list[frozenset[int]]]:
    """The design as it is, then with its items renamed at random: other tasks, the same balance."""
    blocks = recipe.blocks()
    renamed = [list(blocks)]
    for _ in range(versions - 1):
        names = rng.permutation(recipe.parameters.items).tolist()
        renamed.append([frozenset(names[item] for item in block) for block in blocks])
    return renamed
