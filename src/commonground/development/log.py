"""The log of a list of items: what each entry does, which entry can come next, and where the list stands."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from commonground.development.records import DECISIONS, ONLY_IN_ROUNDS, Entry, Kind, RoundPlan, Source, Wording
from commonground.records.errors import Problem, RequestError


class State(StrEnum):
    """Where an item is; exactly one at a time."""

    LISTED = "listed"
    MERGED = "merged"
    SPLIT = "split"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Worded:
    """A wording, and the entry that gave it."""

    entry: int
    wording: Wording


@dataclass(frozen=True, slots=True)
class Candidate:
    """An item from its first day on.

    Parameters
    ----------
    id : str
    born : int
        The entry that made it.
    parents, children : tuple of str
        The items it came from, and those it became.
    wordings : tuple of Worded
        The oldest first.
    sources : tuple of Source
        Its own; see `lineage.all_sources` for those it inherits.
    state : State
    left : int or None
        The entry by which it left the list.
    """

    id: str
    born: int
    parents: tuple[str, ...]
    wordings: tuple[Worded, ...]
    sources: tuple[Source, ...] = ()
    state: State = State.LISTED
    left: int | None = None
    children: tuple[str, ...] = ()

    @property
    def wording(self) -> Wording:
        """As it reads now."""
        return self.wordings[-1].wording

    def wording_at(self, entry: int) -> Wording:
        """As it read when this entry was written; its first wording if it was not there yet."""
        return next((one.wording for one in reversed(self.wordings) if one.entry <= entry), self.wordings[0].wording)


@dataclass(frozen=True, slots=True)
class Round:
    """A round of review.

    Parameters
    ----------
    number : int
        From 1.
    opened, closed : int
        The entries; `closed` is None while it is open.
    under_review : tuple of str
        The items on the list when it opened: each needs a decision before it closes.
    decisions : mapping of str to Entry
    """

    number: int
    plan: RoundPlan
    opened: int
    under_review: tuple[str, ...]
    closed: int | None = None
    decisions: Mapping[str, Entry] = field(default_factory=dict[str, Entry])

    @property
    def undecided(self) -> tuple[str, ...]:
        """The items that still need a decision."""
        return tuple(one for one in self.under_review if one not in self.decisions)


@dataclass(frozen=True, slots=True)
class Development:
    """Where a list stands: every item there ever was, the list in its order, the rounds, and the entries that count."""

    candidates: Mapping[str, Candidate] = field(default_factory=dict[str, Candidate])
    order: tuple[str, ...] = ()
    rounds: tuple[Round, ...] = ()
    entries: tuple[Entry, ...] = ()

    @property
    def listed(self) -> tuple[Candidate, ...]:
        """The items on the list, in order."""
        return tuple(self.candidates[one] for one in self.order)

    @property
    def open_round(self) -> Round | None:
        """The round that is open, if one is."""
        return self.rounds[-1] if self.rounds and self.rounds[-1].closed is None else None

    def round_of(self, entry: int) -> Round | None:
        """The round in which an entry was written."""
        return next(
            (one for one in self.rounds if one.opened <= entry and (one.closed is None or entry <= one.closed)), None
        )


class Obstacle(StrEnum):
    """Why an entry cannot be written."""

    NO_ROUND = "no_round"
    ROUND_IS_OPEN = "round_is_open"
    UNDECIDED = "undecided"
    DECIDED = "decided"
    NOT_LISTED = "not_listed"
    STILL_LISTED = "still_listed"
    EMPTY_LIST = "empty_list"
    ID_TAKEN = "id_taken"
    TOO_FEW = "too_few"
    NO_REASON = "no_reason"
    SAME_WORDING = "same_wording"
    CANNOT_TAKE_BACK = "cannot_take_back"
    INCOMPLETE = "incomplete"


OBSTACLES: Mapping[Obstacle, str] = {
    Obstacle.NO_ROUND: "No round is open.",
    Obstacle.ROUND_IS_OPEN: "A round is open, in which this item is under review.",
    Obstacle.UNDECIDED: "An item of the round has no decision yet.",
    Obstacle.DECIDED: "This round has decided about an item already.",
    Obstacle.NOT_LISTED: "An item is not on the list.",
    Obstacle.STILL_LISTED: "An item is still on the list.",
    Obstacle.EMPTY_LIST: "There is nothing on the list.",
    Obstacle.ID_TAKEN: "The id of an item is taken.",
    Obstacle.TOO_FEW: "Merging needs at least two items and makes one; splitting makes at least two.",
    Obstacle.NO_REASON: "The reason is missing.",
    Obstacle.SAME_WORDING: "The wording is the one there was.",
    Obstacle.CANNOT_TAKE_BACK: "Something was done since that rests on this.",
    Obstacle.INCOMPLETE: "Something the entry needs is missing.",
}


def replay(log: Iterable[Entry]) -> Development:
    """Where a list stands after all entries of its log.

    Parameters
    ----------
    log : iterable of Entry
        In the order in which they were written.

    Raises
    ------
    RequestError
        If an entry could not have been written.

    Examples
    --------
    >>> from commonground.development.records import NewItem
    >>> from commonground.records.words import Words
    >>> trust = NewItem(id="trust", wording=Wording(label=Words({"en": "Trust"})))
    >>> time = NewItem(id="time", wording=Wording(label=Words({"en": "Time"})))
    >>> gone = Entry(number=3, kind=Kind.REMOVE, items=("time",), reason="nobody can change it")
    >>> log = [Entry(number=1, kind=Kind.ADD, becomes=(trust,)), Entry(number=2, kind=Kind.ADD, becomes=(time,)), gone]
    >>> replay(log).order, replay(log).candidates["time"].state.value
    (('trust',), 'removed')
    """
    log = tuple(log)
    undone = {one.undoes for one in log if one.kind is Kind.TAKE_BACK}
    now = Development()
    for entry in log:
        if entry.kind is not Kind.TAKE_BACK and entry.number not in undone:
            now = follow(now, entry)
    return now


def follow(now: Development, entry: Entry) -> Development:
    """Where a list stands after one more entry.

    Raises
    ------
    RequestError
        If the entry cannot come next.
    """
    found = obstacle(now, entry)
    if found is not None:
        raise RequestError([Problem(OBSTACLES[found], f"entry {entry.number} of the log of items")])
    return replace(_STEPS.get(entry.kind, _leave)(now, entry), entries=(*now.entries, entry))


def obstacle(now: Development, entry: Entry) -> Obstacle | None:
    """Why an entry cannot come next; None where it can."""
    match entry.kind:
        case Kind.OPEN_ROUND:
            return _cannot_open(now, entry)
        case Kind.CLOSE_ROUND:
            return _cannot_close(now)
        case Kind.TAKE_BACK:
            return None if can_take_back(now, entry.undoes) else Obstacle.CANNOT_TAKE_BACK
        case Kind.ADD:
            return _cannot_add(now, entry)
        case _:
            return _cannot_change(now, entry)


def can_take_back(now: Development, number: int | None) -> bool:
    """Whether what an entry did can be undone: no round has opened or closed since, and nothing rests on it."""
    entry = next((one for one in now.entries if one.number == number), None)
    if entry is None or entry.kind in (Kind.OPEN_ROUND, Kind.CLOSE_ROUND):
        return False
    later = [one for one in now.entries if one.number > entry.number]
    return not any(one.kind in (Kind.OPEN_ROUND, Kind.CLOSE_ROUND) or one.touches() & entry.touches() for one in later)


def _cannot_open(now: Development, entry: Entry) -> Obstacle | None:
    if now.open_round is not None:
        return Obstacle.ROUND_IS_OPEN
    if entry.round is None:
        return Obstacle.INCOMPLETE
    return None if now.order else Obstacle.EMPTY_LIST


def _cannot_close(now: Development) -> Obstacle | None:
    if now.open_round is None:
        return Obstacle.NO_ROUND
    return Obstacle.UNDECIDED if now.open_round.undecided else None


def _cannot_add(now: Development, entry: Entry) -> Obstacle | None:
    if len(entry.becomes) != 1:
        return Obstacle.INCOMPLETE
    if any(one not in now.candidates for one in entry.items):
        return Obstacle.NOT_LISTED
    if any(one in now.order for one in entry.items):
        return Obstacle.STILL_LISTED
    return _taken(now, entry)


def _cannot_change(now: Development, entry: Entry) -> Obstacle | None:
    if not entry.items or any(one not in now.order for one in entry.items):
        return Obstacle.NOT_LISTED
    if len(set(entry.items)) != len(entry.items):
        return Obstacle.TOO_FEW
    return _wrong_moment(now, entry) or _wrong_number(entry) or _taken(now, entry) or _lacking(now, entry)


def _wrong_moment(now: Development, entry: Entry) -> Obstacle | None:
    reviewed = now.open_round.under_review if now.open_round else ()
    if entry.kind in ONLY_IN_ROUNDS and not set(entry.items) <= set(reviewed):
        return Obstacle.NO_ROUND
    if now.open_round and entry.kind in DECISIONS and set(entry.items) & set(now.open_round.decisions):
        return Obstacle.DECIDED
    if entry.kind is Kind.REWORD and set(entry.items) & set(reviewed):
        return Obstacle.ROUND_IS_OPEN
    return None


def _wrong_number(entry: Entry) -> Obstacle | None:
    about, made = len(entry.items), len(entry.becomes)
    fits = {Kind.MERGE: about >= 2 and made == 1, Kind.SPLIT: about == 1 and made >= 2}
    return None if fits.get(entry.kind, about == 1 and not made) else Obstacle.TOO_FEW


def _taken(now: Development, entry: Entry) -> Obstacle | None:
    made = [one.id for one in entry.becomes]
    clash = len(set(made)) != len(made) or any(one in now.candidates for one in made)
    return Obstacle.ID_TAKEN if clash else None


def _lacking(now: Development, entry: Entry) -> Obstacle | None:
    if entry.kind in DECISIONS and not entry.reason.strip():
        return Obstacle.NO_REASON
    if entry.kind not in (Kind.REWORD, Kind.REVISE):
        return None
    if entry.wording is None:
        return Obstacle.INCOMPLETE
    return Obstacle.SAME_WORDING if entry.wording == now.candidates[entry.items[0]].wording else None


def _add(now: Development, entry: Entry) -> Development:
    (made,) = _made(entry)
    parents = {one: _onward(now.candidates[one], made.id) for one in entry.items}
    return replace(now, candidates={**now.candidates, **parents, made.id: made}, order=(*now.order, made.id))


def _onward(parent: Candidate, child: str) -> Candidate:
    return replace(parent, children=(*parent.children, child))


def _made(entry: Entry) -> tuple[Candidate, ...]:
    return tuple(
        Candidate(one.id, entry.number, entry.items, (Worded(entry.number, one.wording),), one.sources)
        for one in entry.becomes
    )


def _word(now: Development, entry: Entry) -> Development:
    (name,) = entry.items
    one = now.candidates[name]
    if entry.wording is not None and entry.kind is not Kind.KEEP:
        one = replace(one, wordings=(*one.wordings, Worded(entry.number, entry.wording)))
    return _decided(replace(now, candidates={**now.candidates, name: one}), entry)


def _cite(now: Development, entry: Entry) -> Development:
    (name,) = entry.items
    cited = replace(now.candidates[name], sources=entry.sources)
    return replace(now, candidates={**now.candidates, name: cited})


def _leave(now: Development, entry: Entry) -> Development:
    """Items leave the list; what they become takes the place of the first of them."""
    state = {Kind.MERGE: State.MERGED, Kind.SPLIT: State.SPLIT}.get(entry.kind, State.REMOVED)
    made = _made(entry)
    names = tuple(one.id for one in made)
    gone = {name: replace(now.candidates[name], state=state, left=entry.number, children=names) for name in entry.items}
    first = min(now.order.index(name) for name in entry.items)
    before = tuple(one for one in now.order[:first] if one not in entry.items)
    after = tuple(one for one in now.order[first:] if one not in entry.items)
    candidates = {**now.candidates, **gone, **{one.id: one for one in made}}
    return _decided(replace(now, candidates=candidates, order=(*before, *names, *after)), entry)


def _decided(now: Development, entry: Entry) -> Development:
    """Write what was done with items under review into the open round."""
    open_round = now.open_round
    if open_round is None or entry.kind not in DECISIONS:
        return now
    decided = {one: entry for one in entry.items if one in open_round.under_review}
    changed = replace(open_round, decisions={**open_round.decisions, **decided})
    return replace(now, rounds=(*now.rounds[:-1], changed))


def _open(now: Development, entry: Entry) -> Development:
    if entry.round is None:
        return now
    opened = Round(len(now.rounds) + 1, entry.round, entry.number, now.order)
    return replace(now, rounds=(*now.rounds, opened))


def _close(now: Development, entry: Entry) -> Development:
    return replace(now, rounds=(*now.rounds[:-1], replace(now.rounds[-1], closed=entry.number)))


_STEPS = {
    Kind.ADD: _add,
    Kind.REWORD: _word,
    Kind.KEEP: _word,
    Kind.REVISE: _word,
    Kind.CITE: _cite,
    Kind.OPEN_ROUND: _open,
    Kind.CLOSE_ROUND: _close,
}
