"""`commonground design`: a balanced design for so many items, or the nearest there is; or one made elsewhere."""

from collections.abc import Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from commonground import __version__
from commonground.cli.output import JsonOption, emit, say
from commonground.cli.progress import progress
from commonground.cli.writing import CSV, ending_in
from commonground.records.provenance import Provenance

if TYPE_CHECKING:
    from rich.console import Console

    from commonground.design.audit import DesignAudit
    from commonground.design.balanced import BalancedParameters
    from commonground.design.prohibited import Pair
    from commonground.records.design import Design

EXAMPLE = "Example: commonground design --items 11 --per-task 5 --repeat --out design.csv"
NEEDS_ARGUMENTS = True

ItemsOption = Annotated[int | None, typer.Option("--items", metavar="N", min=2, help="How many items there are.")]
PerTaskOption = Annotated[int | None, typer.Option("--per-task", metavar="K", help="Items shown in each task.")]
TasksOption = Annotated[
    int | None,
    typer.Option("--tasks", metavar="B", help="Tasks each person answers; without it the smallest that serves well."),
]
VersionsOption = Annotated[int, typer.Option("--versions", metavar="V", help="Versions to spread people over.")]
RepeatOption = Annotated[bool, typer.Option("--repeat", help="Show one task a second time, to see who is consistent.")]
ProhibitOption = Annotated[
    list[str] | None,
    typer.Option(
        "--prohibit",
        metavar="A,B",
        help="Never show these two items together, by number from 1 (of an audited design also by id); repeatable.",
    ),
]
AuditOption = Annotated[
    Path | None,
    typer.Option("--audit", metavar="FILE", help="Say what a design made elsewhere achieves (a design table, CSV)."),
]
OutOption = Annotated[
    Path | None,
    typer.Option("--out", metavar="FILE", callback=ending_in(CSV), help="Also write the design table (CSV)."),
]
SeedOption = Annotated[int, typer.Option("--seed", min=0, help="Where chance is involved; same seed, same design.")]
ListOption = Annotated[
    bool,
    typer.Option("--list", help="List the balanced designs there are for N items (with --per-task, of that size)."),
]


def run(
    *,
    items: ItemsOption = None,
    per_task: PerTaskOption = None,
    tasks: TasksOption = None,
    versions: VersionsOption = 1,
    repeat: RepeatOption = False,
    prohibit: ProhibitOption = None,
    out: OutOption = None,
    seed: SeedOption = 1,
    list_all: ListOption = False,
    audited: AuditOption = None,
    as_json: JsonOption = False,
) -> None:
    """Build a design: which items stand together in which task, and in which order."""
    if audited:
        if items or per_task or tasks or versions > 1 or repeat or list_all:
            raise typer.BadParameter("the file says how many items and tasks there are.", param_hint="--audit")
        _audit(audited, prohibit or [], out, as_json=as_json)
        return
    if items is None:
        raise typer.BadParameter("say how many items there are, or name a design to --audit.", param_hint="--items")
    if list_all:
        _list(items, per_task, as_json=as_json)
        return
    if per_task is None:
        raise typer.BadParameter("say how many items a task shows, or ask for the --list.", param_hint="--per-task")
    from commonground.design.audit import audit
    from commonground.design.build import build_design

    prohibited = tuple(_pair(text, [str(number + 1) for number in range(items)]) for text in prohibit or ())
    with progress("Building versions") as advance:
        design = build_design(
            items,
            per_task,
            tasks=tasks,
            versions=versions,
            repeat=repeat,
            seed=seed,
            prohibited=prohibited,
            progress=advance,
        )
    report = audit(design, prohibited)
    settings = {
        "items": items,
        "per_task": per_task,
        "tasks": tasks,
        "versions": versions,
        "repeat": repeat,
        "prohibited": _from_1(prohibited),
    }
    if out:
        _write(design, out)
    emit(
        _fields(design, report) | {"prohibited": _from_1(prohibited)},
        as_json=as_json,
        provenance=Provenance(package_version=__version__, seed=seed, settings=settings),
        words=lambda console: _print(console, design, report),
    )


def _audit(path: Path, prohibit: list[str], out: Path | None, *, as_json: bool) -> None:
    """Say what a design in a file achieves."""
    from commonground.design.audit import audit
    from commonground.files.designs import read_design

    found = read_design(path)
    for message in found.messages:
        say(message)
    prohibited = tuple(_pair(text, found.items) for text in prohibit)
    report = audit(found.design, prohibited)
    if out:
        _write(found.design, out, found.items)
    emit(
        _fields(found.design, report) | {"prohibited": _from_1(prohibited), "item_ids": found.items},
        as_json=as_json,
        provenance=Provenance(
            package_version=__version__, data_hash=found.hash, settings={"prohibited": _from_1(prohibited)}
        ),
        words=lambda console: _print(console, found.design, report, found.items),
    )


