"""Cognitive interviews on the site: a sheet a screen, what they came to, and the decisions."""

from typing import TYPE_CHECKING

from commonground.web.items.models import Interview, ScreenSheet
from commonground.web.items.where import pretest_where

if TYPE_CHECKING:
    from conftest import Pages

BEGIN = {"label": "P1", "group": "P", "held_on": "2026-05-04", "per_task": "5"}


def begin(pages: "Pages", **other: str) -> Interview:
    assert pages.send("pretest/new/", **{**BEGIN, **other}) == 302
    found = Interview.objects.last()
    assert found
    return found


def test_an_interview_goes_screen_by_screen_and_each_is_saved(pages: "Pages") -> None:
    assert not pretest_where(pages.study).is_settled
    answer = pages.client.post(pages.at("pretest/new/"), BEGIN)
    assert answer.headers["Location"].endswith("/pretest/1/consent/")
    assert "Screen 1 of 9" in pages.text("pretest/1/consent/")
    sent = {"section-1": "clear", "agreement": "unclear", "comment": "What is “withdraw”?", "go": "next"}
    answer = pages.client.post(pages.at("pretest/1/consent/"), sent)
    assert answer.headers["Location"].endswith("/pretest/1/background/")
    assert ScreenSheet.objects.get().clarity == {"section-1": "clear", "agreement": "unclear"}
    assert pages.send("pretest/1/consent/", **{**sent, "agreement": "partly"}) == 302
    assert ScreenSheet.objects.get().clarity["agreement"] == "partly"
    text = pages.text("pretest/")
    assert "What is “withdraw”?" in text
    assert "1 point to look at" in text
    last = pages.client.post(pages.at("pretest/1/thanks/"), {"go": "next"})
    assert last.headers["Location"].endswith("/pretest/1/")


def test_length_and_items_are_told_by_group_and_number(pages: "Pages") -> None:
    begin(pages)
    assert pages.send("pretest/1/", **BEGIN, length="too_much", items="right", minutes="25", comment="") == 302
    begin(pages, label="P2", per_task="6")
    text = pages.text("pretest/")
    assert "Length, for people of their own group" in text
    assert "Too long" in text
    assert pretest_where(pages.study).is_settled


def test_a_decision_is_written_down_with_its_reason(pages: "Pages") -> None:
    begin(pages)
    sent = {"screen": "tasks", "found": "Six items are too many.", "answer": "change", "reason": ""}
    assert pages.send("pretest/", **sent) == 422
    assert pages.send("pretest/", **{**sent, "reason": "Five in a task instead."}) == 302
    assert "Five in a task instead." in pages.text("pretest/")
    assert "tasks,Six items are too many.,change,Five in a task instead." in pages.text(
        "items/files/pretest-decisions.csv"
    )
    assert pages.send("pretest/", **{**sent, "answer": "ask_again", "reason": "Two more patients."}) == 302
    assert not pretest_where(pages.study).is_settled


def test_an_interview_can_be_removed_with_its_sheets(pages: "Pages") -> None:
    begin(pages)
    pages.send("pretest/1/tasks/", frame="clear", go="next")
    assert pages.send("pretest/1/remove/") == 302
    assert not ScreenSheet.objects.exists()
    assert begin(pages).number == 1


def test_the_empty_sheet_and_the_table(pages: "Pages") -> None:
    text = pages.text("pretest/blank/")
    assert "Not clear" in text
    assert "shown: 5" in text
    begin(pages)
    pages.send("pretest/1/tasks/", frame="partly", comment="@home", go="back")
    table = pages.text("items/files/pretest.csv")
    assert "P1,P,2026-05-04,5,tasks,frame,partly," in table
    assert "'@home" in table


def test_a_screen_or_an_interview_that_is_not_there(pages: "Pages") -> None:
    begin(pages)
    for rest in ("pretest/1/nothing/", "pretest/9/", "pretest/9/tasks/"):
        assert pages.client.get(pages.at(rest)).status_code == 404
