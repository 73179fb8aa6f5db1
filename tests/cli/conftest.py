"""The program, run as a person or a script runs it."""

import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from commonground.cli.main import main

TABLE = """\
respondent,task,item_1,item_2,item_3,best,worst
r,1,a,b,c,a,b
r,2,b,c,a,c,b
s,1,c,a,b,a,c
s,2,b,c,a,b,
"""


@dataclass(frozen=True)
class Run:
    """How a run ended, and what it printed."""

    status: int
    out: str
    err: str

    def json(self) -> dict[str, Any]:
        """The one JSON object on standard output."""
        return json.loads(self.out)


@pytest.fixture
def commonground(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., Run]:
    """Run the program in this process; the terminal is wide."""
    monkeypatch.setenv("COLUMNS", "200")

    def run(*arguments: object) -> Run:
        monkeypatch.setattr(sys, "argv", ["commonground", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            main()
        printed = capsys.readouterr()
        return Run(int(ended.value.code or 0), printed.out, printed.err)

    return run


@pytest.fixture
def choices(tmp_path: Path) -> Path:
    """A small choice table."""
    path = tmp_path / "choices.csv"
    path.write_text(TABLE)
    return path
