"""What is assumed before anyone has answered: how far items lie apart, and how much people differ."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from commonground.records.choices import MISSING, BoolArray, FloatArray, IntArray
from commonground.records.errors import RequestError, SettingError

if TYPE_CHECKING:
    from commonground.records.design import Design

MODELS = ("sequential", "maxdiff")
"""Models whose errors can be expected: those of a best and a worst pick in each task."""

MOST_VERSIONS = 200
"""More versions than this are looked at through so many of them."""


@dataclass(frozen=True, slots=True)
class Scenario:
    """A design and the people who will answer it.

    Parameters
    ----------
    design : Design
    spread : float
        Standard deviation of the items' mean utilities, logits.
    person_sd : float
        Standard deviation of a person's utility around the mean, the same for every item, logits.

    Raises
    ------
    SettingError
        If a standard deviation is negative.
    RequestError
        If the design never shows an item, or some items can never be compared with the others.
    """

    design: "Design"
    spread: float
    person_sd: float

    def __post_init__(self) -> None:
        if self.spread < 0 or self.person_sd < 0:
            raise SettingError("A standard deviation cannot be negative.")
        if not _hangs_together(tasks_of(self.design), self.design.items):
            raise RequestError(
                "The design cannot compare all items: some are never shown, or no chain of tasks joins them with the "
                "others. Add tasks."
            )

    @property
    def items(self) -> int:
        """How many there are."""
        return self.design.items

    def means(self, rng: np.random.Generator) -> FloatArray:
        """Mean utilities as a normal distribution spreads them, handed to the items at random: (items,)."""
        return rng.permutation(spread_out(self.items, self.spread))


def spread_out(items: int, sd: float) -> FloatArray:
    """So many numbers that lie as a normal distribution's do, with this standard deviation, rising: (items,).

    Examples
    --------
    >>> spread_out(3, 1.0).round(3).tolist()
    [-1.225, 0.0, 1.225]
    """
    from scipy.special import ndtri  # noqa: PLC0415 # pyright: ignore[reportMissingTypeStubs] # costly to load

    raw = np.asarray(ndtri((np.arange(items) + 0.5) / items), dtype=np.float64)
    return sd * raw / raw.std()


def tasks_of(design: "Design") -> IntArray:
    """The tasks of every version, or of `MOST_VERSIONS` of them: (n_versions, n_tasks, k), filled with `MISSING`."""
    versions = design.versions[:MOST_VERSIONS] if _enough(design) else design.versions
    shown = np.full((len(versions), design.tasks, design.per_task), MISSING, dtype=np.int64)
    for version, tasks in enumerate(versions):
        for place, task in enumerate(tasks):
            shown[version, place, : len(task)] = task
    return shown


def _enough(design: "Design") -> bool:
    """Whether the first versions show every item."""
    first = {item for version in design.versions[:MOST_VERSIONS] for task in version for item in task}
    return len(first) == design.items


def _hangs_together(tasks: IntArray, items: int) -> bool:
    """Whether a chain of tasks leads from the first item to every other."""
    filled = tasks.reshape(-1, tasks.shape[-1])
    reached: BoolArray = np.zeros(items + 1, dtype=np.bool_)  # the last place stands for MISSING
    reached[0] = True
    before = 0
    while before < (before := int(reached[:items].sum())):
        touched = reached[filled].any(axis=1)
        reached[filled[touched]] = True
        reached[items] = False
    return bool(reached[:items].all())
