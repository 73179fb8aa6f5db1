"""Long validations (`make validate`): they show how far they are and end with a table of what they measured."""

import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from commonground.design.build import build_design
from commonground.records.choices import ChoiceData, FloatArray
from commonground.simulation.rules import draw_answers

ITEMS = tuple("abcdefghijk")
TRUTH = np.linspace(1.0, -1.0, 11)
TASKS = np.array(build_design(11, 5).versions[0])
"""The published study's design: 11 tasks of 5 of 11 items, every item 5 times, every pair twice."""

FIGURES = pytest.StashKey[list[tuple[str, str, str]]]()
HERE = Path(__file__).parent

Study = Callable[..., ChoiceData]
Counted = Callable[[int, str], Iterator[int]]
Measured = Callable[..., None]


@pytest.fixture(scope="session")
def truth() -> FloatArray:
    """The mean utilities of the eleven items."""
    return TRUTH


@pytest.fixture(scope="session")
def study() -> Study:
    """Draw people around some utilities and let them answer the design under a model."""

    def draw(rule: str, means: FloatArray, spread: float, people: int, rng: np.random.Generator) -> ChoiceData:
        utilities = means + spread * rng.normal(size=(people, 11))
        return draw_answers(rule, utilities, np.broadcast_to(TASKS, (people, *TASKS.shape)), rng).as_data(ITEMS)

    return draw


@pytest.fixture
def counted(request: pytest.FixtureRequest) -> Counted:
    """Count replications on the terminal, past pytest's capture."""
    capture = request.config.pluginmanager.getplugin("capturemanager")

    def count(total: int, words: str) -> Iterator[int]:
        for done in range(total):
            if done % max(1, total // 50) == 0:
                with capture.global_and_fixture_disabled():
                    _show(f"{words}: {100 * done // total} %")
            yield done
        with capture.global_and_fixture_disabled():
            _show("")

    return count


def _show(words: str) -> None:
    """On a terminal only, over what was shown before; a log file has a line a test."""
    if sys.stderr.isatty():
        print(f"\r\033[K  {words}" if words else "\r\033[K", end="", file=sys.stderr, flush=True)


@pytest.fixture
def measured(request: pytest.FixtureRequest) -> Measured:
    """Keep a figure for the table at the end."""
    found = request.config.stash.setdefault(FIGURES, [])

    def keep(what: str, **figures: object) -> None:
        found.append(
            (request.node.name, what, ", ".join(f"{name.replace('_', ' ')} {figures[name]}" for name in figures))
        )

    return keep


@pytest.fixture(autouse=True)
def timed(measured: Measured) -> Iterator[None]:
    """CPU seconds of every validation, for the table and for the documentation."""
    started = time.process_time()
    yield
    measured("took", CPU_seconds=round(time.process_time() - started))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Print what was measured."""
    terminalreporter.section("measured")
    for test, what, figures in config.stash.get(FIGURES, []):
        terminalreporter.write_line(f"{test} | {what} | {figures}")
