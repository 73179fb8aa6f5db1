"""What is known of a candidate item, and what people do with the list, entry by entry."""

from collections.abc import Mapping
from enum import StrEnum

from pydantic import Field, field_validator

from commonground.development.cfir import is_tag
from commonground.records.questions import Id, Part
from commonground.records.study import ProvenanceSource
from commonground.records.words import Words


class Wording(Part):
    """What people read of an item."""

    label: Words = Field(description="read in a task")
    short_label: Words | None = Field(default=None, description="read in tables and figures; the label where empty")
    definition: Words | None = Field(default=None, description="opens under the label")
    examples: Words | None = Field(default=None, description="what would be a case of it")


class Source(Part):
    """One place an item came from.

    Examples
    --------
    >>> Source(kind=ProvenanceSource.ELICITATION, theme="Being heard", participants={"P": 7, "R": 2}).said_by
    9
    """

    kind: ProvenanceSource = Field(description="what kind of place")
    citation: str = Field(default="", description="the reference, or the report")
    cfir: str = Field(default="", description="CFIR 2022, as 'domain: construct' or 'domain: construct: part'")
    theme: str = Field(default="", description="the theme of interviews or groups")
    participants: Mapping[Id, int] = Field(default={}, description="how many people spoke of it, by partner group")
    note: str = Field(default="", description="anything else")

    @field_validator("cfir")
    @classmethod
    def _is_known(cls, given: str) -> str:
        if given and not is_tag(given):
            raise ValueError(f"'{given}' is no construct of CFIR 2022")
        return given

    @field_validator("participants")
    @classmethod
    def _are_counts(cls, given: Mapping[str, int]) -> Mapping[str, int]:
        if any(number < 0 for number in given.values()):
            raise ValueError("fewer than nobody cannot have spoken of it")
        return {group: number for group, number in given.items() if number}

    @property
    def said_by(self) -> int:
        """How many people spoke of it, in all groups."""
        return sum(self.participants.values())


class NewItem(Part):
    """An item that comes onto the list."""

    id: Id = Field(description="stands for the item in every table, from now on")
    wording: Wording
    sources: tuple[Source, ...] = Field(default=(), description="its own; those of the items it came from are theirs")


class RoundKind(StrEnum):
    """Who reviews the list."""

    INTERNAL = "internal"
    METHOD_EXPERT = "method_expert"
    PANEL = "panel"
    OWN = "own"


class RoundPlan(Part):
    """What a round is."""

    kind: RoundKind
    title: str = Field(default="", description="a name of one's own")


class Kind(StrEnum):
    """What an entry does."""

    ADD = "add"
    """An item comes onto the list; `items` name those off the list that it brings back."""
    REWORD = "reword"
    """Another wording, between rounds."""
    CITE = "cite"
    """Other sources."""
    KEEP = "keep"
    REVISE = "revise"
    """A round's decision for another wording, which holds from then on."""
    MERGE = "merge"
    SPLIT = "split"
    REMOVE = "remove"
    OPEN_ROUND = "open_round"
    CLOSE_ROUND = "close_round"
    TAKE_BACK = "take_back"
    """What the entry `undoes` did is undone; both stay in the log."""


DECISIONS = frozenset({Kind.KEEP, Kind.REVISE, Kind.MERGE, Kind.SPLIT, Kind.REMOVE})
"""What can become of an item in a round."""

ONLY_IN_ROUNDS = frozenset({Kind.KEEP, Kind.REVISE})


class Entry(Part):
    """One thing somebody did with the list. The log is the sequence of entries; everything else is computed from it.

    `items` are those it is about, `becomes` those it makes.
    """

    number: int = Field(ge=1, description="its place in the log")
    kind: Kind
    items: tuple[Id, ...] = Field(default=(), description="the items it is about")
    becomes: tuple[NewItem, ...] = Field(default=(), description="the items it makes")
    wording: Wording | None = Field(default=None, description="the new wording")
    sources: tuple[Source, ...] = Field(default=(), description="the new sources")
    reason: str = Field(default="", description="why")
    round: RoundPlan | None = Field(default=None, description="the round it opens")
    undoes: int | None = Field(default=None, description="the entry it takes back")

    def touches(self) -> frozenset[str]:
        """Every item it is about or makes."""
        return frozenset(self.items) | {one.id for one in self.becomes}
