"""Words for numbers: lists, people, percentages, and the rule that "most" needs more than half."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from commonground.records.rounding import half_up, percent

_WORDS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
NARROW_SPACE = "\u202f"
MINUS = "−"


def listed(things: Sequence[str], last: str = "and") -> str:
    """Things in a row, as one says them.

    Examples
    --------
    >>> listed(["a", "b", "c"]), listed(["a", "b"]), listed(["a"]), listed([])
    ('a, b and c', 'a and b', 'a', 'nothing')
    """
    if not things:
        return "nothing"
    if len(things) == 1:
        return things[0]
    return f"{', '.join(things[:-1])} {last} {things[-1]}"


def spelled(number: int) -> str:
    """A small number as a word.

    Examples
    --------
    >>> spelled(0), spelled(11), spelled(127)
    ('no', 'eleven', '127')
    """
    return _WORDS[number] if 0 <= number < len(_WORDS) else grouped(number)


def counted(number: int, one: str, many: str = "") -> str:
    """A number with its noun.

    Examples
    --------
    >>> counted(1, "item"), counted(12, "item"), counted(2, "person", "people")
    ('1 item', '12 items', '2 people')
    """
    return f"{grouped(number)} {one if number == 1 else many or one + 's'}"


def people(number: int) -> str:
    """So many people."""
    return counted(number, "person", "people")


def grouped(number: int) -> str:
    """A whole number with narrow spaces between thousands."""
    return f"{number:,}".replace(",", NARROW_SPACE)


def capital(text: str) -> str:
    """The text with its first letter large."""
    return text[:1].upper() + text[1:]


def signed(value: float, digits: int = 1) -> str:
    """A number with its sign, rounded half up.

    Examples
    --------
    >>> signed(1.25), signed(-0.349, 2), signed(0.0)
    ('+1.3', '−0.35', '0.0')
    """
    rounded = half_up(value, digits)
    return f"{'+' if rounded > 0 else ''}{_with_minus(rounded)}"


def plain(value: float, digits: int = 2) -> str:
    """A number rounded half up, with a true minus sign."""
    return _with_minus(half_up(value, digits))


def _with_minus(rounded: Decimal) -> str:
    return str(rounded).replace("-", MINUS)


def share(n: float, of: float, digits: int = 1) -> str:
    """A percentage, rounded half up.

    Examples
    --------
    >>> share(52, 64), share(1, 3, 0)
    ('81.3\u202f%', '33\u202f%')
    """
    return f"{percent(n, of, digits)}{NARROW_SPACE}%"


def likely(part: float) -> str:
    """A simulated share as a whole percentage; neither never nor always, which no simulation shows.

    Examples
    --------
    >>> likely(0.84), likely(0.9965), likely(0.0)
    ('84\u202f%', 'more than 99\u202f%', 'less than 1\u202f%')
    """
    if part > 0.99:
        return f"more than 99{NARROW_SPACE}%"
    return f"less than 1{NARROW_SPACE}%" if part < 0.01 else share(part, 1, 0)


def n_percent(n: int, of: int) -> str:
    """A count with its percentage, as journals print it.

    Examples
    --------
    >>> n_percent(2, 32), n_percent(0, 0)
    ('2 (6.3)', '0')
    """
    return f"{grouped(n)} ({percent(n, of)})" if of else grouped(n)


def majority(parts: Mapping[str, int], of: int) -> str:
    """What can be said of the commonest answer: "most" only for more than half.

    Examples
    --------
    >>> majority({"expert": 28, "novice": 2}, 64)
    'the largest group answered ‘expert’ (28 of 64, 43.8\u202f%)'
    >>> majority({"yes": 103, "no": 2}, 127)
    'most answered ‘yes’ (103 of 127, 81.1\u202f%)'
    """
    name, n = max(parts.items(), key=lambda part: part[1])
    opening = "most" if 2 * n > of else "the largest group"
    return f"{opening} answered ‘{name}’ ({n} of {of}, {share(n, of)})"


def p_value(p: float) -> str:
    r"""A p-value as journals print it.

    Examples
    --------
    >>> p_value(0.7211), p_value(0.0004), p_value(0.0312)
    ('p\xa0=\xa00.72', 'p\xa0<\xa00.001', 'p\xa0=\xa00.031')
    """
    if p < 0.001:
        return "p\u00a0<\u00a00.001"
    return f"p\u00a0=\u00a0{half_up(p, 2 if p >= 0.1 else 3)}"
