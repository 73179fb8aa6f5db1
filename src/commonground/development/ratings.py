"""What reviewers think of each item and of the list: answers counted one by one, never averaged.

A mean of opinions hides that people disagree, and disagreement is what a review is there to find. No content-validity
ratio is computed either: Lawshe (1975, Personnel Psychology 28) defines it on the answers "essential", "useful" and
"not necessary", which nobody is asked here.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum


class Criterion(StrEnum):
    """What an item is rated on."""

    RELEVANCE = "relevance"
    """It matters in this context."""
    COHERENCE = "coherence"
    """It says one thing, and says it clearly."""
    PRACTICALITY = "practicality"
    """Somebody could act on it."""
    INDEPENDENCE = "independence"
    """It does not overlap with another item."""
    NONDOMINANCE = "nondominance"
    """It is not so important that nothing beside it would count."""
    NONSUBORDINANCE = "nonsubordinance"
    """It is not so unimportant that nobody would choose it."""


class ListAim(StrEnum):
    """What the list is rated on."""

    RELEVANCE = "relevance"
    CLARITY = "clarity"
    COMPLETENESS = "completeness"


class Mark(StrEnum):
    """An answer."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True)
class Rating:
    """What one reviewer says of one item; questions left out are not in `marks`."""

    reviewer: str
    item: str
    marks: Mapping[Criterion, Mark] = field(default_factory=dict[Criterion, Mark])


@dataclass(frozen=True, slots=True)
class Tally:
    """How often each answer was given to one question; `silent` are reviewers who gave none."""

    counts: Mapping[Mark, int]
    silent: int

    @property
    def is_divided(self) -> bool:
        """Whether some say yes and others no."""
        return bool(self.counts[Mark.YES] and self.counts[Mark.NO])

    @property
    def has_doubts(self) -> bool:
        """Whether anybody says no or partly."""
        return bool(self.counts[Mark.NO] or self.counts[Mark.PARTLY])


def tally(marks: Iterable[Mark], reviewers: int) -> Tally:
    """Count the answers to one question.

    Examples
    --------
    >>> found = tally([Mark.YES, Mark.NO, Mark.YES], reviewers=4)
    >>> found.counts[Mark.YES], found.silent, found.is_divided
    (2, 1, True)
    """
    counted = Counter(marks)
    return Tally({mark: counted[mark] for mark in Mark}, reviewers - counted.total())


def matrix(items: Sequence[str], ratings: Sequence[Rating], reviewers: int) -> dict[str, dict[Criterion, Tally]]:
    """How often each answer was given, by item and criterion.

    Parameters
    ----------
    items : sequence of str
        The items under review, in order.
    ratings : sequence of Rating
        At most one for a reviewer and an item.
    reviewers : int
        How many people rate; who says nothing of an item is counted as silent.
    """
    of_item = {item: [one for one in ratings if one.item == item] for item in items}
    return {
        item: {
            criterion: tally((one.marks[criterion] for one in found if criterion in one.marks), reviewers)
            for criterion in Criterion
        }
        for item, found in of_item.items()
    }