def _pair(text: str, items: Sequence[str]) -> "Pair":
    """Two items out of `A,B`; ids may hold commas themselves."""
    places = [place for place, letter in enumerate(text) if letter == ","]
    halves = [(text[:place].strip(), text[place + 1 :].strip()) for place in places]
    for one, other in halves:
        if one in items and other in items:
            return items.index(one), items.index(other)
    if len(halves) == 1 and all(half.isdecimal() and 1 <= int(half) <= len(items) for half in halves[0]):
        return int(halves[0][0]) - 1, int(halves[0][1]) - 1
    known = f"1 to {len(items)}" if items[0] == "1" else f"{items[0]}, {items[1]}, …, or numbers 1 to {len(items)}"
    raise typer.BadParameter(
        f"'{text}' does not name two items with a comma between them ({known}).", param_hint="--prohibit"
    )


def _from_1(pairs: "Collection[Pair]") -> list[list[int]]:
    return [[one + 1, other + 1] for one, other in pairs]


def _write(design: "Design", path: Path, items: Sequence[str] | None = None) -> None:
    from commonground.files.designs import write_design

    write_design(design, path, items)
    say(f"Design table written to {path}.")


def _fields(design: "Design", report: "DesignAudit") -> dict[str, object]:
    """The contract's names; items and tasks numbered from 1."""
    return {
        "items": design.items,
        "per_task": design.per_task,
        "tasks": design.tasks,
        "versions": len(design.versions),
        "balanced": report.balanced,
        "appearances": report.appearances,
        "co_appearances": report.co_appearances,
        "positions": report.positions,
        "appearances_each": report.appearances_each,
        "co_appearances_each": report.co_appearances_each,
        "connected": report.connected,
        "connected_each": report.connected_each,
        "efficiency": report.efficiency,
        "prohibited_together": _from_1(report.prohibited_together),
        "status": report.status,
        "reason": report.reason,
        "words": [*report.words, *design.notes],
        "source": design.source,
        "blocks": [[[item + 1 for item in task] for task in version] for version in design.versions],
        "repeats": [None if task is None else task + 1 for task in design.repeats],
    }


def _print(console: "Console", design: "Design", report: "DesignAudit", items: Sequence[str] | None = None) -> None:
    """Sentences, then the first versions as matrices of tasks (rows) and positions (columns)."""
    for sentence in (" ".join(report.words), *design.notes, *_repeat_sentences(design)):
        console.print(sentence, soft_wrap=True, highlight=False)
    console.print(f"Efficiency {report.efficiency:.3f} of a perfectly balanced design.", highlight=False)
    console.print(f"Source: {design.source}.", soft_wrap=True, highlight=False)
    names = items or [str(number + 1) for number in range(design.items)]
    for number, version in enumerate(design.versions[:_PRINTED_VERSIONS], start=1):
        console.print()
        if len(design.versions) > 1:
            console.print(f"Version {number}")
        _print_matrix(console, design.per_task, version, names)
    if len(design.versions) > _PRINTED_VERSIONS:
        console.print(f"All {len(design.versions)} versions are written with --out.", highlight=False)


_PRINTED_VERSIONS = 3


def _repeat_sentences(design: "Design") -> list[str]:
    shown_twice = [task + 1 for task in design.repeats if task is not None]
    if not shown_twice:
        return []
    named = ", ".join(map(str, shown_twice))
    return [f"Shown a second time and never scored: task {named}{' (by version)' if len(shown_twice) > 1 else ''}."]


def _print_matrix(
    console: "Console", per_task: int, version: tuple[tuple[int, ...], ...], items: Sequence[str]
) -> None:
    from commonground.cli.columns import narrow_table

    table = narrow_table("", f"Items by {'number' if items[0] == '1' else 'id'}, in the order shown.")
    table.add_column("task", justify="right")
    for position in range(per_task):
        table.add_column(str(position + 1), justify="right")
    for number, task in enumerate(version, start=1):
        table.add_row(str(number), *(items[item] for item in task))
    console.print(table)


def _list(items: int, per_task: int | None, *, as_json: bool) -> None:
    from commonground.design.balanced import balanced_designs

    designs = tuple(found for found in balanced_designs(items) if per_task in {None, found.per_task})
    emit(
        {"items": items, "designs": designs},
        as_json=as_json,
        provenance=Provenance(
            package_version=__version__, settings={"items": items, "per_task": per_task, "list": True}
        ),
        words=lambda console: _print_list(console, items, designs),
    )


def _print_list(console: "Console", items: int, designs: "tuple[BalancedParameters, ...]") -> None:
    """Every design that is not just a smaller one several times over."""
    from commonground.cli.columns import narrow_table

    if not designs:
        console.print(f"We have no such balanced design for {items} items (2 to 10 per task, up to 100 tasks).")
        console.print("Ask for one with --per-task all the same: the nearest is built, and says what it lacks.")
        return
    table = narrow_table(f"Balanced designs for {items} items", "Any of them several times over is balanced as well.")
    for heading in ("per task", "tasks", "each item", "each pair"):
        table.add_column(heading, justify="right")
    table.add_column("source")
    for design in _smallest(designs):
        numbers = (design.per_task, design.tasks, design.appearances, design.co_appearances)
        table.add_row(*map(str, numbers), design.source)
    console.print(table)


def _smallest(designs: "tuple[BalancedParameters, ...]") -> "list[BalancedParameters]":
    kept: list[BalancedParameters] = []
    for design in designs:
        if not any(design.per_task == other.per_task and design.tasks % other.tasks == 0 for other in kept):
            kept.append(design)
    return kept
