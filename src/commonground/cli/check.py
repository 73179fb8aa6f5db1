"""`commonground check`: what is wrong with a study document, and with data collected for it."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from commonground import __version__
from commonground.cli.output import JsonOption, emit
from commonground.cli.reading import DropInvalidOption, OnlyOption, RespondentsOption, read_data
from commonground.records.errors import CommonGroundError
from commonground.records.provenance import Provenance

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import Console

    from commonground.files.study import StudyDocument
    from commonground.files.study_checks import Findings

EXAMPLE = "Example: commonground check study.yaml choices.csv"
NEEDS_ARGUMENTS = True


def run(
    study: Annotated[Path, typer.Argument(metavar="STUDY", help="A study document, or the folder it is in.")],
    data: Annotated[Path | None, typer.Argument(metavar="DATA", help="A choice table collected for it.")] = None,
    respondents: RespondentsOption = None,
    only: OnlyOption = None,
    drop_invalid: DropInvalidOption = False,
    as_json: JsonOption = False,
) -> None:
    """Check a study, and data collected for it. Names the line of every mistake, and how to mend it."""
    from commonground.files.study import read_study
    from commonground.files.study_checks import Findings, check_study

    document: StudyDocument | None = None
    data_hash = ""
    try:
        document = read_study(study)
        findings = check_study(document)
        if data is not None and not findings.errors:
            reading = read_data(data, respondents=respondents, only=only, drop_invalid=drop_invalid)
            data_hash = reading.hash
            from commonground.files.data_checks import check_data

            findings += check_data(document.study, reading.choices(), str(data))
    except CommonGroundError as error:
        findings = Findings(errors=error.problems)
    _tell(document, findings, data_hash=data_hash, as_json=as_json)
    if findings.errors:
        raise typer.Exit(1)


def _tell(document: "StudyDocument | None", findings: "Findings", *, data_hash: str, as_json: bool) -> None:
    def words(console: "Console") -> None:
        from rich.console import Console

        aside = Console(stderr=True, soft_wrap=True, highlight=False)
        for kind, problems in (("Error", findings.errors), ("Warning", findings.warnings)):
            for problem in problems:
                aside.print(f"{kind}: {problem}", markup=False)
        if document is not None and not findings.errors:
            console.print(_summary(document), soft_wrap=True, markup=False, highlight=False)
            for line in _reading_words(document):
                console.print(line, soft_wrap=True, markup=False, highlight=False)

    emit(
        {
            "valid": not findings.errors,
            "errors": findings.errors,
            "warnings": findings.warnings,
            **(_facts(document) if document else {}),
        },
        as_json=as_json,
        provenance=Provenance(
            package_version=__version__, study_hash=document.hash if document else "", data_hash=data_hash
        ),
        words=words,
    )


def _facts(document: "StudyDocument") -> dict[str, object]:
    from commonground.files.reading_levels import reading_levels

    study = document.study
    return {
        "study": study.id,
        "languages": study.languages,
        "items": len(study.items),
        "groups": [group.id for group in study.groups],
        "questions": len(study.all_questions()),
        "reading": reading_levels(document),
    }


def _reading_words(document: "StudyDocument") -> "Iterator[str]":
    """How hard the texts are to read: something to know, never a mistake."""
    from commonground.files.reading_levels import reading_levels

    levels = reading_levels(document)
    if levels:
        told = "; ".join(f"{level.language}: {level}{', hard' if level.is_hard else ''}" for level in levels)
        yield f"Reading level of the sentences people read: {told}. Grade 8 or less, or ease 50 and more, suits most."
    for level in levels:
        yield from (f"Hard to read ({level.language} {one.score:.1f}): {one.where}." for one in level.hardest)


def _summary(document: "StudyDocument") -> str:
    from commonground.files.study_checks import design_of

    study = document.study
    tasks = design_of(study).tasks
    again = ", one of them shown twice" if study.design.repeat.count else ""
    groups = f"{len(study.groups)} partner groups" if len(study.groups) > 1 else "1 partner group"
    return (
        f"{document.name} can be used: {len(study.items)} items, {groups}, {len(study.all_questions())} questions, "
        f"{tasks} tasks of {study.design.per_task}{again}, in {' and '.join(study.languages)}."
    )
