"""What holds for every command: exit status, speed of help, no traceback, quiet when the reader goes."""

import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from commonground.cli.main import COMMANDS

Program = Callable[..., Any]

PROGRAM = Path(sys.executable).with_name("commonground")
HEAVY = ("numpy", "scipy", "polars", "rich", "ruamel", "django", "altair", "vl_convert", "jinja2")
"""Typer itself imports pydantic for the help of a single command, so that one is looked for in the list of commands."""


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_help_shows_an_example_and_imports_nothing_heavy(command: str) -> None:
    looked_for = HEAVY if command else (*HEAVY, "pydantic")
    code = (
        "import sys\n"
        "sys.argv = ['commonground', *sys.argv[1:], '--help']\n"
        "from commonground.cli.main import main\n"
        "try:\n    main()\n"
        f"finally:\n    print('HEAVY', [name for name in {looked_for!r} if name in sys.modules])\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", code, *command.split()], capture_output=True, text=True, check=False, timeout=30
    )
    assert run.returncode == 0, run.stderr
    assert run.stdout.splitlines()[-1] == "HEAVY []"
    if command:
        assert f"Example: commonground {command}" in " ".join(run.stdout.split())


def test_version(commonground: Program) -> None:
    run = commonground("--version")
    assert run.status == 0
    assert run.out.startswith("commonground 0.")


def test_called_wrongly(commonground: Program) -> None:
    run = commonground("chek")
    assert (run.status, run.out) == (2, "")
    assert "Did you mean 'check'" in run.err
    assert commonground("new", "--nonsense").status == 2
    assert commonground("check").status == 2


def test_ctrl_c_ends_with_one_line(tmp_path: Path) -> None:
    code = (
        "import commonground.cli.schema, os, signal\n"
        "commonground.cli.schema.run.__globals__['json'].dump = lambda *_, **__: os.kill(os.getpid(), signal.SIGINT)\n"
        "import sys; sys.argv = ['commonground', 'schema']\n"
        "from commonground.cli.main import main; main()\n"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=30)
    assert (run.returncode, run.stderr) == (128 + signal.SIGINT, "Stopped.\n")


def test_a_reader_that_goes_away_is_no_error() -> None:
    pipe = f"set -o pipefail; {PROGRAM} schema | head -c 10"
    run = subprocess.run(["bash", "-c", pipe], capture_output=True, text=True, check=False, timeout=30)
    assert len(run.stdout) == 10
    assert run.stderr == ""


def test_what_the_system_refuses_is_said_in_one_line(commonground: Program, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    run = commonground("new", tmp_path / "file" / "study")
    assert (run.status, run.out) == (1, "")
    assert run.err.count("\n") == 1


def test_a_missing_extra_is_named(commonground: Program, choices: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def without_altair(*_: object, **__: object) -> None:
        raise ModuleNotFoundError("No module named 'altair'", name="altair")

    monkeypatch.setattr("commonground.cli.count.read_data", without_altair)
    run = commonground("count", choices)
    assert run.status == 1
    assert "pip install 'commonground[report]'" in run.err
