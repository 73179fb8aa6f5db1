"""Records in, files out."""

from collections.abc import Sequence
from pathlib import Path

from commonground.api.reading import Source
from commonground.files.choices import write_choices as write_choice_file
from commonground.files.designs import write_design as write_design_file
from commonground.records.choices import ChoiceData
from commonground.records.design import Design
from commonground.records.errors import RequestError

CHOICE_ENDINGS = (".csv", ".csv.gz", ".parquet")


def write_choices(data: ChoiceData, path: Source) -> None:
    """Write a choice table; the ending says how: .csv, .csv.gz or .parquet.

    Raises
    ------
    RequestError
        If the name ends otherwise.
    """
    name = str(path)
    if not name.endswith(CHOICE_ENDINGS):
        raise RequestError(f"'{name}' should end in {', '.join(CHOICE_ENDINGS)}: the ending says how it is written.")
    write_choice_file(data, Path(path))


def write_design(design: Design, path: Source, items: Sequence[str] | None = None) -> None:
    """Write a design table as CSV; without names the items are numbered from 1."""
    write_design_file(design, Path(path), items)
