"""The field axioms, on every field the constructions use."""

from itertools import product

import pytest

from commonground.design.fields import field

SIZES = (2, 3, 4, 5, 7, 8, 9, 11, 13, 16, 19, 25, 27)


@pytest.mark.parametrize("size", SIZES)
def test_every_field_is_one(size):
    numbers = field(size)
    plus, times = numbers.sums, numbers.products
    for a, b in product(range(size), repeat=2):
        assert plus[a][b] == plus[b][a]
        assert times[a][b] == times[b][a]
        for c in range(0, size, max(1, size // 5)):
            assert times[a][plus[b][c]] == plus[times[a][b]][times[a][c]]
            assert times[a][times[b][c]] == times[times[a][b]][c]
            assert plus[a][plus[b][c]] == plus[plus[a][b]][c]
    assert plus[0] == times[1] == tuple(range(size))
    assert all(1 in times[a] for a in range(1, size))
    assert all(0 in row for row in plus)


@pytest.mark.parametrize("size", SIZES)
def test_the_generator_reaches_everything_but_zero(size):
    assert sorted(field(size).powers(1)) == list(range(1, size))


def test_no_field_of_six():
    with pytest.raises(ValueError, match="not a power of a prime"):
        field(6)
