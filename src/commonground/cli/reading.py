"""How every command reads its data: the shared options, and one function that makes the data ready."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from commonground.cli.output import say

if TYPE_CHECKING:
    from commonground.files.ready import Ready

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


def read_data(
    path: Path,
    *,
    respondents: Path | None = None,
    only: list[str] | None = None,
    drop_invalid: bool = False,
    narrow: bool = False,
) -> "Ready":
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

    return read_ready(
        path, respondents=respondents, only=only or (), drop_invalid=drop_invalid, narrow=narrow, warn=say, tell=say
    )
