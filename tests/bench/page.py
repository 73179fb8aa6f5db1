"""What was measured, as docs/benchmarks.md."""

import os
import platform
from collections.abc import Iterable
from dataclasses import dataclass, field
from importlib.metadata import version
from itertools import groupby

from answering import Throughput
from commands import Measurement
from comparisons import Row
from processes import Run

LIBRARIES = ("numpy", "scipy", "polars", "pydantic", "vl-convert-python", "django")

HEAD = """\
# Benchmarks

Written by `make bench` on one machine; run it on yours. Nothing here is a promise, and no test fails on it. Every
figure is of whole processes, start included: *seconds* on the clock, *processor* seconds of all processors together
(other work on the machine hardly changes these), and the most *memory* held.

- Machine: {machine}
- Other work: load average {before:.1f} before and {after:.1f} after, of which one is ours
- Python {python}; {libraries}
- Common Ground {own}{quick}
"""

COMMANDS = """
## Commands

Runs of each command: {repeats}, after one that does not count (one alone, where it takes over ten seconds); the
median, and the range.

| what | command | seconds | range | processor | memory |
|---|---|---|---|---|---|
"""

GROWTH = """
## More and more people

`commonground fit table.parquet --model sequential --json`, 11 tasks of 5 out of 11 items a person: read, checked,
counted, fitted, with errors clustered by respondent.

| respondents | rows | seconds | processor | microseconds a person | memory |
|---|---|---|---|---|---|
"""

BESIDE = """
## Beside other programs

Each program did the task once, on the same file, one after the other, each in an environment of its own, as its
users run it (the folder `tests/bench/peers` holds the calls). *Times ours*: its processor seconds over ours.

| task | program | seconds | processor | memory | times ours | utilities differ by |
|---|---|---|---|---|---|---|
"""

DRAWS = """
### Hierarchical Bayes

What a sampler is worth is how many *effective draws* it gives for its time: draws that would say as much if each were
independent. Counted here for the population means by one function for all (rank-normalised, as ArviZ does), the item
with the fewest; the rate is for a second of processor time of the whole process, compiling included.

| task | program | seconds | processor | memory | effective draws | R-hat | a second | ours is | |
|---|---|---|---|---|---|---|---|---|---|
"""

LEFT_OUT = """
Not measured:

"""

SITE = """
## People answering at once

{people} simulated people walked through a study of 12 tasks on a site of one machine, {at_once} at a time and without
ever pausing to read; every answer was on disk before the next page. That gave {rate:.0f} pages a second: half of them
within {half:.2f} s, 95 of 100 within {most:.2f} s, the slowest in {slowest:.1f} s. Real people read for many seconds
between two pages.
"""


@dataclass
class Results:
    """Everything that was measured."""

    before: float
    repeats: int
    quick: bool
    commands: list[Measurement] = field(default_factory=list)
    growth: list[tuple[int, Run]] = field(default_factory=list)
    beside: list[Row] = field(default_factory=list)
    site: Throughput | None = None


def page(results: Results) -> str:
    """The whole page."""
    plain = [row for row in results.beside if row.draws is None and row.cost]
    drawn = [row for row in results.beside if row.draws is not None]
    missing = [row for row in results.beside if row.cost is None]
    sections = (
        _section(COMMANDS.format(repeats=results.repeats), map(_command, results.commands)),
        _section(GROWTH, (_people(people, cost) for people, cost in results.growth)),
        _section(BESIDE, _compared(plain)),
        _section(DRAWS, _sampled(drawn)),
        _section(LEFT_OUT, (f"- {row.program}, {row.task}: {row.note}\n" for row in missing)),
        _site(results.site) if results.site else "",
    )
    return _head(results) + "".join(sections)


def _section(head: str, lines: Iterable[str]) -> str:
    """Nothing where nothing was measured."""
    written = "".join(lines)
    return head + written if written else ""


def _head(results: Results) -> str:
    return HEAD.format(
        machine=f"{os.cpu_count()} × {platform.machine()}, {platform.system()}",
        before=results.before,
        after=os.getloadavg()[0],
        python=platform.python_version(),
        libraries=", ".join(f"{name} {version(name)}" for name in LIBRARIES),
        own=version("commonground"),
        quick="\n- Quick: small sizes, and only the programs that were installed already" if results.quick else "",
    )


def _command(one: Measurement) -> str:
    median, low, high = one.seconds
    return (
        f"| {one.what} | `{one.command}` | {median:.2f} | {low:.2f}–{high:.2f} | {one.processor:.2f} "
        f"| {one.memory:.0f} MB |\n"
    )


def _people(people: int, cost: Run) -> str:
    each = 1e6 * cost.processor / people
    return (
        f"| {people:,} | {people * 11:,} | {cost.seconds:.2f} | {cost.processor:.2f} | {each:.0f} "
        f"| {cost.memory:.0f} MB |\n"
    )


def _compared(rows: Iterable[Row]) -> Iterable[str]:
    for _, group in groupby(rows, key=_task):
        ours, *others = group
        for row in (ours, *others):
            times = row.cost.processor / ours.cost.processor  # type: ignore[union-attr]  # rows without are elsewhere
            agrees = "" if row is ours else row.note if row.agrees is None else f"{row.agrees:.0e}"
            yield f"| {_cost(row)} | {'' if row is ours else f'{times:.0f} ×'} | {agrees} |\n"


def _sampled(rows: Iterable[Row]) -> Iterable[str]:
    for _, group in groupby(rows, key=_task):
        ours, *others = group
        for row in (ours, *others):
            faster = "" if row is ours else f"{_rate(ours) / _rate(row):.0f} ×"
            yield f"| {_cost(row)} | {row.draws:,.0f} | {row.rhat:.3f} | {_rate(row):,.1f} | {faster} | {row.note} |\n"


def _task(row: Row) -> str:
    return row.task


def _rate(row: Row) -> float:
    assert row.cost
    assert row.draws
    return row.draws / row.cost.processor


def _cost(row: Row) -> str:
    assert row.cost
    return f"{row.task} | {row.program} | {row.cost.seconds:.2f} | {row.cost.processor:.2f} | {row.cost.memory:,.0f} MB"


def _site(site: Throughput) -> str:
    return SITE.format(
        people=site.people,
        at_once=site.at_once,
        rate=site.pages_per_second,
        half=site.within(0.5),
        most=site.within(0.95),
        slowest=max(site.pages),
    )
