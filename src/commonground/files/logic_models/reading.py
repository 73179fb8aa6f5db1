"""Reading and writing logic models with their reflections."""

from collections.abc import Iterable
from dataclasses import asdict
from importlib.resources import files
from io import StringIO

from pydantic import TypeAdapter, ValidationError
from ruamel.yaml import YAML

from commonground.files.study_words import problems_of
from commonground.files.yaml_lines import load
from commonground.logicmodel.model import LogicModel
from commonground.logicmodel.reflections import Reflection
from commonground.records.errors import Problem, StudyError

_REFLECTIONS = TypeAdapter(tuple[Reflection, ...])


def example_text() -> str:
    """The worked example's document, with its comments.

    Examples
    --------
    >>> model, reflections = parse_logic_model(example_text())
    >>> len(model.mechanisms), len(reflections)
    (4, 4)
    """
    return files(__package__ or __name__).joinpath("eisen.yaml").read_text("utf-8")


def parse_logic_model(text: str, name: str = "logic-model.yaml") -> tuple[LogicModel, tuple[Reflection, ...]]:
    """Read a logic model and the reflections that come with it from a text.

    Raises
    ------
    StudyError
        If the document says something impossible; names line and mend for every mistake.
    """
    lines = load(text, name)
    values = dict(lines.values) if isinstance(lines.values, dict) else {}
    said = values.pop("reflections", ())
    try:
        model, reflections = LogicModel.model_validate(values), _REFLECTIONS.validate_python(said)
    except ValidationError as error:
        raise StudyError(problems_of(error, lines, name)) from None
    known = {one.id for one in model.mechanisms}
    strange = next((one.mechanism for one in reflections if one.mechanism not in known), "")
    if strange:
        raise StudyError([Problem(f"a reflection is about the mechanism '{strange}', which is not there.", name)])
    return model, reflections


def logic_model_text(model: LogicModel, reflections: Iterable[Reflection] = ()) -> str:
    """A logic model with its reflections as a document that `parse_logic_model` reads back to the same."""
    yaml = YAML()
    yaml.width = 110
    written = StringIO()
    said = [{key: value for key, value in asdict(one).items() if value} for one in reflections]
    yaml.dump(model.model_dump(mode="json", exclude_defaults=True) | {"reflections": _plain(said)}, written)
    return written.getvalue()


def _plain(said: list[dict[str, object]]) -> object:
    return _REFLECTIONS.dump_python(_REFLECTIONS.validate_python(said), mode="json")
