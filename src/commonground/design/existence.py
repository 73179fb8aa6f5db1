"""Which balanced designs can be, which cannot, and which we still lack."""

from collections.abc import Iterator

from commonground.design.blocks import Parameters
from commonground.design.recipes import MOST_TASKS, recipe_for

MOST_ITEMS = 31
MOST_PER_TASK = 10

_BRUCK_RYSER_CHOWLA = "ruled out by Bruck, Ryser and Chowla (1949, 1950)"
_HALL_CONNOR = "would extend to {}, which does not exist (Hall & Connor 1954)"
NONEXISTENT: dict[Parameters, str] = {
    Parameters(22, 7, 2): _BRUCK_RYSER_CHOWLA,
    Parameters(29, 8, 2): _BRUCK_RYSER_CHOWLA,
    Parameters(15, 5, 2): _HALL_CONNOR.format("(22, 7, 2)"),
    Parameters(21, 6, 2): _HALL_CONNOR.format("(29, 8, 2)"),
    Parameters(15, 10, 9): "its complement (15, 5, 2) does not exist",
    Parameters(22, 8, 4): "ruled out by an exhaustive search (Bilous et al. 2007)",
}
"""Admissible parameters in our range for which it is proven that there is no design, and why."""


def admissible_parameters(items: int) -> Iterator[Parameters]:
    """Every (v, k, λ) with k from 2 to 10 and at most 100 tasks that simple counting allows, in order.

    Examples
    --------
    >>> [str(parameters) for parameters in admissible_parameters(11)][:3]
    ['(11, 2, 1)', '(11, 3, 3)', '(11, 4, 6)']
    """
    for per_task in range(2, min(MOST_PER_TASK, items - 1) + 1):
        most = MOST_TASKS * per_task * (per_task - 1) // (items * (items - 1))
        for together in range(1, most + 1):
            parameters = Parameters(items, per_task, together)
            if parameters.admissible:
                yield parameters


def missing_parameters() -> tuple[Parameters, ...]:
    """Admissible parameters in our range that are neither built here nor proven impossible."""
    return tuple(
        parameters
        for items in range(3, MOST_ITEMS + 1)
        for parameters in admissible_parameters(items)
        if parameters not in NONEXISTENT and recipe_for(parameters) is None
    )
