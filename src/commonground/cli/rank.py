"""`commonground rank`: scores, ranks and reliability of many items from few answers each."""

from typing import TYPE_CHECKING, Annotated

import typer

from commonground.cli.columns import narrow_table, number, span
from commonground.cli.options import ByOption, SeedOption
from commonground.cli.output import JsonOption, emit, fields, say
from commonground.cli.reading import DataArgument, DropInvalidOption, OnlyOption, RespondentsOption, read_data

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

    from commonground.analysis.many.records import ItemScore, ManyItems, Rankings, Reliability

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


def run(
    data: DataArgument,
    *,
    by: ByOption = None,
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
            reading.choices(),
            by=by,
            top=top,
            splits=splits,
            draws=draws,
            prior_sd=prior_sd,
            seed=seed,
            progress=advance,
        )
    for message in found.messages:
        say(message)
    for one in found.groups:
        for message in one.messages:
            say(message if by is None else f"{one.group}: {message}")
    emit(
        {**fields(found), "dropped": reading.dropped},
        as_json=as_json,
        provenance=reading.provenance(seed=seed, by=by, top=top, splits=splits, draws=draws, prior_sd=prior_sd),
        words=lambda console: _print(console, found, by),
    )


def _print(console: "Console", found: "Rankings", by: str | None) -> None:
    for one in found.groups:
        group = f"{by} {one.group}: " if by else ""
        console.print(
            f"{group}{len(one.ranking)} items; respondents: {one.respondents}, tasks: {one.tasks}. "
            f"Items lie {number(one.prior_sd, 2)} logits apart (standard deviation)."
        )
        console.print(_reliability(one.reliability))
        console.print(_table(one.ranking[: one.top], one, group))
        if len(one.ranking) > one.top:
            console.print(f"… and {len(one.ranking) - one.top} more; --top shows more of them, --json all.")


def _reliability(found: "Reliability") -> str:
    if found.split_half is None or found.interval is None:
        return "Split-half reliability: not known."
    low, high = found.interval
    return (
        f"Split-half reliability {number(found.spearman_brown, 2)} (Spearman–Brown; {number(low, 2)} to "
        f"{number(high, 2)} over {found.splits} splits; the halves correlate {number(found.split_half, 2)})."
    )


def _table(shown: "tuple[ItemScore, ...]", found: "ManyItems", group: str) -> "Table":
    share = f"{100 * found.level:g} %"
    table = narrow_table(
        f"{group}The first {len(shown)}",
        f"Utilities in logits, sum to zero. ranks: where the true rank lies with {share}, on average over items; "
        f"all at once: so wide that with {share} every item's true rank is inside.",
    )
    table.add_column("rank", justify="right")
    table.add_column("item", overflow="fold")
    for heading in ("shown", "utility", "error", "ranks", "all at once", f"in top {found.top}"):
        table.add_column(heading, justify="right", no_wrap=True)
    for item in shown:
        table.add_row(
            str(item.rank),
            item.item,
            str(item.shown),
            number(item.utility, 2),
            number(item.standard_error, 2),
            span(item.rank_interval),
            span(item.joint_rank_interval),
            f"{number(100 * (item.top_probability or 0), 0)} %",
        )
    return table
