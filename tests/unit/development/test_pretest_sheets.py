"""Cognitive interviews: the screens of a study, and what interviewees made of them."""

from commonground.development.pretest import Clarity, Fit, Length, Sheet, by_point, fits
from commonground.development.screens import ScreenKind, screens
from commonground.files.study import parse_study
from commonground.files.templates import template_text


def test_the_screens_are_those_a_participant_meets() -> None:
    study = parse_study(template_text("partner-priorities"), "study.yaml").study
    found = screens(study)
    assert [one.kind for one in found] == list(ScreenKind)
    tasks = next(one for one in found if one.kind is ScreenKind.TASKS)
    assert [point.key for point in tasks.points][:2] == ["frame", "item-open"]
    keys = [(one.kind, point.key) for one in found for point in one.points]
    assert len(set(keys)) == len(keys)


def test_one_person_in_trouble_is_enough_to_look_at_a_point() -> None:
    study = parse_study(template_text("partner-priorities"), "study.yaml").study
    explanation = next(one for one in screens(study) if one.kind is ScreenKind.EXPLANATION)
    sheets = [
        Sheet("P1", ScreenKind.EXPLANATION, {"explanation": Clarity.UNCLEAR}),
        Sheet("P2", ScreenKind.EXPLANATION, {"explanation": Clarity.CLEAR}),
        Sheet("P2", ScreenKind.THANKS, {"thanks": Clarity.UNCLEAR}),
    ]
    (found,) = by_point(explanation, sheets, interviews=3)
    assert found.needs_a_look
    assert (found.counts[Clarity.CLEAR], found.counts[Clarity.UNCLEAR], found.unasked) == (1, 1, 1)


def test_length_is_told_by_group_and_items_by_the_number_shown() -> None:
    length, items = fits([
        Length("P", 5, Fit.TOO_MUCH, Fit.RIGHT),
        Length("P", 6, None, Fit.TOO_MUCH),
        Length("R", 6, Fit.RIGHT, Fit.TOO_MUCH),
    ])  # fmt: skip
    assert length["P"] == {Fit.TOO_MUCH: 1, None: 1}
    assert items[6] == {Fit.TOO_MUCH: 2}
