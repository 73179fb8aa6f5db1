"""What can be done with a list of items: each action writes one entry of its log, and one of the audit log."""

from collections.abc import Iterable, Iterator, Mapping

from django.db import transaction
from django.utils.text import slugify

from commonground.development.cfir import is_tag
from commonground.development.log import OBSTACLES, Development, Obstacle, obstacle
from commonground.development.records import Entry, Kind, NewItem, RoundPlan, Source, Wording
from commonground.records.errors import Problem, StudyError
from commonground.records.study import Item, ProvenanceSource
from commonground.web.accounts.models import User
from commonground.web.items.models import LogEntry
from commonground.web.items.standing import development_of
from commonground.web.studies.actions import StudyIsLockedError
from commonground.web.studies.models import Study
from commonground.web.workspaces.audit import record_event

LONGEST_ID = 40

AUDITED: Mapping[Kind, str] = {
    Kind.ADD: "added item",
    Kind.REWORD: "reworded item",
    Kind.CITE: "changed sources of item",
    Kind.KEEP: "kept item",
    Kind.REVISE: "revised item",
    Kind.MERGE: "merged items",
    Kind.SPLIT: "split item",
    Kind.REMOVE: "removed item",
    Kind.OPEN_ROUND: "opened round of review",
    Kind.CLOSE_ROUND: "closed round of review",
    Kind.TAKE_BACK: "took back item entry",
}


class NotPossibleError(StudyError):
    """Something that cannot be done with the list now; `obstacle` says why."""

    def __init__(self, found: Obstacle) -> None:
        self.obstacle = found
        super().__init__([Problem(OBSTACLES[found])])


def add_item(
    *, study: Study, wording: Wording, sources: tuple[Source, ...], actor: User, brings_back: tuple[str, ...] = ()
) -> str:
    """Put an item on the list; `brings_back` names those off the list it comes from. Returns its id."""
    with transaction.atomic():
        now = development_of(hold(study))
        new = _new(now, wording, sources)
        _write(study, now, actor, Kind.ADD, becomes=(new,), items=brings_back)
    return new.id


def start_from_document(*, study: Study, actor: User) -> int:
    """Make the items of the study document candidates, with what it says of where they come from; returns how many.

    Raises
    ------
    NotPossibleError
        If the list has been started.
    """
    with transaction.atomic():
        now = development_of(hold(study))
        if now.candidates:
            raise NotPossibleError(Obstacle.ID_TAKEN)
        found = [from_document(item) for item in study.record().items]
        for number, one in enumerate(found, start=1):
            content = Entry(number=number, kind=Kind.ADD, becomes=(one,)).model_dump(mode="json", exclude_defaults=True)
            LogEntry.objects.create(study=study, number=number, content=content, by=actor)
        _audit(study, actor, "started list of items from document", items=len(found))
    return len(found)


def reword(*, study: Study, item: str, wording: Wording, reason: str, actor: User) -> None:
    """Give an item another wording: as the round's decision where it is under review, else as it is."""
    with transaction.atomic():
        now = development_of(hold(study))
        reviewed = now.open_round is not None and item in now.open_round.under_review
        kind = Kind.REVISE if reviewed else Kind.REWORD
        _write(study, now, actor, kind, items=(item,), wording=wording, reason=reason)


def cite(*, study: Study, item: str, sources: tuple[Source, ...], actor: User) -> None:
    """Give an item other sources."""
    with transaction.atomic():
        _write(study, development_of(hold(study)), actor, Kind.CITE, items=(item,), sources=sources)


def keep(*, study: Study, items: Iterable[str], reason: str, actor: User) -> None:
    """Decide in a round that items stay as they are."""
    with transaction.atomic():
        held = hold(study)
        for item in items:
            _write(study, development_of(held), actor, Kind.KEEP, items=(item,), reason=reason)


def remove(*, study: Study, item: str, reason: str, actor: User) -> None:
    """Take an item off the list."""
    with transaction.atomic():
        _write(study, development_of(hold(study)), actor, Kind.REMOVE, items=(item,), reason=reason)


def merge(*, study: Study, items: tuple[str, ...], wording: Wording, reason: str, actor: User) -> str:
    """Make one item of several; returns its id."""
    with transaction.atomic():
        now = development_of(hold(study))
        new = _new(now, wording)
        _write(study, now, actor, Kind.MERGE, items=items, becomes=(new,), reason=reason)
    return new.id


