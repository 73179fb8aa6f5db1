"""What reviewers' answers come to, what changed in a wording, and what should be looked at."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from commonground.development.cfir import CONSTRUCTS, tags
from commonground.development.checks import Concern, notes
from commonground.development.differences import Change, wording_changes
from commonground.development.ratings import Criterion, Mark, Rating, matrix
from commonground.development.records import Kind, NewItem, Wording

if TYPE_CHECKING:
    from conftest import Log


def test_the_framework_has_48_constructs_and_19_parts_of_constructs() -> None:
    """Damschroder et al. (2022), abstract of the update."""
    constructs = [name for domain in CONSTRUCTS.values() for name in domain]
    assert len(constructs) == 48
    assert sum(len(tuple(tags(domain))) for domain in CONSTRUCTS) == 48 + 19


def test_answers_are_counted_one_by_one_and_silence_is_told() -> None:
    yes = dict.fromkeys(Criterion, Mark.YES)
    ratings = [
        Rating("R1", "a", yes),
        Rating("R2", "a", {**yes, Criterion.INDEPENDENCE: Mark.NO}),
        Rating("R3", "b", {Criterion.RELEVANCE: Mark.UNSURE}),
    ]
    found = matrix(["a", "b"], ratings, reviewers=3)
    assert found["a"][Criterion.RELEVANCE].counts[Mark.YES] == 2
    assert found["a"][Criterion.RELEVANCE].silent == 1
    assert found["a"][Criterion.INDEPENDENCE].is_divided
    assert not found["b"][Criterion.RELEVANCE].has_doubts
    assert found["b"][Criterion.COHERENCE].silent == 3


def test_a_wording_is_compared_field_by_field_and_language_by_language() -> None:
    before = Wording.model_validate({"label": {"en": "Time to meet", "fr": "Du temps"}, "definition": "Enough."})
    after = Wording.model_validate({"label": {"en": "Time and room to meet", "fr": "Du temps"}})
    label, definition = wording_changes(before, after)
    assert (label.field, label.language) == ("label", "en")
    assert [piece.text for piece in label.pieces if piece.change is Change.NEW] == ["and room "]
    assert [piece.change for piece in definition.pieces] == [Change.GONE]


def test_a_settled_looking_list_is_looked_at_again(
    log: "Log", item: Callable[..., NewItem], words: Callable[[str], Wording]
) -> None:
    log.add("a", "b").open().keep("a").write(Kind.REVISE, items=["b"], wording=words("A"), reason="clearer").close()
    log.add("c")
    found = {one.concern: one.items for one in notes(log.now, ["en", "fr"])}
    assert found == {
        Concern.FEW_ITEMS: (),
        Concern.SAME_LABEL: ("a", "b"),
        Concern.MISSING_LANGUAGE: ("b",),
        Concern.NO_SOURCE: ("a", "b", "c"),
        Concern.NEVER_REVIEWED: ("c",),
        Concern.REWORDED_SINCE: ("b",),
    }
