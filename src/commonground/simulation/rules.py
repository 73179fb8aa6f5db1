"""How simulated people answer under each model of `likelihood`, so that every one can be fitted to its own answers."""

from typing import NamedTuple

import numpy as np

from commonground.records.choices import MISSING, ChoiceData, FloatArray, IntArray
from commonground.simulation.picks import draw_picks


class Picks(NamedTuple):
    """What people were shown and picked.

    Parameters
    ----------
    shown : (n_people, n_tasks, k) int
    best, worst : (n_people, n_tasks) int
        Items, or `MISSING` where the rule does not ask.
    """

    shown: IntArray
    best: IntArray
    worst: IntArray

    def as_data(self, items: tuple[str, ...]) -> ChoiceData:
        """The same as choice data; people are called r1, r2 …."""
        people, tasks, k = (int(size) for size in self.shown.shape)
        return ChoiceData.from_rows(
            items,
            tuple(f"r{number}" for number in range(1, people + 1)),
            respondent=np.repeat(np.arange(people), tasks),
            task=np.tile(np.arange(1, tasks + 1), people),
            shown=self.shown.reshape(-1, k),
            best=self.best.ravel(),
            worst=self.worst.ravel(),
        )


def draw_answers(rule: str, utilities: FloatArray, shown: IntArray, rng: np.random.Generator) -> Picks:
    """Let people answer as one of the models says.

    Under `marginal` the same item can be best and worst, which no answer can be. There every task comes twice, once for
    each pick; to that model it is the same.

    Parameters
    ----------
    rule : str
        best, worst, marginal, sequential, maxdiff or rank.
    utilities : (n_people, n_items) float
    shown : (n_people, n_tasks, k) int
        Item indices; every task full.
    rng : numpy.random.Generator

    Raises
    ------
    ValueError
        If there is no such rule.

    Examples
    --------
    >>> sure = np.array([[90.0, 0.0, -90.0]])
    >>> for rule in ("best", "worst", "maxdiff", "rank"):
    ...     found = draw_answers(rule, sure, np.array([[[2, 0, 1]]]), np.random.default_rng(1))
    ...     print(rule, found.best.tolist(), found.worst.tolist())
    best [[0]] [[-1]]
    worst [[-1]] [[2]]
    maxdiff [[0]] [[2]]
    rank [[0]] [[2]]
    """
    values = np.take_along_axis(utilities[:, None, :], shown, axis=-1)
    nothing = np.full(shown.shape[:2], MISSING, dtype=np.int64)
    match rule:
        case "sequential":
            return Picks(shown, *draw_picks(utilities, shown, rng))
        case "best":
            return Picks(shown, _largest(values, shown, rng), nothing)
        case "worst":
            return Picks(shown, nothing, _largest(-values, shown, rng))
        case "marginal":
            best, worst = _largest(values, shown, rng), _largest(-values, shown, rng)
            twice = np.concatenate([shown, shown], axis=1)
            return Picks(twice, np.concatenate([best, nothing], axis=1), np.concatenate([nothing, worst], axis=1))
        case "maxdiff":
            return Picks(shown, *_pairs(values, shown, rng))
        case "rank":
            order = (values + rng.gumbel(size=shown.shape)).argsort(axis=-1)
            return Picks(shown, _at(shown, order[..., -1]), _at(shown, order[..., 0]))
        case _:
            raise ValueError(f"no such rule: {rule}")


def _largest(values: FloatArray, shown: IntArray, rng: np.random.Generator) -> IntArray:
    """One pick a task, out of everything shown."""
    return _at(shown, (values + rng.gumbel(size=values.shape)).argmax(axis=-1))


def _pairs(values: FloatArray, shown: IntArray, rng: np.random.Generator) -> tuple[IntArray, IntArray]:
    """Best and worst at once, out of all ordered pairs."""
    k = shown.shape[-1]
    differences = values[..., :, None] - values[..., None, :] + rng.gumbel(size=(*shown.shape, k))
    differences[..., np.arange(k), np.arange(k)] = -np.inf
    pair = differences.reshape(*shown.shape[:2], -1).argmax(axis=-1)
    return _at(shown, pair // k), _at(shown, pair % k)


def _at(shown: IntArray, position: IntArray) -> IntArray:
    """The item in a position of each task."""
    return np.take_along_axis(shown, position[..., None], axis=-1)[..., 0]
