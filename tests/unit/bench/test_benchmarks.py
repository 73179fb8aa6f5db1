"""The benchmark measures real processes; here only that its parts fit together, on tables of a moment."""

import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

from commonground.files.choices import read_choices

BENCH = Path(__file__).resolve().parents[2] / "bench"


@pytest.fixture
def bench(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, ModuleType]]:
    """The benchmark's modules by name; their names are free again afterwards."""
    monkeypatch.syspath_prepend(BENCH)
    names = [path.stem for path in BENCH.glob("*.py")]
    yield {name: import_module(name) for name in names}
    for name in names:
        del sys.modules[name]


def test_tables_are_choice_tables(bench: dict[str, ModuleType], tmp_path: Path) -> None:
    csv, parquet = (bench["tables"].write_answers(tmp_path / f"a.{kind}", 30) for kind in ("csv", "parquet"))
    one, other = read_choices(csv).data, read_choices(parquet).data
    assert one.shown.tolist() == other.shown.tolist()
    assert (len(one.respondents), one.task.size, len(one.items)) == (30, 330, 11)
    many = read_choices(bench["tables"].write_many(tmp_path / "many.csv", items=40, people=5)).data
    assert (many.task.size, many.shown.shape[1]) == (100, 5)


def test_draws_of_other_programs_are_read_by_chain(bench: dict[str, ModuleType], tmp_path: Path) -> None:
    path = tmp_path / "draws.csv"
    path.write_text('"chain","a","b"\n0,1,-1\n0,2,-2\n1,3,-3\n1,4,-4\n')
    assert bench["comparisons"].read_draws(path).tolist() == [[[1, -1], [2, -2]], [[3, -3], [4, -4]]]


def test_a_program_that_is_not_there_is_told_with_the_reason(bench: dict[str, ModuleType], tmp_path: Path) -> None:
    environments, comparisons = bench["environments"], bench["comparisons"]
    missing = environments.python_with("no-such-program", install=False)
    row = comparisons._with_draws("a task", comparisons.Peer(missing, "nobody", "x.py"), tmp_path / "a.csv", "", 1)
    assert row.cost is None
    assert row.note == "not installed; run without --quick to install it."


def test_the_page_holds_every_row(bench: dict[str, ModuleType]) -> None:
    comparisons, processes, page = bench["comparisons"], bench["processes"], bench["page"]
    ours, theirs = (
        processes.Run(seconds, processor, memory, status=0, output="", complaint="")
        for seconds, processor, memory in ((1.0, 0.5, 100.0), (9.0, 10.0, 900.0))
    )
    results = page.Results(
        before=0.1,
        repeats=1,
        quick=True,
        commands=[bench["commands"].Measurement("starting", "--help", (ours,))],
        growth=[(1000, ours)],
        beside=[
            comparisons.Row("a fit", "commonground", ours, agrees=0.0),
            comparisons.Row("a fit", "another", theirs, agrees=2e-7),
            comparisons.Row("a fit", "nobody", None, note="is not there."),
            comparisons.Row("draws", "commonground", ours, draws=1000.0, rhat=1.001),
            comparisons.Row("draws", "another", theirs, draws=100.0, rhat=1.02, note="slow"),
        ],
    )
    written = page.page(results)
    assert "| a fit | another | 9.00 | 10.00 | 900 MB | 20 × | 2e-07 |" in written
    assert "| draws | another | 9.00 | 10.00 | 900 MB | 100 | 1.020 | 10.0 | 200 × | slow |" in written
    assert "- nobody, a fit: is not there." in written
    assert "| 1,000 | 11,000 | 1.00 | 0.50 | 500 | 100 MB |" in written


def test_a_process_is_measured(bench: dict[str, ModuleType], tmp_path: Path) -> None:
    found = bench["processes"].run([sys.executable, "-c", "print(sum(range(10**6)))"], tmp_path)
    assert (found.status, found.output) == (0, "499999500000\n")
    assert 0 < found.processor < 60
    assert np.isfinite(found.memory)
    failed = bench["processes"].run([sys.executable, "-c", "raise SystemExit('no luck')"], tmp_path)
    assert (failed.status, failed.reason) == (1, "no luck")
    endless = bench["processes"].run([sys.executable, "-c", "while True: pass"], tmp_path, most_seconds=1)
    assert endless.reason == "ended after 1 s of processor time."
