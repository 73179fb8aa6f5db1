"""What screening has made of everybody, as columns of the respondents table."""

from collections.abc import Iterable
from dataclasses import replace

from commonground.records.respondents import RespondentTable
from commonground.screening.decisions import Outcome, State

SCREENING, REASON, SENSITIVITY = "screening", "screening_reason", "screening_sensitivity"
"""The columns: what became of a case, why, and whether the sensitivity analysis leaves it out."""

LEFT_OUT = "left_out"
"""Stands in the last column of those whom people would leave out for how they chose."""


def with_statuses(
    table: RespondentTable, screened: frozenset[str], first: Iterable[Outcome], second: Iterable[Outcome]
) -> RespondentTable:
    """The table with what screening has made of everybody.

    Parameters
    ----------
    table : RespondentTable
    screened : frozenset of str
        Those who were looked at; who carries no sign is kept.
    first, second : iterable of Outcome
        Of signs apart from the choices, and of signs from the choices.

    Examples
    --------
    >>> table = RespondentTable(("r1", "r2", "r3"), {})
    >>> out = [Outcome("r1", State.EXCLUDED, "test", "agreed")]
    >>> with_statuses(table, frozenset({"r1", "r2"}), out, []).values("screening")
    ('excluded', 'kept', None)
    """
    of_first = {one.respondent: one for one in first}
    left_out = {one.respondent for one in second if one.state is State.EXCLUDED}

    def state(respondent: str) -> str | None:
        if respondent in of_first:
            return of_first[respondent].state.value
        return State.KEPT.value if respondent in screened else None

    def reason(respondent: str) -> str | None:
        found = of_first.get(respondent)
        return found.reason or None if found else None

    people = table.respondents
    columns = {
        SCREENING: tuple(state(one) for one in people),
        REASON: tuple(reason(one) for one in people),
        SENSITIVITY: tuple(LEFT_OUT if one in left_out else None for one in people),
    }
    return replace(table, columns={**table.columns, **columns})
