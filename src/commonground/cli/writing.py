"""Names of tables to write: the ending says the format, and an ending that promises another one is refused."""

from collections.abc import Callable
from pathlib import Path

import typer

CSV = (".csv",)
CHOICES = (".csv", ".csv.gz", ".parquet")


def ending_in(endings: tuple[str, ...]) -> Callable[[Path | None], Path | None]:
    """A check for an option that names a table to write.

    Examples
    --------
    >>> ending_in(CSV)(Path("design.csv")).name
    'design.csv'
    """

    def check(path: Path | None) -> Path | None:
        if path is None or path.name.endswith(endings):
            return path
        mend = f"name it '{path.with_suffix(endings[0])}'"
        raise typer.BadParameter(f"a table is written as {' or '.join(endings)}, not as '{path.name}'; {mend}.")

    return check
