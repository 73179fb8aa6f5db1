"""Measure speed and memory on this machine, beside other programs, and write docs/benchmarks.md.

Asserts nothing: numbers are for people. `--quick` takes small sizes and installs nothing.
"""

import argparse
import os
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeVar

import answering
import commands
import comparisons
from page import Results, page
from processes import OWN

PAGE = Path(__file__).resolve().parents[2] / "docs/benchmarks.md"
PARTS = ("commands", "growth", "fits", "ranks", "hierarchical", "site")

_Found = TypeVar("_Found")


def main() -> None:
    """Measure what was asked for and write the page."""
    asked = _arguments()
    with tempfile.TemporaryDirectory() as name:
        results = measure(Path(name), frozenset(asked.only or PARTS), quick=asked.quick)
    asked.out.write_text(page(results), encoding="utf-8")
    print(f"Written to {asked.out}")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="small sizes, one run each, nothing installed")
    parser.add_argument("--only", nargs="+", choices=PARTS, help="these parts; the page then holds no others")
    parser.add_argument("--out", type=Path, default=PAGE, help="where the page goes")
    return parser.parse_args()


def measure(folder: Path, parts: frozenset[str], *, quick: bool) -> Results:
    """Measure these parts, one after the other."""
    results = Results(before=os.getloadavg()[0], repeats=1 if quick else 5, quick=quick)
    if "commands" in parts:
        commands.prepare(folder)
        results.commands = _told(
            commands.measure(folder, results.repeats), lambda one: f"{one.what}: {one.seconds[0]:.2f} s"
        )
    if "growth" in parts:
        sizes = (1_000, 10_000) if quick else (1_000, 10_000, 100_000, 1_000_000)
        results.growth = _told(commands.growth(folder, sizes), lambda one: f"{one[0]:,} people: {one[1].seconds:.2f} s")
    if "fits" in parts:
        results.beside += _told(comparisons.fits(folder, 500 if quick else 10_000, install=not quick), _words)
    if "ranks" in parts:
        items, people = (50, 50) if quick else (500, 500)
        results.beside += _told(comparisons.ranks(folder, items, people, install=not quick), _words)
    if "hierarchical" in parts:
        for size in (127,) if quick else (127, 1_000):
            results.beside += _told(
                comparisons.hierarchical(folder, size, install=not quick, seconds=60 if quick else 300), _words
            )
    if "site" in parts:
        results.site = answering.measure(OWN, folder, people=8 if quick else 40)
    return results


def _told(found: Iterable[_Found], words: Callable[[_Found], str]) -> list[_Found]:
    """Everything found, a line printed for each as it comes."""
    kept = []
    for one in found:
        print(words(one), flush=True)
        kept.append(one)
    return kept


def _words(row: comparisons.Row) -> str:
    cost = f"{row.cost.seconds:.1f} s" if row.cost else "not measured"
    return f"{row.task}, {row.program}: {cost} {row.note}"


if __name__ == "__main__":
    main()
