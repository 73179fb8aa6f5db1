"""`commonground compare`: where partner groups differ by the published rule, and where beyond chance."""

from typing import TYPE_CHECKING, Annotated

import typer

from commonground.cli.columns import narrow_table, number
from commonground.cli.count import AddToOption
from commonground.cli.options import SeedOption
from commonground.cli.output import JsonOption, emit, fields, say
from commonground.cli.progress import progress
from commonground.cli.reading import DataArgument, DropInvalidOption, OnlyOption, RespondentsOption, read_data

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

    from commonground.analysis.agreement.records import Agreement
    from commonground.analysis.comparison import Comparison, PairComparison
    from commonground.analysis.sensitivity import Sensitivity

EXAMPLE = "Example: commonground compare choices.csv --by group"
NEEDS_ARGUMENTS = True

CLASS_WORDS = {
    "similar": "similar",
    "one_differs": "one differs",
    "all_differ": "all differ",
    "groups_split": "groups split",
    "differ": "differ",
}


def run(
    data: DataArgument,
    *,
    by: Annotated[str, typer.Option("--by", metavar="COLUMN", help="The column that makes the groups.")],
    threshold: Annotated[float, typer.Option(help="Rescaled scores this far apart differ by the rule.")] = 0.2,
    add: Annotated[float, typer.Option("--add", min=0, help="Added to every count before ratios are taken.")] = 0.5,
    add_to: AddToOption = "all",
    resamples: Annotated[int, typer.Option(min=1, help="Resamples of respondents, for intervals.")] = 2000,
    permutations: Annotated[int, typer.Option(min=1, help="Permutations of group labels, for the test.")] = 2000,
    margin: Annotated[float, typer.Option(help="Mean scores per person closer than this are alike.")] = 0.5,
    level: Annotated[float, typer.Option(help="Of the intervals; the rest is the family-wise error rate.")] = 0.95,
    seed: SeedOption = 1,
    respondents: RespondentsOption = None,
    only: OnlyOption = None,
    drop_invalid: DropInvalidOption = False,
    as_json: JsonOption = False,
) -> None:
    """Compare groups: the threshold rule on 0–1 scores, and tests against chance on scores per person."""
    from commonground.analysis.agreement.agreement import agreement
    from commonground.analysis.compare import compare
    from commonground.analysis.count import Added
    from commonground.analysis.sensitivity import sensitivity
    from commonground.records.choices import ChoiceData

    reading = read_data(data, respondents=respondents, only=only, drop_invalid=drop_invalid)
    added = Added(add, add_to)
    with progress("Resampling and permuting respondents") as advance:
        comparison = compare(
            reading.data,
            by=by,
            added=added,
            threshold=threshold,
            resamples=resamples,
            permutations=permutations,
            margin=margin,
            level=level,
            seed=seed,
            progress=advance,
        )
    constants = sensitivity(reading.data, by=by, also=(added,), threshold=threshold)
    agreed = None
    if isinstance(reading.data, ChoiceData):
        with progress("Comparing orders"):
            agreed = agreement(
                reading.data, by=by, added=added, resamples=resamples, permutations=permutations, level=level, seed=seed
            )
    for message in (*comparison.messages, *(agreed.messages if agreed else ())):
        say(message)
    emit(
        {
            **fields(comparison),
            "sensitivity": constants,
            "agreement": agreed,
            "dropped": reading.dropped,
        },
        as_json=as_json,
        provenance=reading.provenance(
            seed=seed,
            by=by,
            threshold=threshold,
            add=add,
            add_to=add_to,
            resamples=resamples,
            permutations=permutations,
            margin=margin,
            level=level,
        ),
        words=lambda console: _print(console, comparison, constants, agreed),
    )


def _print(console: "Console", comparison: "Comparison", constants: "Sensitivity", agreed: "Agreement | None") -> None:
    console.print(_rule_table(comparison))
    _print_false_flags(console, comparison)
    console.print(_pair_table(comparison))
    console.print(_sensitivity_table(constants))
    if agreed:
        console.print(_within_table(agreed, comparison.level))
        console.print(_between_table(agreed))


def _rule_table(comparison: "Comparison") -> "Table":
    table = narrow_table(
        "By the rule, on scores rescaled to 0–1 within each group",
        f"Apart from {comparison.threshold:g}; {comparison.added}. Steady: share of resamples in this class.",
    )
    table.add_column("item", overflow="fold")
    for group in comparison.groups:
        people = "" if group.respondents is None else f"\n({group.respondents})"
        table.add_column(f"{group.group}{people}", justify="right")
    for heading in ("range", "class", "apart", "steady"):
        table.add_column(heading, justify="right" if heading in ("range", "steady") else "left")
    for item in comparison.items:
        steady = None if item.class_frequencies is None else item.class_frequencies.get(item.class_ or "", 0.0)
        table.add_row(
            item.item,
            *(number(score, 2) for score in item.rescaled.values()),
            number(item.range, 2),
            "–" if item.class_ is None else CLASS_WORDS[item.class_],
            ", ".join(item.apart),
            "–" if steady is None else f"{number(100 * steady, 0)} %",
        )
    return table


