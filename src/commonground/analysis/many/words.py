"""What a reader must know of scores from sparse answers, in words."""

from dataclasses import dataclass

import numpy as np

from commonground.analysis.logit.words import named
from commonground.analysis.many.prior import LARGEST_SD, SMALLEST_SD, Prior
from commonground.analysis.many.records import Reliability
from commonground.records.choices import IntArray

FEW_TIMES = 5
"""An item shown fewer times says little of itself."""

MUCH_NOISE = 1.5
MOST_SETS_NAMED = 3


@dataclass(frozen=True, slots=True)
class Findings:
    """What there is to say something about; arrays are (items,), of the items that were shown.

    Parameters
    ----------
    items, never_shown : tuple of str
    component, rank, times : (items,) int
        Which set of items joined by tasks it belongs to; its rank; how often it was shown.
    people : int
    enough_people : bool
        Whether there are enough to tell how much people differ.
    prior : Prior
    reliability : Reliability or None
        None where nobody asked for it.
    """

    items: tuple[str, ...]
    never_shown: tuple[str, ...]
    component: IntArray
    rank: IntArray
    times: IntArray
    people: int
    enough_people: bool
    prior: Prior
    reliability: Reliability | None


def messages(found: Findings) -> tuple[str, ...]:
    """Everything a reader must know before using the ranks."""
    return (*_about_items(found), *_about_errors(found), *_about_reliability(found))


def _about_items(found: Findings) -> list[str]:
    said: list[str] = []
    if found.never_shown:
        verb, them = ("were", "them") if len(found.never_shown) > 1 else ("was", "it")
        said.append(f"{named(found.never_shown)} {verb} in no answered task, so nothing is known of {them}.")
    if found.component.max() > 0:
        said.append(_apart(found))
    few = tuple(item for item, times in zip(found.items, found.times.tolist(), strict=True) if times < FEW_TIMES)
    if few:
        said.append(
            f"{len(few)} item{'s were' if len(few) > 1 else ' was'} shown fewer than {FEW_TIMES} times "
            f"({named(few)}): look at the intervals, not at the ranks."
        )
    tied = found.rank.size - np.unique(found.rank).size
    if tied:
        share = int((np.bincount(found.rank)[found.rank] > 1).sum())
        said.append(f"{share} items share their utility with another one: they are tied, and share the smaller rank.")
    return said


def _apart(found: Findings) -> str:
    """Which items no task joins with the rest."""
    sizes = np.bincount(found.component)
    smaller = [
        named(tuple(item for item, at in zip(found.items, found.component.tolist(), strict=True) if at == label))
        for label in range(1, min(sizes.size, MOST_SETS_NAMED + 1))
    ]
    more = sizes.size - 1 - len(smaller)
    return (
        f"No chain of tasks joins these items with the other {sizes[0]}: {'; '.join(smaller)}"
        f"{f'; and {more} more sets' if more else ''}. Each set is centred at zero by the prior alone, so ranks "
        "between sets say nothing but that. Add tasks that show items of both."
    )


def _about_errors(found: Findings) -> list[str]:
    said: list[str] = []
    if found.prior.sd <= SMALLEST_SD:
        said.append("No difference between items can be told from noise: all utilities are pulled to almost zero.")
    if found.prior.sd >= LARGEST_SD:
        said.append(
            f"The answers do not say how far items lie apart (they hardly ever contradict each other), so a prior of "
            f"{LARGEST_SD:g} logits is taken: the order may be used, the distances may not."
        )
    if not found.enough_people:
        said.append(
            f"Only {found.people} respondent{'' if found.people == 1 else 's'}: errors and intervals take every pick "
            "for somebody else's, and say what these people prefer, not what others would."
        )
    elif found.prior.noise_ratio > MUCH_NOISE:
        said.append(
            f"People differ: the noise between respondents is {found.prior.noise_ratio:.1f} times what one set of "
            "preferences for all would give. Errors and intervals take that in."
        )
    if not found.prior.ridge.converged:
        said.append("The search for the utilities did not end: do not use the numbers.")
    return said


def _about_reliability(found: Findings) -> list[str]:
    if found.reliability is None or found.reliability.split_half is not None:
        return []
    return ["Reliability cannot be told: the halves are too small, or share too few items that differ."]
