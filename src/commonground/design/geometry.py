"""Designs from finite geometries: points, and the flats through them."""

from itertools import combinations, product

from commonground.design.blocks import Block, Blocks, blocks_of
from commonground.design.fields import Field, field

Vector = tuple[int, ...]


def _combine(numbers: Field, weights: Vector, vectors: tuple[Vector, ...]) -> Vector:
    total = (0,) * len(vectors[0])
    for weight, vector in zip(weights, vectors, strict=True):
        total = tuple(numbers.sums[t][numbers.products[weight][x]] for t, x in zip(total, vector, strict=True))
    return total


def _span(numbers: Field, vectors: tuple[Vector, ...]) -> frozenset[Vector]:
    """Every linear combination of the vectors."""
    return frozenset(
        _combine(numbers, weights, vectors) for weights in product(range(numbers.size), repeat=len(vectors))
    )


def _points(numbers: Field, dimension: int) -> list[Vector]:
    """One vector for each point of the projective space: the first non-zero entry is 1."""
    vectors = product(range(numbers.size), repeat=dimension + 1)
    return [vector for vector in vectors if next((x for x in vector if x), 0) == 1]


def _subspaces(numbers: Field, dimension: int, rank: int) -> list[frozenset[Vector]]:
    """All linear subspaces of the given rank in the space of `dimension` coordinates."""
    directions = _points(numbers, dimension - 1)
    spans = {_span(numbers, basis) for basis in combinations(directions, rank)}
    return sorted((span for span in spans if len(span) == numbers.size**rank), key=sorted)


def projective(dimension: int, order: int, flat: int) -> Blocks:
    """Points and `flat`-dimensional flats of the projective space PG(dimension, order).

    Lines of a plane give (q² + q + 1, q + 1, 1). Beth, Jungnickel & Lenz (1999), *Design Theory* I.2.

    Examples
    --------
    >>> len(projective(2, 2, 1)), len(projective(3, 2, 2)[0])
    (7, 7)
    """
    numbers = field(order)
    name = {point: index for index, point in enumerate(_points(numbers, dimension))}
    flats = _subspaces(numbers, dimension + 1, flat + 1)
    return blocks_of([name[vector] for vector in sorted(span) if vector in name] for span in flats)


def affine(dimension: int, order: int, flat: int) -> Blocks:
    """Points and `flat`-dimensional flats of the affine space AG(dimension, order).

    Lines of a plane give (q², q, 1). Beth, Jungnickel & Lenz (1999), *Design Theory* I.2.

    Examples
    --------
    >>> len(affine(2, 3, 1)), len(affine(3, 2, 2))
    (12, 14)
    """
    numbers = field(order)
    points = list(product(range(order), repeat=dimension))
    name = {point: index for index, point in enumerate(points)}
    flats: dict[Block, None] = {}
    for span in _subspaces(numbers, dimension, flat):
        for point in points:
            shifted = frozenset(name[_combine(numbers, (1, 1), (point, vector))] for vector in span)
            flats[shifted] = None
    return tuple(flats)


def hermitian_unital(order: int) -> Blocks:
    """The points of a Hermitian curve x^(q+1) + y^(q+1) + z^(q+1) = 0 and the lines that meet it q + 1 times.

    Gives (q³ + 1, q + 1, 1). Bose (1959), *Calcutta Statistical Association Bulletin* 9, 1–11.

    Examples
    --------
    >>> len(hermitian_unital(2))
    12
    """
    numbers = field(order**2)
    plane = _points(numbers, 2)
    norm = [numbers.power(element, order + 1) for element in range(numbers.size)]
    curve = [point for point in plane if not _combine(numbers, (1, 1, 1), tuple((norm[x],) for x in point))[0]]
    secants = (
        [place for place, point in enumerate(curve) if not _combine(numbers, line, tuple((x,) for x in point))[0]]
        for line in plane
    )
    return blocks_of(secant for secant in secants if len(secant) == order + 1)


def latin_square(order: int, *, symbols: bool) -> Blocks:
    """For each cell of a square the other cells in its row and column and, if `symbols`, with its symbol.

    Symmetric designs: (16, 6, 2) for order 4 without and (36, 15, 6) for order 6 with the symbols of a cyclic Latin
    square. Menon (1962), *Proceedings of the American Mathematical Society* 13, 739–744; Hughes & Piper (1985) 3.8.

    Examples
    --------
    >>> len(latin_square(4, symbols=False)[0]), len(latin_square(6, symbols=True)[0])
    (6, 15)
    """
    cells = list(product(range(order), repeat=2))

    def alike(one: Vector, other: Vector) -> bool:
        same_symbol = symbols and sum(one) % order == sum(other) % order
        return one != other and (one[0] == other[0] or one[1] == other[1] or same_symbol)

    return blocks_of([name for name, other in enumerate(cells) if alike(cell, other)] for cell in cells)
