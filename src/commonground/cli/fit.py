"""`commonground fit`: utilities of the items under a model of how people choose; each family of models prints its own.

`fit_aggregate` fits one utility an item for everybody or each group, `fit_hb` one a person, `fit_classes` one a class.
"""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from commonground.cli.fit_aggregate import (
    AnchoredOption,
    AnchorOption,
    PenaltyOption,
    PermutationsOption,
    ReferenceOption,
    ScaleWorstOption,
)
from commonground.cli.fit_classes import BootstrapOption, ChoiceRule, ChoiceRuleOption, ClassesOption, StartsOption
from commonground.cli.fit_hb import (
    CHAIN_OPTIONS,
    CHAINS,
    HB_OPTIONS,
    PRIOR_DF,
    PRIOR_MEAN_SD,
    PRIOR_SCALE,
    WARMUP,
    ArvizOption,
    ChainsOption,
    DrawsOption,
    FastOption,
    HoldoutOption,
    PriorDfOption,
    PriorMeanOption,
    PriorScaleOption,
    SensitivityOption,
    WarmupOption,
    on_one_thread,
)
from commonground.cli.options import SeedOption
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


HB = frozenset({ModelName.HB})
AGGREGATE = frozenset(ModelName) - {ModelName.HB, ModelName.LATENT_CLASS}

ONLY_FOR = {
    "reference": AGGREGATE,
    "penalty": AGGREGATE | {ModelName.LATENT_CLASS},
    "permutations": AGGREGATE,
    "scale_worst": AGGREGATE,
    "anchor": AGGREGATE,
    "anchored": AGGREGATE,
    "classes": frozenset({ModelName.LATENT_CLASS}),
    "starts": frozenset({ModelName.LATENT_CLASS}),
    "bootstrap": frozenset({ModelName.LATENT_CLASS}),
    "choice_rule": HB | {ModelName.LATENT_CLASS},
    "individuals": HB | {ModelName.LATENT_CLASS},
    **dict.fromkeys(HB_OPTIONS, HB),
}
"""Options that some models know nothing of: giving them to another is a wrong call, not a silent nothing."""

ModelOption = Annotated[
    ModelName,
    typer.Option("--model", help="How people choose; hb: everybody by utilities of their own (hierarchical Bayes)."),
]
ByOption = Annotated[
    str | None,
    typer.Option(
        "--by",
        metavar="COLUMN",
        help="Fit each value of this column apart; hb: own means; latent-class: how each spreads over classes.",
    ),
]
IndividualsOption = Annotated[
    Path | None,
    typer.Option(
        "--individuals",
        metavar="FILE",
        callback=ending_in(CSV),
        help="Write a row a respondent: for hb utilities, their SDs and fit; for latent-class class probabilities.",
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
    scale_worst: ScaleWorstOption = False,
    anchor: AnchorOption = None,
    anchored: AnchoredOption = False,
    classes: ClassesOption = "1-5",
    starts: StartsOption = 20,
    bootstrap: BootstrapOption = 0,
    choice_rule: ChoiceRuleOption = ChoiceRule.SEQUENTIAL,
    individuals: IndividualsOption = None,
    draws: DrawsOption = None,
    warmup: WarmupOption = WARMUP,
    chains: ChainsOption = CHAINS,
    fast: FastOption = False,
    prior_scale: PriorScaleOption = PRIOR_SCALE,
    prior_df: PriorDfOption = PRIOR_DF,
    prior_mean_sd: PriorMeanOption = PRIOR_MEAN_SD,
    sensitivity: SensitivityOption = True,
    holdout: HoldoutOption = None,
    arviz: ArvizOption = None,
    seed: SeedOption = 1,
    respondents: RespondentsOption = None,
    only: OnlyOption = None,
    drop_invalid: DropInvalidOption = False,
    as_json: JsonOption = False,
) -> None:
    """Fit a model of best-worst choices: utilities with plain and cluster-robust errors, shares, tests of groups."""
    _check_options(context, model)
    from commonground.cli.fit_aggregate import fit_aggregate

    if model is ModelName.HB:
        on_one_thread()
    reading = read_data(data, respondents=respondents, only=only, drop_invalid=drop_invalid, narrow=model in AGGREGATE)
    if model is ModelName.LATENT_CLASS:
        from commonground.cli.fit_classes import fit_classes

        fit_classes(
            reading,
            classes=classes,
            by=by,
            starts=starts,
            choice_rule=choice_rule.value,
            penalty=penalty,
            bootstrap=bootstrap,
            seed=seed,
            individuals=individuals,
            as_json=as_json,
        )
        return
    if model is ModelName.HB:
        from commonground.cli.fit_hb import HbSettings, fit_hb

        asked = HbSettings(
            by=by,
            rule=choice_rule.value,
            draws=draws,
            warmup=warmup,
            chains=chains,
            fast=fast,
            prior_scale=prior_scale,
            prior_df=prior_df,
            prior_mean_sd=prior_mean_sd,
            sensitivity=sensitivity,
            holdout=holdout,
            individuals=individuals,
            arviz=arviz,
            seed=seed,
        )
        fit_hb(reading, asked, as_json=as_json)
        return
    fit_aggregate(
        reading,
        model=model.value,
        by=by,
        reference=reference,
        penalty=penalty,
        permutations=permutations,
        scale_worst=scale_worst,
        anchor=anchor,
        anchored=anchored,
        seed=seed,
        as_json=as_json,
    )


def _check_options(context: typer.Context, model: ModelName) -> None:
    """Refuse an option, given by hand, that the model does not use."""
    for parameter in context.command.params:
        name = parameter.name or ""
        models = ONLY_FOR.get(name, frozenset(ModelName))
        if model not in models and _by_hand(context, name):
            names = ", ".join(name for name in ModelName if name in models)
            raise typer.BadParameter(
                f"--model {model} does not use it. It is for {names}.", param_hint=parameter.opts[0]
            )
        if name in CHAIN_OPTIONS and context.params["fast"] and _by_hand(context, name):
            raise typer.BadParameter("it is about chains, and --fast has none.", param_hint=parameter.opts[0])


def _by_hand(context: typer.Context, name: str) -> bool:
    source = context.get_parameter_source(name)
    return source is not None and source.name == "COMMANDLINE"