def split(*, study: Study, item: str, wordings: Iterable[Wording], reason: str, actor: User) -> None:
    """Make several items of one."""
    with transaction.atomic():
        now = development_of(hold(study))
        made: list[NewItem] = []
        for wording in wordings:
            made.append(_new(now, wording, taken=[one.id for one in made]))
        _write(study, now, actor, Kind.SPLIT, items=(item,), becomes=tuple(made), reason=reason)


def open_round(*, study: Study, plan: RoundPlan, actor: User) -> None:
    """Open a round of review: the list as it is now is what reviewers read."""
    with transaction.atomic():
        _write(study, development_of(hold(study)), actor, Kind.OPEN_ROUND, round=plan)


def close_round(*, study: Study, actor: User) -> None:
    """Close the round; links of reviewers stop working with it."""
    with transaction.atomic():
        _write(study, development_of(hold(study)), actor, Kind.CLOSE_ROUND)


def take_back(*, study: Study, entry: int, actor: User) -> None:
    """Undo what an entry did, where nothing rests on it; both entries stay in the log."""
    with transaction.atomic():
        _write(study, development_of(hold(study)), actor, Kind.TAKE_BACK, undoes=entry)


def hold(study: Study) -> Study:
    """The study, so that two people cannot write the same entry; people who answer it go on unhindered.

    Raises
    ------
    StudyIsLockedError
        If the data are locked.
    """
    held = Study.objects.select_for_update(of=("self",), no_key=True).get(pk=study.pk)
    if held.locked_at is not None:
        raise StudyIsLockedError([Problem("This study is locked.", mend="Nothing about it can change.")])
    return held


def _write(study: Study, now: Development, actor: User, kind: Kind, **content: object) -> None:
    number = study.item_log.count() + 1
    entry = Entry.model_validate({"number": number, "kind": kind, **content})
    if (found := obstacle(now, entry)) is not None:
        raise NotPossibleError(found)
    LogEntry.objects.create(
        study=study, number=number, content=entry.model_dump(mode="json", exclude_defaults=True), by=actor
    )
    made = [one.id for one in entry.becomes]
    _audit(study, actor, AUDITED[kind], entry=number, items=", ".join(entry.items), becomes=", ".join(made))


def _new(now: Development, wording: Wording, sources: tuple[Source, ...] = (), taken: Iterable[str] = ()) -> NewItem:
    return NewItem(id=free_id(str(wording.label), {*now.candidates, *taken}), wording=wording, sources=sources)


def free_id(label: str, taken: set[str]) -> str:
    """A short id made from a label, which no item has had.

    Examples
    --------
    >>> free_id("Being heard, always", {"being-heard-always"}), free_id("7 of us", set())
    ('being-heard-always-2', 'item-7-of-us')
    """
    wished = slugify(label)[:LONGEST_ID].strip("-") or "item"
    wished = wished if wished[0].isalpha() else f"item-{wished}"
    candidates = (wished, *(f"{wished}-{number}" for number in range(2, len(taken) + 3)))
    return next(one for one in candidates if one not in taken)


def from_document(item: Item) -> NewItem:
    """An item of a study document as a candidate, with what the document says of where it comes from."""
    wording = Wording(label=item.label, short_label=item.short_label, definition=item.definition)
    return NewItem(id=item.id, wording=wording, sources=tuple(_sources(item)))


def _sources(item: Item) -> Iterator[Source]:
    told, tag = item.provenance, item.cfir if is_tag(item.cfir) else ""
    if told is not None:
        own_words = " ".join(filter(None, (told.note, "" if tag else item.cfir)))
        yield Source(kind=told.source, citation=told.citation, cfir=tag, note=own_words)
    elif item.cfir:
        yield Source(kind=ProvenanceSource.FRAMEWORK, cfir=tag, note="" if tag else item.cfir)


def _audit(study: Study, actor: User, action: str, **details: object) -> None:
    if study.workspace is not None:
        told = {name: value for name, value in details.items() if value}
        record_event(workspace=study.workspace, action=action, actor=actor, study=study.public_id, **told)
