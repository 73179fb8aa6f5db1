"""The list of items on the site: begun, changed, merged and split, with every step in the log."""

from typing import TYPE_CHECKING

from django.test import Client

from commonground.development.lineage import all_sources
from commonground.web.accounts.models import User
from commonground.web.items.models import LogEntry
from commonground.web.items.standing import development_of
from commonground.web.items.where import where
from commonground.web.studies.models import Study
from commonground.web.workspaces.models import AuditEvent

if TYPE_CHECKING:
    from conftest import Pages

EMPTY_SOURCE = {"source-kind": ""}


def wording(label: str, **more: str) -> dict[str, str]:
    return {"label_en": label, "label_fr": f"{label} (fr)", **more}


def test_an_unstarted_list_shows_the_items_of_the_document(pages: "Pages") -> None:
    assert "Begin with the study’s items" in pages.text()
    assert where(pages.study).is_settled
    assert pages.send("items/start/") == 302
    assert pages.order[:3] == ("open", "goal", "res")
    assert not where(pages.study).is_settled
    text = pages.text()
    assert "11 items are on the list." in text
    assert "From interviews or groups." in text
    (source,) = development_of(pages.study).candidates["open"].sources
    assert source.cfir == "Inner Setting: Culture"
    assert source.citation


def test_a_list_is_started_once(started: "Pages") -> None:
    assert started.send("items/start/") == 302
    assert "The list has been started already." in started.text()
    assert len(started.order) == 11


def test_an_idea_is_added_with_where_it_comes_from(started: "Pages") -> None:
    source = {
        "source-kind": "elicitation",
        "source-theme": "Being heard",
        "source-cfir": "Inner Setting: Culture: Recipient-Centeredness",
        "source-people_P": "7",
        "source-people_HP": "",
    }
    assert started.send("items/new/", **wording("Being heard", examples_en="A turn for everyone"), **source) == 302
    text = started.text("items/item/being-heard/")
    assert "7 people spoke of it" in text
    assert "Recipient-Centeredness" in text
    assert "A turn for everyone" in text
    assert (
        started.send("items/item/being-heard/sources/", **{"source-kind": "literature", "source-citation": "X"}) == 302
    )
    assert started.send("items/item/being-heard/sources/", remove="0") == 302
    (left,) = development_of(started.study).candidates["being-heard"].sources
    assert left.citation == "X"


def test_a_source_without_a_kind_is_asked_about(started: "Pages") -> None:
    answer = started.client.post(started.at("items/new/"), {**wording("A"), "source-theme": "Trust", "source-kind": ""})
    assert answer.status_code == 422
    assert "Say of what kind this source is." in answer.content.decode()


def test_merging_and_splitting_lead_back_to_all_ancestors(started: "Pages") -> None:
    first = "items/merge/?item=open&item=goal"
    assert "A culture of openness" in started.text(first)
    assert started.send(first, **wording("Openness and a goal"), reason="") == 422
    assert started.send(first, **wording("Openness and a goal"), reason="one idea") == 302
    parts = {"part1-label_en": "Openness", "part2-label_en": "A goal", "reason": "two after all"}
    assert started.send("items/item/openness-and-a-goal/split/", **parts) == 302
    assert started.order[:2] == ("openness", "a-goal")
    now = development_of(started.study)
    assert len(all_sources(now, "a-goal")) == 2
    text = started.text("items/item/open/")
    assert "This item is not on the list" in text
    assert "Openness and a goal" in text
    assert "14 candidates in all, 11 on the list." in started.text("items/flow/")


def test_one_item_alone_cannot_be_merged(started: "Pages") -> None:
    assert "Choose at least two" in started.text("items/merge/?item=open")
    assert "Choose at least two" not in started.text("items/merge/")


def test_a_removed_item_needs_a_reason_and_can_be_brought_back(started: "Pages") -> None:
    assert started.send("items/item/comm/decide/", verdict="remove", reason=" ") == 302
    assert "comm" in started.order
    assert started.send("items/item/comm/decide/", verdict="remove", reason="nobody can act on it") == 302
    assert "comm" not in started.order
    assert started.send("items/new/?from=comm", **wording("Communication tools"), **EMPTY_SOURCE) == 302
    assert "It was made from:" in started.text("items/item/communication-tools/")


def test_a_slip_is_taken_back_and_the_log_keeps_both(started: "Pages") -> None:
    started.send("items/item/comm/decide/", verdict="remove", reason="a slip")
    number = LogEntry.objects.filter(study=started.study).last().number  # type: ignore[union-attr]  # there is one
    assert "Take this back" in started.text("items/item/comm/")
    assert started.send(f"items/log/{number}/take-back/") == 302
    assert "comm" in started.order
    assert LogEntry.objects.filter(study=started.study).count() == number + 1
    assert started.send(f"items/log/{number}/take-back/") == 302
    assert "cannot be taken back any more" in started.text()


def test_a_new_wording_shows_what_changed_word_by_word(started: "Pages") -> None:
    form = started.client.get(started.at("items/item/know/edit/")).context["form"]
    sent = {field.html_name: field.value() or "" for row in form.rows() for field in row}
    assert started.send("items/item/know/edit/", **sent) == 422  # nothing has changed
    sent["label_en"] = f"Good {sent['label_en']}"
    assert started.send("items/item/know/edit/", **sent, reason="") == 302
    text = started.text("items/item/know/")
    assert "<ins>Good </ins>" in text
    assert "<del>" not in text


def test_what_people_write_is_never_markup(started: "Pages") -> None:
    nasty = '<script>alert("x")</script>'
    started.send("items/new/", **wording(nasty, definition_en=nasty), **EMPTY_SOURCE)
    item = started.order[-1]
    for rest in ("items/", f"items/item/{item}/", "items/into-study/", "items/merge/", "items/rounds/"):
        assert nasty not in started.text(rest)
    assert "&lt;script&gt;" in started.text()


def test_every_change_is_in_the_audit_log(started: "Pages", owner: User) -> None:
    started.send("items/item/comm/decide/", verdict="remove", reason="x")
    started.open_round()
    found = list(AuditEvent.objects.filter(study=started.study.public_id).values_list("action", flat=True))
    assert found[-3:] == ["started list of items from document", "removed item", "opened round of review"]
    assert AuditEvent.objects.filter(actor=owner.email, action="removed item").exists()


def test_an_unknown_item_is_nowhere(started: "Pages") -> None:
    for rest in ("items/item/nothing/", "items/item/nothing/edit/", "items/item/nothing/split/", "items/files/x.csv"):
        assert started.client.get(started.at(rest)).status_code == 404
    assert started.send("items/item/nothing/decide/", verdict="remove", reason="x") == 302
    assert "not on the list any more" in started.text()


def test_a_locked_study_keeps_its_list(started: "Pages") -> None:
    from django.utils import timezone

    Study.objects.filter(pk=started.study.pk).update(locked_at=timezone.now())
    assert started.send("items/item/comm/decide/", verdict="remove", reason="x") == 302
    assert "comm" in started.order


def test_pages_are_in_french_too(started: "Pages") -> None:
    started.client.post("/language/", {"language": "fr", "next": "/"})
    assert '<html lang="fr"' in started.text()


def test_who_is_not_signed_in_sees_no_list(started: "Pages") -> None:
    assert Client().get(started.at("items/")).status_code == 302
