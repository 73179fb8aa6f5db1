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
    path: Path,
    *,
    respondents: Path | None = None,
    only: list[str] | None = None,
    drop_invalid: bool = False,
    narrow: bool = False,
) -> Reading:
    """Read a choice table or count table as the shared options ask; messages go to standard error.

    `narrow` is for what reads millions of rows (see `files.choices.read_choices`).

    Raises
    ------
    DataError
        If a table has mistakes.
    RequestError
        If `only` asks for a column that is not there, or leaves nobody.
    """
    from commonground.files.ready import read_ready

    ready = read_ready(
        path, respondents=respondents, only=only or (), drop_invalid=drop_invalid, narrow=narrow, warn=say, tell=say
    )
    return Reading(ready.data, ready.hash, ready.dropped, ready.respondents, ready.settings)
