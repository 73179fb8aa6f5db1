"""`commonground import`: take over a questionnaire that was written for another tool."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from commonground import __version__
from commonground.cli.output import JsonOption, emit
from commonground.records.errors import Problem, RequestError, SettingError
from commonground.records.provenance import Provenance

if TYPE_CHECKING:
    from rich.console import Console

    from commonground.files.xlsform import Imported

EXAMPLE = "Example: commonground import xlsform survey.xlsx --into study.yaml --out study-2.yaml"
NEEDS_ARGUMENTS = True

PARTS = ("background", "quality_questions", "demographics")


def run(
    form: Annotated[str, typer.Argument(metavar="FORMAT", help="How the file is written: xlsform.")],
    source: Annotated[
        Path, typer.Argument(metavar="FILE", help="A workbook (.xlsx), or a folder with survey.csv and choices.csv.")
    ],
    out: Annotated[Path, typer.Option("--out", metavar="FILE", help="Where to write the questions as YAML.")],
    into: Annotated[
        Path | None,
        typer.Option("--into", metavar="STUDY", help="A study document to add them to; --out gets the whole document."),
    ] = None,
    part: Annotated[
        str, typer.Option("--part", metavar="PART", help=f"Where in the study they are asked: {', '.join(PARTS)}.")
    ] = "demographics",
    as_json: JsonOption = False,
) -> None:
    """Take over a questionnaire from another tool. Whatever could not be taken over is listed, row by row."""
    from commonground.files.xlsform import read_xlsform

    if form != "xlsform":
        raise SettingError([Problem(f"there is no format '{form}'.", "FORMAT", "Formats there are: xlsform.")])
    if part not in PARTS:
        raise SettingError([Problem(f"a study has no part '{part}'.", "--part", f"Parts are: {', '.join(PARTS)}.")])
    if out.exists() and (into is None or out.resolve() != into.resolve()):
        raise RequestError([Problem("this file is there already.", str(out), "Name another one, or remove it.")])
    found = read_xlsform(source)
    if not found.questions:
        raise RequestError([Problem("no question could be taken over.", str(source)), *found.left_out])
    out.write_text(_document(found, part) if into is None else _added(found, into, part), encoding="utf-8")
    _tell(found, out, part, as_json=as_json)


def _document(found: "Imported", part: str) -> str:
    """The questions alone, to be copied into a study document."""
    from commonground.files.rewriting import rewritten

    return rewritten(f"# Copy these questions into a study document.\n{part}: []\n", {part: found.as_written()})


def _added(found: "Imported", into: Path, part: str) -> str:
    """The study document with the questions behind those it has; nothing else in it changes.

    Raises
    ------
    StudyError
        If the document cannot be read, or the questions do not go together with what it asks already.
    """
    from commonground.files.study import parse_study, read_study
    from commonground.files.study_edits import edited

    before = read_study(into)
    first = len(getattr(before.study, part))
    changes: dict[tuple[str | int, ...], object] = {
        (part, first + place): question for place, question in enumerate(found.as_written())
    }
    text = edited(before.text, changes)
    parse_study(text, str(into))
    return text


def _tell(found: "Imported", out: Path, part: str, *, as_json: bool) -> None:
    def words(console: "Console") -> None:
        from rich.console import Console

        aside = Console(stderr=True, soft_wrap=True, highlight=False)
        for problem in found.left_out:
            aside.print(str(problem), markup=False)
        several = len(found.questions) > 1
        console.print(
            f"{out} holds {len(found.questions)} question{'s' if several else ''} under '{part}'. "
            f"{_left(len(found.left_out))} Check the study with: commonground check STUDY",
            soft_wrap=True, markup=False, highlight=False,
        )  # fmt: skip

    emit(
        {
            "path": str(out),
            "part": part,
            "title": found.title,
            "languages": found.languages,
            "questions": [{"question": one.id, "type": one.type.value} for one in found.questions],
            "left_out": found.left_out,
        },
        as_json=as_json,
        provenance=Provenance(package_version=__version__),
        words=words,
    )


def _left(number: int) -> str:
    if not number:
        return "Everything was taken over."
    return f"{number} thing{'s were' if number > 1 else ' was'} not taken over as written; see above."
