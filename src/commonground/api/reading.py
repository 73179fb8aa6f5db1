"""Files in, records out: what a notebook starts with."""

import warnings
from collections.abc import Sequence
from os import PathLike
from pathlib import Path

from commonground.files.anchors import read_anchors as read_anchor_file
from commonground.files.cells import Table as ReadableTable
from commonground.files.counts import CountFile
from commonground.files.counts import read_counts as read_count_file
from commonground.files.designs import read_design as read_design_file
from commonground.files.frames import NAME, Frame
from commonground.files.ready import read_ready
from commonground.files.respondents import read_respondents as read_respondent_file
from commonground.files.study import read_study as read_study_file
from commonground.records.anchors import Anchors
from commonground.records.choices import ChoiceData, CountTable
from commonground.records.design import Design
from commonground.records.errors import DataWarning, RequestError
from commonground.records.respondents import RespondentTable
from commonground.records.study import Study

Source = str | PathLike[str]
"""A path, as text or as an object."""

Table = Source | Frame
"""A path, or a data frame of polars or pandas."""


def read_choices(
    table: Table,
    *,
    respondents: Table | None = None,
    only: Sequence[str] = (),
    drop_invalid: bool = False,
) -> ChoiceData:
    r"""Read a choice table (.csv, .csv.gz, .parquet) or take it from a data frame, ready to be analysed.

    A table with mistakes is refused, with the first 20 offending rows named. Whatever else must be known, such as rows
    left out because you asked for that, or two ids that differ only in capitals, comes as a `DataWarning`.

    Parameters
    ----------
    table : str, path, or polars or pandas data frame
        One row an answered task: `respondent, task, item_1 … item_k, best, worst`; other columns describe people. The
        index of a pandas frame is not read (`frame.reset_index()` makes a column of it), and rows count from 0.
    respondents : str, path or data frame, optional
        A table with one row a respondent. Left out, a `respondents.csv` beside the data is used if it covers everybody.
    only : sequence of str
        `COLUMN=VALUE`: keep these respondents only, such as `["status=complete"]`.
    drop_invalid : bool
        Leave rows with mistakes out instead of refusing the table, and warn with every reason.

    Returns
    -------
    ChoiceData

    Raises
    ------
    DataError
        If a table cannot be read or has mistakes.
    RequestError
        If `only` asks for a column that is not there, or leaves nobody; or the file holds counts.

    Examples
    --------
    >>> from tempfile import mkdtemp
    >>> table = Path(mkdtemp()) / "choices.csv"
    >>> _ = table.write_text("respondent,task,item_1,item_2,best,worst\nAnn,1,goal,pay,goal,pay\n")
    >>> read_choices(table).items
    ('goal', 'pay')

    >>> import polars as pl
    >>> frame = pl.DataFrame({"respondent": ["Ann"], "task": [1], "item_1": ["goal"], "item_2": ["pay"],
    ...                       "best": ["pay"], "worst": ["goal"]})
    >>> read_choices(frame).respondents
    ('Ann',)
    """
    people = None if respondents is None else _readable(respondents)
    said: list[str] = []
    ready = read_ready(
        _readable(table),
        respondents=people,
        only=only,
        drop_invalid=drop_invalid,
        warn=said.append,
        tell=lambda _: None,
    )
    warn(*said, *(f"row {one.row} left out: {one.reason}" for one in ready.dropped))
    if isinstance(ready.data, ChoiceData):
        return ready.data
    raise RequestError(
        f"{table if isinstance(table, (str, PathLike)) else NAME} holds counts, not choices: read it with read_counts."
    )


def _readable(table: Table) -> ReadableTable:
    return Path(table) if isinstance(table, (str, PathLike)) else table


def read_counts(table: Table) -> CountTable:
    """Read a count table (`item, best, worst`; where known `shown`, `group`, `respondents`), or take a data frame.

    Raises
    ------
    DataError
        If the table cannot be read or has mistakes.
    """
    found: CountFile = read_count_file(_readable(table))
    warn(*found.messages)
    return found.data


def read_respondents(table: Table) -> RespondentTable:
    """Read a respondents table, or take it from a data frame: one row a person, those who never answered included.

    Raises
    ------
    DataError
        If the table cannot be read, or a respondent is empty or there twice.
    """
    found = read_respondent_file(_readable(table))
    warn(*found.messages)
    return found.table


def read_anchors(path: Source, data: ChoiceData) -> Anchors:
    """Read answers on whether items matter at all (`respondent, item, matters`), for `fit(…, anchors=…)`.

    Raises
    ------
    DataError
        If the table cannot be read or has mistakes, or knows other respondents or items than the data.
    """
    table = read_anchor_file(Path(path), data)
    warn(*table.messages)
    return table.anchors


def read_design(path: Source, items: Sequence[str] | None = None) -> Design:
    """Read a design table: `version, task, item_1 … item_k`, or as other programs write it.

    Parameters
    ----------
    path : str or path
    items : sequence of str, optional
        The ids in the order that numbers them; left out, the table's own in natural order.

    Raises
    ------
    DataError
        If the table cannot be read or has mistakes.
    """
    table = read_design_file(Path(path), items)
    warn(*table.messages)
    return table.design


def read_study(path: Source) -> Study:
    """Read a study document; a folder stands for the `study.yaml` in it.

    Raises
    ------
    StudyError
        If it says something impossible; line and mend of every mistake are named.
    """
    return read_study_file(Path(path)).study


def warn(*messages: str) -> None:
    """Say it where Python says such things, pointing at the line that called the function that calls this."""
    for message in messages:
        warnings.warn(message, DataWarning, stacklevel=3)
