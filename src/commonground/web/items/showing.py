"""The list, its items and their history as pages show them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from commonground.development.differences import FieldChange, wording_changes
from commonground.development.lineage import all_sources
from commonground.development.log import Candidate, Development, can_take_back
from commonground.development.records import Entry, Kind, Source, Wording
from commonground.records.study import ProvenanceSource
from commonground.records.study import Study as StudyRecord
from commonground.web.items.models import LogEntry
from commonground.web.items.wording import KINDS, SOURCES, source_words
from commonground.web.look.templatetags.look import said
from commonground.web.studies.models import Study


@dataclass(frozen=True, slots=True)
class ListedItem:
    """One item as a participant would read it, where it comes from, and what was decided about it last."""

    id: str
    wording: Wording
    sources: str
    decided: str
    waits: bool


def listed(now: Development) -> list[ListedItem]:
    """The list in its order."""
    return [_listed(now, one) for one in now.listed]


def _listed(now: Development, one: Candidate) -> ListedItem:
    kinds = dict.fromkeys(source.kind for source in all_sources(now, one.id))
    waits = now.open_round is not None and one.id in now.open_round.undecided
    return ListedItem(one.id, one.wording, ", ".join(_short(kind) for kind in kinds), decided(now, one.id), waits)


def _short(kind: ProvenanceSource) -> str:
    return {
        ProvenanceSource.LITERATURE: _("literature"),
        ProvenanceSource.FRAMEWORK: _("framework"),
        ProvenanceSource.NEEDS_ASSESSMENT: _("needs assessment"),
        ProvenanceSource.ELICITATION: _("interviews or groups"),
        ProvenanceSource.OTHER: _("another source"),
    }[kind]


def decided(now: Development, item: str) -> str:
    """What the last round that reviewed an item decided, in words."""
    found = [(one.number, one.decisions[item].kind) for one in now.rounds if item in one.decisions]
    if not found:
        return ""
    number, kind = found[-1]
    return _("round %(number)s: %(what)s") % {"number": number, "what": str(KINDS[kind]).lower()}


@dataclass(frozen=True, slots=True)
class Origin:
    """A source in words, and the item it came with where that is another one."""

    kind: str
    text: str
    through: str


def origins(now: Development, item: str, record: StudyRecord) -> list[Origin]:
    """Where an item comes from, its ancestors' sources included."""
    own = now.candidates[item].sources
    return [
        Origin(str(SOURCES[one.kind]), source_words(one, record), "" if one in own else _through(now, one))
        for one in all_sources(now, item)
    ]


def _through(now: Development, source: Source) -> str:
    return next((said(one.wording.label) for one in now.candidates.values() if source in one.sources), "")


@dataclass(frozen=True, slots=True)
class Event:
    """Something done with an item: what, by whom, why, what it became, and what changed in its words."""

    number: int
    what: str
    when: datetime
    who: str
    round: int
    reason: str
    others: tuple[Candidate, ...]
    changes: tuple[FieldChange, ...]
    can_take_back: bool


def history(study: Study, now: Development, item: str) -> list[Event]:
    """Everything that was done with an item, the newest first; what was taken back is left out."""
    rows = {row.number: row for row in study.item_log.select_related("by")}
    entries = [one for one in now.entries if item in one.touches()]
    return [_event(now, item, entry, rows[entry.number]) for entry in reversed(entries)]


def _event(now: Development, item: str, entry: Entry, row: LogEntry) -> Event:
    round_ = now.round_of(entry.number)
    return Event(
        number=entry.number,
        what=_what(entry, item),
        when=row.at,
        who=str(row.by) if row.by else "",
        round=round_.number if round_ else 0,
        reason=entry.reason,
        others=tuple(now.candidates[one] for one in sorted(entry.touches() - {item})),
        changes=tuple(_changes(now, item, entry)),
        can_take_back=can_take_back(now, entry.number),
    )


def _what(entry: Entry, item: str) -> str:
    is_new = item in {one.id for one in entry.becomes}
    made = {
        Kind.MERGE: _("Made by merging"),
        Kind.SPLIT: _("Made by splitting"),
        Kind.ADD: _("Brought back") if entry.items else _("Added"),
    }
    if is_new:
        return made[entry.kind]
    return _("Brought back as another item") if entry.kind is Kind.ADD else str(KINDS[entry.kind])


def _changes(now: Development, item: str, entry: Entry) -> Iterator[FieldChange]:
    if entry.kind in (Kind.REWORD, Kind.REVISE) and entry.wording is not None:
        yield from wording_changes(now.candidates[item].wording_at(entry.number - 1), entry.wording)
