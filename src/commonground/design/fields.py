"""Finite fields, as tables: the arithmetic under planes, residues and difference families.

Lidl & Niederreiter (1997), *Finite Fields*, chapters 1–2.
"""

from dataclasses import dataclass
from functools import cache
from itertools import product

_REDUCTION = {4: (1, 1), 8: (1, 1, 0), 16: (1, 1, 0, 0), 9: (1, 1), 25: (3, 4), 27: (2, 1, 0)}
"""For q = pⁿ: xⁿ = Σ coefficient · xⁱ, from x⁰ up. An irreducible polynomial each; `Field` is tested on the axioms."""


@dataclass(frozen=True, slots=True)
class Field:
    """A field of q elements, named 0 … q − 1; 0 and 1 are its zero and one.

    Parameters
    ----------
    size : int
    sums, products : tuple of tuple of int
        Tables: `sums[a][b]` is a + b.
    generator : int
        An element whose powers are all elements but zero.
    """

    size: int
    sums: tuple[tuple[int, ...], ...]
    products: tuple[tuple[int, ...], ...]
    generator: int

    def power(self, base: int, exponent: int) -> int:
        """Multiply 1 by the base so many times; exponent ≥ 0."""
        result = 1
        for _ in range(exponent):
            result = self.products[result][base]
        return result

    def powers(self, step: int) -> tuple[int, ...]:
        """The subgroup of `step`-th powers of the generator, starting with 1."""
        base = self.power(self.generator, step)
        result = [1]
        while (following := self.products[result[-1]][base]) != 1:
            result.append(following)
        return tuple(result)


def _prime_and_degree(size: int) -> tuple[int, int]:
    prime = next(divisor for divisor in range(2, size + 1) if size % divisor == 0)
    degree = 1
    while prime**degree < size:
        degree += 1
    if prime**degree != size:
        raise ValueError(f"{size} is not a power of a prime")
    return prime, degree


def _times(left: tuple[int, ...], right: tuple[int, ...], prime: int, reduction: tuple[int, ...]) -> tuple[int, ...]:
    """The product of two polynomials modulo xⁿ = reduction."""
    degree = len(left)
    result = [0] * (2 * degree - 1)
    for (i, a), (j, b) in product(enumerate(left), enumerate(right)):
        result[i + j] += a * b
    for high in range(2 * degree - 2, degree - 1, -1):
        for i, coefficient in enumerate(reduction):
            result[high - degree + i] += result[high] * coefficient
    return tuple(value % prime for value in result[:degree])


@cache
def field(size: int) -> Field:
    """The field of `size` elements; size a prime, or 4, 8, 9, 16, 25 or 27.

    Raises
    ------
    ValueError
        If there is no field of that size.

    Examples
    --------
    >>> four = field(4)
    >>> four.sums[2][3], four.products[2][3]
    (1, 1)
    """
    prime, degree = _prime_and_degree(size)
    reduction = _REDUCTION[size] if degree > 1 else (0,)
    elements = [digits[::-1] for digits in product(range(prime), repeat=degree)]
    name = {element: index for index, element in enumerate(elements)}
    sums = tuple(
        tuple(name[tuple((x + y) % prime for x, y in zip(a, b, strict=True))] for b in elements) for a in elements
    )
    products = tuple(tuple(name[_times(a, b, prime, reduction)] for b in elements) for a in elements)
    return Field(size, sums, products, _generator(products))


def _generator(products: tuple[tuple[int, ...], ...]) -> int:
    def order(element: int) -> int:
        value, count = element, 1
        while value != 1:
            value, count = products[value][element], count + 1
        return count

    size = len(products)
    return next(element for element in range(1, size) if order(element) == size - 1)
