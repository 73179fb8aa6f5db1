"""`commonground quality`: how steady, coherent and attentive the answers are, beside what chance gives."""

from typing import TYPE_CHECKING, Annotated

import typer

from commonground.cli.columns import counted, narrow_table, number
from commonground.cli.options import SeedOption
from commonground.cli.output import JsonOption, emit
from commonground.cli.reading import DataArgument, DropInvalidOption, OnlyOption, RespondentsOption, read_data

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

    from commonground.analysis.quality.records import FitTotals, Quality, RepeatTotals, RespondentQuality, TriadTotals

EXAMPLE = "Example: commonground quality choices.csv --seed 1"
NEEDS_ARGUMENTS = True

MOST_SHOWN = 50

SimulationsOption = Annotated[
    int, typer.Option("--simulations", min=100, help="Random answerers simulated to find the cut-off.")
]
QuantileOption = Annotated[
    float, typer.Option("--quantile", min=0.5, max=0.999, help="The quantile of random answerers that is the cut-off.")
]
ChanceOption = Annotated[
    float,
    typer.Option("--straight-line-chance", min=1e-9, max=0.5, help="A run in one position rarer than this is counted."),
]
AllOption = Annotated[bool, typer.Option("--all", help="List every respondent, not only those with a sign.")]


def run(
    data: DataArgument,
    *,
    seed: SeedOption = 1,
    simulations: SimulationsOption = 2000,
    quantile: QuantileOption = 0.95,
    straight_line_chance: ChanceOption = 0.01,
    everybody: AllOption = False,
    respondents: RespondentsOption = None,
    only: OnlyOption = None,
    drop_invalid: DropInvalidOption = False,
    as_json: JsonOption = False,
) -> None:
    """Check the answers: repeats, fit, circles, positions, seconds, identical answers. Signs, never verdicts."""
    from commonground.analysis.quality.quality import quality
    from commonground.cli.progress import progress

    reading = read_data(data, respondents=respondents, only=only, drop_invalid=drop_invalid)
    with progress("Simulating respondents") as advance:
        found = quality(
            reading.choices(),
            seed=seed,
            simulations=simulations,
            random_quantile=quantile,
            straight_line_chance=straight_line_chance,
            progress=advance,
        )
    emit(
        {"totals": found.totals, "respondents": found.respondents, "dropped": reading.dropped},
        as_json=as_json,
        provenance=reading.provenance(
            seed=seed, simulations=simulations, quantile=quantile, straight_line_chance=straight_line_chance
        ),
        words=lambda console: _print(console, found, everybody=everybody),
    )


def _print(console: "Console", found: "Quality", *, everybody: bool) -> None:
    totals = found.totals
    console.print(f"{totals.respondents} respondents, {totals.tasks} scored tasks.")
    if totals.repeats:
        console.print(_repeats(totals.repeats))
    else:
        console.print("No task was answered twice, so steadiness cannot be told.")
    if totals.fit:
        console.print(_fit(totals.fit))
    if totals.triads:
        console.print(_triads(totals.triads))
    if totals.seconds:
        console.print(
            f"Seconds on all tasks: median {number(totals.seconds.median, 0)}, "
            f"from {number(totals.seconds.fastest, 0)} to {number(totals.seconds.slowest, 0)}."
        )
    if totals.never_chosen:
        console.print(f"Never chosen, neither best nor worst: {', '.join(totals.never_chosen)}.")
    console.print(_signs(found))
    limit = totals.straight_lining.limit
    shown = [one for one in found.respondents if everybody or _marks(one, limit)]
    if shown:
        printed = shown if everybody else shown[:MOST_SHOWN]
        console.print(_respondents(printed, limit))
        if len(printed) < len(shown):
            console.print(f"… and {len(shown) - len(printed)} more with a sign; --all or --json lists them.")


def _percent(share: float | None) -> str:
    return "–" if share is None else f"{number(100 * share, 1)} %"


def _repeats(repeats: "RepeatTotals") -> "Table":
    table = narrow_table("A task answered twice", "genuine: simulated people who differ as these respondents seem to.")
    table.add_column("")
    for heading in ("people", "share", "by chance", "genuine"):
        table.add_column(heading, justify="right")
    for name in ("both_same", "one_changed", "both_changed"):
        times = getattr(repeats, name)
        table.add_row(
            name.replace("_", " "),
            counted(times),
            _percent(times / repeats.compared),
            _percent(getattr(repeats.chance, name)),
            _percent(getattr(repeats.genuine, name, None)),
        )
    return table


