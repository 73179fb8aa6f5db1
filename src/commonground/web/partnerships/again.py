"""Looking again: what stands otherwise than at the last round, and what matters and is not going well."""

from dataclasses import dataclass

from commonground.partnership.second_look import (
    OwnChange,
    SecondLook,
    TeamChange,
    action_list,
    look_again,
    own_changes,
    points_beyond_noise,
)
from commonground.partnership.standing import Standing
from commonground.partnership.tasks import plan_tasks
from commonground.records.study import Item
from commonground.web.partnerships.models import Round
from commonground.web.partnerships.publishing import edition_of, publication_of, scores_of
from commonground.web.partnerships.visits import Visit, voice_in

ASKED_ABOUT = (Standing.SHARED_PRIORITY, Standing.SPLIT)


@dataclass(frozen=True, slots=True)
class Second:
    """The second look as a page shows it."""

    look: SecondLook
    changes: tuple[tuple[Item, TeamChange], ...]
    actions: tuple[Item, ...]
    new: tuple[Item, ...]


def round_before(one: Round) -> Round | None:
    """The round before this one, if its results were opened."""
    found = one.partnership.rounds.filter(number__lt=one.number, stage=Round.Stage.OPEN)
    return found.last()


def going_items(one: Round) -> tuple[Item, ...]:
    """Of which items people are asked how it is going: those that were shared or split last time."""
    before = round_before(one)
    publication = publication_of(before) if before else None
    asked = {told.item for told in publication.standing_at(*ASKED_ABOUT)} if publication else set()
    return tuple(item for item in one.records() if item.id in asked)


def second_look_of(one: Round) -> Second | None:
    """What has changed since the last round, beyond noise; None where there is none to lay beside it."""
    before = round_before(one)
    then, now = edition_of(before) if before else None, edition_of(one)
    if before is None or then is None or now is None:
        return None
    look = look_again(then.publication, now.publication, _people(before, then.included), _people(one, now.included))
    items = {item.id: item for item in one.records()}
    return Second(
        look,
        tuple((items[change.item], change) for change in look.changes),
        tuple(items[name] for name in action_list(now.publication, frozenset(one.care))),
        tuple(items[name] for name in look.new_items),
    )


def _people(one: Round, included: frozenset[str]) -> frozenset[str]:
    """The same label for the same person in both rounds; who has left keeps the label of the answers."""
    known = {str(voice.pk): voice.code_hash for voice in one.voices.all()}
    return frozenset(known.get(label, label) for label in included)


def own_changes_of(visit: Visit) -> tuple[tuple[Item, OwnChange], ...]:
    """What stands otherwise for this person than last time, beyond noise; for this person alone."""
    one, voice = visit.round, visit.voice()
    before = round_before(one) if one else None
    earlier = voice_in(before, visit.code) if before else None
    if one is None or voice is None or before is None or earlier is None or not (voice.is_done and earlier.is_done):
        return ()
    items = tuple(item.id for item in one.records())
    if items != tuple(item.id for item in before.records()):
        return ()
    points = points_beyond_noise(plan_tasks(len(items)).design)
    changed = own_changes(items, scores_of(earlier, items), scores_of(voice, items), points)
    records = {item.id: item for item in one.records()}
    return tuple((records[change.item], change) for change in changed)
