"""`commonground report`: a study and its answers in, one self-contained page with tables and figures out."""

import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from commonground.cli.output import JsonOption, emit, say
from commonground.cli.progress import progress
from commonground.cli.reading import (
    DataArgument,
    DropInvalidOption,
    OnlyOption,
    Reading,
    RespondentsOption,
    read_data,
)
from commonground.records.errors import RequestError

if TYPE_CHECKING:
    from commonground.records.errors import Problem
    from commonground.records.respondents import RespondentTable
    from commonground.report.parts import Document

EXAMPLE = "Example: commonground report study.yaml choices.csv --out report"
NEEDS_ARGUMENTS = True

FORMATS = ("html",)


def run(
    study: Annotated[Path, typer.Argument(metavar="STUDY", help="The study document, study.yaml.")],
    data: DataArgument,
    *,
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="The folder to write the report into.")],
    respondents: RespondentsOption = None,
    only: OnlyOption = None,
    drop_invalid: DropInvalidOption = False,
    page_format: Annotated[str, typer.Option("--format", help="html; other formats come later.")] = "html",
    seed: Annotated[
        int | None, typer.Option(min=0, help="Start of the random numbers; the analysis plan's own if left out.")
    ] = None,
    locked_on: Annotated[
        str | None,
        typer.Option(metavar="DATE", help="When the data were closed; the last day of the answers if left out."),
    ] = None,
    smallest_cell: Annotated[
        int, typer.Option(min=1, help="Characteristics of fewer people are not shown; 1 shows all.")
    ] = 5,
    kind: Annotated[str, typer.Option(help="Printed above the title, for instance 'Simulated data'.")] = "",
    as_json: JsonOption = False,
) -> None:
    """Write the report of a study: report.html, its figures as SVG and every number as CSV."""
    if page_format not in FORMATS:
        raise RequestError(f"the format '{page_format}' is not there yet; use {' or '.join(FORMATS)}.")
    from commonground.files.data_checks import require_groups, require_same_study
    from commonground.files.study import read_study
    from commonground.publish.html import refuse_to_overwrite, write_report
    from commonground.report.document import build_document

    refuse_to_overwrite(out)
    planned = read_study(study)
    reading = read_data(data, respondents=respondents, only=only, drop_invalid=drop_invalid)
    other_tasks = require_same_study(planned.study, reading.choices(), str(data))
    require_groups(planned.study, reading.choices(), str(data))
    _warn(reading, other_tasks)
    start = planned.study.analysis.seed if seed is None else seed
    options = _options(reading, seed=seed, locked_on=locked_on, smallest_cell=smallest_cell, kind=kind, only=only)
    provenance = reading.provenance(seed=start, study_hash=planned.hash, smallest_cell=smallest_cell)
    with progress("Making the report") as advance:
        document = build_document(
            planned.study,
            reading.choices(),
            reading.respondents,
            provenance=provenance,
            locked_on=locked_on or _last_day(reading.respondents),
            kind=kind,
            smallest_cell=smallest_cell,
            as_planned=not other_tasks,
            commands=(_command(study, data, respondents, options),),
            progress=lambda _words, done, total: advance(done, total),
        )
    page = write_report(document, out)
    emit(
        {**_described(document), "report": str(page), "folder": str(out), "dropped": reading.dropped},
        as_json=as_json,
        provenance=provenance,
        words=lambda console: console.print(f"{page}", highlight=False, soft_wrap=True),
    )


def _warn(reading: Reading, other_tasks: "tuple[Problem, ...]") -> None:
    for problem in other_tasks:
        say(f"Warning: {problem}")
    if reading.respondents is None:
        say("No respondents table: recruitment, completion and characteristics are left out of the report.")


def _last_day(respondents: "RespondentTable | None") -> str:
    """The last day on which somebody finished, which is when the data can have been closed at the earliest."""
    days = [day for day in (respondents.values("completed_on") if respondents else ()) if day]
    return max(days, default="a day that is not recorded")


def _options(reading: Reading, *, only: list[str] | None, **given: object) -> list[str]:
    """What was asked for beyond the defaults, as it is typed."""
    defaults: dict[str, object] = {"seed": None, "locked_on": None, "smallest_cell": 5, "kind": ""}
    typed = [f"--{name.replace('_', '-')}={value}" for name, value in given.items() if value != defaults[name]]
    typed += [f"--only={one}" for one in only or ()]
    return [*typed, "--drop-invalid"] if reading.settings.get("drop_invalid") else typed


def _command(study: Path, data: Path, respondents: Path | None, options: list[str]) -> str:
    """The line that makes this report again, with the names of the files but not where they lie."""
    people = ["--respondents", respondents.name] if respondents else []
    return shlex.join(["commonground", "report", study.name, data.name, "--out", "report", *people, *options])


def _described(document: "Document") -> dict[str, object]:
    """What the report holds, for machines."""
    return {
        "title": document.title,
        "locked_on": document.locked_on,
        "figures": [{"id": figure.id, "title": figure.title, "alt": figure.alt} for figure in document.figures],
        "tables": [{"id": table.id, "caption": table.caption} for table in document.tables],
    }
