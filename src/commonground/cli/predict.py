"""`commonground predict`: how well models foresee answers they have not seen, beside one another and beside chance."""

from typing import TYPE_CHECKING, Annotated

import typer

from commonground.cli.columns import narrow_table, number
from commonground.cli.fit_classes import ChoiceRule, ChoiceRuleOption
from commonground.cli.fit_hb import HoldoutOption, on_one_thread
from commonground.cli.options import SeedOption
from commonground.cli.output import JsonOption, emit, fields, say
from commonground.cli.progress import progress
from commonground.cli.reading import DataArgument, DropInvalidOption, OnlyOption, RespondentsOption, read_data

if TYPE_CHECKING:
    from rich.console import Console

    from commonground.analysis.prediction.compare import Foresight, Foresights
    from commonground.analysis.scoring.scores import Score

EXAMPLE = "Example: commonground predict choices.csv --models counts,aggregate,hb --leave-out 2 --repeats 5"
NEEDS_ARGUMENTS = True

ModelsOption = Annotated[
    str,
    typer.Option(
        "--models",
        metavar="NAMES",
        help="Among counts (each person's own), aggregate, latent-class, eb (empirical Bayes), hb; commas between.",
    ),
]
LeaveOutOption = Annotated[
    int, typer.Option("--leave-out", metavar="N", min=1, help="Tasks of each respondent to foresee in each round.")
]
RepeatsOption = Annotated[int, typer.Option("--repeats", metavar="R", min=1, help="Rounds, each with other tasks.")]


def run(
    context: typer.Context,
    data: DataArgument,
    *,
    models: ModelsOption = "counts,aggregate,latent-class,eb,hb",
    holdout: HoldoutOption = None,
    leave_out: LeaveOutOption = 2,
    repeats: RepeatsOption = 5,
    choice_rule: ChoiceRuleOption = ChoiceRule.SEQUENTIAL,
    seed: SeedOption = 1,
    respondents: RespondentsOption = None,
    only: OnlyOption = None,
    drop_invalid: DropInvalidOption = False,
    as_json: JsonOption = False,
) -> None:
    """Let models foresee tasks they have not seen: log scores and hits, with errors over respondents, beside chance."""
    if holdout:
        _refuse_rounds(context)
    on_one_thread()
    from commonground.analysis.prediction.compare import compare_foresight
    from commonground.analysis.prediction.predictors import Setting
    from commonground.files.holdout import read_holdout

    reading = read_data(data, respondents=respondents, only=only, drop_invalid=drop_invalid)
    hidden = read_holdout(holdout, reading.choices()) if holdout else None
    with progress("Foreseeing answers") as advance:
        found = compare_foresight(
            reading.choices(),
            models=[name.strip() for name in models.split(",") if name.strip()],
            left_out=hidden.rows if hidden else None,
            leave_out=leave_out,
            repeats=repeats,
            setting=Setting(rule=choice_rule.value, seed=seed),
            progress=advance,
        )
    for message in (*(hidden.messages if hidden else ()), *found.messages):
        say(message)
    emit(
        {**fields(found), "dropped": reading.dropped},
        as_json=as_json,
        provenance=reading.provenance(
            seed=seed,
            models=models,
            choice_rule=choice_rule.value,
            leave_out=None if hidden else leave_out,
            repeats=None if hidden else repeats,
            holdout_hash=hidden.hash if hidden else None,
        ),
        words=lambda console: _print(console, found),
    )


def _refuse_rounds(context: typer.Context) -> None:
    """A holdout table says itself which tasks are left out."""
    for parameter in context.command.params:
        source = context.get_parameter_source(parameter.name or "")
        if parameter.name in {"leave_out", "repeats"} and source is not None and source.name == "COMMANDLINE":
            raise typer.BadParameter("the holdout table says which tasks are left out.", param_hint=parameter.opts[0])


def _print(console: "Console", found: "Foresights") -> None:
    rounds = "once" if found.rounds == 1 else f"in {found.rounds} rounds"
    table = narrow_table(
        f"{found.tasks} answers of {found.respondents} people left out {rounds}, and foreseen",
        f"Log score: mean ln of the chance given to what was picked; 0 would be perfect. behind: its distance from "
        f"{found.best_model}. best, worst, both: share foreseen, ties by halves. ± standard errors over respondents.",
    )
    table.add_column("model")
    for heading in ("log score", "behind", "best", "worst", "both"):
        table.add_column(heading, justify="right", no_wrap=True)
    table.add_row("chance", *_cells(found.chance, None))
    for one in found.models:
        table.add_row(one.model, *_cells(one.score, one))
    console.print(table)


def _cells(score: "Score", one: "Foresight | None") -> tuple[str, ...]:
    log_score, *hits = (
        _with_error(getattr(score, name), getattr(one.standard_error, name) if one else None, percent=name in _HITS)
        for name in ("log_score", *_HITS)
    )
    behind = "" if one is None else _with_error(one.behind_best, one.behind_best_error)
    return (log_score, behind, *hits)


_HITS = ("best", "worst", "both")


def _with_error(value: float | None, error: float | None, *, percent: bool = False) -> str:
    digits, factor = (0, 100) if percent else (3, 1)
    text = number(None if value is None else factor * value, digits) + (" %" if percent else "")
    return text if error is None else f"{text} ±{number(factor * error, digits)}"
