"""The page on machine output names every key that `--json` prints, and no other."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from commonground.cli.main import COMMANDS

SERVERS = frozenset({"serve", "demo"})  # they run until they are stopped and print addresses, no result
EVERYWHERE = "every command"

EXAMPLES: dict[str, tuple[tuple[str, ...], ...]] = {
    "new": (("new", "second"),),
    "check": (("check", "study"), ("check", "study", "study/choices.csv")),
    "schema": (("schema",),),
    "design": (("design", "--items", "7", "--per-task", "3"), ("design", "--items", "7", "--list")),
    "simulate": (("simulate", "study", "--respondents", "24", "--out", "again/choices.csv"),),
    "count": (("count", "study/choices.csv", "--by", "group"),),
    "compare": (
        ("compare", "study/choices.csv", "--by", "group", "--resamples", "100"),
        ("compare", "counts.csv", "--by", "group"),
    ),
    "quality": (("quality", "study/choices.csv"),),
    "screen": (("screen", "study", "study/choices.csv"),),
    "report": (("report", "study", "study/choices.csv", "--out", "report"),),
    "replicate": (("replicate",),),
}


def run(folder: Path, *arguments: str) -> str:
    """Run one command as a person would."""
    program = Path(sys.executable).with_name("commonground")
    finished = subprocess.run([program, *arguments], cwd=folder, capture_output=True, text=True, check=False)
    assert finished.returncode == 0, finished.stderr
    return finished.stdout


@pytest.fixture(scope="module")
def workplace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a study, simulated answers and a count table."""
    folder = tmp_path_factory.mktemp("workplace")
    (folder / "again").mkdir()
    run(folder, "new", "study")
    run(folder, "simulate", "study", "--respondents", "24", "--seed", "1", "--out", "study/choices.csv")
    rows = [f"{item},{best},{worst},{group}" for group in "xy" for item, best, worst in (("a", 5, 2), ("b", 2, 5))]
    (folder / "counts.csv").write_text("\n".join(["item,best,worst,group", *rows, ""]))
    return folder


@pytest.fixture(scope="module")
def documented(project: Path) -> dict[str, set[str]]:
    """The keys of each section of the page."""
    text = (project / "docs/reference/json.md").read_text(encoding="utf-8")
    sections = re.split(r"^## ", text, flags=re.MULTILINE)[1:]
    return {
        section.partition("\n")[0].lower(): set(re.findall(r"^\| `([^`]+)`", section, re.M)) for section in sections
    }


def keys(value: object, path: str = "") -> Iterator[str]:
    """Every key of a JSON value with the way to it; `[]` stands for the entries of a list."""
    if isinstance(value, dict):
        for name, inner in value.items():
            here = f"{path}.{name}" if path else name
            yield here
            yield from keys(inner, here)
    elif isinstance(value, list):
        for inner in value:
            yield from keys(inner, f"{path}[]")


def is_named(key: str, names: set[str]) -> bool:
    """Whether a key is documented; `*` stands for names that the data bring, `**` for all that follows."""
    return any(re.fullmatch(pattern_of(name), key) for name in names)


def pattern_of(name: str) -> str:
    return re.escape(name).replace(r"\*\*", ".+").replace(r"\*", r"[^.\[\]]+")


@pytest.mark.parametrize("command", [name for name in COMMANDS if name in EXAMPLES])
def test_the_page_names_what_is_printed(command: str, workplace: Path, documented: dict[str, set[str]]) -> None:
    printed = {key for example in EXAMPLES[command] for key in keys(json.loads(run(workplace, *example, "--json")))}
    unnamed = {key for key in printed if not is_named(key, documented[command] | documented[EVERYWHERE])}
    assert not unnamed
    absent = {name for name in documented[command] if not any(re.fullmatch(pattern_of(name), key) for key in printed)}
    assert not absent


def test_every_command_has_an_example_here() -> None:
    assert set(COMMANDS) <= set(EXAMPLES) | SERVERS | {"backup", "restore"}
