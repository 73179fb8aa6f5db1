"""Tables kept small for millions of rows: numbers as numbers, text as categories, narrow arrays; the same answers."""

from pathlib import Path

import numpy as np
import polars as pl
import pytest

from commonground.analysis.logit.fit import fit
from commonground.files.choices import read_choices
from commonground.likelihood.models import MODELS
from commonground.records.errors import DataError

ROWS = {
    "respondent": [1, 1, 2, 2, 1, 3, 3],
    "task": [1, 2, 1, 2, 3, 1, 2],
    "item_1": ["a", "b", "c", "a", "b", "d", "a"],
    "item_2": ["b", "c", "d", "d", "d", "a", "c"],
    "item_3": ["c", "d", "a", "b", None, "b", "d"],
    "best": ["a", "b", "a", "d", "d", "d", "c"],
    "worst": ["c", None, "d", "b", None, "b", "a"],
    "group": pl.Series(["HP", "HP", "R", "R", "HP", None, "R"], dtype=pl.Enum(["HP", "R"])),
    "age": [40.0, 40.0, None, 31.5, 40.0, 22.0, 22.0],
    "weight": pl.Series([1.5, 1.5, 2.0, 2.0, 1.5, 1.0, 1.0]),
}
"""Whole numbers, decimals, categories and gaps; a respondent whose rows do not stand together."""


def parquet(folder: Path, **changes: object) -> Path:
    """The rows as Parquet, some columns changed."""
    path = folder / "answers.parquet"
    pl.DataFrame({**ROWS, **changes}).write_parquet(path)
    return path


def test_parquet_and_csv_hold_the_same_data(tmp_path: Path) -> None:
    path = parquet(tmp_path)
    pl.read_parquet(path).write_csv(tmp_path / "answers.csv")
    here, there = read_choices(path).data, read_choices(tmp_path / "answers.csv").data
    assert (here.items, here.respondents) == (there.items, there.respondents)
    for name in ("respondent", "task", "shown", "best", "worst", "repeat_of", "weight"):
        assert getattr(here, name).tolist() == getattr(there, name).tolist()
    assert here.covariates == {"group": ("HP", "R", "R"), "age": ("40.0", "31.5", "22.0")}


@pytest.mark.parametrize("model", MODELS)
def test_narrow_arrays_are_fitted_the_same(tmp_path: Path, model: str) -> None:
    path = parquet(tmp_path)
    wide, narrow = (read_choices(path, narrow=narrow).data for narrow in (False, True))
    assert (wide.shown.dtype, narrow.shown.dtype) == (np.int64, np.int8)
    assert fit(narrow, model=model, penalty=0.1) == fit(wide, model=model, penalty=0.1)
    assert fit(narrow, model=model, penalty=0.1, by="group") == fit(wide, model=model, penalty=0.1, by="group")


@pytest.mark.parametrize(
    ("column", "cells", "words"),
    [
        ("task", [1, 2, 1, 2, 2, 1, 2], "row 6, column task: respondent '1' has task 2 twice (first in row 3)."),
        ("task", [1, 2, 1, 0, 3, 1, 2], "row 5, column task: '0' is not a whole number from 1."),
        ("task", [1, 2, 1, None, 3, 1, 2], "row 5, column task: the cell is empty."),
        ("task", [1.0, 2.0, 1.0, 2.5, 3.0, 1.0, 2.0], "row 5, column task: '2.5' is not a whole number from 1."),
        ("best", ["a", "b", "a", "c", "d", "d", "c"], "row 5, column best: 'c' is not among the shown items"),
        ("worst", ["c", None, "a", "b", None, "b", "a"], "row 4, column worst: 'a' is both best and worst."),
        ("item_2", ["b", "c", "c", "d", "d", "a", "c"], "row 4: 'c' stands twice in this task (item_1 and item_2)."),
        ("respondent", [1, 1, 2, 2, None, 3, 3], "row 6, column respondent: the cell is empty."),
        ("weight", [1.5, 1.5, 2.0, 2.5, 1.5, 1.0, 1.0], "row 5, column weight: '2.5' here, but '2.0' in row 4"),
    ],
)
def test_mistakes_are_named_as_in_any_table(tmp_path: Path, column: str, cells: list[object], words: str) -> None:
    with pytest.raises(DataError) as caught:
        read_choices(parquet(tmp_path, **{column: cells}))
    assert any(words in str(problem) for problem in caught.value.problems)


def test_repeats_are_found_among_rows_in_any_order(tmp_path: Path) -> None:
    path = parquet(tmp_path, task=[1, 2, 1, 2, 1, 1, 2], repeat_of=[None, None, None, None, 1, None, None])
    with pytest.raises(DataError, match="the repeat shows other items than task 1 in row 2"):
        read_choices(path)
    assert read_choices(path, drop_invalid=True).dropped[0].row == 6


def test_empty_rows_are_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "answers.parquet"
    table = pl.DataFrame(ROWS)
    pl.concat([table, table.clear(n=2)]).write_parquet(path)
    found = read_choices(path)
    assert found.data.task.size == len(ROWS["task"])
    assert found.messages[0].endswith("2 empty rows passed over.")
