"""Where other programs live: an environment of its own for each Python package, and R where it is installed.

Nothing of them enters this project's environment. A program that cannot be had is told with the reason.
"""

import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

CACHE = Path(__file__).resolve().parents[2] / ".bench"
PEERS = Path(__file__).resolve().parent / "peers"
INSTALLING = 600
"""Seconds after which an installation is given up."""


@dataclass(frozen=True)
class Environment:
    """A program that is there.

    Parameters
    ----------
    interpreter : Path
    version : str
        What it calls itself, for the page.
    """

    interpreter: Path
    version: str


@dataclass(frozen=True)
class Missing:
    """A program that is not there, and why."""

    reason: str


def python_with(package: str, *beside: str, install: bool) -> Environment | Missing:
    """An environment with one package, what that needs and what stands beside it; made once and kept in `.bench`."""
    home = CACHE / package.partition("[")[0]
    interpreter = home / "bin" / "python"
    if not (home / "ready").exists():
        if not install:
            return Missing("not installed; run without --quick to install it.")
        problem = _install(home, interpreter, (package, *beside))
        if problem:
            return Missing(problem)
    return Environment(interpreter, f"{package.partition('[')[0]} {_version(interpreter, package)}")


def _install(home: Path, interpreter: Path, packages: tuple[str, ...]) -> str:
    """What went wrong; empty if nothing did."""
    shutil.rmtree(home, ignore_errors=True)
    try:
        subprocess.run([sys.executable, "-m", "venv", home], check=True, capture_output=True, text=True)
        command = [interpreter, "-m", "pip", "install", "-q", "--disable-pip-version-check", *packages]
        subprocess.run(command, check=True, capture_output=True, text=True, timeout=INSTALLING)
    except subprocess.CalledProcessError as failure:
        lines = [line for line in failure.stderr.splitlines() if "ERROR" in line] or failure.stderr.splitlines()
        return f"cannot be installed here: {lines[-1] if lines else failure}"
    except subprocess.TimeoutExpired:
        return f"was not installed after {INSTALLING} s."
    (home / "ready").touch()
    return ""


def _version(interpreter: Path, package: str) -> str:
    program = f"from importlib.metadata import version; print(version({package.partition('[')[0]!r}))"
    return subprocess.run([interpreter, "-c", program], check=True, capture_output=True, text=True).stdout.strip()


def r_with(package: str) -> Environment | Missing:
    """R with a package that came with the system; nothing is installed."""
    program = shutil.which("Rscript")
    if program is None:
        return Missing("R is not installed (Debian: apt install r-base).")
    words = f'cat(as.character(getRversion()), as.character(packageVersion("{package}")))'
    found = subprocess.run([program, "-e", words], capture_output=True, text=True, check=False)
    if found.returncode:
        return Missing(f"the R package {package} is not installed (Debian: apt install r-cran-{package.lower()}).")
    r, own = found.stdout.split()
    return Environment(Path(program), f"R {r} with {package} {own}")
