"""From what a round holds to the one record everybody sees, and back from the database."""

import secrets
from typing import Any

from pydantic import TypeAdapter

from commonground.partnership.own import OwnPicture, own_picture, score_answers
from commonground.partnership.publication import Choice, Edition, Person, Publication, Sharing, Team
from commonground.partnership.publish import publish
from commonground.partnership.second_look import Going, wants_care
from commonground.partnership.tasks import plan_tasks
from commonground.web.partnerships.models import Round, Voice

_EDITIONS = TypeAdapter(Edition)


def edition_of(one: Round) -> Edition | None:
    """What was shown last, with what the server remembers of how it was made; None before anything was shown."""
    return _EDITIONS.validate_python(one.editions[-1]) if one.editions else None


def publication_of(one: Round) -> Publication | None:
    """What everybody sees; None before anything was shown."""
    edition = edition_of(one)
    return edition.publication if edition else None


def next_edition(one: Round) -> dict[str, Any]:
    """Make the next edition of a round, as the database keeps it. Call it while the round is held."""
    voices = list(one.voices.filter(is_done=True))
    edition = publish(
        team_of(one, voices), {label(voice): choice_of(voice) for voice in voices}, previous=edition_of(one)
    )
    kept: dict[str, Any] = _EDITIONS.dump_python(edition, mode="json")
    return kept


def team_of(one: Round, voices: list[Voice]) -> Team:
    """Everybody who was asked. Who has not answered has no label that could lead anywhere."""
    items = tuple(item.id for item in one.records())
    answered = [Person(label(voice), voice.role, scores_of(voice, items)) for voice in voices]
    silent = max(one.partnership.partners.count() - len(answered), 0)
    people = (*answered, *(Person(f"silent-{secrets.token_hex(8)}") for _place in range(silent)))
    return Team(items, plan_tasks(len(items)).design, people)


def label(voice: Voice) -> str:
    """A random label; it leads to the voice, which belongs to nobody by name."""
    return str(voice.pk)


def scores_of(voice: Voice, items: tuple[str, ...]) -> tuple[int, ...]:
    """Times most minus times least important, for each item; the repeated task is never counted."""
    counted = [place for place, task in enumerate(voice.tasks, start=1) if not task["repeat_of"]]
    return score_answers(items, [(most, least) for most, least in (voice.picks[str(place)] for place in counted)])


def choice_of(voice: Voice) -> Choice:
    """What this person allows; whatever is not said is kept."""
    return Choice(
        sharing={item: Sharing(chosen) for item, chosen in voice.shares.items()},
        open_team=bool(voice.consents.get("team")),
        open_role=bool(voice.consents.get("role")),
        late_ok=bool(voice.consents.get("late")),
    )


def picture_of(voice: Voice) -> OwnPicture:
    """One person's own picture, for that person."""
    items = tuple(item.id for item in voice.round.records())
    return own_picture(items, scores_of(voice, items))


def care_of(one: Round) -> frozenset[str]:
    """Items that are not going well in the eyes of many, where enough people said so."""
    return wants_care(
        [
            {item: Going(int(said["level"])) for item, said in voice.going.items() if said.get("level") is not None}
            for voice in one.voices.filter(is_done=True)
        ]
    )
