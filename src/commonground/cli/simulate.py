"""`commonground simulate`: people with known preferences answer a study, or any design."""

import csv
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from commonground import __version__
from commonground.cli.options import SeedOption
from commonground.cli.output import JsonOption, emit, say
from commonground.cli.writing import CHOICES, CSV, ending_in
from commonground.records.errors import RequestError
from commonground.records.provenance import Provenance

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rich.console import Console

    from commonground.records.choices import ChoiceData, FloatArray
    from commonground.records.design import Design
    from commonground.records.respondents import RespondentTable
    from commonground.records.study import Study
    from commonground.simulation.fielding import Flow
    from commonground.simulation.population import Population

EXAMPLE = "Example: commonground simulate --items 11 --per-task 5 --respondents 100 --out choices.csv"
NEEDS_ARGUMENTS = True

StudyArgument = Annotated[Path | None, typer.Argument(metavar="STUDY", help="A study document (study.yaml).")]
OutOption = Annotated[
    Path,
    typer.Option(
        "--out", metavar="FILE", callback=ending_in(CHOICES), help="The choice table: .csv, .csv.gz or .parquet."
    ),
]
PeopleOption = Annotated[
    int | None, typer.Option("--respondents", metavar="M", min=1, help="How many people answer every task.")
]
GroupsOption = Annotated[
    str | None, typer.Option("--groups", metavar="A:60,B:40", help="Groups and their sizes; or names alone: A,B.")
]
ItemsOption = Annotated[int | None, typer.Option("--items", metavar="N", min=2, help="Without STUDY: how many items.")]
PerTaskOption = Annotated[int, typer.Option("--per-task", metavar="K", min=2, help="Without STUDY: items in a task.")]
TasksOption = Annotated[int | None, typer.Option("--tasks", metavar="B", min=1, help="Without STUDY: tasks each.")]
VersionsOption = Annotated[int, typer.Option("--versions", metavar="V", min=1, help="Without STUDY: versions.")]
RepeatOption = Annotated[bool, typer.Option("--repeat", help="Without STUDY: ask one task twice.")]
SdOption = Annotated[
    float | None,
    typer.Option("--sd", min=0, help="How much people differ: standard deviation of a utility, in logits."),
]
CarelessOption = Annotated[
    float, typer.Option("--careless", metavar="P", min=0, max=1, help="Share of people who pick at random and hurry.")
]
DropOutsOption = Annotated[
    bool,
    typer.Option(
        "--drop-outs", help="With STUDY: add people who cannot take part or stop, in the published study's proportions."
    ),
]
PeopleOutOption = Annotated[
    Path | None,
    typer.Option(
        "--respondents-out", metavar="FILE", callback=ending_in(CSV), help="Also write the respondents table."
    ),
]
UtilitiesOutOption = Annotated[
    Path | None,
    typer.Option(
        "--utilities-out", metavar="FILE", callback=ending_in(CSV), help="Also write what each person truly prefers."
    ),
]

DEFAULT_PEOPLE = 100


@dataclass(frozen=True, slots=True)
class _Answers:
    """What simulated people left behind."""

    choices: "ChoiceData"
    respondents: "RespondentTable"
    population: "Population"
    utilities: "Mapping[str, FloatArray]"
    study_hash: str = ""
    settings: dict[str, object] = field(default_factory=dict)


