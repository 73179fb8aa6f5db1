"""The table of decisions about single cases: who decided what, and why."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import polars as pl

from commonground.files.cells import Cells, read_cells
from commonground.files.mistakes import Mistake, raise_mistakes
from commonground.records.errors import DataError, Problem
from commonground.screening.decisions import Decision, Ruling, Verdict
from commonground.screening.records import Stage

_COLUMNS = ("respondent", "reviewer", "verdict")
_STAGES = {"": Stage.APART, "1": Stage.APART, "2": Stage.CHOICES}
_YES = ("1", "true", "yes")


@dataclass(frozen=True, slots=True)
class DecisionFile:
    """A table of decisions that was read.

    Parameters
    ----------
    decisions : tuple of Decision
    rulings : tuple of Ruling
        Rows that settle a case on which two people differed.
    hash : str
        SHA-256 of the file's content, unzipped.
    messages : tuple of str
    """

    decisions: tuple[Decision, ...]
    rulings: tuple[Ruling, ...]
    hash: str
    messages: tuple[str, ...] = ()


def read_decisions(path: Path, known: tuple[str, ...]) -> DecisionFile:
    """Read `respondent, reviewer, verdict` and optional `reason, note, stage, settles`, a row a decision.

    Parameters
    ----------
    path : Path
    known : tuple of str
        Respondents there are.

    Raises
    ------
    DataError
        If a column is missing, a verdict is none, a respondent is not in the data, somebody decided twice on one
        case, or a row settles a case without saying keep or exclude.
    """
    cells = read_cells(path)
    missing = [column for column in _COLUMNS if column not in cells.columns]
    if missing:
        mend = f"The columns are {', '.join(cells.columns[:12])}; decisions have {', '.join(_COLUMNS)}."
        raise DataError([Problem(f"the column '{missing[0]}' is missing.", cells.header, mend)])
    columns = {name: _column(cells, name) for name in (*_COLUMNS, "reason", "note", "stage", "settles")}
    settles = np.array([one.lower() in _YES for one in columns["settles"]], dtype=np.bool_)
    _check(cells, columns, settles, known)
    decided = [_decision(columns, row) for row in np.flatnonzero(~settles).tolist()]
    ruled = [_ruling(_decision(columns, row)) for row in np.flatnonzero(settles).tolist()]
    return DecisionFile(tuple(decided), tuple(ruled), cells.hash, cells.messages)


def _column(cells: Cells, name: str) -> list[str]:
    if name not in cells.columns:
        return [""] * cells.frame.height
    found: list[str] = cells.frame[name].cast(pl.String).str.strip_chars().to_list()
    return found


def _decision(columns: dict[str, list[str]], row: int) -> Decision:
    return Decision(
        respondent=columns["respondent"][row],
        reviewer=columns["reviewer"][row],
        verdict=Verdict(columns["verdict"][row].lower()),
        reason=columns["reason"][row],
        note=columns["note"][row],
        stage=_STAGES[columns["stage"][row]],
    )


def _ruling(one: Decision) -> Ruling:
    return Ruling(one.respondent, one.verdict, one.reason, one.reviewer, one.note, one.stage)


def _check(cells: Cells, columns: dict[str, list[str]], settles: np.ndarray, known: tuple[str, ...]) -> None:
    verdicts = [one.lower() for one in columns["verdict"]]
    unknown = ~np.isin(np.array(columns["respondent"]), np.array(known))
    open_ended = settles & (np.array(verdicts) == Verdict.UNSURE)
    mistakes = [
        Mistake(
            "respondent",
            np.flatnonzero(unknown),
            lambda row: f"'{columns['respondent'][row]}' is not among the answers.",
            lambda _: "Correct the label, or take the row out.",
        ),
        Mistake(
            "verdict",
            np.flatnonzero([one not in set(Verdict) for one in verdicts]),
            lambda row: f"'{columns['verdict'][row]}' is no verdict.",
            lambda _: f"Write {', '.join(Verdict)}.",
        ),
        Mistake(
            "verdict",
            np.flatnonzero(open_ended),
            lambda _: "a row that settles a case cannot be unsure.",
            lambda _: f"Write {Verdict.KEEP} or {Verdict.EXCLUDE}.",
        ),
        Mistake(
            "reviewer",
            np.flatnonzero(_twice(columns, settles)),
            lambda row: f"'{columns['reviewer'][row]}' has decided about '{columns['respondent'][row]}' already.",
            lambda _: "Keep the decision that counts.",
        ),
        Mistake(
            "stage",
            np.flatnonzero([one not in _STAGES for one in columns["stage"]]),
            lambda row: f"'{columns['stage'][row]}' is neither 1 nor 2.",
            lambda _: "Write 1 for signs apart from the choices, 2 for signs that come from them.",
        ),
    ]
    raise_mistakes(cells.name, cells.rows, mistakes)


def _twice(columns: dict[str, list[str]], settles: np.ndarray) -> list[bool]:
    """Rows by which somebody decides again on a case, or a case is settled again."""
    seen: set[tuple[object, ...]] = set()
    found: list[bool] = []
    for row, settling in enumerate(settles.tolist()):
        who = "" if settling else columns["reviewer"][row]
        key = (columns["respondent"][row], columns["stage"][row] or "1", settling, who)
        found.append(key in seen)
        seen.add(key)
    return found
