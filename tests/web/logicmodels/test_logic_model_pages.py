"""The logic model, the stakeholders and the logs on their pages."""

from collections.abc import Callable

import pytest
from django.test import Client

from commonground.files.logic_models.reading import parse_logic_model
from commonground.web.logicmodels.models import CycleStep, LogEntry, ModelDocument, ReflectionEntry, StakeholderEntry
from commonground.web.partnerships.models import Partnership


@pytest.fixture
def at(partnership: Partnership) -> Callable[[str], str]:
    """An address of this partnership."""
    return lambda page: f"/partnerships/{partnership.public_id}/{page}"


@pytest.fixture
def example(as_owner: Client, at: Callable[[str], str]) -> ModelDocument:
    """The worked example as the partnership's model."""
    as_owner.post(at("logic-model/"), {"example": "yes"})
    return ModelDocument.objects.get()


def model_now() -> dict[str, set[str]]:
    record = ModelDocument.objects.get().record
    return {
        "boxes": {one.id for one in record.boxes},
        "links": {f"{one.start}-{one.end}" for one in record.links},
        "mechanisms": {one.id for one in record.mechanisms},
    }


def test_the_example_is_drawn_and_told_and_says_whose_it_is(
    as_owner: Client, at: Callable[[str], str], example: ModelDocument
) -> None:
    page = as_owner.get(at("logic-model/")).content.decode()
    assert page.count('<rect class="box"') == 7
    assert "The same as a table" in page
    assert "our reading of its text" in page
    assert page.count('class="seen"') == 4
    assert "style=" not in page


def test_a_model_is_built_part_by_part(as_owner: Client, at: Callable[[str], str]) -> None:
    as_owner.post(at("logic-model/"), {"empty": "yes"})
    as_owner.post(at("logic-model/box/"), {"column": "resource", "text": "Time of two nurses"})
    as_owner.post(at("logic-model/box/"), {"column": "outcome", "text": "Less pain"})
    as_owner.post(at("logic-model/mechanism/"), {"name": "Trust", "assumption": "Children trust who they know."})
    sent = {"start": "time-of-two-nurses", "end": "less-pain", "mechanism": "trust"}
    as_owner.post(at("logic-model/link/"), sent)
    assert model_now() == {
        "boxes": {"time-of-two-nurses", "less-pain"},
        "links": {"time-of-two-nurses-less-pain"},
        "mechanisms": {"trust"},
    }
    back = as_owner.post(at("logic-model/link/"), {"start": "less-pain", "end": "time-of-two-nurses"})
    assert (back.status_code, "does not lead on" in back.content.decode()) == (422, True)
    as_owner.post(at("logic-model/mechanism/trust/"), {"remove": "yes"})
    as_owner.post(at("logic-model/box/less-pain/"), {"remove": "yes"})
    assert model_now() == {"boxes": {"time-of-two-nurses"}, "links": set(), "mechanisms": set()}


def test_a_box_gets_other_words_and_keeps_its_links(
    as_owner: Client, at: Callable[[str], str], example: ModelDocument
) -> None:
    as_owner.post(at("logic-model/box/platform/"), {"column": "resource", "text": "Our own platform"})
    assert "Our own platform" in as_owner.get(at("logic-model/")).content.decode()
    assert "platform-pilots" in model_now()["links"]


def test_roles_look_back_at_a_mechanism(as_owner: Client, at: Callable[[str], str], example: ModelDocument) -> None:
    sent = {
        "mechanism": "online",
        "on": "2026-11-01",
        "role": "students",
        "text": "Rooms broke down.",
        "verdict": "not",
    }
    as_owner.post(at("entries/reflection/"), sent)
    page = as_owner.get(at("logic-model/")).content.decode()
    assert "Rooms broke down." in page
    assert "it did not hold" in page
    number = ReflectionEntry.objects.get(role="students").pk
    as_owner.post(at(f"entries/reflection/{number}/"), {"remove": "yes"})
    assert not ReflectionEntry.objects.filter(role="students").exists()