def run(
    study: StudyArgument = None,
    *,
    out: OutOption,
    respondents: PeopleOption = None,
    groups: GroupsOption = None,
    items: ItemsOption = None,
    per_task: PerTaskOption = 5,
    tasks: TasksOption = None,
    versions: VersionsOption = 1,
    repeat: RepeatOption = False,
    sd: SdOption = None,
    careless: CarelessOption = 0.0,
    drop_outs: DropOutsOption = False,
    respondents_out: PeopleOutOption = None,
    utilities_out: UtilitiesOutOption = None,
    seed: SeedOption = 1,
    as_json: JsonOption = False,
) -> None:
    """Let simulated people with known preferences answer a study document, or a design of so many items."""
    if (study is None) == (items is None):
        raise typer.BadParameter("give either a study document or --items.", param_hint="STUDY")
    named = _named(groups) if groups else {}
    if study is not None:
        answers = _answer_study(study, respondents, named, sd, careless, drop_outs=drop_outs, seed=seed)
    else:
        from commonground.design.build import build_design

        design = build_design(items or 0, per_task, tasks=tasks, versions=versions, repeat=repeat, seed=seed)
        answers = _answer_design(design, _sizes(respondents, named), sd, careless, repeat=repeat, seed=seed)
    _write(answers, out, respondents_out, utilities_out)
    emit(
        _result(answers),
        as_json=as_json,
        provenance=Provenance(__version__, answers.study_hash, seed=seed, settings=answers.settings),
        words=lambda console: _print(console, answers, out),
    )


def _answer_study(
    path: Path,
    respondents: int | None,
    named: dict[str, int | None],
    sd: float | None,
    careless: float,
    *,
    drop_outs: bool,
    seed: int,
) -> _Answers:
    from commonground.cli.progress import progress
    from commonground.design.planned import planned_design
    from commonground.files.study import read_study
    from commonground.published.participants import answer_shares
    from commonground.simulation.fielding import simulate_study

    document = read_study(path)
    plan = document.study.design
    items = tuple(item.id for item in document.study.items)
    design = planned_design(plan, items, repeat=bool(plan.repeat.count))
    population, words = _population(document.study, sd, seed)
    say(words)
    flow = _flow(document.study, respondents, named, drop_outs=drop_outs)
    with progress("Simulating people") as advance:
        done = simulate_study(
            document.study,
            design,
            population,
            flow,
            seed=seed,
            shares=answer_shares(document.study),
            careless=careless,
            progress=advance,
        )
    settings: dict[str, object] = {"careless": careless, "drop_outs": drop_outs, "complete": dict(flow.complete)}
    return _Answers(done.choices, done.respondents, population, done.utilities, document.hash, settings)


def _population(study: "Study", sd: float | None, seed: int) -> "tuple[Population, str]":
    """The fitted population where the study asks the published items of the published groups, else a drawn one."""
    import numpy as np

    from commonground.published.preferences import PUBLISHED_LIKE
    from commonground.simulation.crowd import DEFAULT_SD
    from commonground.simulation.population import Population, drawn_population

    items, groups = tuple(item.id for item in study.items), {group.id for group in study.groups}
    if items == PUBLISHED_LIKE.items and groups <= set(PUBLISHED_LIKE.means):
        spread = PUBLISHED_LIKE.sd if sd is None else sd
        return Population(items, PUBLISHED_LIKE.means, spread), "Preferences fitted to the published study's counts."
    drawn = drawn_population(
        items,
        [group.id for group in study.groups],
        sd=DEFAULT_SD if sd is None else sd,
        rng=np.random.default_rng([seed, 1]),
    )
    return drawn, "Preferences drawn at random (the study's items are not the published ones)."


def _flow(study: "Study", respondents: int | None, named: dict[str, int | None], *, drop_outs: bool) -> "Flow":
    from commonground.published.participants import FLOW
    from commonground.simulation.fielding import Flow, shared_out

    known = {group.id: float(group.planned or 1) for group in study.groups}
    unknown = [group for group in named if group not in known]
    if unknown:
        raise RequestError(f"the study has no group '{unknown[0]}'; it has {', '.join(known)}.")
    planned = sum(group.planned or 0 for group in study.groups)
    complete = _sizes(respondents, named) if named else shared_out(respondents or planned or DEFAULT_PEOPLE, known)
    if not drop_outs:
        return Flow(complete)
    share = sum(complete.values()) / sum(FLOW.complete.values())
    stopped = shared_out(round(share * sum(FLOW.stopped.values())), {group: float(n) for group, n in complete.items()})
    ineligible, undecided, waiting = (round(share * n) for n in (FLOW.ineligible, FLOW.undecided, FLOW.waiting))
    return Flow(complete, stopped, ineligible, undecided, waiting)


