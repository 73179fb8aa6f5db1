"""`commonground fit --model latent-class`: its options, its words, and the table of who belongs where."""

import csv
import re
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from commonground.cli.columns import narrow_table, number, people
from commonground.cli.output import emit, fields, say
from commonground.cli.progress import progress

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

    from commonground.analysis.classes.records import ClassItem, LatentClass, LatentClasses, Solution
    from commonground.files.ready import Ready


class ChoiceRule(StrEnum):
    """What `--choice-rule` takes."""

    SEQUENTIAL = "sequential"
    MAXDIFF = "maxdiff"
    RANK = "rank"
    MARGINAL = "marginal"
    BEST = "best"
    WORST = "worst"


def numbers_of(text: str) -> tuple[int, ...]:
    """The numbers of classes that `--classes` names.

    Raises
    ------
    typer.BadParameter
        If it names none.

    Examples
    --------
    >>> numbers_of("1-4"), numbers_of("3"), numbers_of("2,4-5")
    ((1, 2, 3, 4), (3,), (2, 4, 5))
    """
    found: set[int] = set()
    for part in text.split(","):
        ends = re.fullmatch(r"\s*(\d{1,3})\s*(?:-\s*(\d{1,3})\s*)?", part)
        if not ends:
            raise typer.BadParameter(f"'{text}' is no range of numbers; write 3, or 1-5.", param_hint="--classes")
        first, last = int(ends[1]), int(ends[2] or ends[1])
        if first > last:
            raise typer.BadParameter(f"'{text}' runs backwards; write {last}-{first}.", param_hint="--classes")
        found.update(range(first, last + 1))
    return tuple(sorted(found))


ClassesOption = Annotated[
    str, typer.Option("--classes", metavar="FROM-TO", help="latent-class: numbers of classes to try, 1 to 10.")
]
StartsOption = Annotated[
    int, typer.Option("--starts", min=1, help="latent-class: beginnings of the search for each number of classes.")
]
BootstrapOption = Annotated[
    int,
    typer.Option(
        "--bootstrap",
        metavar="R",
        min=0,
        help="latent-class: test each number of classes against one fewer with R simulated studies; 0 for no test.",
    ),
]
ChoiceRuleOption = Annotated[
    ChoiceRule, typer.Option("--choice-rule", help="latent-class and hb: how a person's picks come about.")
]


def fit_classes(
    reading: "Ready",
    *,
    classes: str,
    by: str | None,
    starts: int,
    choice_rule: str,
    penalty: float,
    bootstrap: int,
    seed: int,
    individuals: Path | None,
    as_json: bool,
) -> None:
    """Fit latent classes, print them, and write everybody's membership where it is asked for."""
    numbers = numbers_of(classes)
    from commonground.analysis.classes.fit import fit_classes as fit

    with progress("Fitting latent classes") as advance:
        found = fit(
            reading.choices(),
            classes=numbers,
            choice_rule=choice_rule,
            by=by,
            starts=starts,
            penalty=penalty,
            bootstrap=bootstrap,
            seed=seed,
            progress=advance,
        )
    if individuals is not None:
        _write(individuals, found)
    for message in found.messages:
        say(message)
    for message in found.solution(found.chosen).messages:
        say(message)
    printed = {key: value for key, value in fields(found).items() if key not in IN_THE_FILE}
    emit(
        {"model": "latent-class", **printed, "dropped": reading.dropped},
        as_json=as_json,
        provenance=reading.provenance(
            seed=seed,
            model="latent-class",
            classes=numbers,
            choice_rule=choice_rule,
            by=by,
            starts=starts,
            penalty=penalty,
            bootstrap=bootstrap,
        ),
        words=lambda console: _print(console, found, by),
    )


IN_THE_FILE = frozenset({"answered", "posteriors"})
"""Everybody's membership goes to the file of `--individuals`, not into the machine output."""


def _write(path: Path, found: "LatentClasses") -> None:
    """One row a respondent: the most likely class and the probability of each."""
    posterior = found.posteriors[found.chosen]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["respondent", "class", *(f"class_{place + 1}" for place in range(found.chosen))])
        for name, row in zip(found.answered, posterior, strict=True):
            writer.writerow([name, int(row.argmax()) + 1, *(f"{chance:.6f}" for chance in row)])
    classes = f"{found.chosen} class{'' if found.chosen == 1 else 'es'}"
    say(f"Membership of {len(found.answered)} respondents in {classes} written to {path}.")