def _fit(fit: "FitTotals") -> "Table":
    table = narrow_table(
        "Root likelihood: how well a person's answers hang together",
        f"Equal utilities give {number(fit.equal_utilities, 3)}. Random answerers simulated: {fit.simulations}.",
    )
    for heading in ("who", "median", f"below the cut-off {number(fit.cut_off, 3)}"):
        table.add_column(heading, justify="left" if heading == "who" else "right")
    table.add_row("these respondents", number(fit.median, 3), counted(fit.below))
    table.add_row("answering at random", number(fit.random_median, 3), _percent(fit.quantile))
    for one in fit.genuine:
        table.add_row(f"genuine, utility SD {counted(one.sd)}", number(one.median_rlh, 3), _percent(one.below))
    return table


def _triads(found: "TriadTotals") -> "Table":
    table = narrow_table(
        "Circular triads: a over b, b over c, c over a",
        "Share of the triads that a person's answers put in order; random answerers are those simulated above.",
    )
    limit = number(100 * found.cut_off, 1)
    for heading in ("who", "median", f"above the cut-off {limit} %"):
        table.add_column(heading, justify="left" if heading == "who" else "right")
    table.add_row("these respondents", _percent(found.median), counted(found.above))
    table.add_row("answering at random", _percent(found.random_median), _percent(found.random_above))
    for one in found.genuine:
        table.add_row(f"genuine, utility SD {counted(one.sd)}", _percent(one.median), _percent(one.above))
    return table


def _signs(found: "Quality") -> "Table":
    totals, flags = found.totals, found.totals.false_flags
    table = narrow_table("Signs", "wrongly: share of genuine simulated respondents such a sign would hit.")
    table.add_column("sign")
    for heading in ("respondents", "wrongly"):
        table.add_column(heading, justify="right")
    changed = sum(one.repeat == "both_changed" for one in found.respondents)
    table.add_row(
        "fits no better than random answers",
        counted(totals.fit.below if totals.fit else None),
        _percent(flags["random_fit"]),
    )
    table.add_row(
        "circular triads as in random answers",
        counted(totals.triads.above if totals.triads else None),
        _percent(flags["circular_triads"]),
    )
    table.add_row(
        "changed both picks of a repeated task",
        counted(changed) if totals.repeats else "–",
        _percent(flags["repeat_changes"]),
    )
    table.add_row("picks by position", counted(totals.straight_lining.respondents), _percent(flags["straight_line"]))
    table.add_row("same answers as somebody else", counted(totals.duplicates), _percent(flags["identical_answers"]))
    return table


def _marks(one: "RespondentQuality", limit: float) -> list[str]:
    """The signs of one respondent, in a few words each."""
    runs = [(name, run) for name, run in (("best", one.best_position), ("worst", one.worst_position)) if run]
    return [
        *(["fit"] if one.rlh is not None and one.cut_off is not None and one.rlh < one.cut_off else []),
        *(["both picks changed"] if one.repeat == "both_changed" else []),
        *(f"{name} in position {run.position}: {run.times} of {run.of}" for name, run in runs if run.chance < limit),
        *([f"same as {one.duplicate_of}"] if one.duplicate_of is not None else []),
    ]


def _respondents(shown: "list[RespondentQuality]", limit: float) -> "Table":
    table = narrow_table(
        "Respondents",
        "random: share of random answerers who fit as well. circular: triads, of those decided; no sign by itself.",
    )
    table.add_column("respondent", overflow="fold")
    for heading in ("tasks", "fit", "random", "circular", "repeat", "seconds"):
        table.add_column(heading, justify="right", no_wrap=True)
    table.add_column("signs")
    for one in shown:
        table.add_row(
            one.respondent,
            counted(one.tasks),
            number(one.rlh, 3),
            _percent(one.random_share),
            f"{one.triads.circular}/{one.triads.decided}" if one.triads else "–",
            one.repeat.value.replace("_", " ") if one.repeat else "–",
            number(one.seconds, 0),
            "; ".join(_marks(one, limit)),
        )
    return table
