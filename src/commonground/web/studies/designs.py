"""A study's design: built from its document until launch, and from then on the one that was stored."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from commonground.design.planned import planned_design
from commonground.records.design import Design
from commonground.records.study import DesignPlan
from commonground.records.study import Study as StudyRecord
from commonground.web.studies.models import Study


def design_of(study: Study) -> Design:
    """The design this study is fielded with. Which task repeats is drawn for each person."""
    return design_from_json(study.design) if study.design else built_design(study.record())


def built_design(record: StudyRecord) -> Design:
    """The design that the study document asks for."""
    return _built(record.design, tuple(item.id for item in record.items))


@lru_cache(maxsize=32)
def _built(plan: DesignPlan, items: tuple[str, ...]) -> Design:
    return planned_design(plan, items)


def design_to_json(design: Design) -> dict[str, Any]:
    """A design as plain lists and numbers."""
    return {
        "items": design.items,
        "versions": [[list(task) for task in version] for version in design.versions],
        "repeats": list(design.repeats),
        "source": design.source,
        "notes": list(design.notes),
    }


def design_from_json(stored: Mapping[str, Any]) -> Design:
    """The design that `design_to_json` wrote."""
    return Design(
        items=stored["items"],
        versions=tuple(tuple(tuple(task) for task in version) for version in stored["versions"]),
        repeats=tuple(stored["repeats"]),
        source=stored["source"],
        notes=tuple(stored["notes"]),
    )
