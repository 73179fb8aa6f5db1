"""The program `commonground`: finds the command, runs it, turns mistakes into messages and exit codes.

Exit status: 0 done; 1 the data or the study says no; 2 the command was called wrongly.
"""

import sys
from importlib import import_module

import typer

from commonground import __version__
from commonground.records.errors import CommonGroundError

COMMANDS: tuple[str, ...] = ("count", "compare", "replicate")
"""Modules of this package that hold one command each, in the order `--help` lists them."""

app = typer.Typer(
    name="commonground",
    help="Best-worst scaling for partnerships: design, field, analyse and report a study.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,  # rich doubles the time of --help
    pretty_exceptions_enable=False,
)


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"commonground {__version__}")
        raise typer.Exit


@app.callback()
def program(
    version: bool = typer.Option(False, "--version", callback=_print_version, is_eager=True, help="Print the version."),
) -> None:
    """Best-worst scaling for partnerships: design, field, analyse and report a study."""


for _name in COMMANDS:
    _module = import_module(f"commonground.cli.{_name}")
    app.command(name=_name, epilog=_module.EXAMPLE, no_args_is_help=_module.NEEDS_ARGUMENTS)(_module.run)


def main() -> None:
    """Run the program; never shows a traceback for a mistake in what people brought."""
    try:
        app()
    except CommonGroundError as error:
        for problem in error.problems:
            print(problem, file=sys.stderr)
        sys.exit(1)
    except OSError as error:
        print(f"{error.filename or 'file'}: {error.strerror or error}.", file=sys.stderr)
        sys.exit(1)
