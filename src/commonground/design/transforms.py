"""New designs from known ones: complements, residuals, derived designs, unions."""

from itertools import combinations
from math import comb

import numpy as np

from commonground.design.blocks import Block, Blocks, blocks_of


def all_subsets(items: int, per_task: int) -> Blocks:
    """Every set of `per_task` items once.

    Examples
    --------
    >>> len(all_subsets(6, 3))
    20
    """
    return blocks_of(combinations(range(items), per_task))


def all_but(blocks: Blocks, items: int) -> Blocks:
    """Every set of that size that is not a task of the design (whose tasks are all different)."""
    left_out = set(blocks)
    return tuple(block for block in all_subsets(items, len(blocks[0])) if block not in left_out)


def complement(blocks: Blocks, items: int) -> Blocks:
    """The items each task leaves out: (v, v − k, b − 2r + λ).

    Hughes & Piper (1985), *Design Theory* 1.1.
    """
    everything = frozenset(range(items))
    return tuple(everything - block for block in blocks)


def _renamed(blocks: list[frozenset[int]], kept: frozenset[int]) -> Blocks:
    name = {item: index for index, item in enumerate(sorted(kept))}
    return blocks_of([name[item] for item in block] for block in blocks)


def residual(symmetric: Blocks, items: int) -> Blocks:
    """The rest of a symmetric design outside its first block: (v − k, k − λ, λ).

    Bose (1939), *Annals of Eugenics* 9, 353–399.

    Examples
    --------
    >>> fano = [(0, 1, 3), (1, 2, 4), (2, 3, 5), (3, 4, 6), (4, 5, 0), (5, 6, 1), (6, 0, 2)]
    >>> residual(blocks_of(fano), 7)[0]
    frozenset({0, 1})
    """
    first, *others = symmetric
    outside = frozenset(range(items)) - first
    return _renamed([block & outside for block in others], outside)


def derived(symmetric: Blocks) -> Blocks:
    """What a symmetric design leaves inside its first block: (k, λ, λ − 1).

    Bose (1939), *Annals of Eugenics* 9, 353–399.
    """
    first, *others = symmetric
    return _renamed([block & first for block in others], first)


def derived_twice(octads: Blocks) -> Blocks:
    """The blocks through the last two items, without them: S(5, 8, 24) gives S(3, 6, 22), which is a (22, 6, 5)."""
    last = max(max(block) for block in octads)
    through = [block - {last, last - 1} for block in octads if {last, last - 1} <= block]
    return blocks_of(through)


_RENAMINGS = 400


def united(parts: list[Blocks], items: int) -> Blocks:
    """All the tasks of several designs on the same items, renaming items so that few tasks occur twice.

    λ adds up; renaming keeps each part balanced. The first part stays as it is; in each other, names are exchanged two
    by two (a fixed series of tries) until none of its tasks is there already.
    """
    rng = np.random.default_rng(0)
    blocks = list(parts[0])
    for part in parts[1:]:
        blocks += _freshest(part, set(blocks), items, rng)
    return tuple(blocks)


def _freshest(part: Blocks, taken: set[Block], items: int, rng: np.random.Generator) -> Blocks:
    """The part, renamed so that it repeats as few of the tasks taken as exchanging names two by two can reach."""

    def renamed(names: list[int]) -> Blocks:
        return blocks_of([names[item] for item in block] for block in part)

    def repeated(names: list[int]) -> int:
        return sum(block in taken for block in renamed(names))

    names = list(range(items))
    fewest = repeated(names)
    for _ in range(_RENAMINGS):
        if fewest == 0 or len(taken) == comb(items, len(part[0])):
            break
        one, other = rng.choice(items, size=2, replace=False).tolist()
        tried = names.copy()
        tried[one], tried[other] = names[other], names[one]
        now = repeated(tried)
        if now <= fewest:
            names, fewest = tried, now
    return renamed(names)
