"""The search that found the stored starter tasks; rerun it to find them again, or others.

Kramer & Mesner (1976): a design with a prescribed group is a choice of orbits of k-sets that covers every orbit of
pairs λ times. Orbits are drawn at random until two are missing; those two are looked up in a table of sums, which is
exact. Not used when a design is built: `starters.py` holds what was found.

>>> import numpy as np
>>> from commonground.design.actions import Action, developed
>>> from commonground.design.blocks import Parameters, verified
>>> found = find_starters(Parameters(13, 4, 1), Action((13,)), np.random.default_rng(1))
>>> len(verified(developed(Action((13,)), found), Parameters(13, 4, 1)))
13
"""

from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from commonground.design.actions import Action, elements_of
from commonground.design.blocks import Parameters

IntArray = NDArray[np.int64]
_BITS = 8
_SPREAD: int = 1 << 40
"""Random numbers up to this make a sum of covers nearly unique; equal sums are compared in full."""


@dataclass(frozen=True, slots=True)
class _Orbits:
    """Orbits of k-sets: a representative as bits, the orbit's size, and how often it covers each orbit of pairs."""

    representative: IntArray
    size: IntArray
    cover: IntArray


def find_starters(
    parameters: Parameters, action: Action, rng: np.random.Generator, *, tries: int = 100_000
) -> tuple[tuple[int, ...], ...]:
    """Starter tasks of a design with this group, all different; empty where none was found.

    Parameters
    ----------
    parameters : Parameters
    action : Action
        On `parameters.items` items; the memory needed grows with the number of k-sets, at most a few million.
    rng : numpy.random.Generator
    tries : int
        Random beginnings.

    Returns
    -------
    tuple of tuple of int
    """
    group = np.array(elements_of(action.generators()), dtype=np.int64)
    orbits = _orbits(parameters, group)
    if orbits.size.size == 0:
        return ()
    names: IntArray = rng.integers(-_SPREAD, _SPREAD, int(orbits.cover.shape[1]))
    keys: IntArray = orbits.cover @ names
    sizes = _splits(parameters.tasks, sorted(set(orbits.size.tolist()), reverse=True))
    for _ in range(tries if sizes else 0):
        order = rng.permutation(np.array(sizes[rng.integers(len(sizes))]))
        chosen = _attempt(orbits, keys, names, together=parameters.co_appearances, sizes=order, rng=rng)
        if chosen:
            return tuple(_items(int(orbits.representative[index])) for index in chosen)
    return ()


def _items(bits: int) -> tuple[int, ...]:
    return tuple(item for item in range(bits.bit_length()) if bits >> item & 1)


def _subsets(items: int, size: int) -> IntArray:
    """All sets of `size` of the items, as bits."""
    layers: dict[int, IntArray] = {0: np.zeros(1, dtype=np.int64)}
    for item in range(items):
        grown = {count + 1: bits | np.int64(1 << item) for count, bits in layers.items() if count < size}
        kept = {count: bits for count, bits in layers.items() if size - count < items - item}
        layers = {
            count: np.concatenate([part[count] for part in (kept, grown) if count in part]) for count in {*kept, *grown}
        }
    return layers[size]


def _image(bits: IntArray, permutation: IntArray) -> IntArray:
    """Where one permutation sends many sets, eight items at a time."""
    moved = np.zeros_like(bits)
    for start in range(0, permutation.size, _BITS):
        goals = permutation[start : start + _BITS]
        bytes_ = np.arange(1 << goals.size)
        table = sum(((bytes_ >> place & 1) << goal for place, goal in enumerate(goals)), np.zeros_like(bytes_))
        moved |= table[bits >> start & (1 << goals.size) - 1]
    return moved


def _orbits(parameters: Parameters, group: IntArray) -> _Orbits:
    """The orbits that may stand in the design: no pair covered more than λ times by one of them."""
    sets = _subsets(parameters.items, parameters.per_task)
    first, fixing = sets.copy(), np.zeros_like(sets)
    for permutation in group:
        moved = _image(sets, permutation)
        np.minimum(first, moved, out=first)
        fixing += moved == sets
    leading = first == sets
    sets, size = sets[leading], len(group) // fixing[leading]
    cover = _cover(sets, size, group)
    fits = (cover <= parameters.co_appearances).all(axis=1) & (size <= parameters.tasks)
    return _Orbits(sets[fits], size[fits], cover[fits])


def _cover(sets: IntArray, size: IntArray, group: IntArray) -> IntArray:
    """How often each orbit of sets covers each orbit of pairs: (orbits of sets, orbits of pairs)."""
    items = group.shape[1]
    pair_orbit = np.full((items, items), -1)
    lengths: list[int] = []
    for left, right in combinations(range(items), 2):
        if pair_orbit[left, right] < 0:
            pairs = {(min(x, y), max(x, y)) for x, y in group[:, [left, right]].tolist()}
            for x, y in pairs:
                pair_orbit[x, y] = len(lengths)
            lengths.append(len(pairs))
    count = np.zeros((sets.size, len(lengths)), dtype=np.int64)
    for left, right in combinations(range(items), 2):
        count[:, pair_orbit[left, right]] += (sets >> left & 1) & (sets >> right & 1)
    return count * size[:, None] // np.array(lengths)


def _splits(total: int, sizes: list[int]) -> list[tuple[int, ...]]:
    """The ways to write the number of tasks as a sum of orbit sizes, nearly as short as can be."""
    ways: list[tuple[int, ...]] = []
    longest = -(-total // sizes[0]) + 4

    def extend(left: int, start: int, parts: tuple[int, ...]) -> None:
        if left == 0:
            ways.append(parts)
        elif len(parts) < longest:
            for place in range(start, len(sizes)):
                if sizes[place] <= left:
                    extend(left - sizes[place], place, (*parts, sizes[place]))

    extend(total, 0, ())
    fewest = min(map(len, ways), default=0)
    return [way for way in ways if len(way) <= fewest + 3]


def _attempt(
    orbits: _Orbits, keys: IntArray, names: IntArray, *, together: int, sizes: IntArray, rng: np.random.Generator
) -> list[int]:
    """Draw orbits of the given sizes at random but for the last two, then look for these."""
    left = np.full(orbits.cover.shape[1], together)
    alive = np.arange(keys.size)
    chosen: list[int] = []
    for size in sizes[:-2]:
        candidates = alive[orbits.size[alive] == size]
        if candidates.size == 0:
            return []
        drawn = int(rng.choice(candidates))
        chosen.append(drawn)
        left = left - orbits.cover[drawn]
        alive = alive[(orbits.cover[alive] <= left).all(axis=1) & (alive != drawn)]
    last = _single(orbits, alive, left) if sizes.size == 1 else _pair(orbits, keys, names, alive, left)
    return [*chosen, *last] if last else []


def _single(orbits: _Orbits, alive: IntArray, left: IntArray) -> list[int]:
    return alive[(orbits.cover[alive] == left).all(axis=1)][:1].tolist()


def _pair(orbits: _Orbits, keys: IntArray, names: IntArray, alive: IntArray, left: IntArray) -> list[int]:
    """Two different orbits that cover exactly what is left, found by one number each (then checked in full)."""
    if alive.size < 2:
        return []
    order = alive[np.argsort(keys[alive])]
    wanted = left @ names - keys[alive]
    place = np.minimum(np.searchsorted(keys[order], wanted), order.size - 1)
    for hit in np.flatnonzero((keys[order][place] == wanted) & (order[place] != alive)):
        one, other = int(alive[hit]), int(order[place[hit]])
        if (orbits.cover[one] + orbits.cover[other] == left).all():
            return [one, other]
    return []
