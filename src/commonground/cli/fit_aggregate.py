"""`commonground fit` with one utility an item for everybody: the options and words of the aggregate models."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from commonground.cli.columns import narrow_table, number, people, span
from commonground.cli.output import emit, fields, say
from commonground.cli.progress import progress
from commonground.records.errors import Problem, RequestError

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

    from commonground.analysis.logit.anchor_records import AnchoredGroup
    from commonground.analysis.logit.records import Fits, GroupTests, LikelihoodRatio, ModelFit
    from commonground.analysis.logit.worst_records import WorstScales
    from commonground.files.ready import Ready
    from commonground.records.anchors import Anchors

ReferenceOption = Annotated[
    str | None,
    typer.Option("--reference", metavar="ITEM", help="The item whose utility is 0; without it they sum to zero."),
]
PenaltyOption = Annotated[
    float,
    typer.Option(
        "--penalty", metavar="P", min=0, help="Precision of a normal prior on utilities; where some do not exist."
    ),
]
PermutationsOption = Annotated[
    int, typer.Option("--permutations", min=0, help="With --by: permutations of group labels; 0 for none.")
]

ScaleWorstOption = Annotated[
    bool, typer.Option("--scale-worst", help="Estimate and test a scale of worst picks against best ones as well.")
]

AnchorOption = Annotated[
    Path | None,
    typer.Option(
        "--anchor", metavar="FILE", help="Who says which item matters at all: respondent, item, matters (yes or no)."
    ),
]
AnchoredOption = Annotated[
    bool, typer.Option("--anchored", help="The same, from the column 'anchor' of DATA: all, some or none matter.")
]


def fit_aggregate(
    reading: "Ready",
    *,
    model: str,
    by: str | None,
    reference: str | None,
    penalty: float,
    permutations: int,
    scale_worst: bool,
    anchor: Path | None,
    anchored: bool,
    seed: int,
    as_json: bool,
) -> None:
    """Fit by maximum likelihood and print."""
    from commonground.analysis.logit.fit import fit

    anchors, anchor_hash = _read_anchors(reading, anchor, anchored=anchored)
    with progress("Permuting group labels") as advance:
        fits = fit(
            reading.choices(),
            model=model,
            by=by,
            reference=reference,
            penalty=penalty,
            permutations=permutations,
            scale_worst=scale_worst,
            anchors=anchors,
            seed=seed,
            progress=advance,
        )
    for message in fits.messages:
        say(message)
    for one in fits.models:
        for message in one.messages:
            say(message if by is None else f"{one.group}: {message}")
    for group in fits.worst_scales.groups if fits.worst_scales else ():
        for message in group.messages:
            say(message if by is None else f"{group.group}: {message}")
    for anchored_group in fits.anchored.groups if fits.anchored else ():
        for message in anchored_group.messages:
            say(message if by is None else f"{anchored_group.group}: {message}")
    also: dict[str, Any] = {
        **({"scale_worst": True} if scale_worst else {}),
        **({"anchor_hash": anchor_hash} if anchor_hash else {}),
        **({"anchored": True} if anchored else {}),
    }
    emit(
        {**fields(fits), "dropped": reading.dropped},
        as_json=as_json,
        provenance=reading.provenance(
            seed=seed,
            model=model,
            by=by,
            reference=reference,
            penalty=penalty,
            permutations=permutations if by else None,
            **also,
        ),
        words=lambda console: _print(console, fits, by),
    )


def _print(console: "Console", fits: "Fits", by: str | None) -> None:
    for one in fits.models:
        console.print(_items(one, fits.reference, f"{by} {one.group}: " if by else ""))
    if fits.group_tests:
        console.print(_tests(fits.group_tests))
        scaled = fits.group_tests.equal_up_to_scale
        if scaled and scaled.scales:
            scales = ", ".join(f"{group} {number(scale, 2)}" for group, scale in scaled.scales.items())
            console.print(f"Scales that fit best: {scales}.")
    if fits.worst_scales:
        _print_scales(console, fits.worst_scales)
    if fits.anchored:
        for anchored in fits.anchored.groups:
            console.print(_anchored(anchored, f"{by} {anchored.group}: " if by else ""))
        console.print(fits.anchored.warning)


def _read_anchors(reading: "Ready", anchor: Path | None, *, anchored: bool) -> "tuple[Anchors | None, str]":
    """Answers about mattering, from a table of their own or from the choice table, and the hash of that table."""
    from commonground.records.anchors import dual_response

    if anchor is not None and anchored:
        raise typer.BadParameter(
            "Give one of --anchor and --anchored: they are two ways of asking.", param_hint="--anchor"
        )
    if anchored:
        found = dual_response(reading.choices())
        if not found.answer.size:
            raise RequestError(
                [
                    Problem(
                        "no task says how many of its items matter, so '--anchored' has nothing to fit.",
                        mend="Add a column 'anchor' with all, some or none, or give a table with --anchor FILE.",
                    )
                ]
            )
        return found, ""
    if anchor is None:
        return None, ""
    from commonground.files.anchors import read_anchors

    strict = not (reading.settings.get("only") or reading.settings.get("drop_invalid"))
    table = read_anchors(anchor, reading.choices(), strict=strict)
    for message in table.messages:
        say(message)
    return table.anchors, table.hash


def _anchored(one: "AnchoredGroup", group: str) -> "Table":
    """Items by their distance from the threshold."""
    answers = one.answers
    table = narrow_table(
        f"{group}Beside the threshold: does it matter at all?",
        f"0: as many say that it matters as say that it does not. Share: of people for whom it matters, as expected. "
        f"95 % intervals, clustered by respondent. {answers.respondents} people answered; for {answers.only_yes} "
        f"everything matters, for {answers.only_no} nothing; {answers.contradicting} contradict themselves.",
    )
    table.add_column("item", overflow="fold")
    for heading in ("utility", "interval", "share", "said yes"):
        table.add_column(heading, justify="right", no_wrap=True)
    table.add_column("verdict")
    for item in sorted(one.items, key=lambda item: float("inf") if item.utility is None else -item.utility):
        bounds = "–" if item.interval is None else f"{number(item.interval[0], 2)} to {number(item.interval[1], 2)}"
        table.add_row(
            item.item,
            number(item.utility, 2),
            bounds,
            "–" if item.share is None else f"{number(100 * item.share, 0)} %",
            f"{item.said} of {item.asked}" if item.asked else "–",
            item.verdict.value if item.verdict else "–",
        )
    return table


def _print_scales(console: "Console", scales: "WorstScales") -> None:
    """The scale of worst picks in every group, its tests, and the test between groups."""
    known = [(one.group, one.scale) for one in scales.groups if one.scale]
    if not known:
        return
    table = narrow_table(
        "Worst picks against best ones",
        "Scale: below 1, worst picks are more random. Expected: from people who differ by this SD and choose alike at "
        "both ends. p: of the scale, and of equal utilities up to it; errors clustered by respondent.",
    )
    table.add_column("group", overflow="fold")
    for heading in ("scale", "robust error", "expected", "SD", "p", "p equal"):
        table.add_column(heading, justify="right", no_wrap=True)
    for group, one in known:
        numbers = (one.scale, one.robust_standard_error, one.expected, one.person_sd)
        same = one.same_utilities.p if one.same_utilities else None
        table.add_row(group, *(number(cell, 2) for cell in numbers), _p(one.p), _p(same))
    console.print(table)
    if scales.test:
        console.print(f"The same scale in all groups: χ² {number(scales.test.statistic, 2)}, p {_p(scales.test.p)}.")


def _items(one: "ModelFit", reference: str | None, group: str) -> "Table":
    """Items by utility, those that have none at the end."""
    table = narrow_table(
        f"{group}{one.model}, {people(one.respondents)}, {one.choices} choices",
        _caption(one, reference),
    )
    table.add_column("item", overflow="fold")
    ranked = any(item.joint_rank_interval for item in one.items)
    for heading in ("utility", "error", "robust error", "share", *(("ranks",) if ranked else ())):
        table.add_column(heading, justify="right", no_wrap=True)
    for item in sorted(one.items, key=lambda item: float("inf") if item.utility is None else -item.utility):
        share = "–" if item.share is None else f"{number(100 * item.share, 1)} %"
        cells = (item.utility, item.standard_error, item.robust_standard_error)
        places = (span(item.joint_rank_interval),) if ranked else ()
        table.add_row(item.item, *(number(cell, 3) for cell in cells), share, *places)
    return table


def _caption(one: "ModelFit", reference: str | None) -> str:
    scale = "sum to zero" if reference is None else f"are relative to {reference}"
    ended = "Converged" if one.converged else "NOT converged"
    return (
        f"Utilities in logits {scale}; robust: clustered by respondent; ranks: with 95 % all of them hold. {ended}. "
        f"Log-likelihood {number(one.log_likelihood, 2)} (equal utilities {number(one.null_log_likelihood, 2)}), "
        f"McFadden R² {number(one.mcfadden_r2, 3)}, AIC {number(one.aic, 1)}, BIC {number(one.bic, 1)}."
    )


def _tests(tests: "GroupTests") -> "Table":
    table = narrow_table(f"Do groups differ? ({tests.permutations} permutations)", tests.warning)
    table.add_column("hypothesis")
    for heading in ("2 × gain", "df", "plain p", "permuted p"):
        table.add_column(heading, justify="right", no_wrap=True)
    for words, test in (
        ("equal utilities", tests.equal_utilities),
        ("equal up to a scale", tests.equal_up_to_scale),
    ):
        if test:
            table.add_row(words, *_test_cells(test))
    return table


def _test_cells(test: "LikelihoodRatio") -> tuple[str, ...]:
    return (number(test.statistic, 2), str(test.df), _p(test.plain_p), _p(test.permuted_p))


def _p(value: float | None) -> str:
    return "< 0.001" if value is not None and value < 0.001 else number(value, 3)
