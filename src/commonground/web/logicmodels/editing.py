"""Small changes of a logic model: each gives a whole, valid model or says what is wrong."""

from typing import Any

from pydantic import ValidationError

from commonground.files.logic_models.reading import logic_model_text
from commonground.logicmodel.model import LogicModel
from commonground.records.errors import StudyError
from commonground.records.slugs import slug, unused
from commonground.records.words import EVERY_LANGUAGE, Words


def with_box(model: LogicModel, *, column: str, text: str, number: str = "") -> LogicModel:
    """A box more, or another text for the one with this id."""
    said = model.model_dump(mode="json")
    if number:
        said["boxes"] = [one | {"text": _words(text)} if one["id"] == number else one for one in said["boxes"]]
    else:
        said["boxes"].append({"id": _new_id(model, text), "column": column, "text": _words(text)})
    return _whole(said)


def with_link(model: LogicModel, *, start: str, end: str, mechanism: str) -> LogicModel:
    """A link more; one that is there already gets this mechanism."""
    said = model.model_dump(mode="json")
    others = [one for one in said["links"] if (one["start"], one["end"]) != (start, end)]
    said["links"] = [*others, {"start": start, "end": end, "mechanism": mechanism or None}]
    return _whole(said)


def with_mechanism(model: LogicModel, *, name: str, assumption: str, effect: str, number: str = "") -> LogicModel:
    """A mechanism more, or other words for the one with this id."""
    said = model.model_dump(mode="json")
    words = {"name": _words(name), "assumption": _words(assumption), "effect": _words(effect) if effect else None}
    if number:
        said["mechanisms"] = [one | words if one["id"] == number else one for one in said["mechanisms"]]
    else:
        said["mechanisms"].append({"id": _new_id(model, name), **words})
    return _whole(said)


def without(model: LogicModel, number: str) -> LogicModel:
    """The model without a box, with the links at it, or without a mechanism."""
    said = model.model_dump(mode="json")
    said["boxes"] = [one for one in said["boxes"] if one["id"] != number]
    said["links"] = [one for one in said["links"] if number not in {one["start"], one["end"]}]
    for link in said["links"]:
        link["mechanism"] = None if link["mechanism"] == number else link["mechanism"]
    said["mechanisms"] = [one for one in said["mechanisms"] if one["id"] != number]
    return _whole(said)


def without_link(model: LogicModel, start: str, end: str) -> LogicModel:
    """The model without a link."""
    said = model.model_dump(mode="json")
    said["links"] = [one for one in said["links"] if (one["start"], one["end"]) != (start, end)]
    return _whole(said)


def as_text(model: LogicModel) -> str:
    """The model as its document."""
    return logic_model_text(model)


def _whole(said: dict[str, Any]) -> LogicModel:
    try:
        return LogicModel.model_validate(said)
    except ValidationError as error:
        raise StudyError("; ".join(str(one["msg"]).removeprefix("Value error, ") for one in error.errors())) from None


def _words(text: str) -> dict[str, str]:
    return Words({EVERY_LANGUAGE: text.strip()}).root


def _new_id(model: LogicModel, text: str) -> str:
    taken = {one.id for one in model.boxes} | {one.id for one in model.mechanisms}
    return unused(slug(text, otherwise="n", longest=24), taken)
