"""The picture of a design: how often every two items stand together, and in which positions items stand. Pure."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from commonground.records.design import Design

MOST_PICTURED = 40
"""Items that can still be told apart in a square on a screen."""

CELL, EDGE = 26, 30
SHADES = 5


@dataclass(frozen=True, slots=True)
class Cell:
    """One square: where it is, what it says, how dark it is (0–4); `own` on the diagonal."""

    x: int
    y: int
    times: int
    shade: int
    own: bool


@dataclass(frozen=True, slots=True)
class Heading:
    """The number of an item beside its row and over its column."""

    number: int
    middle: int


@dataclass(frozen=True, slots=True)
class Matrix:
    """A square of items by items. Lengths are units of the picture."""

    size: int
    cell: int
    headings: tuple[Heading, ...]
    cells: tuple[Cell, ...]


def together(design: Design) -> Counter[tuple[int, int]]:
    """How often every pair of items stands together over all versions; an item with itself: how often it is shown."""
    counts: Counter[tuple[int, int]] = Counter()
    for version in design.versions:
        for task in version:
            counts.update((item, item) for item in task)
            counts.update((min(pair), max(pair)) for pair in combinations(task, 2))
    return counts


def matrix_of(design: Design) -> Matrix | None:
    """The picture; None where there are too many items for one."""
    if design.items > MOST_PICTURED:
        return None
    counts = together(design)
    pairs = [counts[pair] for pair in combinations(range(design.items), 2)]
    headings = tuple(Heading(item + 1, EDGE + item * CELL + CELL // 2) for item in range(design.items))
    cells = tuple(_cells(design.items, counts, min(pairs), max(pairs)))
    return Matrix(EDGE + design.items * CELL, CELL - 2, headings, cells)


def _cells(items: int, counts: Counter[tuple[int, int]], fewest: int, most: int) -> Iterator[Cell]:
    for row in range(items):
        for column in range(items):
            times = counts[min(row, column), max(row, column)]
            shade = _shade(times, fewest, most)
            yield Cell(EDGE + column * CELL, EDGE + row * CELL, times, shade, own=row == column)


def _shade(times: int, fewest: int, most: int) -> int:
    """A pair that never meets is white; equal counts share the middle shade."""
    if times == 0 or most == 0:
        return 0
    if fewest == most:
        return SHADES // 2
    return min(SHADES - 1, 1 + (times - max(fewest, 1)) * (SHADES - 2) // max(most - max(fewest, 1), 1))


def pair_rows(design: Design, names: Sequence[str]) -> Iterator[tuple[object, ...]]:
    """The same as a table: each item, how often it is shown, and how often beside every item by number."""
    counts = together(design)
    for row, name in enumerate(names):
        beside = [counts[min(row, column), max(row, column)] if row != column else "–" for column in range(len(names))]
        yield (f"{row + 1} {name}", counts[row, row], *beside)


def position_rows(design: Design, names: Sequence[str]) -> Iterator[tuple[object, ...]]:
    """How often every item stands in each position, over all versions."""
    counts = Counter(
        (item, place) for version in design.versions for task in version for place, item in enumerate(task)
    )
    for item, name in enumerate(names):
        yield (f"{item + 1} {name}", *(counts[item, place] for place in range(design.per_task)))
