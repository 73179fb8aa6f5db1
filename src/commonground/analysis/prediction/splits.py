"""Which answers a model may see, and which it has to foresee."""

from collections.abc import Iterator

import numpy as np

from commonground.records.choices import BoolArray, ChoiceData
from commonground.records.errors import RequestError, SettingError


def left_out_rounds(data: ChoiceData, *, leave_out: int, repeats: int, seed: int) -> Iterator[BoolArray]:
    """For each round the rows left out: so many answered tasks of each respondent, drawn by lot.

    Each person's tasks are shuffled once and taken in turn, so that rounds leave out different tasks as long as there
    are some. One task at least stays with everybody, so somebody with few tasks gives fewer, or none.

    Parameters
    ----------
    data : ChoiceData
    leave_out : int
        Tasks a respondent and round, at least 1.
    repeats : int
        Rounds, at least 1.
    seed : int

    Yields
    ------
    (n_rows,) bool

    Raises
    ------
    SettingError
        If a number is below 1.
    RequestError
        If nobody answered two tasks.

    Examples
    --------
    >>> data = ChoiceData.from_rows(("a", "b"), ("Ann",), respondent=[0, 0, 0], task=[1, 2, 3],
    ...                             shown=[[0, 1]] * 3, best=[0, 0, 0], worst=[1, 1, 1])
    >>> [int(rows.sum()) for rows in left_out_rounds(data, leave_out=1, repeats=2, seed=1)]
    [1, 1]
    """
    for name, value in (("leave-out", leave_out), ("repeats", repeats)):
        if value < 1:
            raise SettingError(f"--{name} must be 1 or more, not {value}.")
    rows = data.scored
    owner = data.respondent[rows]
    answered = np.bincount(owner, minlength=len(data.respondents))
    given = np.minimum(leave_out, answered - 1)
    if not (given > 0).any():
        raise RequestError("nobody answered two tasks, so none can be left out and foreseen from the others.")
    shuffled = np.lexsort((np.random.default_rng(seed).random(rows.size), owner))
    rows, owner = rows[shuffled], owner[shuffled]
    place = np.arange(rows.size) - np.repeat(np.cumsum(answered) - answered, answered)
    for turn in range(repeats):
        taken = (place - turn * given[owner]) % answered[owner] < given[owner]
        left_out = np.zeros(data.task.size, dtype=np.bool_)
        left_out[rows[taken]] = True
        yield left_out
