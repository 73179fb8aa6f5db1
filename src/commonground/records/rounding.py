"""Rounding as journals do it: a five goes up, away from zero."""

from decimal import ROUND_HALF_UP, Decimal


def half_up(value: float | Decimal, digits: int = 0) -> Decimal:
    """Round so that a five in the next place goes away from zero.

    Binary floats are read as the shortest decimal that stands for them, so 2.675 rounds as it is written.
    Python's own `round` takes 81.25 to 81.2 (half to even); journals print 81.3.

    Parameters
    ----------
    value : int, float or Decimal
    digits : int
        Decimal places, 0 or more.

    Returns
    -------
    Decimal
        With exactly `digits` places; never minus zero.

    Raises
    ------
    ValueError
        If the value is not finite.

    Examples
    --------
    >>> half_up(81.25, 1), half_up(-0.5), half_up(2.675, 2), half_up(-0.001, 2)
    (Decimal('81.3'), Decimal('-1'), Decimal('2.68'), Decimal('0.00'))
    """
    exact = value if isinstance(value, Decimal) else Decimal(str(value))
    if not exact.is_finite():
        raise ValueError(f"{value} cannot be rounded")
    rounded = exact.quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP)
    return abs(rounded) if rounded.is_zero() else rounded


def percent(n: float, of: float, digits: int = 1) -> Decimal:
    """`n` as a percentage of `of`, rounded half up.

    The quotient is taken in decimal arithmetic, so that an exact half stays one.

    Raises
    ------
    ZeroDivisionError
        If `of` is 0.

    Examples
    --------
    >>> percent(52, 64), percent(2, 32), percent(27, 32, 0)
    (Decimal('81.3'), Decimal('6.3'), Decimal('84'))
    """
    if of == 0:
        raise ZeroDivisionError("a percentage of nobody")
    return half_up(Decimal(str(n)) * 100 / Decimal(str(of)), digits)
