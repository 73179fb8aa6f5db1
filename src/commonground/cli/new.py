"""`commonground new`: write a commented study document to begin with."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from commonground import __version__
from commonground.cli.output import JsonOption, emit
from commonground.records.provenance import Provenance

if TYPE_CHECKING:
    from rich.console import Console

EXAMPLE = "Example: commonground new my-study --template blank --title 'What our team needs'"
NEEDS_ARGUMENTS = True


def run(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The folder to write study.yaml into.")],
    template: Annotated[
        str, typer.Option("--template", metavar="NAME", help="partner-priorities (the published study) or blank.")
    ] = "partner-priorities",
    title: Annotated[str, typer.Option("--title", metavar="TEXT", help="The study's title.")] = "",
    as_json: JsonOption = False,
) -> None:
    """Write a study document to begin with. It is commented throughout, and nothing is overwritten."""
    from commonground.files.study import read_study
    from commonground.files.templates import new_study

    path = new_study(folder, template, title)
    document = read_study(path)

    def words(console: "Console") -> None:
        console.print(f"{path} is written. Read it from top to bottom and change what is not yours.", soft_wrap=True)
        console.print("Then:", f"  commonground check {path}", f"  commonground serve --study {path}", sep="\n")

    emit(
        {"path": str(path), "template": template, "study": document.study.id},
        as_json=as_json,
        provenance=Provenance(package_version=__version__, study_hash=document.hash),
        words=words,
    )
