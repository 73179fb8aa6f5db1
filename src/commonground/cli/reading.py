"""How every command reads its data: the shared options, and one function that makes the data ready."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from commonground import __version__
from commonground.cli.output import say
from commonground.records.errors import RequestError
from commonground.records.provenance import Provenance

if TYPE_CHECKING:
    from commonground.files.choices import ChoiceFile
    from commonground.files.counts import CountFile
    from commonground.files.mistakes import Dropped
    from commonground.records.choices import ChoiceData, CountTable
    from commonground.records.respondents import RespondentTable

DataArgument = Annotated[Path, typer.Argument(metavar="DATA", help="A choice table: .csv, .csv.gz or .parquet.")]
RespondentsOption = Annotated[
    Path | None,
    typer.Option(
        "--respondents",
        metavar="FILE",
        help="A table with one row a respondent; a respondents.csv beside DATA is found by itself.",
    ),
]
OnlyOption = Annotated[
    list[str] | None,
    typer.Option("--only", metavar="COLUMN=VALUE", help="Keep these respondents only; may be given several times."),
]
DropInvalidOption = Annotated[
    bool, typer.Option("--drop-invalid", help="Leave rows with mistakes out, and say which, instead of stopping.")
]


@dataclass(frozen=True, slots=True)
class Reading:
    """Data ready for one pure call, and where it comes from.

    Parameters
    ----------
    data : ChoiceData or CountTable
    hash : str
        SHA-256 of the data file's content.
    dropped : tuple of Dropped
        Rows left out by `--drop-invalid`, with reasons.
    respondents : RespondentTable or None
        The whole respondents table, those without answers included, where there is one.
    settings : dict
        What changed the data: goes into the provenance.
    """

    data: "ChoiceData | CountTable"
    hash: str
    dropped: "tuple[Dropped, ...]" = ()
    respondents: "RespondentTable | None" = None
    settings: dict[str, object] = field(default_factory=dict[str, object])

    def choices(self) -> "ChoiceData":
        """The data as choices.

        Raises
        ------
        RequestError
            If it is a count table, which has no respondents.
        """
        from commonground.records.choices import ChoiceData

        if isinstance(self.data, ChoiceData):
            return self.data
        raise RequestError("this needs the answers of each respondent (a choice table); a count table has none.")

    def provenance(self, *, seed: int | None = None, study_hash: str = "", **settings: object) -> Provenance:
        """Where a result made from this data comes from."""
        return Provenance(
            package_version=__version__,
            study_hash=study_hash,
            data_hash=self.hash,
            seed=seed,
            settings={**self.settings, **settings},
        )


def read_data(
    path: Path, *, respondents: Path | None = None, only: list[str] | None = None, drop_invalid: bool = False
) -> Reading:
    """Read a choice table or count table as the shared options ask; messages go to standard error.

    Raises
    ------
    DataError
        If a table has mistakes.
    RequestError
        If `only` asks for a column that is not there, or leaves nobody.
    """
    from commonground.files.choices import ChoiceFile
    from commonground.files.tables import read_table

    table = read_table(path, drop_invalid=drop_invalid)
    for message in table.messages:
        say(message)
    settings: dict[str, object] = {"drop_invalid": True} if drop_invalid else {}
    if not isinstance(table, ChoiceFile):
        return _read_counts(table, only or [], respondents, settings)
    if table.dropped:
        say(f"{path}: {len(table.dropped)} row{'s' if len(table.dropped) > 1 else ''} with mistakes left out.")
    table, people = _with_respondents(table, path, respondents, settings)
    data = _keep_only(table.data, only or [], settings)
    return Reading(data, table.hash, table.dropped, people, settings)


def _read_counts(table: "CountFile", only: list[str], respondents: Path | None, settings: dict[str, object]) -> Reading:
    from commonground.files.selection import groups_only

    if respondents is not None:
        raise RequestError("a count table has no respondents, so '--respondents' has nothing to join.")
    if only:
        settings["only"] = only
    return Reading(groups_only(table.data, only), table.hash, settings=settings)


def _with_respondents(
    choices: "ChoiceFile", path: Path, named: Path | None, settings: dict[str, object]
) -> "tuple[ChoiceFile, RespondentTable | None]":
    """Join the respondents table that was named, or the one beside the data if it covers all respondents."""
    from commonground.files.respondents import NAME, covers, join, read_respondents

    beside = path.parent / NAME
    if named is None and (not beside.is_file() or beside.resolve() == path.resolve()):
        return choices, None
    people = read_respondents(named or beside)
    for message in people.messages:
        say(message)
    missing = covers(people, choices.data)
    if named is None and missing:
        say(f"{beside} lacks {len(missing)} of the respondents (such as '{missing[0]}'), so it is not used.")
        return choices, None
    if named is None:
        say(f"Respondents described by {beside}.")
    settings["respondents_hash"] = people.hash
    return join(choices, people), people.table


def _keep_only(data: "ChoiceData", only: list[str], settings: dict[str, object]) -> "ChoiceData":
    from commonground.files.selection import respondents_only

    if not only:
        return data
    settings["only"] = only
    kept = respondents_only(data, only)
    say(f"{len(kept.respondents)} of {len(data.respondents)} respondents kept ({', '.join(only)}).")
    return kept
