"""Whether what draws and writes reports is installed: it comes with the `report` extra."""

from importlib.util import find_spec

from commonground.records.errors import MissingLibraryError

LIBRARIES = ("altair", "vl_convert", "jinja2")


def require_report_extra() -> None:
    """Stop with the command that installs it, before anything is computed.

    Raises
    ------
    MissingLibraryError
        If one of its libraries is missing.
    """
    if not all(map(_installed, LIBRARIES)):
        raise MissingLibraryError("the 'report' extra", "pip install 'commonground[report]'")


def _installed(name: str) -> bool:
    try:
        return find_spec(name) is not None
    except ModuleNotFoundError:  # an import hook may say so in its own way
        return False
