"""What a population prefers: the mean utility of every item in each partner group, and how far people differ."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from commonground.records.choices import FloatArray


@dataclass(frozen=True, slots=True)
class Population:
    """Normal utilities around group means.

    Parameters
    ----------
    items : tuple of str
    means : mapping of group id to tuple of float
        A mean utility an item, in logits.
    sd : float
        Standard deviation of a person's utility around the group's mean, the same for every item and group.

    Raises
    ------
    ValueError
        If a group has not one mean an item, or `sd` is negative.

    Examples
    --------
    >>> people = Population(("a", "b"), {"HP": (0.5, -0.5)}, sd=1.0)
    >>> people.mean("HP").tolist()
    [0.5, -0.5]
    """

    items: tuple[str, ...]
    means: Mapping[str, tuple[float, ...]]
    sd: float

    def __post_init__(self) -> None:
        for group, means in self.means.items():
            if len(means) != len(self.items):
                raise ValueError(f"group '{group}' has {len(means)} means for {len(self.items)} items")
        if self.sd < 0:
            raise ValueError(f"a standard deviation cannot be negative: {self.sd}")

    def mean(self, group: str) -> FloatArray:
        """The mean utilities of a group: (n_items,)."""
        return np.array(self.means[group], dtype=np.float64)


def drawn_population(
    items: Sequence[str], groups: Sequence[str], *, sd: float, rng: np.random.Generator, apart: float = 0.5
) -> Population:
    """Make a population up: means a group shares, and how it departs from them.

    Shared means are normal with SD 1; each group departs from them by a normal with SD `apart`. With one group
    there is no departure.

    Parameters
    ----------
    items, groups : sequence of str
    sd : float
        Person-to-person standard deviation of the utilities, in logits.
    rng : numpy.random.Generator
    apart : float
        How far groups lie apart, in logits; 0 for groups from one population.
    """
    shared = rng.normal(size=len(items))
    departures = rng.normal(size=(len(groups), len(items))) * (apart if len(groups) > 1 else 0.0)
    centred = shared + departures
    centred -= centred.mean(axis=1, keepdims=True)
    return Population(
        tuple(items), {group: tuple(row) for group, row in zip(groups, centred.tolist(), strict=True)}, sd
    )
