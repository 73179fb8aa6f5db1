"""Designs with three items per task."""

from itertools import combinations

from commonground.design.blocks import Blocks, blocks_of


def bose_triples(items: int) -> Blocks:
    """A Steiner triple system on v = 6n + 3 items.

    Three copies of Z_(2n+1); x ∘ y = (x + y)/2. Bose (1939), *Annals of Eugenics* 9, 353–399.

    Examples
    --------
    >>> len(bose_triples(9))
    12
    """
    size = items // 3
    half = (size + 1) // 2
    columns = [(x, x + size, x + 2 * size) for x in range(size)]
    slanted = [
        (x + copy * size, y + copy * size, (x + y) * half % size + (copy + 1) % 3 * size)
        for copy in range(3)
        for x, y in combinations(range(size), 2)
    ]
    return blocks_of([*columns, *slanted])


def skolem_triples(items: int) -> Blocks:
    """A Steiner triple system on v = 6n + 1 items.

    Three copies of Z_2n with a half-idempotent square, and one more item. Skolem (1958), *Mathematica Scandinavica* 6,
    273–280.

    Examples
    --------
    >>> len(skolem_triples(13))
    26
    """
    size = items // 3
    half = size // 2
    last = items - 1

    def meet(x: int, y: int) -> int:
        total = (x + y) % size
        return total // 2 if total % 2 == 0 else (total - 1) // 2 + half

    columns = [(x, x + size, x + 2 * size) for x in range(half)]
    through_last = [(last, x + half + copy * size, x + (copy + 1) % 3 * size) for copy in range(3) for x in range(half)]
    slanted = [
        (x + copy * size, y + copy * size, meet(x, y) + (copy + 1) % 3 * size)
        for copy in range(3)
        for x, y in combinations(range(size), 2)
    ]
    return blocks_of([*columns, *through_last, *slanted])


def symmetric_triples(items: int) -> Blocks:
    """The triples {s, s + i, s − i} for odd v: every pair three times.

    Each of the three differences ±i, ±i, ±2i runs through all of Z_v. Hanani (1961), *Annals of Mathematical
    Statistics* 32, 361–386.

    Examples
    --------
    >>> len(symmetric_triples(11))
    55
    """
    return blocks_of(
        (shift, (shift + i) % items, (shift - i) % items) for i in range(1, items // 2 + 1) for shift in range(items)
    )
