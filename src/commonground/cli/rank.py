"""`commonground rank`: scores, ranks and reliability of many items from few answers each."""

from typing import TYPE_CHECKING, Annotated

import typer

from commonground.cli.columns import narrow_table, number
from commonground.cli.output import JsonOption, emit, plain, say
from commonground.cli.reading import DataArgument, DropInvalidOption, OnlyOption, RespondentsOption, read_data

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

    from commonground.analysis.many.records import ItemScore, ManyItems, Reliability

EXAMPLE = "Example: commonground rank choices.csv --top 20"
NEEDS_ARGUMENTS = True

TopOption = Annotated[
    int,
    typer.Option("--top", metavar="K", min=1, help="How likely is an item among the first K? And how many to print."),
]
SplitsOption = Annotated[
    int, typer.Option("--splits", metavar="N", min=0, help="Random halves of the respondents for the reliability.")
]
DrawsOption = Annotated[
    int, typer.Option("--draws", metavar="N", min=100, help="Draws of the utilities, for the rank intervals.")
]
PriorOption = Annotated[
    float | None,
    typer.Option(
        "--prior-sd",
        metavar="SD",
        help="How far items lie apart, in logits; without it the answers tell. Utilities are pulled to zero by it.",
    ),
]
SeedOption = Annotated[int, typer.Option("--seed", min=0, help="Of the splits and the draws.")]


def run(
    data: DataArgument,
    *,
    top: TopOption = 10,
    splits: SplitsOption = 50,
    draws: DrawsOption = 1000,
    prior_sd: PriorOption = None,
    seed: SeedOption = 1,
    respondents: RespondentsOption = None,
    only: OnlyOption = None,
    drop_invalid: DropInvalidOption = False,
    as_json: JsonOption = False,
) -> None:
    """Rank many items (100 to 5,000) of which each person sees a few: utilities, rank intervals, reliability."""
    from commonground.analysis.many.rank import rank
    from commonground.cli.progress import progress

    reading = read_data(data, respondents=respondents, only=only, drop_invalid=drop_invalid)
    with progress("Scoring and splitting") as advance:
        found = rank(
            reading.choices(), top=top, splits=splits, draws=draws, prior_sd=prior_sd, seed=seed, progress=advance
        )
    for message in found.messages:
        say(message)
    fields = plain(found)
    emit(
        {**(fields if isinstance(fields, dict) else {}), "dropped": reading.dropped},
        as_json=as_json,
        provenance=reading.provenance(seed=seed, top=top, splits=splits, draws=draws, prior_sd=prior_sd),
        words=lambda console: _print(console, found),
    )


def _print(console: "Console", found: "ManyItems") -> None:
    console.print(
        f"{len(found.ranking)} items; respondents: {found.respondents}, tasks: {found.tasks}. "
        f"Items lie {number(found.prior_sd, 2)} logits apart (standard deviation)."
    )
    console.print(_reliability(found.reliability))
    ranking = found.ranking
    console.print(_table(ranking[: found.top], found))
    if len(ranking) > found.top:
        console.print(f"… and {len(ranking) - found.top} more; --top shows more of them, --json all.")


def _reliability(found: "Reliability") -> str:
    if found.split_half is None or found.interval is None:
        return "Split-half reliability: not known."
    low, high = found.interval
    return (
        f"Split-half reliability {number(found.spearman_brown, 2)} (Spearman–Brown; {number(low, 2)} to "
        f"{number(high, 2)} over {found.splits} splits; the halves correlate {number(found.split_half, 2)})."
    )


def _table(shown: "tuple[ItemScore, ...]", found: "ManyItems") -> "Table":
    share = f"{100 * found.level:g} %"
    table = narrow_table(
        f"The first {len(shown)}",
        f"Utilities in logits, sum to zero. ranks: where the true rank lies with {share}, on average over items.",
    )
    table.add_column("rank", justify="right")
    table.add_column("item", overflow="fold")
    for heading in ("shown", "utility", "error", "ranks", f"in top {found.top}"):
        table.add_column(heading, justify="right", no_wrap=True)
    for item in shown:
        low, high = item.rank_interval or (0, 0)
        table.add_row(
            str(item.rank),
            item.item,
            str(item.shown),
            number(item.utility, 2),
            number(item.standard_error, 2),
            f"{low}–{high}",
            f"{number(100 * (item.top_probability or 0), 0)} %",
        )
    return table
