"""`commonground count`: how often each item was best and worst, and the scores made of that."""

from typing import TYPE_CHECKING, Annotated

import typer

from commonground.cli.columns import counted, narrow_table, number
from commonground.cli.options import ByOption
from commonground.cli.output import JsonOption, emit, fields, say
from commonground.cli.reading import DataArgument, DropInvalidOption, OnlyOption, RespondentsOption, read_data

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

    from commonground.analysis.count import Counts, GroupCounts
    from commonground.analysis.patterns import Consistent

EXAMPLE = "Example: commonground count choices.csv --by group --add 0.5"
NEEDS_ARGUMENTS = True

AddOption = Annotated[float, typer.Option("--add", min=0, help="Added to every count before ratios are taken.")]
AddToOption = Annotated[
    str, typer.Option("--add-to", metavar="all|GROUP", help="Whose counts the constant is added to.")
]


def run(
    data: DataArgument,
    *,
    by: ByOption = None,
    add: AddOption = 0.0,
    add_to: AddToOption = "all",
    respondents: RespondentsOption = None,
    only: OnlyOption = None,
    drop_invalid: DropInvalidOption = False,
    as_json: JsonOption = False,
) -> None:
    """Count how often each item was best and worst, by group, with ratio scores and ranks."""
    from commonground.analysis.count import Added, count
    from commonground.analysis.patterns import consistent, rank_changes

    reading = read_data(data, respondents=respondents, only=only, drop_invalid=drop_invalid, narrow=True)
    counts = count(reading.data, by=by, added=Added(add, add_to))
    for message in counts.messages:
        say(message)
    lists = consistent(counts)
    emit(
        {
            **fields(counts),
            "rank_changes": rank_changes(counts),
            "consistent": lists,
            "dropped": reading.dropped,
        },
        as_json=as_json,
        provenance=reading.provenance(by=by, add=add, add_to=add_to),
        words=lambda console: _print(console, counts, lists),
    )


def _print(console: "Console", counts: "Counts", lists: "Consistent") -> None:
    for group in counts.groups:
        console.print(_table(group, str(counts.added)))
    if len(counts.groups) > 1:
        console.print(f"More important in every group: {', '.join(lists.more) or 'none'}.")
        console.print(f"Less important in every group: {', '.join(lists.less) or 'none'}.")
        console.print(f"(That is, {lists.rule}.)", style="dim")


def _table(group: "GroupCounts", added: str) -> "Table":
    people = "" if group.respondents is None else f", {group.respondents} respondents"
    tasks = "" if group.tasks is None else f", {group.tasks} tasks"
    table = narrow_table(f"{group.group}{people}{tasks}", f"Ratios with {added}. ⇄: another rank by ratio.")
    table.add_column("item", overflow="fold")
    for heading in ("shown", "best", "worst", "B−W", "mean", "√(B/W)", "ln", "0–1", "rank", "by ratio"):
        table.add_column(heading, justify="right", no_wrap=heading != "by ratio")
    for item in sorted(group.items, key=lambda item: item.rank):
        changed = item.rank_by_ratio not in (None, item.rank)
        table.add_row(
            item.item,
            counted(item.shown),
            counted(item.best),
            counted(item.worst),
            counted(item.best_minus_worst),
            number(item.mean, 2),
            number(item.sqrt_ratio, 2),
            number(item.log_ratio, 2),
            number(item.rescaled, 2),
            str(item.rank),
            f"{'⇄ ' if changed else ''}{counted(item.rank_by_ratio)}",
        )
    return table
