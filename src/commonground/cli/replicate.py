"""`commonground replicate`: recompute the published study, cell by cell."""

from typing import TYPE_CHECKING

import typer

from commonground import __version__
from commonground.cli.columns import narrow_table, number
from commonground.cli.output import JsonOption, emit
from commonground.records.provenance import Provenance

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import Console
    from rich.table import Table

    from commonground.published.cells import Cell

EXAMPLE = "Example: commonground replicate"
NEEDS_ARGUMENTS = False


def run(as_json: JsonOption = False) -> None:
    """Recompute the published tables; each cell matches, is published inconsistent, or differs (exit 1)."""
    from commonground.published.cells import CellVerdict, tally_verdicts
    from commonground.published.labels import CITATION
    from commonground.published.replicate import replicate

    cells = replicate()
    summary = tally_verdicts(cells)
    emit(
        {"source": CITATION, "summary": summary, "cells": cells},
        as_json=as_json,
        provenance=Provenance(package_version=__version__),
        words=lambda console: _print(console, cells),
    )
    if summary[CellVerdict.DIFFERS]:
        raise typer.Exit(1)


def _print(console: "Console", cells: "tuple[Cell, ...]") -> None:
    from commonground.published.cells import CellVerdict, tally_verdicts

    for name in dict.fromkeys(cell.table for cell in cells):
        for table in _tables(name, [cell for cell in cells if cell.table == name]):
            console.print(table)
        for cell in cells:
            if cell.table == name and cell.verdict is not CellVerdict.MATCHES:
                console.print(_note(cell), highlight=False)
        console.print()
    numbers = tally_verdicts(cells)
    console.print(
        f"{len(cells)} cells: {numbers[CellVerdict.MATCHES]} match, {numbers[CellVerdict.INCONSISTENT]} are published "
        f"inconsistent, {numbers[CellVerdict.DIFFERS]} differ."
    )


def _tables(name: str, cells: "list[Cell]") -> "Iterator[Table]":
    """A printed table or figure as a grid; what is no cell of it, and what the text says, as a list."""
    printed = name.startswith(("Table", "Fig."))
    in_grid = [cell for cell in cells if printed and cell.item]
    if in_grid:
        yield _grid(name, in_grid)
    listed = [cell for cell in cells if cell not in in_grid]
    if listed:
        yield _list("" if in_grid else name, listed)


def _grid(name: str, cells: "list[Cell]") -> "Table":
    """Items down the side; groups across the top, or kinds of number where there is one group."""
    by_group = len({cell.group for cell in cells}) > 1
    grid: dict[str, dict[str, str]] = {}
    for cell in cells:
        row = _about(cell.item, cell.column) if by_group else cell.item
        grid.setdefault(row, {})[cell.group if by_group else cell.column] = _text(cell)
    headings = list(dict.fromkeys(heading for row in grid.values() for heading in row))
    table = narrow_table(name)
    table.add_column("", overflow="fold")
    for heading in headings:
        table.add_column(heading, justify="right")
    for row, found in grid.items():
        table.add_row(row, *(found.get(heading, "") for heading in headings))
    return table


def _list(name: str, cells: "list[Cell]") -> "Table":
    table = narrow_table(name)
    table.add_column("", overflow="fold")
    table.add_column("published", justify="right", overflow="fold")
    table.add_column("recomputed", justify="right", overflow="fold")
    for cell in cells:
        table.add_row(_about(cell.group, cell.item, cell.column), _text(cell), _computed(cell))
    return table


def _about(*parts: str) -> str:
    return ", ".join(part for part in parts if part)


def _text(cell: "Cell") -> str:
    from commonground.published.cells import CellVerdict

    sign = {CellVerdict.MATCHES: "", CellVerdict.INCONSISTENT: "(!) ", CellVerdict.DIFFERS: "(≠) "}[cell.verdict]
    return f"{sign}{cell.printed}".replace("-", "−")


def _computed(cell: "Cell") -> str:
    if not isinstance(cell.computed, float):
        return str(cell.computed).replace("-", "−")
    return number(cell.computed, max(2, len(cell.printed.partition(".")[2])))


def _note(cell: "Cell") -> str:
    about = _about(cell.group, cell.item, cell.column)
    return f"{cell.verdict}: {about}: {cell.printed}, recomputed {_computed(cell)}. {cell.why}".rstrip()
