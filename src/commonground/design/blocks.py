"""Blocks of a balanced incomplete block design, and the counting that proves them right."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations

Block = frozenset[int]
Blocks = tuple[Block, ...]
"""The tasks of a design as sets of item indices from 0; a block may occur more than once."""


@dataclass(frozen=True, slots=True, order=True)
class Parameters:
    """The numbers (v, k, λ) of a balanced incomplete block design; b and r follow from them.

    Parameters
    ----------
    items, per_task, co_appearances : int
        v, k and λ: every pair of the v items stands together in exactly λ tasks of k items.

    Examples
    --------
    >>> fano = Parameters(7, 3, 1)
    >>> fano.appearances, fano.tasks, fano.admissible
    (3, 7, True)
    """

    items: int
    per_task: int
    co_appearances: int

    @property
    def appearances(self) -> int:
        """The r of λ(v − 1) = r(k − 1), rounded down where no whole number solves it."""
        return self.co_appearances * (self.items - 1) // (self.per_task - 1)

    @property
    def tasks(self) -> int:
        """The b of vr = bk, rounded down where no whole number solves it."""
        return self.items * self.appearances // self.per_task

    @property
    def admissible(self) -> bool:
        """Whether r and b are whole numbers and b ≥ v (Fisher's inequality)."""
        return (
            self.co_appearances * (self.items - 1) == self.appearances * (self.per_task - 1)
            and self.items * self.appearances == self.tasks * self.per_task
            and self.tasks >= self.items > self.per_task
        )

    def __str__(self) -> str:
        return f"({self.items}, {self.per_task}, {self.co_appearances})"


class BrokenDesignError(ValueError):
    """A construction gave blocks that are not the balanced design it promised."""


def blocks_of(sets: Iterable[Iterable[int]]) -> Blocks:
    """Any sets of items as blocks, in the order given."""
    return tuple(frozenset(block) for block in sets)


def verified(blocks: Blocks, parameters: Parameters) -> Blocks:
    """The blocks themselves, once counting has shown that they are the promised design.

    Raises
    ------
    BrokenDesignError
        If the number of tasks, a task's size or the times a pair stands together is another than promised.

    Examples
    --------
    >>> len(verified(blocks_of([(0, 1), (1, 2), (0, 2)]), Parameters(3, 2, 1)))
    3
    """
    if len(blocks) != parameters.tasks or any(len(block) != parameters.per_task for block in blocks):
        raise BrokenDesignError(f"not {parameters.tasks} tasks of {parameters.per_task} items: {parameters}")
    pairs = Counter(pair for block in blocks for pair in combinations(sorted(block), 2))
    wanted = dict.fromkeys(combinations(range(parameters.items), 2), parameters.co_appearances)
    if pairs != wanted:
        raise BrokenDesignError(f"pairs are not together equally often: {parameters}")
    return blocks
