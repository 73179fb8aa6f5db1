"""Whatever people do with a list of items, nothing is lost and the numbers add up."""

from hypothesis import given, settings
from hypothesis import strategies as st

from commonground.development.differences import Change, word_changes
from commonground.development.flow import flow
from commonground.development.lineage import ancestors, descendants, lost
from commonground.development.log import Development, can_take_back, follow, obstacle, replay
from commonground.development.records import Entry, Kind

KINDS = st.sampled_from([*Kind, Kind.ADD, Kind.ADD, Kind.ADD, Kind.KEEP, Kind.KEEP])


@st.composite
def logs(draw: st.DrawFn) -> list[Entry]:
    """A log of things that could be done, in any order that the rules allow."""
    written: list[Entry] = []
    for number in range(1, draw(st.integers(1, 30)) + 1):
        now = replay(written)
        entry = attempt(draw, number, now, written)
        if obstacle(now, entry) is None:
            written.append(entry.model_copy(update={"number": len(written) + 1}))
    return written


def attempt(draw: st.DrawFn, number: int, now: Development, written: list[Entry]) -> Entry:
    kind = draw(KINDS)
    some = draw(st.lists(st.sampled_from(sorted(now.candidates)), max_size=3)) if now.candidates else []
    made = draw(st.integers(0, 3))
    return Entry.model_validate({
        "number": number,
        "kind": kind,
        "items": some if kind in (Kind.MERGE, Kind.ADD) else some[:1],
        "becomes": [
            {"id": f"n{number}-{place}", "wording": {"label": f"Item {number}"}}
            for place in range(1 if kind in (Kind.ADD, Kind.MERGE) else made if kind is Kind.SPLIT else 0)
        ],
        "wording": {"label": f"Words {number}"},
        "reason": "because",
        "round": {"kind": "own"},
        "undoes": draw(st.integers(1, max(1, len(written)))),
    })  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(logs())
def test_nothing_is_lost_and_the_flow_adds_up(written: list[Entry]) -> None:
    now = replay(written)
    assert not lost(now)
    told = flow(now)
    assert not told.gaps
    assert told.candidates == len(now.candidates)
    assert told.stages[-1].after == len(now.order) == len(set(now.order))
    for stage in told.stages:
        assert stage.after == stage.before + stage.came - stage.went


@settings(max_examples=40, deadline=None)
@given(logs())
def test_ancestors_and_descendants_mirror_each_other(written: list[Entry]) -> None:
    now = replay(written)
    for name in now.candidates:
        assert all(name in descendants(now, one) for one in ancestors(now, name))
        assert all(name in ancestors(now, one) for one in descendants(now, name))
        assert name not in ancestors(now, name)


@settings(max_examples=40, deadline=None)
@given(logs())
def test_taking_back_leaves_the_list_as_it_was(written: list[Entry]) -> None:
    now = replay(written)
    for entry in now.entries:
        if can_take_back(now, entry.number):
            undo = Entry(number=len(written) + 1, kind=Kind.TAKE_BACK, undoes=entry.number)
            again = replay([*written, undo])
            assert [one.number for one in again.entries] == [
                one.number for one in now.entries if one.number != entry.number
            ]
            assert not lost(again)


@settings(max_examples=40, deadline=None)
@given(logs())
def test_a_round_closes_only_with_every_item_decided(written: list[Entry]) -> None:
    now = Development()
    for entry in replay(written).entries:
        if entry.kind is Kind.CLOSE_ROUND:
            assert now.open_round
            assert set(now.open_round.decisions) == set(now.open_round.under_review)
        now = follow(now, entry)


@settings(max_examples=80, deadline=None)
@given(st.text(max_size=60), st.text(max_size=60))
def test_pieces_of_a_difference_give_both_texts_again(before: str, after: str) -> None:
    pieces = word_changes(before, after)
    assert "".join(one.text for one in pieces if one.change is not Change.NEW) == before
    assert "".join(one.text for one in pieces if one.change is not Change.GONE) == after
