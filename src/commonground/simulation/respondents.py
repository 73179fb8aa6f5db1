"""People who differ: utilities drawn around a group's mean, and the pace at which they answer."""

import numpy as np

from commonground.records.choices import FloatArray, IntArray

SECONDS_AN_ITEM = 5.0
"""Reading and weighing one item of a task, in a task already familiar."""

PACE_SD = 0.25
"""How much people differ in pace: standard deviation of the logarithm."""

TASK_SD = 0.4
"""How much one person's tasks differ: standard deviation of the logarithm."""

FIRST_TASK = 1.0
"""How much longer the very first task takes than a familiar one; the surplus fades by a third a task."""

CARELESS_PACE = 0.25
"""The share of a careful person's time that a careless one takes."""


def draw_utilities(means: FloatArray, sd: float, size: int, rng: np.random.Generator) -> FloatArray:
    """Draw people's utilities: normal around the means, independent between items.

    Parameters
    ----------
    means : (n_items,) float
        Logits.
    sd : float
        Standard deviation between persons, in logits.
    size : int
        Number of people.
    rng : numpy.random.Generator

    Returns
    -------
    (size, n_items) float

    Examples
    --------
    >>> people = draw_utilities(np.array([1.0, -1.0]), 0.5, 10_000, np.random.default_rng(1))
    >>> people.shape, people.mean(axis=0).round(1).tolist(), people.std(axis=0).round(1).tolist()
    ((10000, 2), [1.0, -1.0], [0.5, 0.5])
    """
    return means + sd * rng.normal(size=(size, means.size))


def draw_paces(size: int, rng: np.random.Generator) -> FloatArray:
    """Draw how long each person takes, relative to the median person: (size,), log-normal around 1."""
    return np.exp(PACE_SD * rng.normal(size=size))


def draw_task_seconds(
    paces: FloatArray, items_shown: IntArray, *, careless: FloatArray, rng: np.random.Generator
) -> FloatArray:
    """Draw the seconds each person spends on each task, in the order shown.

    The first tasks take longer. The figures are plausible, not measured: 12 tasks of 5 take about six minutes.

    Parameters
    ----------
    paces : (n_people,) float
    items_shown : (n_people, n_tasks) int
        How many items each task shows.
    careless : (n_people,) float
        1 for those who answer without reading, else 0.
    rng : numpy.random.Generator

    Returns
    -------
    (n_people, n_tasks) float, to a tenth of a second
    """
    getting_used = 1 + FIRST_TASK * np.power(2 / 3, np.arange(items_shown.shape[1], dtype=np.float64))
    hurry = np.where(careless > 0, CARELESS_PACE, 1.0)
    noise = np.exp(TASK_SD * rng.normal(size=items_shown.shape))
    seconds = (paces * hurry)[:, None] * SECONDS_AN_ITEM * items_shown * getting_used * noise
    return np.round(seconds, 1)
