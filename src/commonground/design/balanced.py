"""The balanced designs there are for a number of items."""

from dataclasses import dataclass

from commonground.design.blocks import Parameters
from commonground.design.existence import admissible_parameters
from commonground.design.recipes import Recipe, recipe_for


@dataclass(frozen=True, slots=True)
class BalancedParameters:
    """One balanced design on offer.

    Parameters
    ----------
    items, per_task, tasks : int
    appearances, co_appearances : int
        How often every item appears, and every pair together.
    source : str
    """

    items: int
    per_task: int
    tasks: int
    appearances: int
    co_appearances: int
    source: str


def balanced_designs(items: int) -> tuple[BalancedParameters, ...]:
    """All balanced designs we can build for so many items, with 2 to 10 of them per task and at most 100 tasks.

    Parameters
    ----------
    items : int

    Returns
    -------
    tuple of BalancedParameters
        Ordered by items per task, then tasks.

    Examples
    --------
    >>> [(found.per_task, found.tasks) for found in balanced_designs(11) if found.tasks < 30]
    [(5, 11), (5, 22), (6, 11), (6, 22), (10, 11), (10, 22)]
    """
    found = ((parameters, recipe_for(parameters)) for parameters in admissible_parameters(items))
    return tuple(_described(recipe) for _, recipe in found if recipe)


def _described(recipe: Recipe) -> BalancedParameters:
    numbers = recipe.parameters
    return BalancedParameters(
        numbers.items, numbers.per_task, numbers.tasks, numbers.appearances, numbers.co_appearances, recipe.source
    )


def balanced_recipe(items: int, per_task: int, tasks: int) -> Recipe | None:
    """The balanced design with exactly these numbers, if we have one.

    Examples
    --------
    >>> balanced_recipe(15, 5, 21) is None, balanced_recipe(11, 5, 11).parameters.co_appearances
    (True, 2)
    """
    together = tasks * per_task * (per_task - 1) // (items * (items - 1))
    parameters = Parameters(items, per_task, together)
    return recipe_for(parameters) if parameters.admissible and parameters.tasks == tasks else None


def fewest_tasks(items: int, per_task: int) -> Recipe | None:
    """The balanced design with the fewest tasks for these items and this size of task.

    Examples
    --------
    >>> fewest_tasks(15, 5).parameters.tasks
    42
    """
    known = (recipe_for(found) for found in admissible_parameters(items) if found.per_task == per_task)
    return next((recipe for recipe in known if recipe), None)