def _answer_design(
    design: "Design", sizes: dict[str, int], sd: float | None, careless: float, *, repeat: bool, seed: int
) -> _Answers:
    from commonground.cli.progress import progress
    from commonground.records.respondents import RespondentTable
    from commonground.simulation.crowd import DEFAULT_SD, simulate_crowd

    with progress("Simulating people") as advance:
        crowd = simulate_crowd(
            design,
            sizes,
            sd=DEFAULT_SD if sd is None else sd,
            careless=careless,
            repeat=repeat,
            seed=seed,
            progress=advance,
        )
    choices, population = crowd.choices, crowd.population
    return _Answers(
        choices,
        RespondentTable(choices.respondents, choices.covariates),
        population,
        dict(zip(choices.respondents, crowd.utilities, strict=True)),
        settings={"careless": careless, "sd": population.sd, "respondents": sizes},
    )


def _named(groups: str) -> dict[str, int | None]:
    """Group names, each with its size where it is given.

    Examples
    --------
    >>> _named("A:60,B:40"), _named("A,B")
    ({'A': 60, 'B': 40}, {'A': None, 'B': None})
    """
    named: dict[str, int | None] = {}
    for part in groups.split(","):
        name, colon, size = part.strip().rpartition(":")
        if not colon:
            name, size = size, ""
        if not name or (colon and not (size.isdecimal() and int(size) > 0)) or name in named:
            raise typer.BadParameter(f"'{part}' is not a group with its size, like A:60.", param_hint="--groups")
        named[name] = int(size) if colon else None
    return named


def _sizes(respondents: int | None, named: dict[str, int | None]) -> dict[str, int]:
    """People by group; 'all' where no groups are named."""
    from commonground.simulation.fielding import shared_out

    given = {group: size for group, size in named.items() if size is not None}
    if given and (len(given) < len(named) or respondents not in (None, sum(given.values()))):
        raise typer.BadParameter(
            "give a size for every group and leave --respondents out, or give names alone.", param_hint="--groups"
        )
    return given or shared_out(respondents or DEFAULT_PEOPLE, dict.fromkeys(named or ("all",), 1.0))


def _write(answers: _Answers, out: Path, respondents_out: Path | None, utilities_out: Path | None) -> None:
    from commonground.files.choices import write_choices
    from commonground.files.respondents import write_respondents

    write_choices(answers.choices, out)
    if respondents_out:
        write_respondents(answers.respondents, respondents_out)
    if utilities_out:
        with utilities_out.open("w", newline="", encoding="utf-8") as file:
            table = csv.writer(file)
            table.writerow(["respondent", *answers.population.items])
            table.writerows([person, *(f"{u:.6f}" for u in row)] for person, row in answers.utilities.items())


def _result(answers: _Answers) -> dict[str, object]:
    from collections import Counter

    choices, population = answers.choices, answers.population
    status = answers.respondents.columns.get("status")
    return {
        "items": choices.items,
        "respondents": len(choices.respondents),
        "tasks": int(choices.scored.size),
        "repeats": int(choices.repeats.size),
        "statuses": Counter(status) if status else None,
        "sd": population.sd,
        "means": {group: dict(zip(population.items, means, strict=True)) for group, means in population.means.items()},
    }


def _print(console: "Console", answers: _Answers, out: Path) -> None:
    choices = answers.choices
    console.print(
        f"{len(choices.respondents)} simulated people answered {choices.scored.size} tasks"
        f"{f' and {choices.repeats.size} repeats' if choices.repeats.size else ''}: {out}"
    )