def _print(console: "Console", found: "LatentClasses", by: str | None) -> None:
    chosen = found.solution(found.chosen)
    console.print(_solutions(found))
    console.print(f"Taken: {found.why}\n")
    if chosen.number_of_classes > 1:
        console.print(_side_by_side(chosen))
    for one in chosen.classes:
        console.print(_items(one, found))
    if by is not None and chosen.number_of_classes > 1:
        console.print(_groups(chosen, by))


def _solutions(found: "LatentClasses") -> "Table":
    tested = any(one.bootstrap for one in found.solutions)
    table = narrow_table(
        f"Latent classes: {found.choice_rule}, {people(found.respondents)}, {found.choices} choices",
        "found: how many starts came to the best optimum. smallest: share of people. Entropy: 1 is certainty who "
        f"belongs where.{' p: of the bootstrapped test against one class fewer.' if tested else ''}",
    )
    columns = ("classes", "log-likelihood", "AIC", "BIC", "CAIC", "entropy", "smallest", "found")
    for heading in (*columns, *(("p",) if tested else ())):
        table.add_column(heading, justify="right", no_wrap=True)
    for one in found.solutions:
        mark = "→ " if one.number_of_classes == found.chosen else ""
        table.add_row(
            f"{mark}{one.number_of_classes}",
            number(one.log_likelihood, 1),
            *(number(criterion, 1) for criterion in (one.aic, one.bic, one.caic)),
            number(one.entropy, 2),
            f"{number(100 * one.smallest.size, 0)} %",
            f"{one.agreeing_starts}/{one.starts}" if one.converged else "no end",
            *((number(one.bootstrap.p if one.bootstrap else None, 2),) if tested else ()),
        )
    return table


def _side_by_side(chosen: "Solution") -> "Table":
    """Shares of every class, items by their share over everybody."""
    table = narrow_table("Shares (%) by class", "Below each class: its share of people.")
    table.add_column("item", overflow="fold")
    for one in chosen.classes:
        table.add_column(f"{one.class_}\n{number(100 * one.size, 0)} %", justify="right", no_wrap=True)
    places = range(len(chosen.classes[0].items))
    overall = {place: sum(one.size * (one.items[place].share or 0.0) for one in chosen.classes) for place in places}
    for place in sorted(places, key=lambda place: -overall[place]):
        cells = (one.items[place].share for one in chosen.classes)
        item = chosen.classes[0].items[place].item
        table.add_row(item, *(number(None if cell is None else 100 * cell, 1) for cell in cells))
    return table


def _items(one: "LatentClass", found: "LatentClasses") -> "Table":
    """A class's items by utility, those that have none at the end."""
    people = f"{number(100 * one.size, 1)} % of people"
    error = "" if one.size_standard_error is None else f" (error {number(100 * one.size_standard_error, 1)})"
    table = narrow_table(f"Class {one.class_}: {people}{error}", "" if found.penalty == 0 else "Penalised.")
    table.add_column("item", overflow="fold")
    for heading in ("utility", "error", "robust error", "share", "error"):
        table.add_column(heading, justify="right", no_wrap=True)
    for item in sorted(one.items, key=lambda item: float("inf") if item.utility is None else -item.utility):
        table.add_row(item.item, *_cells(item))
    return table


def _cells(item: "ClassItem") -> tuple[str, ...]:
    shares = (
        "–" if value is None else f"{number(100 * value, 1)} %"
        for value in (item.share, item.share_robust_standard_error)
    )
    return (
        number(item.utility, 3),
        number(item.standard_error, 3),
        number(item.robust_standard_error, 3),
        *shares,
    )


def _groups(chosen: "Solution", by: str) -> "Table":
    table = narrow_table(
        f"Classes by {by} (% of each group)",
        "Adjusted shares; in brackets the mean probabilities of membership, which are pulled towards everybody's "
        "sizes.",
    )
    table.add_column(by, overflow="fold")
    table.add_column("people", justify="right")
    for one in chosen.classes:
        table.add_column(str(one.class_), justify="right", no_wrap=True)
    for group in chosen.groups or ():
        pairs = zip(group.adjusted, group.expected, strict=True)
        cells = (f"{number(100 * adjusted, 0)} ({number(100 * expected, 0)})" for adjusted, expected in pairs)
        table.add_row(group.group, str(group.respondents), *cells)
    return table
