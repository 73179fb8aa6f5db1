"""Counting must notice every way in which a design can be broken: the negative control of all other tests here."""

import pytest

from commonground.design.blocks import BrokenDesignError, Parameters, blocks_of, verified

FANO = [(0, 1, 3), (1, 2, 4), (2, 3, 5), (3, 4, 6), (4, 5, 0), (5, 6, 1), (6, 0, 2)]


def test_a_true_design_comes_back_unchanged():
    assert verified(blocks_of(FANO), Parameters(7, 3, 1)) == blocks_of(FANO)


@pytest.mark.parametrize(
    "broken",
    [
        [*FANO[:6], (6, 0, 3)],  # one item exchanged
        FANO[:6],  # a task missing
        [*FANO, FANO[0]],  # a task too many
        [*FANO[:6], (6, 0)],  # a task too small
        [*FANO[:6], FANO[0]],  # right sizes, one task twice
        [*FANO[:6], (6, 0, 7)],  # an item that does not exist
    ],
)
def test_a_broken_design_is_refused(broken):
    with pytest.raises(BrokenDesignError):
        verified(blocks_of(broken), Parameters(7, 3, 1))


def test_admissible_means_whole_numbers_and_fisher():
    assert Parameters(11, 5, 2).admissible
    assert not Parameters(11, 5, 1).admissible  # r = 2.5
    assert not Parameters(15, 5, 1).admissible  # r = 3.5
    assert not Parameters(21, 6, 1).admissible  # 14 tasks, fewer than items
    assert not Parameters(5, 5, 3).admissible  # complete, not incomplete
