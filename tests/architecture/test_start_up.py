"""Asking for help is quick, because nothing heavy is loaded to answer."""

import subprocess
import sys

import pytest

# Not in the list: pydantic, which typer itself loads to read a command's options.
HEAVY = ("numpy", "scipy", "polars", "ruamel", "django", "altair", "vl_convert", "jinja2", "rich")


def commands() -> tuple[str, ...]:
    from commonground.cli.main import COMMANDS

    return COMMANDS


@pytest.mark.parametrize("arguments", [("--help",), ("--version",), *((name, "--help") for name in commands())])
def test_help_loads_nothing_heavy(arguments: tuple[str, ...]) -> None:
    program = f"""
import sys
from commonground.cli.main import main
sys.argv = ["commonground", *{arguments!r}]
try:
    main()
except SystemExit as leaving:
    assert not leaving.code, leaving.code
print("loaded:", *sorted(set(sys.modules) & set({HEAVY!r})))
"""
    result = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert result.stdout.splitlines()[-1] == "loaded:", result.stdout.splitlines()[-1]
