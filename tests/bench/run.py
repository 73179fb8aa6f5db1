"""Measure speed and memory on this machine and write docs/benchmarks.md. Asserts nothing: numbers are for people.

What is measured is what a person meets: whole commands, from pressing Enter to the prompt, each several times.
"""

import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import answering

PAGE = Path(__file__).resolve().parents[2] / "docs/benchmarks.md"
LIBRARIES = ("numpy", "scipy", "polars", "pydantic", "vl-convert-python", "django")
REPEATS = 5
SMALL, LARGE = 127, 10_000

HEAD = """\
# Benchmarks

Written by `make bench` on one machine; run it on yours. Each command ran {repeats} times as a person runs it, start
included; the table gives the median, the range and the most memory it held. Nothing here is a promise, and no test
fails on it.

- Machine: {machine}
- Other work: load average {before:.1f} before and {after:.1f} after, of which one is ours
- Python {python}; {libraries}
- Common Ground {own}

| what | command | seconds | range | memory |
|---|---|---|---|---|
"""

SITE = """
## People answering at once

{people} simulated people walked through a study of 12 tasks on a site of one machine, {at_once} at a time and without
ever pausing to read; every answer was on disk before the next page. That gave {rate:.0f} pages a second: half of them
within {half:.2f} s, 95 of 100 within {most:.2f} s, the slowest in {slowest:.1f} s. Real people read for many seconds
between two pages.
"""

FOOT = """
A choice table of {large} respondents has {rows} rows. Comparison with other programs is not measured here yet: they
need environments of their own.
"""


@dataclass(frozen=True)
class Measurement:
    """Seconds of each run, and the most memory any of them held, in megabytes."""

    seconds: tuple[float, ...]
    memory: float


def run(folder: Path, arguments: list[str]) -> tuple[float, float]:
    """Run a command once; returns its seconds and its peak memory in megabytes."""
    program = Path(sys.executable).with_name("commonground")
    started = time.perf_counter()
    with subprocess.Popen(
        [program, *arguments], cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as running:
        _, status, usage = os.wait4(running.pid, 0)
        running.returncode = os.waitstatus_to_exitcode(status)
    if running.returncode:
        raise SystemExit(f"commonground {' '.join(arguments)} ended with {running.returncode}")
    unit = 1 if sys.platform == "darwin" else 1024  # ru_maxrss is bytes there, kilobytes elsewhere
    return time.perf_counter() - started, usage.ru_maxrss * unit / 1e6


def measure(folder: Path, arguments: list[str], repeats: int = REPEATS) -> Measurement:
    """Run a command several times, after one run that nobody counts."""
    run(folder, arguments)
    results = [run(folder, arguments) for _ in range(repeats)]
    return Measurement(tuple(seconds for seconds, _ in results), max(memory for _, memory in results))


def cases() -> list[tuple[str, str]]:
    """What is measured, and the command; `study` and the tables are made beforehand."""
    return [
        ("starting", "--help"),
        ("a balanced design", "design --items 11 --per-task 5"),
        ("a large balanced design", "design --items 31 --per-task 6"),
        ("a design without balance", "design --items 20 --per-task 5 --tasks 12"),
        ("a design with versions", "design --items 40 --per-task 5 --tasks 16 --versions 10"),
        (f"simulating {SMALL} people", f"simulate study --respondents {SMALL} --out again.csv"),
        (f"counting {SMALL} people", "count small.csv --by group"),
        (f"counting {LARGE:,} people", "count large.csv --by group"),
        (f"comparing {SMALL} people, 2,000 resamples", "compare small.csv --by group"),
        (f"quality of {SMALL} people", "quality small.csv"),
        (f"the report of {SMALL} people", "report study small.csv --out report"),
        ("recomputing the published study", "replicate"),
    ]


def prepare(folder: Path) -> int:
    """Make a study and two choice tables; returns the rows of the large one."""
    run(folder, ["new", "study"])
    for name, people in (("small", SMALL), ("large", LARGE)):
        run(folder, ["simulate", "study", "--respondents", str(people), "--seed", "1", "--out", f"{name}.csv"])
    with (folder / "large.csv").open(encoding="utf-8") as table:
        return sum(1 for _ in table) - 1


def row(what: str, command: str, measured: Measurement) -> str:
    """One line of the table."""
    low, high = min(measured.seconds), max(measured.seconds)
    middle = statistics.median(measured.seconds)
    return f"| {what} | `{command}` | {middle:.2f} | {low:.2f}–{high:.2f} | {measured.memory:.0f} MB |\n"


def words_on(site: answering.Throughput) -> str:
    """How many pages a site gives, in words."""
    return SITE.format(
        people=site.people,
        at_once=site.at_once,
        rate=site.pages_per_second,
        half=site.within(0.5),
        most=site.within(0.95),
        slowest=max(site.pages),
    )


def machine() -> str:
    """The processor and how many of it, without naming the machine."""
    return f"{os.cpu_count()} × {platform.machine()}, {platform.system()}"


def main() -> None:
    """Measure everything and write the page."""
    before = os.getloadavg()[0]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        rows = prepare(folder)
        lines = []
        for what, command in cases():
            lines.append(row(what, command, measure(folder, command.split())))
            print(lines[-1], end="", flush=True)
        site = answering.measure(Path(sys.executable).with_name("commonground"), folder)
    head = HEAD.format(
        repeats=REPEATS,
        machine=machine(),
        before=before,
        after=os.getloadavg()[0],
        python=platform.python_version(),
        libraries=", ".join(f"{name} {version(name)}" for name in LIBRARIES),
        own=version("commonground"),
    )
    foot = FOOT.format(large=f"{LARGE:,}", rows=f"{rows:,}")
    PAGE.write_text(head + "".join(lines) + foot + words_on(site), encoding="utf-8")


if __name__ == "__main__":
    main()
