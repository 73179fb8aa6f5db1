"""What can be wrong with what people bring, as one small tree.

| CommonGroundError
| ├── StudyError      the study document says something impossible
| ├── DataError       the choice table, count table or design table does
| ├── RequestError    the question asked cannot be answered (an unknown column, a group that is not there)
| │   └── SettingError    it could not be answered whatever the data (a threshold of 3, a task of no items)
| └── MissingLibraryError     it needs a library that is not installed

`DataWarning` is for what is no mistake but must be known before results are used.
"""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake, where it stands and how to mend it.

    Parameters
    ----------
    what : str
        What is wrong, in one sentence.
    where : str
        File, line, row, column or field; empty where there is no place to name.
    mend : str
        What to do about it, in one sentence; empty where `what` says it all.
    """

    what: str
    where: str = ""
    mend: str = ""

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        advice = f" {self.mend}" if self.mend else ""
        return f"{place}{self.what}{advice}"


class CommonGroundError(Exception):
    """Something a person brought cannot be used; `problems` names every mistake found.

    Examples
    --------
    >>> error = DataError([Problem("best is not among the shown items.", "answers.csv, row 7")])
    >>> print(error)
    answers.csv, row 7: best is not among the shown items.
    """

    def __init__(self, problems: Sequence[Problem] | str) -> None:
        self.problems: tuple[Problem, ...] = (Problem(problems),) if isinstance(problems, str) else tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


class StudyError(CommonGroundError):
    """The study document says something impossible."""


class DataError(CommonGroundError):
    """The choice table, count table or design table says something impossible."""


class RequestError(CommonGroundError):
    """The question asked cannot be answered from what is there."""


class SettingError(RequestError):
    """A setting is impossible whatever the data; the command was called wrongly."""


class MissingLibraryError(CommonGroundError):
    """Something asked for needs a library that is not installed.

    Parameters
    ----------
    library : str
    install : str
        The command that brings it.
    otherwise : str
        What works without it, in a sentence.

    Examples
    --------
    >>> print(MissingLibraryError("pandas", "pip install pandas", "to_polars() works without it."))
    This needs pandas, which is not installed. Install it with `pip install pandas`. to_polars() works without it.
    """

    def __init__(self, library: str, install: str, otherwise: str = "") -> None:
        mend = f"Install it with `{install}`. {otherwise}".rstrip()
        super().__init__([Problem(f"This needs {library}, which is not installed.", mend=mend)])


class DataWarning(UserWarning):
    """Something about the data that is no mistake but must be known: rows left out, ids that look like twins."""
