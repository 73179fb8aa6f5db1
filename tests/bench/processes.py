"""Running a program as a person runs it, and what it cost: seconds, processor time and memory."""

import os
import resource
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

OWN = Path(sys.executable).with_name("commonground")
"""This project's program, in the environment that runs the benchmark."""


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
    out, err = folder / "stdout.txt", folder / "stderr.txt"
    limit = partial(resource.setrlimit, resource.RLIMIT_CPU, (most_seconds, most_seconds))
    with out.open("wb") as output, err.open("wb") as complaint:
        started = time.perf_counter()
        with subprocess.Popen(
            [str(part) for part in command],
            cwd=folder,
            stdout=output,
            stderr=complaint,
            preexec_fn=limit,  # noqa: PLW1509  # a benchmark has no other threads
        ) as running:
            _, status, usage = os.wait4(running.pid, 0)
            seconds = time.perf_counter() - started
            running.returncode = os.waitstatus_to_exitcode(status)
    unit = 1 if sys.platform == "darwin" else 1024  # ru_maxrss is bytes there, kilobytes elsewhere
    said = err.read_text(encoding="utf-8", errors="replace")
    processor = usage.ru_utime + usage.ru_stime
    if running.returncode < 0 and processor >= most_seconds - 1:
        said += f"\nended after {most_seconds} s of processor time."
    return Run(
        seconds,
        processor,
        usage.ru_maxrss * unit / 1e6,
        out.read_text(encoding="utf-8", errors="replace"),
        said,
        running.returncode,
    )


def own(folder: Path, arguments: str) -> Run:
    """Run this project's program once; a failure ends the benchmark."""
    found = run([OWN, *arguments.split()], folder)
    if found.status:
        raise SystemExit(f"commonground {arguments} failed: {found.reason}")
    return found
