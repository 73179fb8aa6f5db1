"""Percentages as journals print them."""

from decimal import Decimal

import pytest

from commonground.records.rounding import half_up, percent


@pytest.mark.parametrize(
    ("value", "digits", "rounded"),
    [
        (81.25, 1, "81.3"),  # Python's round gives 81.2
        (6.25, 1, "6.3"),
        (0.5, 0, "1"),
        (1.5, 0, "2"),
        (2.5, 0, "3"),
        (-2.5, 0, "-3"),
        (2.675, 2, "2.68"),  # as written, though the float is a little less
        (1e-9, 2, "0.00"),
        (7, 2, "7.00"),
        (Decimal("0.285"), 2, "0.29"),
    ],
)
def test_a_five_goes_away_from_zero(value: float, digits: int, rounded: str) -> None:
    assert str(half_up(value, digits)) == rounded


def test_there_is_no_minus_zero() -> None:
    assert str(half_up(-0.004, 2)) == "0.00"


@pytest.mark.parametrize("value", [float("nan"), float("inf"), Decimal("NaN")])
def test_what_is_no_number_is_not_rounded(value: float) -> None:
    with pytest.raises(ValueError, match="cannot be rounded"):
        half_up(value, 1)


def test_percentages_are_exact_before_they_are_rounded() -> None:
    assert percent(1, 16, 1) == Decimal("6.3")
    assert percent(1, 3, 4) == Decimal("33.3333")
    assert percent(0, 7) == Decimal("0.0")


def test_a_percentage_of_nobody_is_an_error() -> None:
    with pytest.raises(ZeroDivisionError, match="nobody"):
        percent(0, 0)
