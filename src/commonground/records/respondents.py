"""The respondents table: one row per person who opened a study, whatever became of them."""

from collections.abc import Mapping
from dataclasses import dataclass

MULTIPLE_SEPARATOR = ";"
"""Between the option ids of a multiple choice in one cell; ids cannot contain it."""

FIXED_COLUMNS = ("group", "status", "reason", "language", "started_on", "completed_on", "seconds")
"""Columns every site writes, before those of the study's own questions."""


@dataclass(frozen=True, slots=True)
class RespondentTable:
    """What is known of each respondent beside the choices, as text.

    Parameters
    ----------
    respondents : tuple of str
        Labels, each once.
    columns : mapping of str to tuple of (str or None)
        One value a respondent; None where the cell is empty. A multiple choice holds option ids
        joined by `MULTIPLE_SEPARATOR`; `status` holds values of `sessions.Status`.

    Examples
    --------
    >>> table = RespondentTable(("r1", "r2"), {"group": ("HP", None)})
    >>> table.values("group"), table.values("status")
    (('HP', None), (None, None))
    """

    respondents: tuple[str, ...]
    columns: Mapping[str, tuple[str | None, ...]]

    def values(self, column: str) -> tuple[str | None, ...]:
        """A column, or only None where the table does not have it."""
        return self.columns.get(column, (None,) * len(self.respondents))
