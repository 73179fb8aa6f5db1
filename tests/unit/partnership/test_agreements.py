"""The record of what is agreed: nobody marks for another, and a mark belongs to the text it was made on."""

from datetime import date

import pytest

from commonground.partnership.agreement import (
    HOME,
    Answer,
    Line,
    Mark,
    Note,
    Section,
    Version,
    acceptance,
    draft,
    line_changes,
    next_version,
)
from commonground.partnership.standing import Standing
from commonground.published.tables import ITEMS

DAY = date(2026, 12, 1)
LINE = Line("n1", Section.MEETINGS, "We meet on the first Monday.")
FIRST = Version(1, DAY, (LINE,))


def test_a_version_is_accepted_when_everybody_agrees_with_or_without_a_note() -> None:
    marks = [Mark("Amina", 1, Answer.AGREE), Mark("Bo", 1, Answer.AGREE_WITH_NOTE, "online")]
    assert acceptance(FIRST, ["Amina", "Bo"], marks).is_accepted
    assert not acceptance(FIRST, ["Amina", "Bo", "Cleo"], marks).is_accepted


def test_an_agreement_of_nobody_is_none() -> None:
    assert not acceptance(FIRST, [], []).is_accepted


def test_who_does_not_agree_yet_says_why_and_may_agree_later() -> None:
    marks = [Mark("Amina", 1, Answer.NOT_YET, "Mondays are hard")]
    found = acceptance(FIRST, ["Amina"], marks)
    assert (found.is_accepted, [mark.note for mark in found.not_yet]) == (False, ["Mondays are hard"])
    assert acceptance(FIRST, ["Amina"], [*marks, Mark("Amina", 1, Answer.AGREE)]).is_accepted


def test_a_mark_does_not_count_for_another_text() -> None:
    later = next_version(FIRST, (LINE, Line("n2", Section.PAY, "Expenses within a month.")), made_on=DAY)
    assert later is not None
    assert acceptance(later, ["Amina"], [Mark("Amina", 1, Answer.AGREE)]).waiting == ("Amina",)


def test_who_is_not_in_the_partnership_has_no_mark() -> None:
    assert acceptance(FIRST, ["Amina"], [Mark("Mallory", 1, Answer.AGREE)]).marks == {"Amina": None}


def test_the_same_text_makes_no_new_version() -> None:
    assert next_version(FIRST, FIRST.lines, made_on=date(2027, 1, 1)) is None
    assert next_version(FIRST, FIRST.lines, made_on=DAY, review_on=date(2027, 3, 1)) is not None


def test_lines_without_words_are_left_out() -> None:
    made = next_version(None, (LINE, Line("n2", Section.PAY, "  ")), made_on=DAY)
    assert made == Version(1, DAY, (LINE,))


def test_a_draft_keeps_what_there_is_and_adds_what_was_written_down() -> None:
    notes = [Note("n1", "other words"), Note("n2", "A sentence for our goal", "goal"), Note("n3", " ")]
    lines = draft(notes, {"goal": Standing.SHARED_PRIORITY}, FIRST)
    assert [(line.section, line.text) for line in lines] == [
        (Section.GOAL, "A sentence for our goal"),
        (Section.MEETINGS, "We meet on the first Monday."),
    ]
    assert lines[0].standing is Standing.SHARED_PRIORITY


def test_every_item_of_the_starter_list_has_a_place_in_the_record() -> None:
    assert set(HOME) == set(ITEMS)


@pytest.mark.parametrize(
    ("after", "words"),
    [
        ((Line("n1", Section.MEETINGS, "We meet on the first Friday."),), "Friday"),
        ((), ""),
        ((LINE, Line("n2", Section.PAY, "Expenses.")), "Expenses."),
        ((Line("n1", Section.MEETINGS, "We meet on the first Monday.", due=DAY),), ""),
    ],
)
def test_what_is_different_is_shown_line_by_line(after: tuple[Line, ...], words: str) -> None:
    (change,) = line_changes(FIRST, Version(2, DAY, after))
    new = "".join(piece.text for piece in change.words if piece.change == "new")
    assert words in new


def test_where_a_line_came_from_is_no_difference() -> None:
    from dataclasses import replace

    assert not line_changes(FIRST, Version(2, DAY, (replace(LINE, item="lead", standing=Standing.SPLIT),)))
