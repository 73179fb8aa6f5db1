"""The design a study plans: from its numbers, or the one it brings."""

import pytest
from pydantic import ValidationError

from commonground.design.audit import Fitness, audit
from commonground.design.build import build_design
from commonground.design.planned import planned_design
from commonground.records.study import DesignPlan

ITEMS = ("a", "b", "c", "d")
RING = ((("a", "b"), ("b", "c"), ("c", "d"), ("d", "a")),)


def test_numbers_give_what_the_search_gives() -> None:
    plan = DesignPlan(per_task=3, tasks=4, seed=5)
    assert planned_design(plan, ITEMS) == build_design(4, 3, tasks=4, seed=5)


def test_a_design_of_ones_own_is_taken_as_it_is() -> None:
    design = planned_design(DesignPlan(per_task=2, own=RING), ITEMS, repeat=True)
    assert design.versions == (((0, 1), (1, 2), (2, 3), (3, 0)),)
    assert design.repeats == (None,)
    assert audit(design).status is not Fitness.UNUSABLE


def test_what_is_wrong_with_it_is_in_its_notes() -> None:
    design = planned_design(DesignPlan(per_task=2, own=((("a", "b"), ("c", "d")),)), ITEMS)
    assert design.notes[0].startswith("This design is not usable")


@pytest.mark.parametrize(
    ("plan", "words"),
    [
        ({"per_task": 3, "own": RING}, "'per_task' says 3, but the design under 'own' has 2"),
        ({"per_task": 2, "versions": 2, "own": RING}, "'versions' says 2"),
        ({"per_task": 2, "tasks": 5, "own": RING}, "'tasks' says 5"),
        ({"per_task": 2, "own": ()}, "at least one version"),
        ({"per_task": 2, "versions": 2, "own": (RING[0], RING[0][:2])}, "same number of tasks"),
    ],
)
def test_numbers_beside_it_must_fit(plan: dict[str, object], words: str) -> None:
    with pytest.raises(ValidationError, match=words):
        DesignPlan.model_validate(plan)
