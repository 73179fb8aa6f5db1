"""Options that several commands take, each said once."""

from typing import Annotated

import typer

SeedOption = Annotated[
    int, typer.Option("--seed", min=0, help="Of all that is left to chance: the same seed gives the same numbers.")
]
ByOption = Annotated[
    str | None, typer.Option("--by", metavar="COLUMN", help="Take each value of this column as a group of its own.")
]
