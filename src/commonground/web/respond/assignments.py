"""An assignment as JSON, so that what chance decided stays readable in the database."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from commonground.records.sessions import Assignment, ShownTask


def assignment_to_json(assignment: Assignment) -> dict[str, Any]:
    """An assignment as plain lists and numbers."""
    return asdict(assignment)


def assignment_from_json(stored: Mapping[str, Any]) -> Assignment:
    """The assignment that `assignment_to_json` wrote."""
    return Assignment(
        seed=stored["seed"],
        version=stored["version"],
        task_order=tuple(stored["task_order"]),
        position_order=tuple(stored["position_order"]),
        tasks=tuple(ShownTask(**{**task, "items": tuple(task["items"])}) for task in stored["tasks"]),
    )
