"""How many people it takes, by simulation, and a meeting and a second look that follow from what is published."""

import numpy as np
import pytest

from commonground.partnership.guide import StepKind, agenda, worth_talking
from commonground.partnership.guide_texts import STEP_GUIDES, STEP_TITLES
from commonground.partnership.own import Band
from commonground.partnership.prompts_texts import CLOSING, GENERAL, PROMPTS
from commonground.partnership.publication import ItemPicture, Publication, Status
from commonground.partnership.second_look import Going, look_again, points_beyond_noise, wants_care
from commonground.partnership.standing import Standing, Tally, could_become, stand_of
from commonground.partnership.starter_texts import STARTER
from commonground.partnership.tasks import plan_tasks
from commonground.partnership.thresholds import Thresholds, ends_by_noise, set_thresholds
from commonground.records.errors import SettingError


@pytest.mark.parametrize(("items", "people"), [(6, 7), (11, 7), (11, 15), (16, 10)])
def test_where_everybody_wants_the_same_few_teams_look_split(items: int, people: int) -> None:
    design = plan_tasks(items).design
    found = set_thresholds(design, people)
    afresh = ends_by_noise(design, people, np.random.default_rng(77), teams=500)
    assert found.each_end >= 2
    assert (afresh >= found.each_end).mean() < 0.09
    assert (ends_by_noise(design, people, np.random.default_rng(77), teams=500) >= 1).mean() > 0.09


def test_a_larger_team_needs_more_people_at_each_end() -> None:
    design = plan_tasks(11).design
    assert [set_thresholds(design, people).each_end for people in (5, 12, 30)] == sorted(
        set_thresholds(design, people).each_end for people in (5, 12, 30)
    )
    assert [set_thresholds(design, people).shared for people in (3, 4, 5, 8)] == [3, 4, 4, 6]


@pytest.mark.parametrize("people", [2, 31])
def test_teams_of_other_sizes_are_refused(people: int) -> None:
    with pytest.raises(SettingError, match="3 to 30 people"):
        set_thresholds(plan_tasks(11).design, people)


def test_one_person_at_the_other_end_keeps_an_item_from_being_shared() -> None:
    seven = Thresholds(7, 6, 0, 2, halves_only=False, false_splits=0.0)
    assert stand_of(Tally(6, 6, 1, 1), seven) is Standing.MIXED
    assert stand_of(Tally(1, 1, 6, 6), seven) is Standing.MIXED
    assert stand_of(Tally(0, 7, 7, 0), seven) is Standing.MIXED
    assert could_become(Standing.SPLIT) == (Standing.SPLIT,)


def published(**standings: Standing) -> Publication:
    pictures = tuple(ItemPicture(item, standing) for item, standing in standings.items())
    return Publication(Status.PUBLISHED, 1, 7, 7, items=pictures)


@pytest.mark.parametrize("minutes", [30, 60, 75, 90])
def test_the_agenda_fills_the_meeting(minutes: int) -> None:
    steps = agenda(published(a=Standing.SPLIT, b=Standing.SHARED_PRIORITY, c=Standing.SHARED_LOW), minutes)
    assert sum(step.minutes for step in steps) == minutes
    assert {step.kind: step.items for step in steps}[StepKind.DIFFERENT] == ("a",)


def test_a_meeting_of_another_length_is_refused() -> None:
    with pytest.raises(SettingError, match="30 minutes or 60 to 90"):
        agenda(published(), 45)


def test_splits_are_talked_about_first_then_what_people_showed() -> None:
    told = Publication(
        Status.PUBLISHED,
        1,
        7,
        7,
        items=(
            ItemPicture("quiet", Standing.MIXED),
            ItemPicture("shown", Standing.MIXED, unnamed=(Band.HIGH, Band.LOW)),
            ItemPicture("split", Standing.SPLIT),
            ItemPicture("shared", Standing.SHARED_LOW),
        ),
    )
    assert [one.item for one in worth_talking(told)] == ["split", "shown", "quiet"]


def test_every_text_of_the_guide_is_in_both_languages() -> None:
    assert set(PROMPTS) == {item.id for item in STARTER}
    assert set(STEP_TITLES) == set(STEP_GUIDES) == set(StepKind)
    prompts = [GENERAL, *PROMPTS.values()]
    texts = [*CLOSING, *STEP_TITLES.values(), *STEP_GUIDES.values()]
    texts += [text for one in prompts for text in (one.why, *one.ask, *one.do, one.if_split, one.agree, one.check)]
    assert all(set(text.languages()) == {"en", "fr"} for text in texts)
    assert all(text.in_language("en") != text.in_language("fr") for text in texts)


def test_the_second_look_says_what_changed_and_who_is_new() -> None:
    then = published(a=Standing.SPLIT, b=Standing.MIXED, c=Standing.SHARED_LOW)
    now = published(a=Standing.SHARED_PRIORITY, b=Standing.SPLIT, d=Standing.MIXED)
    look = look_again(then, now, frozenset("xyz"), frozenset("yzw"))
    assert [(one.item, one.is_clear) for one in look.changes] == [("a", True), ("b", False)]
    assert (look.new_items, look.dropped_items, look.joined, look.left) == (("d",), ("c",), 1, 1)


def test_a_score_must_move_three_points_or_more() -> None:
    assert points_beyond_noise(plan_tasks(11).design, people=800) >= 3


def test_how_it_is_going_is_told_from_four_people_on_and_from_two_voices_on() -> None:
    poor, well = {"a": Going.NOT_AT_ALL}, {"a": Going.WELL}
    assert wants_care([poor, well, well, well]) == frozenset()
    assert wants_care([poor, poor, well, well, well]) == {"a"}
    assert wants_care([poor, poor, poor]) == frozenset()
