"""Keeping some respondents or groups, by COLUMN=VALUE."""

from collections.abc import Sequence
from dataclasses import replace
from difflib import get_close_matches

import numpy as np

from commonground.records.choices import ChoiceData, CountTable
from commonground.records.errors import Problem, RequestError, SettingError
from commonground.records.respondents import MULTIPLE_SEPARATOR


def respondents_only(data: ChoiceData, wishes: Sequence[str]) -> ChoiceData:
    """Only the respondents that fulfil every wish "column=value"; a multiple choice fulfils it with one of its options.

    Raises
    ------
    RequestError
        If a column does not exist, or nobody is left.
    """
    for wish in wishes:
        column, value = _parts(wish)
        values = _column(data, column)
        kept = np.array([_holds(one, value) for one in values], dtype=np.bool_)
        if not kept.any():
            raise RequestError([_nobody(wish, column, values)])
        data = data.keep(kept)
    return data


def groups_only(table: CountTable, wishes: Sequence[str]) -> CountTable:
    """Only the groups of a count table that are wished for.

    Raises
    ------
    RequestError
        If another column than `group` is named, or no group is left.
    """
    for wish in wishes:
        column, value = _parts(wish)
        if column != "group":
            raise RequestError(
                [Problem(f"a count table has no column '{column}' to choose by; only 'group'.", "`only`")]
            )
        kept = [place for place, group in enumerate(table.groups) if group == value]
        if not kept:
            raise RequestError([_nobody(wish, column, table.groups)])
        table = replace(
            table,
            groups=(value,),
            best=table.best[kept],
            worst=table.worst[kept],
            shown=None if table.shown is None else table.shown[kept],
            respondents=None if table.respondents is None else tuple(table.respondents[place] for place in kept),
        )
    return table


def _parts(wish: str) -> tuple[str, str]:
    column, equals, value = wish.partition("=")
    if not equals or not column.strip():
        mend = "Write COLUMN=VALUE, such as status=complete."
        raise SettingError([Problem(f"'{wish}' is no choice of respondents.", "`only`", mend)])
    return column.strip(), value


def _column(data: ChoiceData, column: str) -> Sequence[str | None]:
    if column == "respondent":
        return data.respondents
    if column not in data.covariates:
        close = get_close_matches(column, data.covariates, n=1)
        known = f"Columns there are: {', '.join(data.covariates) or 'none'}."
        mend = f"Did you mean '{close[0]}'?" if close else known
        raise RequestError([Problem(f"there is no column '{column}' that describes respondents.", "`only`", mend)])
    return data.covariates[column]


def _holds(given: str | None, wanted: str) -> bool:
    if given is None:
        return wanted == ""
    return given == wanted or wanted in given.split(MULTIPLE_SEPARATOR)


def _nobody(wish: str, column: str, values: Sequence[str | None]) -> Problem:
    found = sorted({value or "(empty)" for value in values})
    named = ", ".join(found[:12]) + (", …" if len(found) > 12 else "")
    return Problem(f"nobody has {wish}.", "`only`", f"Values of '{column}' are: {named}.")
