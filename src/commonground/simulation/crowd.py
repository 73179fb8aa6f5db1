"""People with drawn preferences answering a design that belongs to no study."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from commonground.records.choices import ChoiceData, FloatArray
from commonground.records.design import Design
from commonground.records.errors import SettingError
from commonground.records.study import RepeatRule
from commonground.simulation.answer import simulate_choices
from commonground.simulation.population import Population, drawn_population
from commonground.simulation.respondents import draw_utilities

DEFAULT_SD = 2.0
"""How much people differ where nobody says: the standard deviation of a utility, in logits."""


@dataclass(frozen=True, slots=True)
class Crowd:
    """Simulated people, what they answered and what they truly prefer.

    Parameters
    ----------
    choices : ChoiceData
    population : Population
        The means by group and the spread around them.
    utilities : (n_people, n_items) float
        Everybody's own, in logits, in the order of `choices.respondents` and `choices.items`.
    """

    choices: ChoiceData
    population: Population
    utilities: FloatArray


def simulate_crowd(
    design: Design,
    sizes: Mapping[str, int],
    *,
    items: Sequence[str] | None = None,
    sd: float = DEFAULT_SD,
    careless: float = 0.0,
    repeat: bool = False,
    seed: int = 1,
    progress: Callable[[int, int], None] | None = None,
) -> Crowd:
    """Draw groups with preferences of their own and let their people answer a design.

    Parameters
    ----------
    design : Design
    sizes : mapping of str to int
        People by group; several groups are named in the covariate `group`.
    items : sequence of str, optional
        One name an item of the design; item-1, item-2 … where left out.
    sd : float
        Of a person's utility around the group's mean, in logits.
    careless : float
        Share of people, 0 to 1, who pick at random.
    repeat : bool
        Whether one task comes twice.
    seed : int
    progress : callable, optional
        Called with (people assigned, people).

    Raises
    ------
    SettingError
        If there are not as many names as items.

    Examples
    --------
    >>> design = Design(3, (((0, 1), (1, 2), (2, 0)),), (None,), source="all pairs")
    >>> crowd = simulate_crowd(design, {"A": 2, "B": 1}, items=("goal", "plan", "trust"))
    >>> crowd.choices.covariates["group"], crowd.utilities.shape
    (('A', 'A', 'B'), (3, 3))
    """
    names = item_names(design.items) if items is None else tuple(items)
    if len(names) != design.items:
        raise SettingError(f"The design has {design.items} items, but {len(names)} names were given.")
    rng = np.random.default_rng([seed, 1])
    population = drawn_population(names, list(sizes), sd=sd, rng=rng)
    utilities = np.vstack(
        [draw_utilities(population.mean(group), population.sd, size, rng) for group, size in sizes.items()]
    )
    choices = simulate_choices(
        names,
        design,
        utilities,
        seed=seed,
        repeat=RepeatRule(count=1 if repeat else 0),
        careless=careless,
        groups=[group for group, size in sizes.items() for _ in range(size)] if len(sizes) > 1 else None,
        progress=progress,
    )
    return Crowd(choices, population, utilities)


def item_names(count: int) -> tuple[str, ...]:
    """Names for items that have none, of equal length so that they sort.

    Examples
    --------
    >>> item_names(2), item_names(10)[0]
    (('item-1', 'item-2'), 'item-01')
    """
    width = len(str(count))
    return tuple(f"item-{number:0{width}d}" for number in range(1, count + 1))
