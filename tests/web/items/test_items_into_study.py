"""The settled list in the study document, and everything of it as files."""

import csv
import io
import json
from collections.abc import Callable
from typing import TYPE_CHECKING

from django.utils import translation

from commonground.web.items.exports import CSV
from commonground.web.items.into_document import differs
from commonground.web.items.standing import development_of
from commonground.web.items.where import where
from commonground.web.studies.actions import set_open

if TYPE_CHECKING:
    from conftest import Pages


def settle(pages: "Pages") -> None:
    """One round: an item is removed, two are merged, one is reworded, the rest is kept."""
    pages.open_round()
    pages.send("items/item/champ/decide/", verdict="remove", reason="nobody can act on it")
    merged = {"label_en": "A shared plan and goal", "label_fr": "Un plan commun", "examples_en": "A one-page plan"}
    pages.send("items/merge/?item=goal&item=plan", **merged, reason="one idea")
    form = pages.client.get(pages.at("items/item/open/edit/")).context["form"]
    sent = {field.html_name: field.value() or "" for row in form.rows() for field in row}
    pages.send("items/item/open/edit/", **{**sent, "label_en": "Openness"}, reason="shorter")
    pages.decide_all()
    pages.send("items/rounds/1/close/")


def test_the_list_becomes_the_items_of_the_study_and_comments_stay(started: "Pages") -> None:
    before = started.study.document
    assert "exactly these items already" in started.text("items/into-study/")
    assert started.send("items/into-study/") == 302
    assert started.study.document_versions.count() <= 1  # an untouched list makes no version
    settle(started)
    told = where(started.study)
    assert not told.is_settled
    text = started.text("items/into-study/")
    assert "1 item comes in" in text
    assert "3 items go out" in text
    assert started.send("items/into-study/") == 302
    started.study.refresh_from_db()
    record = started.study.record()
    assert [item.id for item in record.items][:3] == ["open", "a-shared-plan-and-goal", "res"]
    assert len(record.items) == 9
    assert str(record.item("open").label) == "Openness"
    assert record.item("open").family == "relationships"
    made = record.item("a-shared-plan-and-goal")
    assert made.definition
    assert made.definition.in_language("en") == "For example: A one-page plan"
    assert made.provenance
    assert "made from: Having a shared goal" in made.provenance.note
    comments = [line for line in before.splitlines() if line.startswith("#")]
    assert [line for line in started.study.document.splitlines() if line.startswith("#")] == comments
    assert where(started.study).is_settled
    with translation.override("fr"):  # in whatever language somebody looks
        assert not differs(started.study, development_of(started.study))


def test_after_launch_items_stay_as_they_were_answered(started: "Pages", owner: object) -> None:
    settle(started)
    set_open(started.study, is_open=True)
    answer = started.client.post(started.at("items/into-study/"))
    assert answer.status_code == 422
    assert "Answers depend on this" in answer.content.decode()
    started.study.refresh_from_db()
    assert len(started.study.record().items) == 11


def test_a_list_that_is_too_short_is_told_so(started: "Pages") -> None:
    for item in started.order[3:]:
        started.send(f"items/item/{item}/decide/", verdict="remove", reason="x")
    answer = started.client.post(started.at("items/into-study/"))
    assert answer.status_code == 422
    assert "This cannot be yet" in answer.content.decode()


def test_files_hold_everything_but_names_and_run_no_formula(started: "Pages", rate: Callable[..., None]) -> None:
    started.open_round()
    rate(started.link("Ada Lovelace", role="P"), 1, comment="=HYPERLINK(1)")
    started.decide_all(reason="@reason")
    for name in CSV:
        text = started.text(f"items/files/{name}")
        assert "Ada" not in text
        assert not any(cell[:1] in {"=", "@", "+"} for row in csv.reader(io.StringIO(text)) for cell in row), name
    (rating,) = csv.DictReader(io.StringIO(started.text("items/files/ratings.csv")))
    assert rating["reviewer"] == "R1-1"
    assert rating["role"] == "P"
    assert rating["independence"] == "no"
    everything = json.loads(started.text("items/files/items.json"))
    assert "Ada" not in json.dumps(everything)
    assert set(everything) == {
        "format_version", "study", "document", "log", "list", "flow", "ratings", "list_ratings", "pretest"
    }  # fmt: skip
    assert everything["flow"][0]["after"] == 11


def test_the_flow_is_drawn_and_told(started: "Pages") -> None:
    settle(started)
    text = started.text("items/flow/")
    assert "<svg" in text
    assert 'role="img"' in text
    assert "2 merged into 1" in text
    assert " style=" not in text
    assert "12 candidates in all, 9 on the list." in text
