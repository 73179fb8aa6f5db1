"""The study document: `study.yaml` read, validated, hashed."""

import codecs
import json
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from pydantic import ValidationError

from commonground.files.content import read_content
from commonground.files.study_words import problems_of
from commonground.files.yaml_lines import Lines, load
from commonground.records.errors import Problem, StudyError
from commonground.records.study import Study


@dataclass(frozen=True, slots=True)
class StudyDocument:
    """A study and the document it was written in.

    Parameters
    ----------
    study : Study
    text : str
        The document as it was written, comments included.
    hash : str
        See `study_hash`.
    name : str
        The file, for messages.
    lines : Lines
        On which line each part stands.
    """

    study: Study
    text: str
    hash: str
    name: str = "study.yaml"
    lines: Lines = field(default_factory=lambda: Lines({}, {}), compare=False, repr=False)


def read_study(path: Path) -> StudyDocument:
    """Read a study document from a file; a folder stands for the `study.yaml` in it.

    Raises
    ------
    StudyError
        If the document cannot be read or says something impossible; names line and mend for every mistake.
    DataError
        If there is no such file.
    """
    path = path / "study.yaml" if (path / "study.yaml").is_file() else path
    content = read_content(path)
    try:
        text = content.bytes.removeprefix(codecs.BOM_UTF8).decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.bytes.count(b"\n", 0, error.start) + 1
        raise StudyError(
            [Problem("a letter is not UTF-8 text.", f"{path}, line {line}", "Save the file as UTF-8.")]
        ) from None
    return parse_study(text, str(path))


def parse_study(text: str, name: str = "study.yaml") -> StudyDocument:
    """Read a study document from a text.

    Parameters
    ----------
    text : str
        YAML.
    name : str
        What to call the document in messages.

    Raises
    ------
    StudyError
        If the document says something impossible; names line and mend for every mistake.
    """
    lines = load(text, name)
    try:
        study = Study.model_validate(lines.values)
    except ValidationError as error:
        raise StudyError(problems_of(error, lines, name)) from None
    return StudyDocument(study, text, study_hash(study), name, lines)


def study_hash(study: Study) -> str:
    """SHA-256 of what a study says, hexadecimal.

    Taken over the validated study as JSON with sorted field names and without fields that hold their default: so
    comments, layout, the order of fields and spelled-out defaults do not change it, and every word people read does.
    """
    said = study.model_dump(mode="json", exclude_defaults=True) | {"format_version": study.format_version}
    return sha256(json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()).hexdigest()


def plan_hash(study: Study) -> str:
    """SHA-256 of how a study is analysed and screened, hexadecimal; spelled out, so that no default can change it."""
    said = {"analysis": study.analysis.model_dump(mode="json"), "screening": study.screening.model_dump(mode="json")}
    return sha256(json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()).hexdigest()


def study_schema() -> dict[str, object]:
    """The JSON Schema of study documents."""
    schema = Study.model_json_schema(mode="validation")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
