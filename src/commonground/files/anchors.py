"""The anchor table: who says of which item whether it matters at all; one row an answer."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

import numpy as np

from commonground.files.cells import Cells, read_cells
from commonground.files.checks import first_of_its_kind
from commonground.files.codes import codes
from commonground.files.mistakes import Mistake, raise_mistakes
from commonground.records.anchors import Anchors, direct_anchors
from commonground.records.choices import MISSING, BoolArray, ChoiceData, IntArray
from commonground.records.errors import DataError, Problem

COLUMNS = ("respondent", "item", "matters")

YES, NO = ("yes", "1", "true", "y"), ("no", "0", "false", "n")
"""What may stand in the column `matters`, in any case; an empty cell is no answer."""


@dataclass(frozen=True, slots=True)
class AnchorFile:
    """An anchor table that was read.

    Parameters
    ----------
    anchors : Anchors
    hash : str
        SHA-256 of the file's content, unzipped.
    messages : tuple of str
    """

    anchors: Anchors
    hash: str
    messages: tuple[str, ...] = ()


def read_anchors(path: Path, data: ChoiceData, *, strict: bool = True) -> AnchorFile:
    """Read answers to the direct question whether an item matters: `respondent, item, matters`.

    Parameters
    ----------
    path : Path
    data : ChoiceData
        Whose respondents and items the table speaks of.
    strict : bool
        Refuse rows of respondents who are not in the data; else they are passed over, with a message.

    Raises
    ------
    DataError
        If a column is missing, a respondent or item is not in the data, an answer is neither yes nor no, or a person
        answers twice about an item.
    """
    cells = read_cells(path)
    missing = [column for column in COLUMNS if column not in cells.columns]
    if missing:
        mend = f"An anchor table has {', '.join(COLUMNS)}; the columns here are {', '.join(cells.columns[:12])}."
        raise DataError([Problem(f"the column '{name}' is missing.", cells.header, mend) for name in missing])
    person, item, answer = _codes(cells, data)
    strangers = person == MISSING
    mistakes = [*([_stranger(cells, data, strangers)] if strict else []), *_mistakes(cells, data, person, item, answer)]
    raise_mistakes(cells.name, cells.numbers, mistakes)
    kept = ~strangers & (answer != MISSING)
    anchors = direct_anchors(person[kept], item[kept], answer[kept] == 1)
    passed = int(strangers.sum())
    told = f"{cells.name}: {passed} row{'' if passed == 1 else 's'} of respondents who are not looked at passed over."
    return AnchorFile(anchors, cells.hash, (*cells.messages, *([told] if passed else [])))


def _codes(cells: Cells, data: ChoiceData) -> tuple[IntArray, IntArray, IntArray]:
    """Person, item, and 1 for yes or 0 for no; MISSING where unknown."""
    said = cells.frame["matters"].str.to_lowercase().to_list()
    answer = np.array([1 if one in YES else 0 if one in NO else MISSING for one in said], dtype=np.int64)
    person, item = (
        codes(cells.frame["respondent"], list(data.respondents)),
        codes(cells.frame["item"], list(data.items)),
    )
    return person.astype(np.int64), item.astype(np.int64), answer


def _stranger(cells: Cells, data: ChoiceData, strangers: BoolArray) -> Mistake:
    people = cells.frame["respondent"].to_list()
    return Mistake(
        "respondent",
        np.flatnonzero(strangers),
        lambda row: f"'{people[row]}' has no row in the choice table." if people[row] else "the cell is empty.",
        lambda row: _close(people[row], data.respondents, "Correct the label, or leave the row out."),
    )


def _mistakes(cells: Cells, data: ChoiceData, person: IntArray, item: IntArray, answer: IntArray) -> Iterator[Mistake]:
    people, items, said = (cells.frame[column].to_list() for column in COLUMNS)
    yield Mistake(
        "item",
        np.flatnonzero(item == MISSING),
        lambda row: f"'{items[row]}' is no item of the choice table." if items[row] else "the cell is empty.",
        lambda row: _close(items[row], data.items, f"Items: {', '.join(data.items[:12])}."),
    )
    yield Mistake(
        "matters",
        np.flatnonzero((answer == MISSING) & np.array([bool(one) for one in said], dtype=np.bool_)),
        lambda row: f"'{said[row]}' is neither yes nor no.",
        lambda _: "Write yes or no (or 1 or 0), or leave the cell empty where nobody was asked.",
    )
    first = first_of_its_kind((person + 1) * (len(data.items) + 1) + item + 1)
    again = (first != np.arange(first.size)) & (person != MISSING) & (item != MISSING)
    yield Mistake(
        "item",
        np.flatnonzero(again),
        lambda row: f"'{people[row]}' has an answer about '{items[row]}' already (row {cells.numbers[first[row]]}).",
        lambda _: "Keep one answer a person and item.",
    )


def _close(given: str, names: Sequence[str], otherwise: str) -> str:
    close = get_close_matches(given, names, n=1)
    return f"Is it '{close[0]}'?" if close else otherwise
