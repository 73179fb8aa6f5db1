"""Groups acting on the items, and a design unfolded from a few starter tasks.

A prescribed group of automorphisms cuts the search for a design down to a choice of orbits: Kramer & Mesner (1976),
*Discrete Mathematics* 15, 263–296. Difference families are the special case of a group moving the items freely.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import product

from commonground.design.blocks import Blocks

Permutation = tuple[int, ...]
"""Where each item goes."""


@dataclass(frozen=True, slots=True)
class Action:
    """Copies of an abelian group shifted by itself, and items that stay where they are.

    Item number c · n + i is element i of copy c; elements of Z_m1 × Z_m2 × … are counted with the last part fastest.

    Parameters
    ----------
    moduli : tuple of int
        The group Z_m1 × Z_m2 × …, of n elements.
    copies : int
        How often it stands side by side.
    fixed : int
        Items that no shift moves, after the copies.
    multiplier : int
        Also multiply every element by this; 1 for shifts alone.
    turning : int
        Also move each of the first so many copies on to the next, in a ring (together with the multiplication, where
        there is one).

    Examples
    --------
    >>> Action((11,), fixed=1).items, str(Action((7,), 3, 1, multiplier=2))
    (12, 'Z7 on 3 copies, with x → 2x, 1 item fixed')
    """

    moduli: tuple[int, ...]
    copies: int = 1
    fixed: int = 0
    multiplier: int = 1
    turning: int = 0

    @property
    def items(self) -> int:
        """How many items the group acts on."""
        return len(self._elements()) * self.copies + self.fixed

    def _elements(self) -> list[tuple[int, ...]]:
        return list(product(*(range(modulus) for modulus in self.moduli)))

    def generators(self) -> list[Permutation]:
        """Permutations of the items that generate the group."""
        shifts = [self._lifted(self._shift(axis), range(self.copies)) for axis in range(len(self.moduli))]
        if self.multiplier == 1 and not self.turning:
            return shifts
        ring = [*range(1, self.turning), 0][: self.turning]
        return [*shifts, self._lifted(self._multiply, [*ring, *range(self.turning, self.copies)])]

    def _shift(self, axis: int) -> Callable[[tuple[int, ...]], tuple[int, ...]]:
        return lambda element: tuple(
            (x + (place == axis)) % modulus for place, (x, modulus) in enumerate(zip(element, self.moduli, strict=True))
        )

    def _multiply(self, element: tuple[int, ...]) -> tuple[int, ...]:
        return tuple(x * self.multiplier % modulus for x, modulus in zip(element, self.moduli, strict=True))

    def _lifted(self, move: Callable[[tuple[int, ...]], tuple[int, ...]], goal: Sequence[int]) -> Permutation:
        elements = self._elements()
        name = {element: index for index, element in enumerate(elements)}
        size = len(elements)
        moved = [goal[copy] * size + name[move(element)] for copy in range(self.copies) for element in elements]
        return tuple(moved + list(range(size * self.copies, size * self.copies + self.fixed)))

    def __str__(self) -> str:
        parts = [" × ".join(f"Z{modulus}" for modulus in self.moduli)]
        parts[0] += f" on {self.copies} copies" if self.copies > 1 else ""
        parts += [f"with x → {self.multiplier}x"] if self.multiplier > 1 else []
        parts += [f"{self.turning} copies turning"] if self.turning else []
        parts += [f"{self.fixed} item{'s' if self.fixed > 1 else ''} fixed"] if self.fixed else []
        return ", ".join(parts)


def elements_of(generators: list[Permutation]) -> list[Permutation]:
    """Every element of the group, by closing the generators under composition.

    Examples
    --------
    >>> len(elements_of(Action((7,), multiplier=2).generators()))
    21
    """
    identity = tuple(range(len(generators[0])))
    found, waiting = {identity}, [identity]
    while waiting:
        element = waiting.pop()
        fresh = {tuple(generator[item] for item in element) for generator in generators} - found
        found |= fresh
        waiting += fresh
    return sorted(found)


def developed(action: Action, starters: tuple[tuple[int, ...], ...]) -> Blocks:
    """The orbits of the starter tasks: each task the group makes of a starter, once.

    A starter given twice counts twice.

    Examples
    --------
    >>> len(developed(Action((7,)), ((1, 2, 4),))), len(developed(Action((9,)), ((0, 3, 6),)))
    (7, 3)
    """
    generators = action.generators()
    return tuple(block for starter in starters for block in _orbit(frozenset(starter), generators))


def _orbit(starter: frozenset[int], generators: list[Permutation]) -> list[frozenset[int]]:
    found, waiting = {starter: None}, [starter]
    while waiting:
        block = waiting.pop()
        for generator in generators:
            moved = frozenset(generator[item] for item in block)
            if moved not in found:
                found[moved] = None
                waiting.append(moved)
    return list(found)
