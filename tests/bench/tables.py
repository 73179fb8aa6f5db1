"""Choice tables of any size, made in a moment: who sees what and picks what, drawn with numpy, a part at a time."""

from pathlib import Path

import numpy as np
import polars as pl

ITEMS = tuple(f"i{number}" for number in range(1, 12))
DESIGN = np.array([[(start + step) % 11 for step in (1, 3, 4, 5, 9)] for start in range(11)])
"""The balanced design of 11 items in 11 tasks of 5: the squares modulo 11, moved on."""

MEANS = np.linspace(1.5, -1.5, len(ITEMS))
GROUPS = ("HP", "P", "R")
PEOPLE_AT_ONCE = 20_000


def write_answers(path: Path, people: int, *, seed: int = 1, spread: float = 1.0) -> Path:
    """A choice table, .csv or .parquet: best first, worst out of the rest, utilities normal around `MEANS`."""
    rng = np.random.default_rng(seed)
    starts = range(0, people, PEOPLE_AT_ONCE)
    table = pl.concat([_answers(rng, start, min(PEOPLE_AT_ONCE, people - start), spread) for start in starts])
    table.write_parquet(path) if path.suffix == ".parquet" else table.write_csv(path)
    return path


def _answers(rng: np.random.Generator, start: int, people: int, spread: float) -> pl.DataFrame:
    size = (people, *DESIGN.shape)
    utilities = MEANS + rng.normal(0, spread, (people, len(ITEMS)))
    shown = rng.permuted(np.broadcast_to(DESIGN, size), axis=-1)
    values = np.take_along_axis(utilities[:, None, :], shown.reshape(people, 1, -1), axis=-1).reshape(size)
    best = (values + rng.gumbel(size=size)).argmax(axis=-1)[..., None]
    rest = rng.gumbel(size=size) - values
    np.put_along_axis(rest, best, -np.inf, axis=-1)
    worst = rest.argmax(axis=-1)[..., None]
    numbers = np.arange(start, start + people)
    return pl.DataFrame(
        {
            "respondent": pl.Series(numbers).cast(pl.String).gather(np.repeat(np.arange(people), len(DESIGN))),
            "task": np.tile(np.arange(1, len(DESIGN) + 1), people),
            **{f"item_{place + 1}": _names(shown[..., place]) for place in range(shown.shape[-1])},
            "best": _names(np.take_along_axis(shown, best, axis=-1)),
            "worst": _names(np.take_along_axis(shown, worst, axis=-1)),
            "group": pl.Series(GROUPS).gather(np.repeat(numbers % len(GROUPS), len(DESIGN))),
        }
    )


def _names(places: np.ndarray) -> pl.Series:
    return pl.Series(ITEMS).gather(places.ravel())


def write_many(path: Path, *, items: int, people: int, tasks: int = 20, per_task: int = 5, seed: int = 1) -> Path:
    """Few answers each about many items: every task shows items drawn at random."""
    rng = np.random.default_rng(seed)
    utilities = rng.normal(0, 1, items)
    shown = rng.random((people * tasks, items)).argpartition(per_task, axis=1)[:, :per_task]
    values = utilities[shown] + rng.gumbel(size=shown.shape)
    best, worst = values.argmax(axis=1), values.argmin(axis=1)
    rows = np.arange(len(shown))
    names = pl.Series([f"w{number}" for number in range(items)])
    pl.DataFrame(
        {
            "respondent": np.repeat(np.arange(people), tasks),
            "task": np.tile(np.arange(1, tasks + 1), people),
            **{f"item_{place + 1}": names.gather(shown[:, place]) for place in range(per_task)},
            "best": names.gather(shown[rows, best]),
            "worst": names.gather(shown[rows, worst]),
        }
    ).write_csv(path)
    return path
