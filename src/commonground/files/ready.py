"""Answers made ready for one call: the table read, the people who gave them joined to it, some of them chosen."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from commonground import __version__
from commonground.files.cells import Table
from commonground.files.choices import ChoiceFile
from commonground.files.counts import CountFile
from commonground.files.frames import NAME
from commonground.files.mistakes import Dropped
from commonground.files.respondents import NAME as RESPONDENTS
from commonground.files.respondents import covers, join, read_respondents
from commonground.files.selection import groups_only, respondents_only
from commonground.files.tables import read_table
from commonground.records.choices import ChoiceData, CountTable
from commonground.records.errors import RequestError
from commonground.records.provenance import Provenance
from commonground.records.respondents import RespondentTable

Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Ready:
    """Data ready for one pure call, and where it comes from.

    Parameters
    ----------
    data : ChoiceData or CountTable
    hash : str
        SHA-256 of the data file's content.
    dropped : tuple of Dropped
        Rows with mistakes that were left out because that was asked for, with reasons.
    respondents : RespondentTable or None
        The whole respondents table, those without answers included, where there is one.
    settings : dict
        What changed the data: goes into the provenance.
    """

    data: ChoiceData | CountTable
    hash: str
    dropped: tuple[Dropped, ...] = ()
    respondents: RespondentTable | None = None
    settings: dict[str, object] = field(default_factory=dict[str, object])

    def choices(self) -> ChoiceData:
        """The data as choices.

        Raises
        ------
        RequestError
            If it is a count table, which has no respondents.
        """
        if isinstance(self.data, ChoiceData):
            return self.data
        raise RequestError("this needs the answers of each respondent (a choice table); a count table has none.")

    def provenance(self, *, seed: int | None = None, study_hash: str = "", **settings: object) -> Provenance:
        """Where a result made from this data comes from."""
        return Provenance(__version__, study_hash, self.hash, seed, {**self.settings, **settings})


def read_ready(
    source: Table,
    *,
    respondents: Table | None = None,
    only: Sequence[str] = (),
    drop_invalid: bool = False,
    narrow: bool = False,
    warn: Tell,
    tell: Tell,
) -> Ready:
    """Read a choice table or count table as asked for, or take it from a data frame.

    Parameters
    ----------
    source : Path or data frame
    respondents : Path or data frame, optional
        A table with one row a respondent; left out, a `respondents.csv` beside the data is used if it covers everybody.
    only : sequence of str
        COLUMN=VALUE: keep these respondents only.
    drop_invalid : bool
        Leave rows with mistakes out instead of refusing the table.
    narrow : bool
        For what reads millions of rows; see `read_choices`.
    warn : callable
        Told, in sentences, what must be known before results are used.
    tell : callable
        Told what was done as asked.

    Raises
    ------
    DataError
        If a table has mistakes.
    RequestError
        If `only` asks for a column that is not there, or leaves nobody.
    """
    table = read_table(source, drop_invalid=drop_invalid, narrow=narrow)
    for message in table.messages:
        warn(message)
    settings: dict[str, object] = {"drop_invalid": True} if drop_invalid else {}
    if not isinstance(table, ChoiceFile):
        return _counts(table, only, respondents, settings)
    if table.dropped:
        where = str(source) if isinstance(source, Path) else NAME
        warn(f"{where}: {len(table.dropped)} row{'s' if len(table.dropped) > 1 else ''} with mistakes left out.")
    table, people = _with_respondents(table, source, respondents, settings, warn=warn, tell=tell)
    data = _keep_only(table.data, only, settings, tell)
    return Ready(data, table.hash, table.dropped, people, settings)


def _counts(table: CountFile, only: Sequence[str], respondents: Table | None, settings: dict[str, object]) -> Ready:
    if respondents is not None:
        raise RequestError("a count table has no respondents, so `respondents` has nothing to join.")
    if only:
        settings["only"] = list(only)
    return Ready(groups_only(table.data, list(only)), table.hash, settings=settings)


def _with_respondents(
    choices: ChoiceFile, source: Table, named: Table | None, settings: dict[str, object], *, warn: Tell, tell: Tell
) -> tuple[ChoiceFile, RespondentTable | None]:
    """Join the respondents table that was named, or the one beside the data if it covers all respondents."""
    beside = _beside(source)
    table = beside if named is None else named
    if table is None:
        return choices, None
    people = read_respondents(table)
    for message in people.messages:
        warn(message)
    missing = covers(people, choices.data)
    if named is None and missing:
        warn(f"{beside} lacks {len(missing)} of the respondents (such as '{missing[0]}'), so it is not used.")
        return choices, None
    if named is None:
        tell(f"Respondents described by {beside}.")
    settings["respondents_hash"] = people.hash
    return join(choices, people), people.table


def _beside(source: Table) -> Path | None:
    """The respondents table in the same folder, where there is one."""
    if not isinstance(source, Path):
        return None
    beside = source.parent / RESPONDENTS
    return beside if beside.is_file() and beside.resolve() != source.resolve() else None


def _keep_only(data: ChoiceData, only: Sequence[str], settings: dict[str, object], tell: Tell) -> ChoiceData:
    if not only:
        return data
    settings["only"] = list(only)
    kept = respondents_only(data, list(only))
    tell(f"{len(kept.respondents)} of {len(data.respondents)} respondents kept ({', '.join(only)}).")
    return kept
