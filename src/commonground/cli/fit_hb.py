"""`commonground fit --model hb`: the options and words of hierarchical Bayes."""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from commonground.cli.columns import narrow_table, number, people
from commonground.cli.output import emit, fields, say
from commonground.cli.progress import progress
from commonground.cli.writing import ending_in

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console
    from rich.table import Table

    from commonground.analysis.hierarchical.records import HeldOut, HierarchicalFit, HierarchicalSummary
    from commonground.files.holdout import Holdout
    from commonground.files.ready import Ready

WARMUP, CHAINS = 150, 4
PRIOR_SCALE, PRIOR_DF, PRIOR_MEAN_SD = 2.5, 2.0, 5.0
"""The defaults of `analysis.hierarchical`, which costs too much to load for a help page; a test keeps them equal."""

HB_OPTIONS = (
    *("draws", "warmup", "chains", "fast", "prior_scale", "prior_df", "prior_mean_sd"),
    *("sensitivity", "holdout", "arviz"),
)
"""Parameters of `fit` that only this model uses."""

CHAIN_OPTIONS = ("draws", "warmup", "chains", "sensitivity", "arviz")
"""Those that make no sense with `--fast`."""

DrawsOption = Annotated[
    int | None,
    typer.Option("--draws", metavar="D", min=4, help="Of each chain; without it, until the chains have converged."),
]
WarmupOption = Annotated[int, typer.Option("--warmup", metavar="W", min=1, help="Draws of each chain thrown away.")]
ChainsOption = Annotated[int, typer.Option("--chains", metavar="C", min=1, help="Chains, to be compared.")]
HoldoutOption = Annotated[
    Path | None,
    typer.Option(
        "--holdout", metavar="FILE", help="A table respondent, task, holdout: tasks with 1 are left out and foreseen."
    ),
]
ArvizOption = Annotated[
    Path | None,
    typer.Option(
        "--arviz",
        metavar="FILE",
        callback=ending_in((".nc",)),
        help="Write the draws as netCDF for ArviZ (extra arviz).",
    ),
]
FastOption = Annotated[
    bool,
    typer.Option("--fast", help="Empirical Bayes: no chains, an answer at once, a little less uncertain than due."),
]
PriorScaleOption = Annotated[
    float,
    typer.Option("--prior-scale", metavar="S", help="Scale of the half-t prior on how much people differ, logits."),
]
PriorDfOption = Annotated[
    float, typer.Option("--prior-df", metavar="N", help="Its degrees of freedom; more pull correlations to zero.")
]
PriorMeanOption = Annotated[
    float, typer.Option("--prior-mean-sd", metavar="S", help="SD of the normal prior on mean utilities, logits.")
]
SensitivityOption = Annotated[
    bool,
    typer.Option("--sensitivity/--no-sensitivity", help="Say what spreads would be with their prior twice as wide."),
]


@dataclass(frozen=True, slots=True)
class HbSettings:
    """What was asked for; the options say what each means."""

    by: str | None
    rule: str
    draws: int | None
    warmup: int
    chains: int
    fast: bool
    prior_scale: float
    prior_df: float
    prior_mean_sd: float
    sensitivity: bool
    holdout: Path | None
    individuals: Path | None
    arviz: Path | None
    seed: int


def on_one_thread() -> None:
    """Tell the linear algebra, before it is loaded, to leave threads alone: for such small matrices they cost time."""
    for library in ("OPENBLAS", "MKL", "OMP"):
        os.environ.setdefault(f"{library}_NUM_THREADS", "1")


def fit_hb(reading: "Ready", asked: HbSettings, *, as_json: bool) -> None:
    """Fit, write what was asked for, and print."""
    if asked.arviz:
        from commonground.files.arviz_draws import need_arviz

        need_arviz()
    hidden = _hidden(asked.holdout, reading)
    fit = _fit(reading, asked, hidden)
    for message in fit.summary.messages:
        say(message)
    _write(fit, asked)
    emit(
        {"model": "hb", **fields(fit.summary), "dropped": reading.dropped},
        as_json=as_json,
        provenance=reading.provenance(
            seed=asked.seed,
            model="hb",
            by=asked.by,
            method=fit.summary.method,
            draws=asked.draws,
            warmup=None if asked.fast else asked.warmup,
            chains=None if asked.fast else asked.chains,
            holdout_hash=hidden.hash if hidden else None,
        ),
        words=lambda console: _print(console, fit, asked.by),
    )


def _hidden(path: Path | None, reading: "Ready") -> "Holdout | None":
    if path is None:
        return None
    from commonground.files.holdout import read_holdout

    found = read_holdout(path, reading.choices())
    for message in found.messages:
        say(message)
    return found


