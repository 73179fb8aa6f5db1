"""What the tests of the design room share: counting, done another way than the room does it."""

from itertools import combinations

import pytest

from commonground.design.blocks import Blocks


def times_together(blocks: Blocks, items: int) -> set[int]:
    """All the numbers of tasks that any two items share."""
    return {sum(one in block and other in block for block in blocks) for one, other in combinations(range(items), 2)}


@pytest.fixture
def together():
    return times_together
