"""`commonground fit`: utilities of the items under a model of how people choose; each family of models prints its own.

`fit_aggregate` fits one utility an item for everybody or each group, `fit_hb` one a person, `fit_classes` one a class.
"""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from commonground.cli.fit_aggregate import PenaltyOption, PermutationsOption, ReferenceOption
from commonground.cli.fit_classes import ChoiceRule, ChoiceRuleOption, ClassesOption, StartsOption
from commonground.cli.output import JsonOption
from commonground.cli.reading import DataArgument, DropInvalidOption, OnlyOption, RespondentsOption, read_data
from commonground.cli.writing import CSV, ending_in

EXAMPLE = "Example: commonground fit choices.csv --model sequential --by group"
NEEDS_ARGUMENTS = True


class ModelName(StrEnum):
    """What `--model` takes."""

    BEST = "best"
    WORST = "worst"
    MARGINAL = "marginal"
    SEQUENTIAL = "sequential"
    MAXDIFF = "maxdiff"
    RANK = "rank"
    HB = "hb"
    LATENT_CLASS = "latent-class"


TO_COME = {ModelName.HB: "hierarchical Bayes"}
"""Models that are planned; naming them is a call that cannot be answered yet."""

AGGREGATE = frozenset(ModelName) - {ModelName.HB, ModelName.LATENT_CLASS}

ONLY_FOR = {
    "reference": AGGREGATE,
    "penalty": AGGREGATE | {ModelName.LATENT_CLASS},
    "permutations": AGGREGATE,
    "classes": frozenset({ModelName.LATENT_CLASS}),
    "starts": frozenset({ModelName.LATENT_CLASS}),
    "choice_rule": frozenset({ModelName.LATENT_CLASS}),
    "individuals": frozenset({ModelName.LATENT_CLASS}),
}
"""Options that some models know nothing of: giving them to another is a wrong call, not a silent nothing."""

ModelOption = Annotated[
    ModelName,
    typer.Option("--model", help="How people choose; hb is not available in this version."),
]
ByOption = Annotated[
    str | None,
    typer.Option(
        "--by",
        metavar="COLUMN",
        help="Fit each value of this column apart; latent-class: how each spreads over the classes.",
    ),
]
SeedOption = Annotated[int, typer.Option("--seed", min=0, help="Of all that is left to chance, such as permutations.")]
IndividualsOption = Annotated[
    Path | None,
    typer.Option(
        "--individuals",
        metavar="FILE",
        callback=ending_in(CSV),
        help="Write a row a respondent: for latent-class the probability of each class.",
    ),
]


def run(
    context: typer.Context,
    data: DataArgument,
    *,
    model: ModelOption = ModelName.SEQUENTIAL,
    by: ByOption = None,
    reference: ReferenceOption = None,
    penalty: PenaltyOption = 0.0,
    permutations: PermutationsOption = 500,
    classes: ClassesOption = "1-5",
    starts: StartsOption = 20,
    choice_rule: ChoiceRuleOption = ChoiceRule.SEQUENTIAL,
    individuals: IndividualsOption = None,
    seed: SeedOption = 1,
    respondents: RespondentsOption = None,
    only: OnlyOption = None,
    drop_invalid: DropInvalidOption = False,
    as_json: JsonOption = False,
) -> None:
    """Fit a model of best-worst choices: utilities with plain and cluster-robust errors, shares, tests of groups."""
    if model in TO_COME:
        raise typer.BadParameter(
            f"{TO_COME[model]} ('{model}') is not available in this version; it comes next. "
            f"Available: {', '.join(name for name in ModelName if name not in TO_COME)}.",
            param_hint="--model",
        )
    _check_options(context, model)
    from commonground.cli.fit_aggregate import fit_aggregate

    reading = read_data(data, respondents=respondents, only=only, drop_invalid=drop_invalid)
    if model is ModelName.LATENT_CLASS:
        from commonground.cli.fit_classes import fit_classes

        fit_classes(
            reading,
            classes=classes,
            by=by,
            starts=starts,
            choice_rule=choice_rule.value,
            penalty=penalty,
            seed=seed,
            individuals=individuals,
            as_json=as_json,
        )
        return
    fit_aggregate(
        reading,
        model=model.value,
        by=by,
        reference=reference,
        penalty=penalty,
        permutations=permutations,
        seed=seed,
        as_json=as_json,
    )


def _check_options(context: typer.Context, model: ModelName) -> None:
    """Refuse an option, given by hand, that the model does not use."""
    for parameter in context.command.params:
        source = context.get_parameter_source(parameter.name or "")
        models = ONLY_FOR.get(parameter.name or "", frozenset(ModelName))
        if model not in models and source is not None and source.name == "COMMANDLINE":
            names = ", ".join(name for name in ModelName if name in models)
            raise typer.BadParameter(
                f"--model {model} does not use it. It is for {names}.", param_hint=parameter.opts[0]
            )
