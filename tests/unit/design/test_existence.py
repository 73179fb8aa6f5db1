"""What is said to be impossible is, by the theorem named, as far as a few lines can show it."""

from math import gcd, isqrt

import pytest

from commonground.design.blocks import Parameters
from commonground.design.existence import NONEXISTENT, admissible_parameters


def _is_square(number: int) -> bool:
    return isqrt(number) ** 2 == number


def _bruck_ryser_chowla_allows(parameters: Parameters) -> bool:
    """For even v the order is a square; for odd v x² = n·y² ± λ·z² has a solution in whole numbers, not all zero."""
    items, together = parameters.items, parameters.co_appearances
    order = parameters.per_task - together
    if items % 2 == 0:
        return _is_square(order)
    sign = 1 if (items - 1) // 2 % 2 == 0 else -1
    return any(
        order * y * y + sign * together * z * z >= 0 and _is_square(order * y * y + sign * together * z * z)
        for y in range(40)
        for z in range(40)
        if gcd(y, z) == 1
    )


def test_bruck_ryser_chowla_rules_out_just_the_two_symmetric_sets_named():
    symmetric = [p for items in range(3, 32) for p in admissible_parameters(items) if p.tasks == p.items]
    ruled_out = {p for p in symmetric if not _bruck_ryser_chowla_allows(p)}
    assert ruled_out == {p for p in NONEXISTENT if p.tasks == p.items}


@pytest.mark.parametrize(("rest", "whole"), [((15, 5, 2), (22, 7, 2)), ((21, 6, 2), (29, 8, 2))])
def test_hall_connor_sets_are_residuals_of_the_impossible(rest, whole):
    small, large = Parameters(*rest), Parameters(*whole)
    assert large in NONEXISTENT
    assert (large.items - large.per_task, large.per_task - 2, 2) == rest
    assert small.appearances == small.per_task + small.co_appearances


def test_complements_share_their_fate():
    for parameters in NONEXISTENT:
        together = parameters.tasks - 2 * parameters.appearances + parameters.co_appearances
        other = Parameters(parameters.items, parameters.items - parameters.per_task, together)
        assert other.per_task > 10 or other in NONEXISTENT
