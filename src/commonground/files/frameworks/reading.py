"""Reading and writing framework documents."""

from importlib.resources import files
from io import StringIO

from pydantic import ValidationError
from ruamel.yaml import YAML

from commonground.competencies.framework import Framework
from commonground.files.study_words import problems_of
from commonground.files.yaml_lines import load
from commonground.records.errors import StudyError

BUILT_IN = ("eisen",)
"""The frameworks that come with the program."""


def built_in_text(name: str = BUILT_IN[0]) -> str:
    """The document of a built-in framework, with its comments.

    Examples
    --------
    >>> "capabilities:" in built_in_text("eisen")
    True
    """
    if name not in BUILT_IN:
        raise StudyError(f"There is no built-in framework '{name}'. There are: {', '.join(BUILT_IN)}.")
    return files(__package__ or __name__).joinpath(f"{name}.yaml").read_text("utf-8")


def built_in(name: str = BUILT_IN[0]) -> Framework:
    """A framework that comes with the program.

    Examples
    --------
    >>> len(built_in("eisen").capabilities)
    15
    """
    return parse_framework(built_in_text(name), f"{name}.yaml")


def parse_framework(text: str, name: str = "framework.yaml") -> Framework:
    """Read a framework from a text.

    Raises
    ------
    StudyError
        If the document says something impossible; names line and mend for every mistake.
    """
    lines = load(text, name)
    try:
        return Framework.model_validate(lines.values)
    except ValidationError as error:
        raise StudyError(problems_of(error, lines, name)) from None


def framework_text(framework: Framework) -> str:
    """A framework as a document that `parse_framework` reads back to the same."""
    yaml = YAML()
    yaml.width = 110
    written = StringIO()
    yaml.dump(framework.model_dump(mode="json", exclude_defaults=True), written)
    return written.getvalue()
