"""The cards of a best-worst task with their two marks, as pages show them and as their form sends them back."""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.http import QueryDict
from django.utils.translation import gettext as _

from commonground.records.study import Frame, Item
from commonground.records.words import Words


class TaskProblem(StrEnum):
    """What keeps a task from being answered."""

    NO_MOST = "no_most"
    NO_LEAST = "no_least"
    SAME = "same"


@dataclass(frozen=True, slots=True)
class Marks:
    """The two marks as they stand, chosen or not; ids of items, empty where nothing is marked."""

    most: str = ""
    least: str = ""

    def problems(self, *, best_only: bool = False) -> tuple[TaskProblem, ...]:
        """What is still needed; nothing when two different items are marked, or one where only the best is asked."""
        if best_only:
            return () if self.most else (TaskProblem.NO_MOST,)
        if self.most and self.most == self.least:
            return (TaskProblem.SAME,)
        missing = ((self.most, TaskProblem.NO_MOST), (self.least, TaskProblem.NO_LEAST))
        return tuple(problem for mark, problem in missing if not mark)


@dataclass(frozen=True, slots=True)
class Card:
    """One item as its template shows it; `row` counts from 1.

    `known_as` says everything its pieces of a page depend on, so that they are put together once; None where they are
    not worth it.
    """

    row: int
    item: str
    label: Words
    definition: Words | None
    is_most: bool
    is_least: bool
    known_as: Hashable = None

    @property
    def is_both(self) -> bool:
        """Whether the card carries both marks, which cannot be."""
        return self.is_most and self.is_least


def read_marks(sent: QueryDict, items: Sequence[str]) -> Marks:
    """The marks of a form; what is not among the items shown is no mark."""
    most, least = sent.get("most", ""), sent.get("least", "")
    return Marks(most if most in items else "", least if least in items else "")


def item_cards(items: Iterable[Item], marks: Marks, *, document: str = "") -> list[Card]:
    """A card for each item, in the order shown; `document` is the hash of what the items were read from, if known."""
    return [_item_card(row, item, marks, document) for row, item in enumerate(items, start=1)]


def _item_card(row: int, item: Item, marks: Marks, document: str) -> Card:
    is_most, is_least = item.id == marks.most, item.id == marks.least
    known_as = (document, row, item.id, is_most, is_least) if document else None
    return Card(row, item.id, item.label, item.definition, is_most, is_least, known_as)


def problems_in_words(
    cards: Sequence[Card], marks: Marks, frame: Frame, language: str, *, best_only: bool = False
) -> list[tuple[str, str]]:
    """What a task still needs: the id of the control where it is mended, and the sentence."""
    first = cards[0]
    both = next((card for card in cards if card.is_both), first)
    most, least = frame.most.in_language(language), frame.least.in_language(language)
    still = _("“%(end)s” has not been chosen yet.")
    words = {
        TaskProblem.NO_MOST: (f"most-{first.row}", still % {"end": most}),
        TaskProblem.NO_LEAST: (f"least-{first.row}", still % {"end": least}),
        TaskProblem.SAME: (
            f"most-{both.row}",
            _("“%(item)s” is marked as both. Please choose another one for one of the two.")
            % {"item": both.label.in_language(language)},
        ),
    }
    return [words[problem] for problem in marks.problems(best_only=best_only)]
