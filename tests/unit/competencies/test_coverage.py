"""Coverage, gaps, cohorts and curricula: what is told, and what is never told."""

from dataclasses import fields

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonground.competencies.coverage import FEWEST_IN_A_CELL, Cover, Coverage, coverage, distribution
from commonground.competencies.curriculum import Module, Outcome, Taught, matrix, strangers
from commonground.competencies.gaps import GapKind, gaps
from commonground.competencies.profile import Holding, Level, Need, views_apart
from commonground.files.frameworks.reading import built_in

PEOPLE = ("a", "b", "c")


def covered(holdings: list[Holding], level: Level | None = Level.ON_MY_OWN) -> Coverage:
    needs = [Need("systems", level)] if level is not None else []
    return {one.capability: one for one in coverage(built_in(), needs, holdings, PEOPLE)}["systems"]


def holds(person: str, level: Level | None, **more: bool) -> Holding:
    return Holding(person, "systems", level, **more)


@pytest.mark.parametrize(
    ("levels", "cover"),
    [
        ([Level.NEW, Level.WITH_HELP], Cover.NOBODY),
        ([Level.ON_MY_OWN, Level.WITH_HELP], Cover.ONE),
        ([Level.ON_MY_OWN, Level.HELPING], Cover.SEVERAL),
    ],
)
def test_a_need_is_met_by_nobody_one_or_several(levels: list[Level], cover: Cover) -> None:
    said = [holds(person, level) for person, level in zip(PEOPLE, levels, strict=False)]
    assert covered(said).cover is cover


def test_nothing_is_said_of_a_capability_whose_need_nobody_has_set() -> None:
    one = covered([holds("a", Level.HELPING)], level=None)
    assert (one.cover, one.able) == (Cover.NOT_SET, 0)


def test_who_said_nothing_is_counted_and_not_taken_for_a_beginner() -> None:
    assert covered([holds("a", Level.ON_MY_OWN), holds("b", None)]).silent == 2


def test_names_stand_only_where_people_share_them() -> None:
    said = [holds("b", Level.HELPING, is_shared=True), holds("a", Level.HELPING), holds("c", None, wants_to_learn=True)]
    one = covered(said)
    assert (one.able, one.named_able, one.learners, one.named_learners) == (2, ("b",), 1, ())


def test_no_average_and_no_order_of_people_anywhere() -> None:
    names = {field.name for field in fields(Coverage)}
    assert not [name for name in names if any(word in name for word in ("mean", "average", "rank", "score", "total"))]
    levels = [Level.NEW, Level.HELPING, Level.ON_MY_OWN]
    said = [holds(person, level, is_shared=True) for person, level in zip(PEOPLE, levels, strict=True)]
    assert covered(said).named_able == covered(said[::-1]).named_able == ("b", "c")


def test_attitudes_have_no_coverage() -> None:
    attitudes = {one.id for one in built_in().in_area("attitude")}
    assert not attitudes & {one.capability for one in coverage(built_in(), [], [], PEOPLE)}


@pytest.mark.parametrize(
    ("cover", "learners", "held_back", "kind"),
    [
        (Cover.NOBODY, 1, (), GapKind.LEARN),
        (Cover.ONE, 0, (), GapKind.ASK_OR_RECRUIT),
        (Cover.NOBODY, 3, ("systems",), GapKind.CHANGE_THE_SYSTEM),
        (Cover.SEVERAL, 0, ("systems",), GapKind.CHANGE_THE_SYSTEM),
    ],
)
def test_a_gap_is_of_three_kinds(cover: Cover, learners: int, held_back: tuple[str, ...], kind: GapKind) -> None:
    (gap,) = gaps([Coverage("systems", Level.ON_MY_OWN, 0, learners, 0, cover)], held_back)
    assert gap.kind is kind


def test_what_several_can_is_no_gap() -> None:
    assert not gaps([Coverage("systems", Level.ON_MY_OWN, 2, 0, 0, Cover.SEVERAL)])


def test_stakeholders_who_see_a_need_differently_are_something_to_talk_about() -> None:
    needs = [Need("local", Level.NEW, "managers"), Need("local", Level.NEW, "patients"), Need("systems", Level.NEW)]
    assert views_apart(needs) == {}
    assert set(views_apart([*needs, Need("local", Level.HELPING, "nurses")])) == {"local"}


@given(st.lists(st.sampled_from(Level), max_size=40))
def test_a_cohort_is_spread_without_pointing_at_a_few(levels: list[Level]) -> None:
    shown = distribution([Holding(f"p{n}", "local", level) for n, level in enumerate(levels)], "local")
    if len(levels) < 10:
        assert shown is None
        return
    assert shown is not None
    assert all(people >= FEWEST_IN_A_CELL for _levels, people in shown)
    assert sum(people for _levels, people in shown) == len(levels)
    assert [level for some, _people in shown for level in some] == list(Level)


def module(name: str, *capabilities: str) -> Module:
    return Module.model_validate(
        {"id": name, "title": name, "level": 7, "outcomes": (Outcome(text="…", capabilities=capabilities),)}
    )


def test_a_curriculum_shows_holes_and_overloads() -> None:
    modules = [module(f"m{number}", "systems", *(["local"] if number else [])) for number in range(3)]
    rows = {row.capability: row for row in matrix(built_in(), modules, most=2)}
    assert (rows["systems"].taught, rows["local"].taught) == (Taught.OVERLOAD, Taught.FITS)
    assert rows["public"].taught is Taught.HOLE
    assert rows["local"].outcomes == (0, 1, 1)
    assert sum(row.taught is Taught.HOLE for row in rows.values()) == 13


def test_an_outcome_that_serves_something_unknown_is_named() -> None:
    assert strangers(built_in(), [module("m", "systems", "juggling")]) == (("m", "juggling"),)
