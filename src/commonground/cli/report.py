"""`commonground report`: a study and its answers in, one self-contained page with tables and figures out."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from commonground.cli.output import JsonOption, emit, say
from commonground.cli.progress import progress
from commonground.cli.reading import (
    DataArgument,
    DropInvalidOption,
    OnlyOption,
    RespondentsOption,
)
from commonground.records.errors import RequestError

if TYPE_CHECKING:
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
    deviations: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="A table of departures from the plan, as the site writes it (CSV)."),
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Write the report of a study: report.html, its figures as SVG and every number as CSV."""
    if page_format not in FORMATS:
        raise RequestError(f"the format '{page_format}' is not there yet; use {' or '.join(FORMATS)}.")
    from commonground.api.reporting import ReportPlan, prepare_report
    from commonground.publish.extra import require_report_extra

    require_report_extra()
    from commonground.publish.html import refuse_to_overwrite, write_report

    refuse_to_overwrite(out)
    plan = ReportPlan(
        study,
        data,
        respondents,
        only=tuple(only or ()),
        drop_invalid=drop_invalid,
        seed=seed,
        locked_on=locked_on,
        smallest_cell=smallest_cell,
        kind=kind,
        deviations=deviations,
    )
    prepared = prepare_report(plan, warn=say, tell=say)
    with progress("Making the report") as advance:
        document = prepared.build(advance)
    page = write_report(document, out)
    emit(
        {**_described(document), "report": str(page), "folder": str(out), "dropped": prepared.ready.dropped},
        as_json=as_json,
        provenance=prepared.provenance,
        words=lambda console: console.print(f"{page}", highlight=False, soft_wrap=True),
    )


def _described(document: "Document") -> dict[str, object]:
    """What the report holds, for machines."""
    return {
        "title": document.title,
        "locked_on": document.locked_on,
        "figures": [{"id": figure.id, "title": figure.title, "alt": figure.alt} for figure in document.figures],
        "tables": [{"id": table.id, "caption": table.caption} for table in document.tables],
    }
