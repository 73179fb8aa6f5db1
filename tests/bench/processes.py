"""Running a program as a person runs it, and what it cost: seconds, processor time and memory."""

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

OWN = Path(sys.executable).with_name("commonground")
"""This project's program, in the environment that runs the benchmark."""

LAUNCHER = Path(__file__).with_name("launch.py")


@dataclass(frozen=True)
class Run:
    """One run of a program, from start to end.

    Parameters
    ----------
    seconds, processor : float
        On the clock, and of all processors together.
    memory : float
        The most it held, in megabytes.
    output, complaint : str
        Standard output and standard error.
    status : int
    """

    seconds: float
    processor: float
    memory: float
    output: str
    complaint: str
    status: int

    @property
    def reason(self) -> str:
        """Why it failed, in one line."""
        lines = [line.strip() for line in self.complaint.splitlines() if line.strip()]
        return lines[-1] if lines else f"ended with status {self.status}"


def run(command: Sequence[str | Path], folder: Path, *, most_seconds: int = 600) -> Run:
    """Run a command once; one that takes more seconds of processor time is ended."""
    cost, program = folder / "cost.json", [str(part) for part in command]
    found = subprocess.run(
        [sys.executable, "-I", "-S", LAUNCHER, cost, str(most_seconds), *program],
        cwd=folder,
        capture_output=True,
        text=True,
        errors="replace",
        check=True,
    )
    spent, said = json.loads(cost.read_text(encoding="utf-8")), found.stderr
    if spent["status"] < 0 and spent["processor"] > 0.9 * most_seconds:
        said += f"\nended after {most_seconds} s of processor time."
    return Run(**spent, output=found.stdout, complaint=said)


def own(folder: Path, arguments: str) -> Run:
    """Run this project's program once; a failure ends the benchmark."""
    found = run([OWN, *arguments.split()], folder)
    if found.status:
        raise SystemExit(f"commonground {arguments} failed: {found.reason}")
    return found
