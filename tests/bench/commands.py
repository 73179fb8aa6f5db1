"""What a person meets: whole commands, from pressing Enter to the prompt, each several times."""

import statistics
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from processes import Run, own
from tables import write_answers

SMALL, MEDIUM, LARGE = 127, 1_000, 10_000


@dataclass(frozen=True)
class Measurement:
    """A command, and every run of it."""

    what: str
    command: str
    runs: tuple[Run, ...]

    @property
    def seconds(self) -> tuple[float, float, float]:
        """On the clock: the median, the quickest, the slowest."""
        each = sorted(run.seconds for run in self.runs)
        return statistics.median(each), each[0], each[-1]

    @property
    def processor(self) -> float:
        """Processor seconds, the median."""
        return statistics.median(run.processor for run in self.runs)

    @property
    def memory(self) -> float:
        """The most that any run held, in megabytes."""
        return max(run.memory for run in self.runs)


def cases() -> tuple[tuple[str, str], ...]:
    """What is measured, and the command; `study` and the tables are made beforehand."""
    return (
        ("starting", "--help"),
        ("help on a command", "fit --help"),
        ("a balanced design", "design --items 11 --per-task 5"),
        ("a large balanced design", "design --items 31 --per-task 6"),
        ("a design without balance", "design --items 20 --per-task 5 --tasks 12"),
        ("a design with versions", "design --items 40 --per-task 5 --tasks 16 --versions 10"),
        ("a design with 100 versions", "design --items 30 --per-task 5 --tasks 18 --versions 100"),
        (f"simulating {SMALL} people", f"simulate study --respondents {SMALL} --out again.csv"),
        (f"counting {SMALL} people", "count small.csv --by group"),
        (f"counting {LARGE:,} people", "count large.csv --by group"),
        (f"comparing {MEDIUM:,} people, 1,000 resamples", "compare medium.csv --by group --resamples 1000"),
        (f"fitting {SMALL} people", "fit small.csv"),
        (f"fitting {LARGE:,} people", "fit large.csv"),
        (f"fitting {LARGE:,} people, groups tested", "fit large.csv --by group"),
        (f"hierarchical Bayes, {SMALL} people", "fit small.csv --model hb --no-sensitivity"),
        (f"empirical Bayes, {MEDIUM:,} people", "fit medium.csv --model hb --fast"),
        (f"latent classes, {MEDIUM:,} people", "fit medium.csv --model latent-class --classes 1-3"),
        (f"quality of {SMALL} people", "quality small.csv"),
        (f"the report of {SMALL} people", "report study fielded.csv --out report"),
        ("recomputing the published study", "replicate"),
    )


def prepare(folder: Path) -> None:
    """A study and the choice tables."""
    own(folder, "new study")
    own(folder, f"simulate study --respondents {SMALL} --seed 1 --out fielded.csv")
    for name, people in (("small", SMALL), ("medium", MEDIUM), ("large", LARGE)):
        write_answers(folder / f"{name}.csv", people)


def measure(folder: Path, repeats: int) -> Iterator[Measurement]:
    """Every command so many times, after one run that nobody counts; slow ones once."""
    for what, command in cases():
        first = own(folder, command)
        runs = (first,) if first.seconds > 10 else tuple(own(folder, command) for _ in range(repeats))
        yield Measurement(what, command, runs)


def growth(folder: Path, sizes: tuple[int, ...]) -> Iterator[tuple[int, Run]]:
    """The sequential model fitted to more and more people, from Parquet."""
    for people in sizes:
        data = write_answers(folder / "growth.parquet", people)
        yield people, own(folder, f"fit {data.name} --model sequential --json")
        data.unlink()
