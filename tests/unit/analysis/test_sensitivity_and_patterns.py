"""What hangs on the constant, and what a reader asks of many counts, on the published counts."""

import numpy as np

from commonground.analysis.compare import compare
from commonground.analysis.count import Added, Counts, count
from commonground.analysis.patterns import consistent, difference_counts, directions, families, rank_changes
from commonground.analysis.sensitivity import sensitivity
from commonground.published.tables import ADDED, PRAGMATIC_FAMILY, RELATIONSHIP_FAMILY, count_table
from commonground.records.choices import CountTable


def published() -> Counts:
    return count(count_table(), by="group", added=ADDED)


def test_the_constant_decides_five_of_the_published_classes() -> None:
    found = sensitivity(count_table(), by="group", also=(ADDED,))
    assert found.changing == ("exp", "lead", "plan", "know", "champ")
    assert [str(setting.added) for setting in found.settings][-1] == "0.1 added to R"


def test_a_tiny_constant_makes_lead_plan_and_exp_differ() -> None:
    tiny = sensitivity(count_table(), by="group", constants=(0.01,)).settings[0]
    assert {item: tiny.item(item).class_ for item in ("lead", "plan", "exp")} == dict.fromkeys(
        ("lead", "plan", "exp"), "one_differs"
    )


def test_a_setting_without_ratios_does_not_make_a_class_hang_on_the_constant() -> None:
    best, worst = np.array([[9.0, 4, 1], [9, 4, 1]]), np.array([[0.0, 4, 9], [0, 4, 9]])
    table = CountTable(("a", "b", "c"), ("x", "y"), best, worst)
    found = sensitivity(table, by="group", constants=(0.5, 1), also=(Added(0.5, "y"),))
    assert found.settings[-1].item("a").class_ is None
    assert found.changing == ()


def test_a_setting_asked_for_twice_is_shown_once() -> None:
    assert len(sensitivity(count_table(), by="group", constants=(0.5,), also=(Added(0.5),)).settings) == 1


def test_ranks_that_change_with_the_method() -> None:
    changes = rank_changes(published())
    by_group = {group: [one.item for one in changes if one.group == group] for group in ("HP", "R", "P")}
    assert by_group["HP"] == ["plan", "champ"]
    assert len(by_group["R"]) == 9
    assert sorted(by_group["P"]) == ["champ", "exp", "know", "res"]


def test_consistent_lists_and_their_rule() -> None:
    found = consistent(published())
    assert set(found.more) == {"open", "goal", "exp", "res"}
    assert set(found.less) == {"plan", "know", "champ", "comm"}
    assert found.rule.startswith("among the first 5 (more) or the last 5 (less) of 11 items")
    assert consistent(published(), bottom=4).less == found.less


def test_who_differs_from_whom() -> None:
    found = difference_counts(compare(count_table(), by="group", added=ADDED))
    assert found.pairs == {("HP", "R"): 4, ("HP", "P"): 5, ("R", "P"): 7}
    assert found.groups == {"HP": 9, "R": 11, "P": 12}


def test_directions_of_what_is_not_similar() -> None:
    found = {one.item: one.order for one in directions(compare(count_table(), by="group", added=ADDED))}
    assert found["fit"] == found["know"] == found["champ"] == ("R", "HP", "P")
    assert "open" not in found


def test_families_are_the_users_tags() -> None:
    tags = dict.fromkeys(RELATIONSHIP_FAMILY, "relationships") | dict.fromkeys(PRAGMATIC_FAMILY, "pragmatics")
    found = {family.family: family for family in families(published(), tags | {"lead": ""})}
    assert set(found) == {"relationships", "pragmatics"}
    assert found["relationships"].mean_rank["HP"] == (1 + 2 + 5) / 3
    assert all((mean or 0) > 0 for mean in found["relationships"].mean.values())
    assert all((mean or 0) < 0 for mean in found["pragmatics"].mean.values())
