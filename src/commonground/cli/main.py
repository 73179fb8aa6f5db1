"""The program `commonground`: finds the command, runs it, turns mistakes into messages and exit codes.

Exit status: 0 done; 1 the data or the study says no; 2 the command was called wrongly; 130 stopped with Ctrl-C.
"""

import os
import sys
from collections.abc import Sequence
from importlib import import_module
from keyword import iskeyword
from pathlib import Path

import typer

from commonground import __version__
from commonground.cli.output import say
from commonground.records.errors import CommonGroundError, SettingError

COMMANDS: tuple[str, ...] = (
    "new",
    "check",
    "import",
    "schema",
    "design",
    "sample-size",
    "simulate",
    "count",
    "compare",
    "fit",
    "predict",
    "rank",
    "quality",
    "screen",
    "report",
    "replicate",
    "serve",
    "demo",
    "backup",
    "restore",
)
"""Modules of this package that hold one command each, in the order `--help` lists them."""

EXTRAS = {
    **dict.fromkeys(("altair", "vl_convert", "jinja2"), "report"),
    **dict.fromkeys(("django", "csp", "django_tasks", "django_tasks_db", "whitenoise", "granian"), "web"),
    "psycopg": "postgres",
    "openpyxl": "xlsx",
}
"""Libraries that come with an extra, and its name."""

_CALLED_WRONGLY = 2

_INTERRUPTED = 130
"""The exit status after Ctrl-C."""


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"commonground {__version__}")
        raise typer.Exit


def program(
    version: bool = typer.Option(False, "--version", callback=_print_version, is_eager=True, help="Print the version."),
) -> None:
    """Best-worst scaling for partnerships: design, field, analyse and report a study."""


def build_app(commands: Sequence[str] = COMMANDS) -> typer.Typer:
    """The program with these commands; only their modules are loaded."""
    app = typer.Typer(
        name="commonground",
        help=program.__doc__,
        no_args_is_help=True,
        add_completion=False,
        rich_markup_mode=None,  # rich doubles the time of --help
        pretty_exceptions_enable=False,
    )
    app.callback()(program)
    for name in commands:
        module = import_module(f"commonground.cli.{module_name(name)}")
        app.command(name=name, epilog=module.EXAMPLE, no_args_is_help=module.NEEDS_ARGUMENTS)(module.run)
    return app


def module_name(command: str) -> str:
    """The module of a command; Python keeps some words for itself.

    Examples
    --------
    >>> module_name("sample-size"), module_name("import")
    ('sample_size', 'import_')
    """
    return f"{command}_" if iskeyword(command) else command.replace("-", "_")


def _asked(arguments: Sequence[str]) -> Sequence[str]:
    """The command that is called; all of them where that is not clear, so that help and advice know them."""
    first = next((argument for argument in arguments if not argument.startswith("-")), None)
    return (first,) if first in COMMANDS else COMMANDS


def main() -> None:
    """Run the program; never shows a traceback for a mistake in what people brought."""
    # Large arrays live for a moment here: huge pages cost more to clear than they save (a fifth of a million's fit).
    os.environ.setdefault("NUMPY_MADVISE_HUGEPAGE", "0")
    status = _run()
    try:
        sys.stdout.flush()
    except BrokenPipeError:  # the reader, such as `head`, has gone; a second failure at exit would be shown
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    sys.exit(status)


def _run() -> int | str | None:
    try:
        build_app(_asked(sys.argv[1:]))()
    except SystemExit as ended:
        if ended.code == _INTERRUPTED:
            print("Stopped.", file=sys.stderr)
        return ended.code
    except CommonGroundError as error:
        for problem in error.problems:
            say(str(problem))
        return _CALLED_WRONGLY if isinstance(error, SettingError) else 1
    except ModuleNotFoundError as error:
        extra = EXTRAS.get((error.name or "").partition(".")[0])
        if extra is None:
            raise
        print(
            f"This needs '{error.name}', which is not installed: pip install 'commonground[{extra}]'", file=sys.stderr
        )
    except OSError as error:
        print(f"{error.filename or 'file'}: {error.strerror or error}.{_mend(error)}", file=sys.stderr)
    return 1


def _mend(error: OSError) -> str:
    """What to do about a file that cannot be written."""
    folder = Path(str(error.filename)).parent
    if isinstance(error, FileNotFoundError) and error.filename and not folder.exists():
        return f" Make the folder '{folder}' first, or name another."
    return ""
