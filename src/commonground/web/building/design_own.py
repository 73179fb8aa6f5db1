"""A design made elsewhere, brought as a table: read, and turned into what the study document holds."""

import tempfile
from pathlib import Path

from commonground.files.designs import read_design
from commonground.records.design import Design
from commonground.records.errors import DataError, Problem
from commonground.records.study import Study as StudyRecord

FILE = "design.csv"
PACKED = (b"\x1f\x8b", b"PK")
"""How gzip and zip archives begin."""

MOST_PLACES = 20_000
"""Places of a design that a study document can hold and still be read by people."""


def design_from_table(content: bytes, name: str, record: StudyRecord) -> Design:
    """Read a design table (CSV); its items are ids of the study, or numbers from 1 in the study's order.

    Raises
    ------
    DataError
        If it cannot be read, has mistakes, or is larger than a study document can hold.
    """
    if content.startswith(PACKED):  # a packed file may be a thousand times as large as what was sent
        what = "this is a packed file or a workbook, not a table in text."
        raise DataError([Problem(what, name, "Unpack it, or save it as 'CSV UTF-8'.")])
    ids = [item.id for item in record.items]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / FILE  # never a name from outside
        path.write_bytes(content)
        try:
            design = read_design(path, _meant(path, ids)).design
        except DataError as error:
            raise DataError([_named(path, name, problem) for problem in error.problems]) from None
    if sum(len(task) for version in design.versions for task in version) > MOST_PLACES:
        what = f"the design has more than {MOST_PLACES} places, more than a study document can hold."
        raise DataError([Problem(what, name, "Use fewer versions.")])
    return design


def _meant(path: Path, ids: list[str]) -> list[str]:
    """The names the table calls the study's items by: their ids, or their numbers."""
    named = read_design(path).items
    numbers = [str(number) for number in range(1, len(ids) + 1)]
    return numbers if set(named) <= set(numbers) and not set(named) <= set(ids) else ids


def _named(path: Path, name: str, problem: Problem) -> Problem:
    """A message that names the file as its owner does."""
    return Problem(
        problem.what, problem.where.replace(str(path), name), problem.mend.replace(str(path), name).replace(FILE, name)
    )


def as_document(design: Design, record: StudyRecord) -> dict[tuple[str | int, ...], object]:
    """What the study document has to say to field this design."""
    ids = [item.id for item in record.items]
    versions = [[[ids[item] for item in task] for task in version] for version in design.versions]
    return {
        ("design", "per_task"): design.per_task,
        ("design", "tasks"): design.tasks,
        ("design", "versions"): len(design.versions),
        ("design", "own"): versions,
    }
