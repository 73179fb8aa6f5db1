"""A design made elsewhere, brought as a table: read, and turned into what the study document holds."""

import tempfile
from pathlib import Path, PurePath

from commonground.files.designs import read_design
from commonground.records.design import Design
from commonground.records.errors import DataError, Problem
from commonground.records.study import Study as StudyRecord

MOST_PLACES = 20_000
"""Places of a design that a study document can hold and still be read by people."""


def design_from_table(content: bytes, name: str, record: StudyRecord) -> Design:
    """Read a design table (CSV); its items are ids of the study, or numbers from 1 in the study's order.

    Raises
    ------
    DataError
        If it cannot be read, has mistakes, or is larger than a study document can hold.
    """
    ids = [item.id for item in record.items]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / (PurePath(name).name or "design.csv")
        path.write_bytes(content)
        try:
            design = read_design(path, _meant(path, ids)).design
        except DataError as error:
            raise DataError([_without(folder, problem) for problem in error.problems]) from None
    if sum(len(task) for version in design.versions for task in version) > MOST_PLACES:
        what = f"the design has more than {MOST_PLACES} places, more than a study document can hold."
        raise DataError([Problem(what, name, "Use fewer versions.")])
    return design


def _meant(path: Path, ids: list[str]) -> list[str]:
    """The names the table calls the study's items by: their ids, or their numbers."""
    named = read_design(path).items
    numbers = [str(number) for number in range(1, len(ids) + 1)]
    return numbers if set(named) <= set(numbers) and not set(named) <= set(ids) else ids


def _without(folder: str, problem: Problem) -> Problem:
    """A message that names the file as its owner does."""
    return Problem(problem.what, problem.where.replace(f"{folder}/", ""), problem.mend.replace(f"{folder}/", ""))


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
