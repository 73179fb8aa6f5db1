"""A study document changed in some places keeps everything else."""

import difflib

import pytest

from commonground.files.study import parse_study
from commonground.files.study_edits import EMPTY, edited
from commonground.files.templates import template_text
from commonground.records.words import Words


@pytest.fixture(scope="module")
def template() -> str:
    return template_text("partner-priorities")


def changed_lines(before: str, after: str) -> list[str]:
    lines = difflib.unified_diff(before.splitlines(), after.splitlines(), n=0, lineterm="")
    return [line for line in lines if line[0] in "+-" and line[:3] not in {"+++", "---"}]


def test_one_number_changes_one_line(template: str) -> None:
    assert changed_lines(template, edited(template, {("design", "per_task"): 6})) == [
        "-  per_task: 5",
        "+  per_task: 6",
    ]


def test_what_is_set_to_what_it_was_changes_nothing(template: str) -> None:
    study = parse_study(template).study
    same = {
        ("title",): study.title,
        ("contact",): study.contact,
        ("consent", "sections", 4): study.consent.sections[4],
        ("analysis", "added", "reason"): study.analysis.added.reason,
    }
    assert parse_study(edited(template, same)).hash == parse_study(template).hash


def test_a_text_in_the_middle_keeps_the_comments_around_it(template: str) -> None:
    after = edited(template, {("items", 0, "label", "fr"): "L’ouverture\u00a0: le respect"})
    assert changed_lines(template, after)[1:] == ['+      fr: "L’ouverture\\_: le respect"']
    assert parse_study(after).study.items[0].label.in_language("fr") == "L’ouverture\u00a0: le respect"


def test_a_new_part_stands_where_the_reference_has_it(template: str) -> None:
    words = Words({"en": "Write to the board.", "fr": "Écrivez au comité."})
    after = edited(template, {("ethics", "complaints"): words, ("ethics", "approval"): "REB 12"})
    assert all(line.startswith("+") for line in changed_lines(template, after))
    assert after.index("\nthanks:") < after.index("\nethics:") < after.index("\nscreening:")
    assert parse_study(after).study.ethics.complaints == words


def test_none_takes_a_field_away_and_leaves_the_heading_of_the_next(template: str) -> None:
    after = edited(template, {("contact",): None, ("consent", "sections", 1): None, ("ethics", "approval"): None})
    study = parse_study(after).study
    assert (study.contact, len(study.consent.sections)) == (None, len(parse_study(template).study.consent.sections) - 1)
    assert "# ── The question of every task" in after


def test_a_design_of_ones_own_has_a_line_for_each_task(template: str) -> None:
    ids = [item.id for item in parse_study(template).study.items]
    tasks = [[ids[(start + step) % 11] for step in (0, 2, 3, 4, 8)] for start in range(11)]
    after = edited(template, {("design", "own"): [tasks]})
    assert "[open, res, fit, exp, know]" in after
    assert parse_study(after).study.design.own == (tuple(map(tuple, tasks)),)


def test_documents_in_other_layouts_are_changed_as_well() -> None:
    assert '"per_task": 5' in edited('{"id": "a", "design": {"per_task": 4}}', {("design", "per_task"): 5})
    assert edited("id: a\n", {("design", "per_task"): 3}) == "id: a\n\ndesign:\n  per_task: 3\n"
    linked = "title: &t {en: A}\ndescription: *t\n"
    assert "B" in edited(linked, {("description",): "B"})


def test_a_path_that_leads_through_a_text_is_refused() -> None:
    with pytest.raises(TypeError):
        edited("title: A\n", {("title", "en"): "B"})


def test_a_field_can_be_there_and_hold_nothing(template: str) -> None:
    after = edited(template, {("screening", "minimum_minutes"): EMPTY})
    assert parse_study(after).study.screening.minimum_minutes is None
    left_out = edited(template, {("screening", "minimum_minutes"): None})
    assert parse_study(left_out).study.screening.minimum_minutes == 10
