"""`commonground sample-size`: how many people a precision or a difference between groups takes, by simulation."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from commonground import __version__
from commonground.cli.columns import narrow_table, number
from commonground.cli.options import SeedOption
from commonground.cli.output import JsonOption, emit, fields, say
from commonground.cli.progress import progress
from commonground.cli.writing import ending_in
from commonground.records.provenance import Provenance

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

    from commonground.analysis.planning.records import SampleSize, SizeRow
    from commonground.records.design import Design

EXAMPLE = "Example: commonground sample-size --items 11 --per-task 5 --difference 1 --groups 2"
NEEDS_ARGUMENTS = True


class Scale(StrEnum):
    """What `--scale` takes."""

    SCORE = "score"
    UTILITY = "utility"


class ModelName(StrEnum):
    """What `--model` takes."""

    SEQUENTIAL = "sequential"
    MAXDIFF = "maxdiff"


PlanArgument = Annotated[
    Path | None, typer.Argument(metavar="STUDY|DESIGN.csv", help="A study document, or a design table.")
]
ItemsOption = Annotated[int | None, typer.Option("--items", metavar="N", min=2, help="Without a file: how many items.")]
PerTaskOption = Annotated[int, typer.Option("--per-task", metavar="K", min=2, help="Without a file: items in a task.")]
TasksOption = Annotated[int | None, typer.Option("--tasks", metavar="B", min=1, help="Without a file: tasks each.")]
VersionsOption = Annotated[int, typer.Option("--versions", metavar="V", min=1, help="Without a file: versions.")]
PrecisionOption = Annotated[
    float | None,
    typer.Option("--precision", metavar="W", help="Half-width wanted of 95 % intervals; 0.5 if nothing else is asked."),
]
DifferenceOption = Annotated[
    float | None, typer.Option("--difference", metavar="D", help="Between two groups on one item, to be told apart.")
]
PowerOption = Annotated[
    float | None, typer.Option("--power", help="In what share of studies it shall be told apart; 0.8 if not said.")
]
GroupsOption = Annotated[
    int | None,
    typer.Option("--groups", metavar="G", min=1, help="Groups; all their pairs are compared. Of STUDY, or 2, or 1."),
]
ScaleOption = Annotated[
    Scale, typer.Option("--scale", help="Of precision and difference: mean score per person, or utility (logits).")
]
ModelOption = Annotated[ModelName, typer.Option("--model", help="Fitted for the errors of utilities.")]
SpreadOption = Annotated[
    float | None,
    typer.Option(
        "--spread", metavar="SD", min=0, help="How far item means lie apart, logits; else as in the published study."
    ),
]
PersonOption = Annotated[
    float | None,
    typer.Option(
        "--person-sd", metavar="SD", min=0, help="How much people differ, logits; else as in the published study."
    ),
]
SizesOption = Annotated[
    str | None,
    typer.Option("--sizes", metavar="N,N,…", help="People in a group to look at; else around the answer."),
]
SimulationsOption = Annotated[int, typer.Option("--simulations", metavar="S", help="Simulated studies of each size.")]
FigureOption = Annotated[
    Path | None,
    typer.Option(
        "--figure", metavar="FILE", callback=ending_in((".svg",)), help="Draw the curve (SVG), its table beside (CSV)."
    ),
]

DEFAULT_POWER = 0.8
DEFAULT_PRECISION = 0.5
"""In mean scores per person, where nothing is asked: the margin `compare` calls alike."""


@dataclass(frozen=True, slots=True)
class _Plan:
    """What will be asked, of how many groups."""

    design: "Design"
    items: tuple[str, ...] | None
    groups: int
    hash: str = ""


def run(
    plan: PlanArgument = None,
    *,
    items: ItemsOption = None,
    per_task: PerTaskOption = 5,
    tasks: TasksOption = None,
    versions: VersionsOption = 1,
    precision: PrecisionOption = None,
    difference: DifferenceOption = None,
    power: PowerOption = None,
    groups: GroupsOption = None,
    scale: ScaleOption = Scale.SCORE,
    model: ModelOption = ModelName.SEQUENTIAL,
    spread: SpreadOption = None,
    person_sd: PersonOption = None,
    sizes: SizesOption = None,
    simulations: SimulationsOption = 200,
    seed: SeedOption = 1,
    figure: FigureOption = None,
    as_json: JsonOption = False,
) -> None:
    """Find how many people to ask, for intervals as narrow, or a difference between groups as small, as you say."""
    if (plan is None) == (items is None):
        raise typer.BadParameter("give either a study document or design table, or --items.", param_hint="STUDY")
    if power is not None and difference is None:
        words = "it says how often a difference between groups is to be told apart: say which, such as --difference 1."
        raise typer.BadParameter(words, param_hint="--power")
    looked_at = _numbers(sizes)
    from commonground.analysis.planning.question import Question
    from commonground.analysis.planning.sample_size import sample_size
    from commonground.analysis.planning.scenario import Scenario

    asked = _read(plan) if plan is not None else _built(items or 0, per_task, tasks, versions, seed)
    if precision is None and difference is None:
        precision = DEFAULT_PRECISION
        say(f"Nothing was asked, so this is for intervals of ±{DEFAULT_PRECISION}; see --precision and --difference.")
    question = Question(
        precision=precision,
        difference=difference,
        power=DEFAULT_POWER if power is None else power,
        groups=groups or max(asked.groups, 1 if difference is None else 2),
        scale=scale.value,
        model=model.value,
    )
    usual_spread, usual_sd = _published()
    scenario = Scenario(
        asked.design, usual_spread if spread is None else spread, usual_sd if person_sd is None else person_sd
    )
    if spread is None or person_sd is None:
        say("Where --spread or --person-sd is not given: as fitted to the published study (11 items, 127 people).")
    with progress("Simulating studies") as advance:
        found = sample_size(
            scenario,
            question,
            sizes=looked_at,
            simulations=simulations,
            seed=seed,
            names=asked.items,
            progress=advance,
        )
    for message in found.messages:
        say(message)
    if figure:
        _draw(found, figure)
    emit(
        fields(found),
        as_json=as_json,
        provenance=Provenance(
            __version__,
            asked.hash,
            seed=seed,
            settings={"sizes": looked_at or None, "simulations": simulations, "spread": spread, "person_sd": person_sd},
        ),
        words=lambda console: _print(console, found),
    )


def _numbers(sizes: str | None) -> list[int]:
    """Sizes as they are typed.

    Examples
    --------
    >>> _numbers("30, 60,120")
    [30, 60, 120]
    """
    parts = [part.strip() for part in (sizes or "").split(",") if part.strip()]
    if sizes is not None and (not parts or not all(part.isdecimal() for part in parts)):
        raise typer.BadParameter(f"'{sizes}' are not whole numbers with commas between, like 30,60,120.")
    return [int(part) for part in parts]


def _read(path: Path) -> _Plan:
    """A design table by its ending, else a study document."""
    if path.name.endswith((".csv", ".csv.gz")):
        from commonground.files.designs import read_design

        table = read_design(path)
        for message in table.messages:
            say(message)
        return _Plan(table.design, table.items, 1, table.hash)
    from commonground.design.planned import planned_design
    from commonground.files.study import read_study

    document = read_study(path)
    study = document.study
    items = tuple(item.id for item in study.items)
    return _Plan(planned_design(study.design, items), items, max(len(study.groups), 1), document.hash)


def _built(items: int, per_task: int, tasks: int | None, versions: int, seed: int) -> _Plan:
    from commonground.design.build import build_design

    return _Plan(build_design(items, per_task, tasks=tasks, versions=versions, seed=seed), None, 1)


def _published() -> tuple[float, float]:
    """How far item means lay apart, and how much people differed, as fitted to the published study."""
    import numpy as np

    from commonground.published.preferences import PUBLISHED_LIKE

    return float(np.mean([np.std(means) for means in PUBLISHED_LIKE.means.values()])), PUBLISHED_LIKE.sd


def _draw(found: "SampleSize", path: Path) -> None:
    from commonground.publish.records_csv import csv_text
    from commonground.publish.svg import standalone
    from commonground.report.sample_size import sample_size_figure

    figure = sample_size_figure(found)
    table = path.with_suffix(".csv")
    path.write_text(standalone(figure), encoding="utf-8")
    table.write_text(csv_text(figure.rows, columns=[column.key for column in figure.columns]), encoding="utf-8")
    say(f"Curve written to {path}, its numbers to {table}.")


def _print(console: "Console", found: "SampleSize") -> None:
    for sentence in found.words:
        console.print(sentence, soft_wrap=False, highlight=False)
        console.print()
    console.print(_sizes(found))
    console.print(_errors(found))


def _sizes(found: "SampleSize") -> "Table":
    table = narrow_table(
        f"{found.simulations} simulated studies of each size",
        "± half of the 95 % interval, for half of the items and for 9 of 10 of them; power with its simulation error.",
    )
    table.add_column("people" if found.groups == 1 else "in each group", justify="right")
    if found.groups > 1:
        table.add_column("in all", justify="right")
    for heading in ("± (half)", "± (9 of 10)", *(("power", "95 %") if found.difference is not None else ())):
        table.add_column(heading, justify="right", no_wrap=True)
    for row in found.sizes:
        table.add_row(*_cells(row, found))
    return table


def _cells(row: "SizeRow", found: "SampleSize") -> tuple[str, ...]:
    sizes = (str(row.size), str(row.total)) if found.groups > 1 else (str(row.size),)
    widths = (number(row.half_width_median, 2), number(row.half_width_most, 2))
    if row.power is None or row.power_interval is None:
        return (*sizes, *widths)
    low, high = row.power_interval
    return (*sizes, *widths, _percent(row.power), f"{_percent(low)}–{_percent(high)}")


def _percent(share: float) -> str:
    return f"{number(100 * share, 0)} %"


def _errors(found: "SampleSize") -> "Table":
    people = found.recommended.size if found.recommended else found.sizes[-1].size
    table = narrow_table(
        f"Standard errors to expect with {people} people",
        "alike: if all people had the same utilities; differ: as assumed (clustered by respondent).",
    )
    table.add_column("item", overflow="fold")
    for heading in ("seen", "utility, alike", "differ", "score", "share"):
        table.add_column(heading, justify="right", no_wrap=True)
    for item in found.errors:
        table.add_row(
            item.item,
            number(item.appearances, 1),
            number(item.utility, 3),
            number(item.utility_clustered, 3),
            number(item.score, 3),
            number(item.share, 3),
        )
    return table
