"""Sparse answers of people whose preferences are known."""

from collections.abc import Callable

import numpy as np
import pytest

from commonground.records.choices import ChoiceData
from commonground.simulation.picks import draw_picks


def simulated(
    items: int, people: int, tasks: int, k: int, *, sd: float = 1.0, person_sd: float = 0.0, seed: int = 1
) -> tuple[np.ndarray, ChoiceData]:
    """True utilities, centred, and answers to tasks drawn at random."""
    rng = np.random.default_rng(seed)
    utilities = rng.normal(size=items) * sd
    shown = rng.random((people, tasks, items)).argsort(axis=-1)[..., :k]
    own = utilities + person_sd * rng.normal(size=(people, items))
    best, worst = draw_picks(own, shown, rng)
    data = ChoiceData.from_rows(
        tuple(f"item {number}" for number in range(items)),
        tuple(f"r{number}" for number in range(people)),
        respondent=np.repeat(np.arange(people), tasks),
        task=np.tile(np.arange(1, tasks + 1), people),
        shown=shown.reshape(-1, k),
        best=best.ravel(),
        worst=worst.ravel(),
    )
    return utilities - utilities.mean(), data


@pytest.fixture(scope="session")
def simulate() -> Callable[..., tuple[np.ndarray, ChoiceData]]:
    return simulated
