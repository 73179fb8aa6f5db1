"""How numbers look on a page: rounded half up, a true minus sign, thin spaces in thousands."""

import math

from commonground.records.rounding import half_up

MINUS = "−"
NOTHING = "–"


def shown(value: str | int | float | bool | None, digits: int | None = None, *, signed: bool = False) -> str:
    """A cell as people read it.

    Examples
    --------
    >>> shown(-0.345, 2), shown(2.0, 1, signed=True), shown(True)
    ('−0.35', '+2.0', 'yes')
    >>> shown(None), shown(12345)
    ('–', '12\u202f345')
    """
    if value is None or (isinstance(value, float) and not math.isfinite(value)):
        return NOTHING
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "yes" if value else "no"
    return number(value, digits, signed=signed)


def number(value: float, digits: int | None, *, signed: bool = False) -> str:
    """A number as people read it; without `digits`, whole numbers stay whole."""
    if digits is None:
        digits = 0 if float(value).is_integer() else 2
    rounded = half_up(value, digits)
    text = f"{abs(rounded):,.{digits}f}".replace(",", "\u202f")
    if rounded < 0:
        return MINUS + text
    return f"+{text}" if signed and rounded > 0 else text
