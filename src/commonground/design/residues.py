"""Designs from the powers of a generator of a finite field: squares, cyclotomic classes, difference sets."""

from collections.abc import Iterable, Sequence

from commonground.design.blocks import Blocks, blocks_of
from commonground.design.fields import Field, field


def _translates(numbers: Field, bases: Iterable[Sequence[int]]) -> Blocks:
    """Every base block shifted by every element."""
    return blocks_of([numbers.sums[x][shift] for x in base] for base in bases for shift in range(numbers.size))


def _cosets(numbers: Field, classes: int) -> list[list[int]]:
    """The cyclotomic classes: the `classes`-th powers times each power of the generator."""
    subgroup = numbers.powers(classes)
    return [[numbers.products[numbers.power(numbers.generator, i)][x] for x in subgroup] for i in range(classes)]


def power_residues(order: int, exponent: int) -> Blocks:
    """The `exponent`-th powers of a field as a difference set.

    Squares for order ≡ 3 (mod 4): Paley (1933), *Journal of Mathematics and Physics* 12, 311–320; as designs Todd
    (1933), same volume, 321–333. Fourth powers of p = 4t² + 1 with t odd: Chowla (1944), *Proceedings of the Lahore
    Philosophical Society* 6.

    Examples
    --------
    >>> sorted(power_residues(11, 2)[0])
    [1, 3, 4, 5, 9]
    """
    numbers = field(order)
    return _translates(numbers, [numbers.powers(exponent)])


def cyclotomic(order: int, classes: int, *, with_zero: bool = False) -> Blocks:
    """The cyclotomic classes of a field as base blocks, each with 0 added if `with_zero`.

    Where −1 is no `classes`-th power the classes come in pairs C, −C with the same differences, and half are enough.
    Bose (1939), *Annals of Eugenics* 9, 353–399; Sprott (1954, 1956), *Canadian Journal of Mathematics* 6 and
    *Sankhyā* 17; Wilson (1972), *Journal of Number Theory* 4, 17–47.

    Examples
    --------
    >>> len(cyclotomic(13, 4)), len(cyclotomic(13, 3, with_zero=True)[0])
    (26, 5)
    """
    numbers = field(order)
    minus_one = next(x for x in range(order) if numbers.sums[x][1] == 0)
    enough = classes if minus_one in numbers.powers(classes) else classes // 2
    extra = [0] if with_zero else []
    return _translates(numbers, [extra + base for base in _cosets(numbers, classes)[:enough]])


def hadamard_extension(order: int) -> Blocks:
    """Squares with a point at infinity, and the complements of these blocks: (q + 1, (q + 1)/2, (q − 1)/2).

    For order ≡ 3 (mod 4): the 3-design of a Paley–Hadamard matrix. Hughes & Piper (1985), *Design Theory* 3.7.

    Examples
    --------
    >>> len(hadamard_extension(11))
    22
    """
    halves = [block | {order} for block in power_residues(order, 2)]
    return blocks_of([*halves, *(set(range(order + 1)) - half for half in halves)])


def twin_primes(smaller: int) -> Blocks:
    """The difference set over Z_p × Z_(p+2): products of two squares or two non-squares, and the pairs (x, 0).

    Gives (4n − 1, 2n − 1, n − 1), 4n − 1 = p(p + 2). Stanton & Sprott (1958), *Canadian Journal of Mathematics* 10.

    Examples
    --------
    >>> len(twin_primes(3)), len(twin_primes(3)[0])
    (15, 7)
    """
    larger = smaller + 2
    signs = [{x: 1 if x in field(p).powers(2) else -1 for x in range(1, p)} for p in (smaller, larger)]
    base = [(x, 0) for x in range(smaller)]
    base += [(x, y) for x in signs[0] for y in signs[1] if signs[0][x] == signs[1][y]]
    return blocks_of(
        [(x + i) % smaller * larger + (y + j) % larger for x, y in base] for i in range(smaller) for j in range(larger)
    )


def quadratic_residue_words() -> Blocks:
    """The 759 octads of the Witt design S(5, 8, 24), from the extended binary code of squares modulo 23.

    Witt (1938), *Abhandlungen aus dem Mathematischen Seminar Hamburg* 12, 265–275; the code: Golay (1949).
    """
    squares = {pow(x, 2, 23) for x in range(1, 23)}
    rows = [sum(1 << (x + shift) % 23 for x in range(1, 23) if x not in squares) for shift in range(23)]
    words = {0}
    for row in rows:
        extended = row | (row.bit_count() % 2) << 23
        if extended not in words:
            words |= {word ^ extended for word in words}
    return blocks_of([i for i in range(24) if word >> i & 1] for word in sorted(words) if word.bit_count() == 8)
