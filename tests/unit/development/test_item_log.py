"""The rules of a list of items: what may be written into its log, and where the list then stands."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from commonground.development.flow import StageKind, flow
from commonground.development.lineage import all_sources, ancestors, constructs, descendants, lost
from commonground.development.log import Obstacle, State, can_take_back, obstacle, replay
from commonground.development.records import Entry, Kind, NewItem, Source, Wording
from commonground.records.errors import RequestError

if TYPE_CHECKING:
    from conftest import Log

Item = Callable[..., NewItem]
Words = Callable[[str], Wording]


def refused(log: "Log", kind: Kind, **rest: object) -> Obstacle | None:
    entry = Entry.model_validate({"number": len(log.entries) + 1, "kind": kind, **rest})
    return obstacle(log.now, entry)


def test_a_merged_item_stands_where_the_first_of_its_parents_stood(log: "Log", item: Item) -> None:
    log.add("a", "b", "c", "d").write(Kind.MERGE, items=["d", "b"], becomes=[item("bd")], reason="the same idea")
    assert log.now.order == ("a", "bd", "c")
    assert log.now.candidates["b"].state is State.MERGED
    assert log.now.candidates["d"].children == ("bd",)


def test_the_parts_of_a_split_item_stand_in_its_place(log: "Log", item: Item) -> None:
    log.add("a", "b", "c").write(Kind.SPLIT, items=["b"], becomes=[item("b1"), item("b2")], reason="two things")
    assert log.now.order == ("a", "b1", "b2", "c")


def test_an_item_leads_back_to_everything_it_came_from(log: "Log", item: Item) -> None:
    heard = Source.model_validate({"kind": "elicitation", "theme": "Being heard", "participants": {"P": 7, "R": 0}})
    culture = Source.model_validate({"kind": "framework", "cfir": "Inner Setting: Culture"})
    log.write(Kind.ADD, becomes=[item("a", sources=[heard])])
    log.write(Kind.ADD, becomes=[item("b", sources=[culture, heard])]).add("c")
    log.write(Kind.MERGE, items=["a", "b"], becomes=[item("ab")], reason="one idea")
    log.write(Kind.MERGE, items=["ab", "c"], becomes=[item("abc")], reason="still one idea")
    log.write(Kind.SPLIT, items=["abc"], becomes=[item("x"), item("y")], reason="two after all")
    assert set(ancestors(log.now, "x")) == {"abc", "ab", "a", "b", "c"}
    assert set(descendants(log.now, "a")) == {"ab", "abc", "x", "y"}
    assert all_sources(log.now, "x") == (heard, culture)
    assert constructs(log.now, "y") == ("Inner Setting: Culture",)
    assert not lost(log.now)


def test_a_source_names_a_construct_that_exists() -> None:
    with pytest.raises(ValueError, match="'Culture' is no construct of CFIR 2022"):
        Source.model_validate({"kind": "framework", "cfir": "Culture"})
    with pytest.raises(ValueError, match="fewer than nobody"):
        Source.model_validate({"kind": "elicitation", "participants": {"P": -1}})


def test_a_round_does_not_close_while_an_item_is_undecided(log: "Log") -> None:
    log.add("a", "b").open().keep("a")
    assert log.now.rounds[0].undecided == ("b",)
    assert refused(log, Kind.CLOSE_ROUND) is Obstacle.UNDECIDED
    log.write(Kind.REMOVE, items=["b"], reason="nobody can change it").close()
    assert log.now.open_round is None
    assert log.now.order == ("a",)


def test_every_decision_has_a_reason(log: "Log", item: Item, words: Words) -> None:
    log.add("a", "b").open()
    for kind, rest in (
        (Kind.KEEP, {}),
        (Kind.REMOVE, {}),
        (Kind.REVISE, {"wording": words("Other")}),
        (Kind.SPLIT, {"becomes": [item("x"), item("y")]}),
    ):
        assert refused(log, kind, items=["a"], reason=" ", **rest) is Obstacle.NO_REASON
    assert refused(log, Kind.MERGE, items=["a", "b"], becomes=[item("ab")]) is Obstacle.NO_REASON


def test_what_reviewers_read_does_not_change_under_their_eyes(log: "Log", words: Words) -> None:
    log.add("a").open()
    assert refused(log, Kind.REWORD, items=["a"], wording=words("New")) is Obstacle.ROUND_IS_OPEN
    log.write(Kind.REVISE, items=["a"], wording=words("New"), reason="clearer")
    opened = log.now.rounds[0].opened
    assert str(log.now.candidates["a"].wording_at(opened).label) == "A"
    assert str(log.now.candidates["a"].wording.label) == "New"


def test_what_came_during_a_round_waits_for_the_next(log: "Log", item: Item, words: Words) -> None:
    log.add("a", "b").open().write(Kind.MERGE, items=["a", "b"], becomes=[item("ab")], reason="one idea")
    assert refused(log, Kind.KEEP, items=["ab"], reason="good") is Obstacle.NO_ROUND
    assert refused(log, Kind.REWORD, items=["ab"], wording=words("Better")) is None
    log.close().open()
    assert log.now.rounds[1].under_review == ("ab",)


@pytest.mark.parametrize(
    ("kind", "rest", "why"),
    [
        (Kind.KEEP, {"items": ["a"], "reason": "x"}, Obstacle.DECIDED),
        (Kind.KEEP, {"items": ["z"], "reason": "x"}, Obstacle.NOT_LISTED),
        (Kind.OPEN_ROUND, {"round": {"kind": "own"}}, Obstacle.ROUND_IS_OPEN),
        (Kind.REVISE, {"items": ["b"], "wording": {"label": "B"}, "reason": "x"}, Obstacle.SAME_WORDING),
        (Kind.REVISE, {"items": ["b"], "reason": "x"}, Obstacle.INCOMPLETE),
        (Kind.MERGE, {"items": ["b"], "becomes": [{"id": "n", "wording": {"label": "N"}}], "reason": "x"},
         Obstacle.TOO_FEW),
        (Kind.MERGE, {"items": ["b", "b"], "becomes": [{"id": "n", "wording": {"label": "N"}}], "reason": "x"},
         Obstacle.TOO_FEW),
        (Kind.SPLIT, {"items": ["b"], "becomes": [{"id": "n", "wording": {"label": "N"}}], "reason": "x"},
         Obstacle.TOO_FEW),
        (Kind.REMOVE, {"items": ["b", "c"], "reason": "x"}, Obstacle.TOO_FEW),
        (Kind.ADD, {"becomes": [{"id": "b", "wording": {"label": "N"}}]}, Obstacle.ID_TAKEN),
        (Kind.ADD, {"items": ["b"], "becomes": [{"id": "n", "wording": {"label": "N"}}]}, Obstacle.STILL_LISTED),
        (Kind.ADD, {}, Obstacle.INCOMPLETE),
        (Kind.TAKE_BACK, {"undoes": 4}, Obstacle.CANNOT_TAKE_BACK),
        (Kind.TAKE_BACK, {"undoes": 99}, Obstacle.CANNOT_TAKE_BACK),
    ],
)  # fmt: skip
def test_what_cannot_come_next(log: "Log", kind: Kind, rest: dict[str, object], why: Obstacle) -> None:
    log.add("a", "b", "c").open().keep("a")
    assert refused(log, kind, **rest) is why


def test_without_a_round_nothing_is_kept_and_nothing_closes(log: "Log") -> None:
    assert refused(log, Kind.OPEN_ROUND, round={"kind": "own"}) is Obstacle.EMPTY_LIST
    log.add("a")
    assert refused(log, Kind.KEEP, items=["a"], reason="x") is Obstacle.NO_ROUND
    assert refused(log, Kind.CLOSE_ROUND) is Obstacle.NO_ROUND


def test_a_slip_is_taken_back_and_stays_in_the_log(log: "Log") -> None:
    log.add("a", "b").open().keep("a").write(Kind.REMOVE, items=["b"], reason="a slip")
    slip = log.entries[-1].number
    assert can_take_back(log.now, slip)
    log.write(Kind.TAKE_BACK, undoes=slip)
    assert log.now.order == ("a", "b")
    assert log.now.rounds[0].undecided == ("b",)
    assert len(log.entries) == 6


def test_nothing_is_taken_back_that_something_rests_on(log: "Log", item: Item, words: Words) -> None:
    log.add("a", "b").open().write(Kind.MERGE, items=["a", "b"], becomes=[item("ab")], reason="one idea")
    merge = log.entries[-1].number
    log.write(Kind.REWORD, items=["ab"], wording=words("Both"))
    assert not can_take_back(log.now, merge)
    assert can_take_back(log.now, log.entries[-1].number)
    log.close()
    assert not can_take_back(log.now, log.entries[-2].number)


def test_an_item_that_left_can_be_brought_back_under_its_history(log: "Log", item: Item) -> None:
    log.add("a", "b").write(Kind.REMOVE, items=["a"], reason="too plain")
    log.write(Kind.ADD, items=["a"], becomes=[item("a2")])
    assert ancestors(log.now, "a2") == ("a",)
    assert log.now.candidates["a"].children == ("a2",)
    assert not lost(log.now)


def test_the_flow_tells_each_stage_from_the_log(log: "Log", item: Item, words: Words) -> None:
    log.add("a", "b", "c", "d", "e").write(Kind.REMOVE, items=["e"], reason="off the subject")
    log.open().keep("a").write(Kind.REVISE, items=["b"], wording=words("Bee"), reason="clearer")
    log.write(Kind.MERGE, items=["c", "d"], becomes=[item("cd")], reason="one idea").close()
    log.add("f").open().keep("a", "b", "cd")
    stages = flow(log.now).stages
    assert [(one.kind, one.round, one.before, one.after) for one in stages] == [
        (StageKind.COLLECTED, 0, 0, 4),
        (StageKind.ROUND, 1, 4, 3),
        (StageKind.BETWEEN, 1, 3, 4),
        (StageKind.ROUND, 2, 4, 4),
    ]
    first = stages[1]
    assert (first.kept, first.revised, first.merged, first.made_by_merging, first.removed) == (1, 1, 2, 1, 0)
    assert stages[-1].is_open
    assert flow(log.now).candidates == 7
    assert not flow(log.now).gaps


def test_a_log_that_could_not_have_been_written_is_refused(log: "Log") -> None:
    log.add("a", "a")
    with pytest.raises(RequestError, match="entry 2 of the log of items: The id of an item is taken"):
        replay(log.entries)
