"""`commonground screen`: signs that an answer may not be genuine, with evidence; it flags, it never drops."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from commonground.cli.columns import narrow_table
from commonground.cli.output import JsonOption, emit, plain, say
from commonground.cli.progress import progress
from commonground.cli.reading import DataArgument, DropInvalidOption, OnlyOption, RespondentsOption, read_data
from commonground.cli.writing import CSV, ending_in

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

    from commonground.records.sheet import Record
    from commonground.screening.screen import Screening

EXAMPLE = "Example: commonground screen study.yaml choices.csv --out flags.csv"
NEEDS_ARGUMENTS = True

COLUMNS = ("respondent", "rule", "evidence", "threshold", "source", "wrongs", "false_flag_share")


def run(
    study: Annotated[Path, typer.Argument(metavar="STUDY", help="The study document, study.yaml.")],
    data: DataArgument,
    *,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FILE", callback=ending_in(CSV), help="Write the flags as CSV.")
    ] = None,
    simulations: Annotated[int, typer.Option(min=100, help="Simulated respondents behind every limit.")] = 2000,
    seed: Annotated[int, typer.Option(min=0, help="Start of the random numbers.")] = 1,
    respondents: RespondentsOption = None,
    only: OnlyOption = None,
    drop_invalid: DropInvalidOption = False,
    as_json: JsonOption = False,
) -> None:
    """Flag answers by the study's screening rules. A flag is a sign with evidence, never a decision."""
    from commonground.analysis.quality.quality import quality
    from commonground.files.data_checks import require_same_study
    from commonground.files.study import read_study
    from commonground.publish.records_csv import csv_text
    from commonground.screening.screen import screen

    planned = read_study(study)
    rules = planned.study.screening
    reading = read_data(data, respondents=respondents, only=only, drop_invalid=drop_invalid)
    require_same_study(planned.study, reading.choices(), str(data))
    with progress("Simulating respondents to compare with") as advance:
        found = quality(
            reading.choices(),
            seed=seed,
            simulations=simulations,
            random_quantile=rules.random_quantile,
            straight_line_chance=rules.straight_line_chance,
            progress=advance,
        )
    screening = screen(rules, found, reading.respondents)
    for message in screening.messages:
        say(message)
    if out is not None:
        rows: list[Record] = [{name: getattr(flag, name) for name in COLUMNS} for flag in screening.flags]
        out.write_text(csv_text(rows, columns=COLUMNS), encoding="utf-8", newline="\n")
        say(f"{len(rows)} flag{'' if len(rows) == 1 else 's'} written to {out}.")
    fields = plain(screening)
    emit(
        {**(fields if isinstance(fields, dict) else {}), "dropped": reading.dropped},
        as_json=as_json,
        provenance=reading.provenance(seed=seed, study_hash=planned.hash, simulations=simulations),
        words=lambda console: _print(console, screening),
    )


def _print(console: "Console", screening: "Screening") -> None:
    console.print(_rules_table(screening))
    if screening.flags:
        console.print(_flags_table(screening))
    console.print(
        f"{screening.flagged} of {screening.respondents} respondents carry a sign, {screening.several} of them two or "
        "more. Nobody was left out: people decide."
    )


def _rules_table(screening: "Screening") -> "Table":
    table = narrow_table("Signs", "Genuine: the share of genuine respondents such a limit would hit, by simulation.")
    for heading in ("sign", "when", "flagged", "genuine", "wrongs"):
        table.add_column(heading, justify="right" if heading == "flagged" else "left", no_wrap=heading == "sign")
    for rule in screening.rules:
        flagged = str(rule.flagged) if rule.checked else "not checked"
        table.add_row(rule.rule.value, rule.threshold, flagged, rule.told_of_genuine, rule.wrongs)
    return table


def _flags_table(screening: "Screening") -> "Table":
    table = narrow_table("Who carries which sign")
    table.add_column("respondent", overflow="fold")
    table.add_column("sign", no_wrap=True)
    table.add_column("evidence")
    last = ""
    for flag in screening.flags:
        table.add_row("" if flag.respondent == last else flag.respondent, flag.rule.value, flag.evidence)
        last = flag.respondent
    return table
