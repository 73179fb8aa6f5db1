"""Choice data whose answers are known, and data drawn from known preferences."""

from collections.abc import Callable, Mapping, Sequence

import numpy as np
import pytest

from commonground.records.choices import ChoiceData

ITEMS = ("a", "b", "c", "d", "e", "f", "g")
TASKS = np.array([[(item + shift) % 7 for item in (1, 2, 4)] for shift in range(7)])
"""The Fano plane: every item three times, every pair once."""

Draw = Callable[..., ChoiceData]


@pytest.fixture(scope="session")
def draw_choices() -> Draw:
    """Respondents with normal utilities who pick best, then worst of the rest, by the logit."""

    def draw(
        means: Mapping[str, Sequence[float]], sizes: Mapping[str, int], seed: int, spread: float = 1.0
    ) -> ChoiceData:
        rng = np.random.default_rng(seed)
        group = [name for name, size in sizes.items() for _ in range(size)]
        utility = np.array([means[name] for name in group]) + spread * rng.standard_normal((len(group), 7))
        seen = utility[:, TASKS]
        best = (seen + rng.gumbel(size=seen.shape)).argmax(axis=2)
        worse = -seen + rng.gumbel(size=seen.shape)
        np.put_along_axis(worse, best[:, :, None], -np.inf, axis=2)
        people, tasks = best.shape
        return ChoiceData.from_rows(
            ITEMS,
            tuple(f"p{index}" for index in range(people)),
            respondent=np.repeat(np.arange(people), tasks),
            task=np.tile(np.arange(1, tasks + 1), people),
            shown=np.tile(TASKS, (people, 1)),
            best=TASKS[np.tile(np.arange(tasks), people), best.ravel()],
            worst=TASKS[np.tile(np.arange(tasks), people), worse.argmax(axis=2).ravel()],
            covariates={"group": tuple(group)},
        )

    return draw


@pytest.fixture
def two_people() -> ChoiceData:
    """Ann (group x) answers three tasks, one of them a repeat; Bo (group y) two, one of them without an answer."""
    return ChoiceData.from_rows(
        ("a", "b", "c"),
        ("Ann", "Bo"),
        respondent=[0, 0, 0, 1, 1],
        task=[1, 2, 3, 1, 2],
        shown=[[0, 1, 2], [0, 1, -1], [0, 1, 2], [2, 1, 0], [1, 0, -1]],
        best=[0, 0, 2, 1, -1],
        worst=[2, 1, 0, 0, -1],
        repeat_of=[0, 0, 1, 0, 0],
        covariates={"group": ("x", "y"), "age": ("10", None)},
    )