def _fit(reading: "Ready", asked: HbSettings, hidden: "Holdout | None") -> "HierarchicalFit":
    from commonground.analysis.hierarchical.fit import Length, fit_hierarchical
    from commonground.analysis.hierarchical.prior import Prior

    prior = Prior(asked.prior_df, asked.prior_scale, asked.prior_mean_sd)
    left_out = hidden.rows if hidden else None
    if asked.fast:
        from commonground.analysis.hierarchical.fast import fit_fast

        return fit_fast(
            reading.choices(), by=asked.by, rule=asked.rule, prior=prior, seed=asked.seed, left_out=left_out
        )
    with progress("Sampling utilities") as advance:
        return fit_hierarchical(
            reading.choices(),
            by=asked.by,
            rule=asked.rule,
            prior=prior,
            length=Length(asked.draws, asked.warmup, asked.chains),
            seed=asked.seed,
            left_out=left_out,
            sensitivity=asked.sensitivity,
            progress=advance,
        )


def _write(fit: "HierarchicalFit", asked: HbSettings) -> None:
    if asked.individuals:
        from commonground.files.individuals import write_individuals

        write_individuals(fit.individuals, asked.individuals)
        say(f"Utilities of {len(fit.individuals.respondents)} respondents written to {asked.individuals}.")
    if asked.arviz:
        from commonground.files.arviz_draws import write_arviz

        write_arviz(fit, asked.arviz)
        say(f"Draws written to {asked.arviz}.")


def _print(console: "Console", fit: "HierarchicalFit", by: str | None) -> None:
    found = fit.summary
    for group in found.groups:
        console.print(_items(found, group, _title(fit, group, by)))
    if found.groups_order:
        console.print(_groups(found))
    console.print(_fit_words(found))
    if found.held_out:
        console.print(_foreseen(found.held_out))


def _title(fit: "HierarchicalFit", group: str, by: str | None) -> str:
    everybody = fit.summary.respondents
    if by is None:
        return f"hierarchical Bayes, {people(everybody)}, {fit.summary.choices} choices"
    return f"{by} {group}: hierarchical Bayes, {fit.individuals.group.count(group)} of {people(everybody)}"


def _items(found: "HierarchicalSummary", group: str, title: str) -> "Table":
    table = narrow_table(title, _caption(found))
    table.add_column("item", overflow="fold")
    for heading in ("mean", "95 % interval", "share", "SD of people"):
        table.add_column(heading, justify="right", no_wrap=True)
    share = {one.item: one.share for one in found.share if one.group == group}
    spread = {one.item: one.sd for one in found.heterogeneity.sd}
    means = [one for one in found.population if one.group == group]
    for one in sorted(means, key=lambda one: -one.mean):
        low, high = (number(end, 2) for end in one.interval)
        cells = (number(one.mean, 2), f"{low} to {high}", f"{number(100 * share[one.item], 1)} %")
        table.add_row(one.item, *cells, number(spread[one.item], 2))
    return table


def _caption(found: "HierarchicalSummary") -> str:
    """How to read the columns, and whether to."""
    chains = found.diagnostics
    read = "Mean utilities in logits sum to zero; share: mean of people's own shares; SD: how much people differ."
    if chains.converged is None:
        return f"{read} Empirical Bayes: no chains to check."
    if not chains.chains:
        return f"{read} Empirical Bayes: NOT SETTLED, do not use."
    ended = "Converged" if chains.converged else "NOT CONVERGED, do not use"
    return (
        f"{read} {ended}: largest R-hat {number(chains.max_rhat, 3)}, smallest effective sample size "
        f"{number(chains.min_ess, 0)}; {chains.chains} chains of {chains.draws} draws."
    )


def _groups(found: "HierarchicalSummary") -> "Table":
    table = narrow_table("Differences between groups", "Probability: that the first group's mean is higher.")
    table.add_column("item", overflow="fold")
    table.add_column("groups", overflow="fold")
    for heading in ("difference", "95 % interval", "probability"):
        table.add_column(heading, justify="right", no_wrap=True)
    for one in found.groups_order:
        low, high = (number(end, 2) for end in one.interval)
        pair = f"{one.group} − {one.other}"
        table.add_row(one.item, pair, number(one.difference, 2), f"{low} to {high}", number(one.probability, 3))
    return table


def _fit_words(found: "HierarchicalSummary") -> str:
    rates = (found.hit_rate.best, found.hit_rate.worst, found.hit_rate.both)
    chance = (found.chance.best, found.chance.worst, found.chance.both)
    return (
        f"Fit to these very answers: RLH {number(found.rlh, 3)} (equal utilities {number(found.null_rlh, 3)}); best, "
        f"worst and both named in {_percent(rates)} (chance {_percent(chance)})."
    )


def _foreseen(found: "HeldOut") -> str:
    rates, chance = (found.best, found.worst, found.both), found.chance
    errors = found.standard_error
    return (
        f"{found.tasks} answers left out and foreseen: best, worst and both right in {_percent(rates)} (standard "
        f"errors {_percent((errors.best, errors.worst, errors.both))}; chance "
        f"{_percent((chance.best, chance.worst, chance.both))}); log score {number(found.log_score, 3)} "
        f"(chance {number(chance.log_score, 3)})."
    )


def _percent(values: "Sequence[float | None]") -> str:
    return " / ".join(number(None if value is None else 100 * value, 0) for value in values) + " %"
