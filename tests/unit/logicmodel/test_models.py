"""Logic models, what was seen of them, and what changed between two states."""

from datetime import date

import pytest
from pydantic import ValidationError

from commonground.files.logic_models.reading import example_text, logic_model_text, parse_logic_model
from commonground.logicmodel.guide import focus_group_guide
from commonground.logicmodel.model import Column, LogicModel
from commonground.logicmodel.reflections import Reflection, Verdict, account
from commonground.logicmodel.snapshots import Change, changes
from commonground.records.errors import StudyError


def test_the_worked_example_has_the_four_mechanisms_of_the_report_and_says_whose_the_boxes_are() -> None:
    model, reflections = parse_logic_model(example_text())
    assert [one.id for one in model.mechanisms] == ["unifying", "engagement", "online", "international"]
    assert [one.verdict for one in reflections] == [Verdict.PARTLY, Verdict.HELD, Verdict.HELD, Verdict.HELD]
    assert "our reading" in model.source
    assert all(model.in_column(column) for column in Column)
    assert (model.loose_ends(), model.idle_mechanisms()) == ((), ())


def test_a_model_written_out_is_read_back_the_same() -> None:
    model, reflections = parse_logic_model(example_text())
    assert parse_logic_model(logic_model_text(model, reflections)) == (model, reflections)


@pytest.mark.parametrize(
    ("links", "says"),
    [
        ([{"start": "a", "end": "c"}], "'c', which is not there"),
        ([{"start": "b", "end": "a"}], "does not lead on"),
        ([{"start": "a", "end": "b", "mechanism": "luck"}], "'luck', which is not there"),
    ],
)
def test_a_link_that_cannot_be_is_named(links: list[dict[str, str]], says: str) -> None:
    boxes = [{"id": "a", "column": "resource", "text": "time"}, {"id": "b", "column": "outcome", "text": "less pain"}]
    with pytest.raises(ValidationError, match=says):
        LogicModel.model_validate({"title": "ours", "boxes": boxes, "links": links})


def test_a_reflection_on_nothing_is_named() -> None:
    with pytest.raises(StudyError, match="'gone', which is not there"):
        parse_logic_model(example_text().replace("mechanism: online\n    on:", "mechanism: gone\n    on:"))


def test_two_states_side_by_side() -> None:
    before, _reflections = parse_logic_model(example_text())
    said = before.model_dump(mode="json")
    said["boxes"] = [*said["boxes"][1:], {"id": "money", "column": "resource", "text": "a grant"}]
    said["links"] = said["links"][1:]
    said["mechanisms"][0]["assumption"] = "Impact unites."
    found = {(one.part, one.id): one.change for one in changes(before, LogicModel.model_validate(said))}
    assert found == {
        ("box", "partners"): Change.WENT,
        ("box", "money"): Change.CAME,
        ("link", "partners → framework"): Change.WENT,
        ("mechanism", "unifying"): Change.REWORDED,
    }


def test_roles_may_see_a_mechanism_differently_and_both_stand() -> None:
    seen = [
        Reflection("m", date(2026, 5, 2), "nurse", "worked on our ward", Verdict.HELD, evidence="the rota"),
        Reflection("m", date(2026, 5, 1), "parent", "not for us", Verdict.NOT),
        Reflection("other", date(2026, 5, 1), "parent", "…", Verdict.HELD),
    ]
    found = account("m", seen)
    assert [one.role for one in found.reflections] == ["parent", "nurse"]
    assert found.latest == (("nurse", Verdict.HELD), ("parent", Verdict.NOT))
    assert (found.is_shared, found.has_evidence) == (False, True)


def test_too_early_to_say_is_no_verdict() -> None:
    seen = [
        Reflection("m", date(2026, 5, 1), role, "…", verdict)
        for role, verdict in (("a", Verdict.OPEN), ("b", Verdict.HELD))
    ]
    assert account("m", seen).is_shared


def test_the_guide_asks_about_every_mechanism_in_the_time_there_is() -> None:
    model, _reflections = parse_logic_model(example_text())
    guide = focus_group_guide(model, minutes=60)
    assert len(guide) == 2 + len(model.mechanisms)
    assert 55 <= sum(part.minutes for part in guide) <= 60
    assert all(set(question.languages()) == {"en", "fr"} for part in guide for question in part.questions)