def _print_false_flags(console: "Console", comparison: "Comparison") -> None:
    false = comparison.false_flags
    if false is None:
        return
    items = len(comparison.items)
    found = "" if false.observed is None else f"The rule flags {false.observed} of {items} items. "
    console.print(
        f"{found}With groups of these sizes drawn from one population it "
        f"would flag {number(false.mean, 1)} on average, up to {false.percentile_95} in 95 % of cases, and at least "
        f"one in {number(100 * false.at_least_one, 0)} %.\n"
    )


def _pair_table(comparison: "Comparison") -> "Table":
    shown = comparison.appearances
    scale = "" if shown is None else f" (from −{shown:.3g} to {shown:.3g})"
    table = narrow_table(
        f"Two by two, on mean scores per person{scale}",
        f"{100 * comparison.level:g} % intervals; ln: of the ratio scores. p: family-wise, over all items and pairs "
        f"({comparison.statistic}). Alike: inside ±{comparison.margin:g}.",
    )
    table.add_column("item", overflow="fold")
    table.add_column("groups", overflow="fold")
    for heading in ("mean", "interval", "ln", "interval", "p"):
        table.add_column(heading, justify="right", no_wrap=True)
    table.add_column("verdict")
    for item in comparison.items:
        for place, pair in enumerate(item.pairs):
            table.add_row("" if place else item.item, *_pair_cells(pair), end_section=place == len(item.pairs) - 1 > 0)
    return table


def _pair_cells(pair: "PairComparison") -> tuple[str, ...]:
    return (
        " − ".join(pair.groups),
        number(pair.mean_difference, 2),
        _interval(pair.mean_interval),
        number(pair.log_ratio_difference, 2),
        _interval(pair.log_ratio_interval),
        _p(pair.adjusted_p),
        "–" if pair.verdict is None else str(pair.verdict),
    )


def _interval(bounds: tuple[float, float] | None) -> str:
    return "–" if bounds is None else f"{number(bounds[0], 2)} to {number(bounds[1], 2)}"


def _p(value: float | None) -> str:
    return "< 0.001" if value is not None and value < 0.001 else number(value, 3)


def _sensitivity_table(constants: "Sensitivity") -> "Table":
    changing = ", ".join(constants.changing)
    table = narrow_table(
        "The class by the rule, for several added constants",
        f"Hangs on the constant: {changing}." if changing else "No class hangs on the constant.",
    )
    table.add_column("item", overflow="fold")
    for setting in constants.settings:
        table.add_column(f"{setting.added.constant:g}\nto {setting.added.to}")
    for item in constants.settings[0].items:
        classes = [setting.item(item.item).class_ for setting in constants.settings]
        table.add_row(item.item, *("–" if one is None else CLASS_WORDS[one] for one in classes))
    return table


def _within_table(agreed: "Agreement", level: float) -> "Table":
    table = narrow_table(
        "Do the people of a group agree?",
        f"Kendall's W of their orders, 0 to 1, with its {100 * level:g} % interval; random: W if all answered at "
        "random; alike: W if all had the group's utilities. relative: between these two, 0 random, 1 of one mind.",
    )
    table.add_column("group", overflow="fold")
    for heading in ("people", "W", "interval", "random", "alike", "relative"):
        table.add_column(heading, justify="right", no_wrap=True)
    for one in agreed.within:
        table.add_row(
            one.group,
            str(one.respondents),
            number(one.w, 2),
            _interval(one.interval),
            number(one.random, 2),
            number(one.alike, 2),
            number(one.relative, 2),
        )
    return table


def _between_table(agreed: "Agreement") -> "Table":
    table = narrow_table(
        "How alike, and how far apart, are groups?",
        "Orders: correlation of mean scores per person (Spearman, Kendall). Distances: of scores, of shares from "
        "ratios, of log ratios up to scale; without noise: what groups of one population would show taken out. p: by "
        "permuting labels, one figure at a time.",
    )
    table.add_column("groups", overflow="fold")
    table.add_column("figure")
    for heading in ("value", "one population", "without noise", "p"):
        table.add_column(heading, justify="right")
    orders = agreed.between.pairs if agreed.between else ()
    for order, apart in zip(orders, agreed.distances, strict=True):
        rows = [
            *(
                (name, one.value, one.expected, None, one.p)
                for name, one in (("Spearman", order.spearman), ("Kendall", order.kendall))
            ),
            *(
                (name, one.distance, one.expected, one.corrected, one.p)
                for name, one in (("scores", apart.scores), ("shares", apart.shares), ("log ratios", apart.log_ratios))
            ),
        ]
        for place, (name, value, expected, corrected, p) in enumerate(rows):
            cells = (number(value, 2), number(expected, 2), number(corrected, 2), _p(p))
            table.add_row("" if place else " − ".join(apart.groups), name, *cells, end_section=place == len(rows) - 1)
    return table
