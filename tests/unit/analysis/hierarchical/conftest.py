"""Small sets of answers for the sampler's tests."""

from collections.abc import Callable

import numpy as np
import pytest

from commonground.likelihood.tasks import Tasks
from commonground.records.choices import MISSING, FloatArray
from commonground.simulation.picks import draw_picks

MakeTasks = Callable[..., Tasks]


@pytest.fixture
def ragged() -> MakeTasks:
    """Tasks of different sizes, some with only a best or a worst, some empty."""

    def make(people: int, tasks: int, size: int, items: int, seed: int = 1) -> Tasks:
        rng = np.random.default_rng(seed)
        shown = np.argsort(rng.random((people, tasks, items)), axis=-1)[..., :size]
        there = np.arange(size) < rng.integers(2, size + 1, (people, tasks))[..., None]
        shown = np.where(there, shown, MISSING)
        best = np.where(rng.random((people, tasks)) < 0.2, MISSING, shown[..., 0])
        worst = np.where(rng.random((people, tasks)) < 0.2, MISSING, shown[..., 1])
        return Tasks(shown, best, worst)

    return make


@pytest.fixture
def answered() -> MakeTasks:
    """What people with known utilities (people, items) pick in random tasks."""

    def make(utilities: FloatArray, tasks: int, size: int, seed: int = 1) -> Tasks:
        rng = np.random.default_rng(seed)
        people, items = utilities.shape
        shown = np.argsort(rng.random((people, tasks, items)), axis=-1)[..., :size]
        return Tasks(shown, *draw_picks(utilities, shown, rng))

    return make
