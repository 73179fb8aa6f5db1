"""Where a partnership stands, and the one next thing to do, for whoever leads it."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from commonground.web.accounts.models import User
from commonground.web.partnerships.models import Partnership, Round
from commonground.web.partnerships.rounds import may_hold


@dataclass(frozen=True, slots=True)
class Step:
    """A step on the line: `state` is done, now or next."""

    label: str
    state: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """The line of steps, how many have finished, and what comes next."""

    steps: tuple[Step, ...]
    here: str
    done: int
    people: int
    may_hold: bool


PLACES = ("prepare", "answer", "closed", "results")


def standing(partnership: Partnership, user: User) -> Standing:
    """Where it stands. Counts only: who has answered is known to nobody."""
    one = partnership.round
    here = _place(one)
    done = one.voices.filter(is_done=True).count() if one else 0
    return Standing(_steps(partnership, here), here, done, partnership.partners.count(), may_hold(partnership, user))


def _place(one: Round | None) -> str:
    if one is None:
        return "prepare"
    return {Round.Stage.ASKING: "answer", Round.Stage.CLOSED: "closed", Round.Stage.OPEN: "results"}[
        Round.Stage(one.stage)
    ]


def _steps(partnership: Partnership, here: str) -> tuple[Step, ...]:
    names = [
        (_("List"), "list", "prepare"),
        (_("People"), "people", "prepare"),
        (_("Answers"), "overview", "answer"),
        (_("Results"), "results", "closed"),
        (_("Meeting"), "meeting", "results"),
        (_("Agreement"), "agreement", "results"),
        (_("Second look"), "overview", "later"),
    ]
    reached = PLACES.index(here)
    return tuple(
        Step(label, _state(place, reached), reverse(f"partnerships:{page}", args=[partnership.public_id]))
        for label, page, place in names
    )


def _state(place: str, reached: int) -> str:
    at = PLACES.index(place) if place in PLACES else len(PLACES)
    return "done" if at < reached else "now" if at == reached else "next"