def test_a_kept_state_shows_what_has_changed_since(
    as_owner: Client, at: Callable[[str], str], example: ModelDocument
) -> None:
    as_owner.post(at("logic-model/keep/"), {"note": "kick-off"})
    as_owner.post(at("logic-model/box/network/"), {"remove": "yes"})
    kept = example.snapshots.get()
    page = as_owner.get(at(f"logic-model/kept/{kept.pk}/")).content.decode()
    assert "kick-off" in page
    assert "Went:" in page


def test_the_guide_asks_about_each_mechanism(
    as_owner: Client, at: Callable[[str], str], example: ModelDocument
) -> None:
    page = as_owner.get(at("logic-model/guide/")).content.decode()
    assert page.count("When did you see that, and when not?") == 4


def test_the_model_leaves_and_comes_back_as_a_document(
    as_owner: Client, at: Callable[[str], str], example: ModelDocument
) -> None:
    text = as_owner.get(at("logic-model/logic-model.yaml")).content.decode()
    model, seen = parse_logic_model(text)
    assert (model, len(seen)) == (example.record, 4)


def test_the_map_shows_who_was_there_and_asks_who_is_missing(as_owner: Client, at: Callable[[str], str]) -> None:
    everyone = {"zone": "inner", "distance": 1, "interest": 3, "power": 1, "added_on": "2026-01-01"}
    as_owner.post(at("entries/stakeholder/"), {**everyone, "name": "Families", "kind": "service-users"})
    late = {**everyone, "name": "The school", "kind": "public", "added_on": "2026-09-01", "emerged": "on", "power": 3}
    as_owner.post(at("entries/stakeholder/"), late)
    page = as_owner.get(at("stakeholders/")).content.decode()
    assert page.count('<circle class="person') == 2
    assert "Much concerned, little say" in page
    assert "came into view during the work" in page
    assert "Policy makers" in page
    earlier = as_owner.get(at("stakeholders/?on=2026-02-01")).content.decode()
    assert (earlier.count('<circle class="person'), "The school" in earlier) == (1, False)
    assert as_owner.get(at("stakeholders/?on=nonsense")).status_code == 200


def test_logs_cycles_and_outputs_are_kept_and_leave_as_tables(as_owner: Client, at: Callable[[str], str]) -> None:
    day = {"on": "2026-11-01", "who": "=families"}
    as_owner.post(at("entries/log/"), {**day, "log": "involvement", "what": "chose the words", "reason": "ethical"})
    as_owner.post(at("entries/log/"), {**day, "log": "impact", "what": "a new form"})
    as_owner.post(at("entries/cycle/"), {**day, "cycle": 1, "phase": "plan", "what": "a shorter form"})
    as_owner.post(at("entries/output/"), {"title": "Poster", "kind": "poster", "state": "done"})
    page = as_owner.get(at("logs/")).content.decode()
    assert all(
        words in page for words in ("chose the words", "a new form", "Still to come: act, observe, reflect", "Poster")
    )
    table = as_owner.get(at("entries/log/table.csv")).content.decode()
    assert table.count("'=families") == 2
    assert (LogEntry.objects.count(), CycleStep.objects.count()) == (2, 1)


def test_a_mistake_keeps_what_was_written(as_owner: Client, at: Callable[[str], str]) -> None:
    page = as_owner.post(at("entries/log/"), {"what": "chose the words", "on": "yesterday"})
    assert page.status_code == 422
    assert "chose the words" in page.content.decode()
    assert as_owner.get(at("entries/nonsense/")).status_code == 404


def test_everything_is_deleted_with_the_partnership(
    as_owner: Client, at: Callable[[str], str], example: ModelDocument
) -> None:
    StakeholderEntry.objects.create(partnership=example.partnership, name="Families")
    as_owner.post(at("delete/"))
    assert not ModelDocument.objects.exists()
    assert not StakeholderEntry.objects.exists()
