"""What a team is shown: from how many people on, what never, and what late answers can do."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest

from commonground.partnership.own import Band
from commonground.partnership.publication import Choice, Edition, Person, Rules, Sharing, Status, Team
from commonground.partnership.publish import publish
from commonground.partnership.standing import Standing
from commonground.partnership.tasks import plan_tasks
from commonground.records.errors import RequestError, SettingError

ITEMS = tuple("abcdef")
DESIGN = plan_tasks(6).design
UP, DOWN = (4, 2, 1, -1, -2, -4), (-4, -2, -1, 1, 2, 4)


def team(*rows: Sequence[int] | None, roles: str = "") -> Team:
    people = [
        Person(f"p{place:02d}", roles[place : place + 1].strip(), None if row is None else tuple(row))
        for place, row in enumerate(rows)
    ]
    return Team(ITEMS, DESIGN, tuple(people))


def shown(given: Team, choices: Mapping[str, Choice] | None = None, previous: Edition | None = None) -> Edition:
    return publish(given, choices or {}, previous=previous)


def everybody(number: int, **allowed: bool) -> dict[str, Choice]:
    return {f"p{place:02d}": Choice(**allowed) for place in range(number)}


def standings(edition: Edition) -> str:
    """One letter an item: P(riority), L(ow), S(plit), M(ixed), C(an't tell)."""
    letters = dict(zip(Standing, "PLSMC", strict=True))
    return "".join(letters[one.standing] for one in edition.publication.items)


def test_two_people_are_too_few_and_three_must_all_agree() -> None:
    assert shown(team(UP, UP, None)).publication.status is Status.TOO_FEW
    assert shown(team(UP, UP, UP)).publication.status is Status.NEEDS_CONSENT
    three = shown(team(UP, UP, UP), everybody(3, open_team=True))
    assert (three.publication.status, standings(three)) == (Status.PUBLISHED, "PPPLLL")


def test_four_people_hear_only_of_halves() -> None:
    edition = shown(team(UP, UP, DOWN, DOWN))
    assert standings(edition) == "MMMMMM"
    assert edition.publication.halves_only
    assert edition.publication.false_splits is None


def test_five_people_hear_where_they_are_split() -> None:
    three_splits = (4, 1, -1, 2, -2, -4), (-4, 1, -1, 2, -2, 4)
    edition = shown(team(*[three_splits[0]] * 3, *[three_splits[1]] * 2))
    assert standings(edition) == "SPLPLS"
    assert 0 <= (edition.publication.false_splits or 0) <= 0.05


def test_a_team_split_on_nearly_everything_is_told_that_it_is_mixed() -> None:
    assert standings(shown(team(UP, UP, UP, DOWN, DOWN))) == "MMMMMM"


def test_whoever_is_missing_makes_the_rest_uncertain_and_never_sharper() -> None:
    whole, one_missing = shown(team(*[UP] * 7)), shown(team(*[UP] * 7, None))
    assert standings(whole) == standings(one_missing) == "PPPLLL"
    assert standings(shown(team(*[UP] * 5, DOWN, DOWN))) == "SSMMSS"
    assert set(standings(shown(team(*[UP] * 5, DOWN, None)))) == {"C"}


def test_nobody_is_named_who_has_not_asked_to_be() -> None:
    edition = shown(team(*[UP] * 6), {"p00": Choice({"c": Sharing.NAMED, "d": Sharing.UNNAMED})})
    (named,) = [(one.item, one.named[0].person, one.named[0].band) for one in edition.publication.items if one.named]
    assert named == ("c", "p00", Band.MIDDLE)
    assert [(one.item, one.unnamed) for one in edition.publication.items if one.unnamed] == [("d", (Band.MIDDLE,))]


def test_who_is_named_is_held_back_where_too_few_stay_silent_and_only_they_are_told() -> None:
    wish = {f"p{place:02d}": Choice({"c": Sharing.NAMED}) for place in range(2)}
    edition = shown(team(*[UP] * 5), wish)
    assert not any(one.named for one in edition.publication.items)
    assert edition.held_back == {"p00": ("c",), "p01": ("c",)}
    everyone = {f"p{place:02d}": Choice({"c": Sharing.NAMED}) for place in range(5)}
    assert len(shown(team(*[UP] * 5), everyone).publication.items[2].named) == 5


def test_not_all_high_items_of_a_person_are_named_unless_the_whole_row_is() -> None:
    some = {"p00": Choice({"a": Sharing.NAMED, "b": Sharing.NAMED})}
    assert [one.item for one in shown(team(*[UP] * 6), some).publication.items if one.named] == ["a"]
    whole = {"p00": Choice(dict.fromkeys(ITEMS, Sharing.NAMED))}
    assert all(one.named for one in shown(team(*[UP] * 6), whole).publication.items)


def test_two_silent_people_stay_unseen_among_those_without_a_name() -> None:
    willing = {f"p{place:02d}": Choice({"a": Sharing.UNNAMED}) for place in range(6)}
    assert len(shown(team(*[UP] * 6), willing).publication.items[0].unnamed) == 4


def test_role_groups_are_shown_from_five_people_on_and_the_rest_must_be_as_many() -> None:
    rows = [UP] * 4 + [DOWN] * 3 + [UP] * 4
    assert shown(team(*rows, roles="nnnnnnnffff")).publication.roles == ()
    assert shown(team(*rows, roles="nnnnnnfffff")).publication.roles == ("f", "n")
    both = shown(team(*rows, roles="nnnnnnfffff"))
    assert any(one.leans for one in both.publication.items if one.standing is not Standing.SHARED_PRIORITY)


def test_small_role_groups_need_the_word_of_all_their_people() -> None:
    rows = [UP] * 3 + [DOWN] * 3
    given = team(*rows, roles="nnnfff")
    assert shown(given).publication.roles == ()
    assert shown(given, everybody(6, open_role=True)).publication.roles == ("f", "n")


def test_one_late_answer_waits_and_three_are_counted_in() -> None:
    first = shown(team(*[UP] * 5))
    one_late = shown(team(*[UP] * 6), previous=first)
    assert (one_late.publication.edition, one_late.publication.waiting) == (1, 1)
    assert one_late.publication.items == first.publication.items
    three_late = shown(team(*[UP] * 8), previous=one_late)
    assert (three_late.publication.edition, three_late.publication.counted, standings(three_late)) == (2, 8, "PPPLLL")


def test_one_late_answer_is_counted_in_if_everybody_allows_it() -> None:
    first = shown(team(*[UP] * 5))
    assert shown(team(*[UP] * 6), everybody(5, late_ok=True), first).publication.counted == 5
    assert shown(team(*[UP] * 6), everybody(6, late_ok=True), first).publication.counted == 6


def test_late_answers_loosen_what_was_said_and_never_say_anything_sharper() -> None:
    first = shown(team(*[UP] * 5))
    assert standings(shown(team(*[UP] * 5, *[DOWN] * 3), previous=first)) == "MMMMMM"
    mixed = shown(team(*[UP] * 3, *[DOWN] * 2))
    assert standings(shown(team(*[UP] * 3, *[DOWN] * 2, *[UP] * 9), previous=mixed)) == "MMMMMM"


def test_a_change_of_mind_after_the_publication_shows_nothing_new() -> None:
    first = shown(team(*[UP] * 6))
    later = shown(team(*[UP] * 6), {"p00": Choice({"c": Sharing.NAMED})}, first)
    assert later.publication.items == first.publication.items


def test_who_withdraws_is_named_no_more_and_too_few_people_see_nothing() -> None:
    choices = {"p00": Choice({"c": Sharing.NAMED})}
    first = shown(team(*[UP] * 6), choices)
    given = team(*[UP] * 6)
    one_left = shown(replace(given, people=given.people[1:]), choices, first)
    assert not any(one.named for one in one_left.publication.items)
    assert standings(one_left) == standings(first)
    few = shown(replace(given, people=given.people[3:]), choices, one_left)
    assert (few.publication.status, few.publication.items) == (Status.TOO_FEW, ())


def test_after_somebody_has_withdrawn_late_answers_wait_for_the_next_round() -> None:
    first = shown(team(*[UP] * 3, *[DOWN] * 3))
    late = team(*[UP] * 3, *[DOWN] * 3, *[UP] * 3)
    one_left = shown(replace(late, people=late.people[1:]), previous=first)
    assert (one_left.publication.edition, one_left.publication.waiting) == (1, 3)
    assert one_left.publication.items == first.publication.items


def test_what_is_exported_is_what_is_shown() -> None:
    edition = shown(team(*[UP] * 6), {"p00": Choice({"c": Sharing.NAMED}), "p01": Choice({"d": Sharing.UNNAMED})})
    items, shares = edition.publication.sheets()
    assert [row["standing"] for row in items.rows][:1] == ["shared_priority"]
    assert [(row["item"], row["by"], row["band"]) for row in shares.rows] == [
        ("c", "p00", "middle"),
        ("d", None, "middle"),
    ]


def test_rules_can_be_made_stricter_and_never_weaker() -> None:
    assert publish(team(*[UP] * 5), {}, Rules(whole_team=7)).publication.status is Status.TOO_FEW
    with pytest.raises(SettingError, match="2 instead of 4"):
        Rules(whole_team=2)


def test_answers_that_cannot_be_are_refused() -> None:
    with pytest.raises(RequestError, match="stands twice"):
        shown(Team(ITEMS, DESIGN, (Person("p", "", UP), Person("p", "", UP))))
    with pytest.raises(RequestError, match="one score for each of the 6 items"):
        shown(team((1, -1)))
