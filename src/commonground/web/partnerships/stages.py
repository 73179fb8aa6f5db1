"""Where a partner is on their way, and where it goes on."""

from enum import StrEnum

from commonground.web.partnerships.models import Round, Voice
from commonground.web.partnerships.publishing import edition_of


class Place(StrEnum):
    """A page of a partner's way."""

    WELCOME = "welcome"
    TASK = "task"
    QUESTIONS = "questions"
    PICTURE = "picture"
    WAITING = "waiting"
    RESULTS = "results"


def place_of(one: Round | None, voice: Voice | None) -> Place:
    """Where somebody goes on who comes back now."""
    if one is None:
        return Place.WELCOME
    if one.stage == Round.Stage.OPEN:
        return Place.RESULTS
    if one.stage == Round.Stage.CLOSED:
        return Place.PICTURE if voice and voice.is_done else Place.WAITING
    if voice is None:
        return Place.WELCOME
    return Place.PICTURE if voice.is_done else Place.TASK


def open_task(voice: Voice | None, total: int) -> int:
    """The first task without an answer, from 1; the last one where all are answered."""
    answered = set(voice.picks) if voice else set()
    return next((place for place in range(1, total + 1) if str(place) not in answered), total)


def may_change(one: Round, voice: Voice | None) -> bool:
    """Whether nothing of this person has been shown yet, so that they may still change what they share."""
    return one.stage != Round.Stage.OPEN or is_late(one, voice)


def is_late(one: Round, voice: Voice | None) -> bool:
    """Whether the results are open and this person is not in them: they may still answer."""
    if one.stage != Round.Stage.OPEN:
        return False
    edition = edition_of(one)
    return edition is not None and (voice is None or str(voice.pk) not in edition.included)
