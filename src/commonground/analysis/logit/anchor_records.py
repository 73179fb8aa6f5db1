"""What an anchored fit finds, with the names the machine output carries."""

from dataclasses import dataclass
from enum import StrEnum

Interval = tuple[float, float]


class Matter(StrEnum):
    """Where an item stands beside the threshold.

    MATTERS: the whole interval of its utility is above 0. DOES_NOT: below. CANNOT_TELL: anything else.
    """

    MATTERS = "matters"
    DOES_NOT = "does not matter"
    CANNOT_TELL = "cannot tell"


@dataclass(frozen=True, slots=True)
class AnchoredItem:
    """One item beside the threshold. All but the counts are None where the answers do not place it.

    Parameters
    ----------
    utility : float or None
        Logits; 0 is the threshold: as many say that it matters as say that it does not.
    standard_error, robust_standard_error : float or None
        As if every answer were somebody else's; clustered by respondent.
    interval : (low, high) or None
        Of the utility, 95 %, clustered.
    share : float or None
        Of people who would say that it matters, asked about this item alone, as the model expects:
        1/(1 + exp(−utility)).
    share_interval : (low, high) or None
    verdict : Matter or None
    asked, said : int
        People asked about this item alone, and those of them who said that it matters.
    """

    item: str
    utility: float | None
    standard_error: float | None
    robust_standard_error: float | None
    interval: Interval | None
    share: float | None
    share_interval: Interval | None
    verdict: Matter | None
    asked: int
    said: int


@dataclass(frozen=True, slots=True)
class AnchorAnswers:
    """The answers about mattering, and how they fit together.

    Parameters
    ----------
    respondents : int
        People with at least one.
    direct, none, some, all_ : int
        Answers about a single item, and answers about whole tasks by what they say.
    only_yes, only_no : int
        People for whom, by their every answer, all matters, and nothing does: perhaps so, perhaps a way of answering.
    contradicting : int
        People with an item that matters by one of their answers and does not by another.
    contradictions : int
        Such items, over all people.
    against_choices : int
        People who picked an item as best that they say does not matter over one that does, or the like with worst.
    """

    respondents: int
    direct: int
    none: int
    some: int
    all_: int
    only_yes: int
    only_no: int
    contradicting: int
    contradictions: int
    against_choices: int


@dataclass(frozen=True, slots=True)
class AnchoredGroup:
    """One group's utilities beside the threshold.

    Parameters
    ----------
    log_likelihood : float or None
        Nats, of choices and answers about mattering together; without the penalty.
    converged : bool
        The maximum was found and every item that was shown has a place beside the threshold.
    messages : tuple of str
    """

    group: str
    respondents: int
    answers: AnchorAnswers
    log_likelihood: float | None
    converged: bool
    items: tuple[AnchoredItem, ...]
    messages: tuple[str, ...]

    def item(self, name: str) -> AnchoredItem:
        """The item with this id."""
        return next(item for item in self.items if item.item == name)


@dataclass(frozen=True, slots=True)
class Anchored:
    """Every group, and what is known to mislead."""

    groups: tuple[AnchoredGroup, ...]
    warning: str
