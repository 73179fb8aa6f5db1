"""`commonground screen`: signs that an answer may not be genuine, with evidence; it flags, it never drops."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from commonground.cli.columns import narrow_table
from commonground.cli.options import SeedOption
from commonground.cli.output import JsonOption, emit, fields, say
from commonground.cli.progress import progress
from commonground.cli.reading import DataArgument, DropInvalidOption, OnlyOption, RespondentsOption, read_data
from commonground.cli.writing import CSV, ending_in
from commonground.records.errors import SettingError

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

    from commonground.cli.screen_decisions import Judged
    from commonground.records.sheet import Record
    from commonground.screening.records import Screening

EXAMPLE = "Example: commonground screen study.yaml choices.csv --out flags.csv"
NEEDS_ARGUMENTS = True

COLUMNS = ("respondent", "rule", "evidence", "threshold", "source", "wrongs", "false_flag_share", "stage")


def run(
    study: Annotated[Path, typer.Argument(metavar="STUDY", help="The study document, study.yaml.")],
    data: DataArgument,
    *,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FILE", callback=ending_in(CSV), help="Write the flags as CSV.")
    ] = None,
    decisions: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="What people decided: respondent, reviewer, verdict, reason; see the how-to."
        ),
    ] = None,
    decided: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            callback=ending_in(CSV),
            help="Write the respondents table with what became of each case, for `report`.",
        ),
    ] = None,
    simulations: Annotated[int, typer.Option(min=100, help="Simulated respondents behind every limit.")] = 2000,
    seed: SeedOption = 1,
    respondents: RespondentsOption = None,
    only: OnlyOption = None,
    drop_invalid: DropInvalidOption = False,
    as_json: JsonOption = False,
) -> None:
    """Flag answers by the study's screening rules, and count what people decided. A flag is never a decision."""
    if decided is not None and decisions is None:
        raise SettingError("--decided writes what came of decisions; give them with --decisions FILE.")
    from commonground.analysis.quality.quality import quality
    from commonground.cli.screen_decisions import judge
    from commonground.files.data_checks import require_same_study
    from commonground.files.study import read_study
    from commonground.publish.records_csv import csv_text
    from commonground.screening.cases import cases_of_tables
    from commonground.screening.screen import screen

    planned = read_study(study)
    rules = planned.study.screening
    reading = read_data(data, respondents=respondents, only=only, drop_invalid=drop_invalid)
    choices = reading.choices()
    require_same_study(planned.study, choices, str(data))
    with progress("Simulating respondents to compare with") as advance:
        found = quality(
            choices,
            seed=seed,
            simulations=simulations,
            random_quantile=rules.random_quantile,
            straight_line_chance=rules.straight_line_chance,
            progress=advance,
        )
    screening = screen(rules, cases_of_tables(planned.study, choices, reading.respondents), found)
    for message in screening.messages:
        say(message)
    if out is not None:
        rows: list[Record] = [{name: getattr(flag, name) for name in COLUMNS} for flag in screening.flags]
        out.write_text(csv_text(rows, columns=COLUMNS), encoding="utf-8", newline="\n")
        say(f"{len(rows)} flag{'' if len(rows) == 1 else 's'} written to {out}.")
    judged: Judged | None = None
    settings: dict[str, object] = {"simulations": simulations}
    if decisions is not None:
        judged = judge(decisions, reading, screening, rules, decided)
        settings["decisions"] = judged.hash
    emit(
        {
            **fields(screening),
            "decisions": None if judged is None else judged.fields(),
            "dropped": reading.dropped,
        },
        as_json=as_json,
        provenance=reading.provenance(seed=seed, study_hash=planned.hash, **settings),
        words=lambda console: _print(console, screening, judged),
    )


def _print(console: "Console", screening: "Screening", judged: "Judged | None") -> None:
    console.print(_rules_table(screening))
    if screening.flags:
        console.print(_flags_table(screening))
    apart, choices = (one.flagged for one in screening.stages)
    console.print(
        f"{screening.flagged} of {screening.respondents} respondents carry a sign, {screening.several} of them two or "
        f"more. A sign apart from the choices (stage 1): {apart}; a sign from the choices (stage 2), for a sensitivity "
        f"analysis only: {choices}."
    )
    console.print("Nobody was left out: people decide.")
    if judged is not None:
        judged.print(console)


def _rules_table(screening: "Screening") -> "Table":
    table = narrow_table("Signs", "Genuine: the share of genuine respondents such a limit would hit, by simulation.")
    for heading in ("stage", "sign", "when", "flagged", "genuine", "wrongs"):
        table.add_column(
            heading, justify="right" if heading in ("stage", "flagged") else "left", no_wrap=heading == "sign"
        )
    for rule in screening.rules:
        flagged = str(rule.flagged) if rule.checked else "not checked"
        table.add_row(
            str(rule.stage.value), rule.rule.value, rule.threshold, flagged, rule.told_of_genuine, rule.wrongs
        )
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
