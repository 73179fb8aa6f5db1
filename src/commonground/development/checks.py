"""What should be looked at before a list is called settled. A note never blocks anything."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from commonground.development.flow import flow
from commonground.development.lineage import all_sources, lost
from commonground.development.log import Candidate, Development
from commonground.records.words import EVERY_LANGUAGE, Words

FEWEST = 4
"""A study document needs at least so many items."""


class Concern(StrEnum):
    """What a note is about."""

    BROKEN_LOG = "broken_log"
    FEW_ITEMS = "few_items"
    SAME_LABEL = "same_label"
    MISSING_LANGUAGE = "missing_language"
    NO_SOURCE = "no_source"
    NEVER_REVIEWED = "never_reviewed"
    REWORDED_SINCE = "reworded_since"


@dataclass(frozen=True, slots=True)
class Note:
    """A concern, and the items it is about."""

    concern: Concern
    items: tuple[str, ...] = ()


def notes(now: Development, languages: Sequence[str]) -> tuple[Note, ...]:
    """What should be looked at.

    Parameters
    ----------
    now : Development
    languages : sequence of str
        Those of the study: every text of an item should be there in each.
    """
    return tuple(_found(now, languages))


def _found(now: Development, languages: Sequence[str]) -> Iterator[Note]:
    if lost(now) or flow(now).gaps:
        yield Note(Concern.BROKEN_LOG, lost(now))
    if 0 < len(now.order) < FEWEST:
        yield Note(Concern.FEW_ITEMS)
    tests: dict[Concern, Callable[[Candidate], bool]] = {
        Concern.SAME_LABEL: _has_twin(now),
        Concern.MISSING_LANGUAGE: lambda one: any(_lacks(text, languages) for text in _texts(one)),
        Concern.NO_SOURCE: lambda one: not all_sources(now, one.id),
    }
    if now.rounds:
        reviewed = frozenset(name for one in now.rounds for name in one.under_review)
        tests[Concern.NEVER_REVIEWED] = lambda one: one.id not in reviewed
        tests[Concern.REWORDED_SINCE] = lambda one: one.id in reviewed and _is_newer(one, now)
    for concern, is_so in tests.items():
        if items := tuple(one.id for one in now.listed if is_so(one)):
            yield Note(concern, items)


def _has_twin(now: Development) -> Callable[[Candidate], bool]:
    times = Counter(str(one.wording.label).casefold().strip() for one in now.listed)
    return lambda one: times[str(one.wording.label).casefold().strip()] > 1


def _texts(one: Candidate) -> tuple[Words | None, ...]:
    wording = one.wording
    return (wording.label, wording.short_label, wording.definition, wording.examples)


def _lacks(text: Words | None, languages: Sequence[str]) -> bool:
    if text is None or EVERY_LANGUAGE in text.root:
        return False
    return any(language not in text.root for language in languages)


def _is_newer(one: Candidate, now: Development) -> bool:
    """Whether nobody has reviewed the words it has now: a round's own revision counts as one."""
    last = next(round_ for round_ in reversed(now.rounds) if one.id in round_.under_review)
    return one.wordings[-1].entry > last.opened and last.closed is not None
