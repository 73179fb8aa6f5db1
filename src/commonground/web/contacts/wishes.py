"""What people can leave their details for at the moment, in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commonground.records.fielding import Wish
from commonground.web.contacts.models import Drawing
from commonground.web.look.templatetags.look import said
from commonground.web.studies.models import Study
from commonground.web.workspaces.models import AuditEvent

LISTS_OPENED = "opened contact lists"


@dataclass(frozen=True, slots=True)
class Offer:
    """One wish as a box to tick."""

    wish: Wish
    words: str
    ticked: bool = False


def open_wishes(study: Study, *, today: date) -> tuple[Wish, ...]:
    """What can be wished for today: nothing from the day of deletion on, no draw after its day or once it was drawn.

    Nothing once the lists were opened: a new entry would be seen to be new.
    """
    contacts = study.record().fielding.contacts
    if study.is_pilot or (contacts.deleted_on is not None and today >= contacts.deleted_on) or are_lists_open(study):
        return ()
    return tuple(wish for wish in contacts.wishes if wish != Wish.DRAW or _draw_takes_entries(study, today))


def are_lists_open(study: Study) -> bool:
    """Whether somebody has opened the lists for reading; the log keeps that, and nothing takes it back."""
    events = AuditEvent.objects.filter(workspace=study.workspace_id, study=study.public_id, action=LISTS_OPENED)
    return study.workspace_id is not None and events.exists()


def is_open_to_all(study: Study, *, today: date) -> bool:
    """Whether people who do not take part can enter the draw today."""
    draw = study.record().fielding.contacts.draw
    is_on = study.is_open or (draw is not None and draw.drawn_on is not None)
    return draw is not None and draw.open_to_all and is_on and Wish.DRAW in open_wishes(study, today=today)


def offers(study: Study, wishes: Sequence[Wish], ticked: Sequence[str] = ()) -> list[Offer]:
    """The boxes to tick, in the order of the study document."""
    return [Offer(wish, _words(study, wish), wish.value in ticked) for wish in wishes]


def wish_name(wish: Wish) -> str:
    """What a list is called on owners' pages."""
    return {
        Wish.DRAW: _("Prize draw"),
        Wish.RESULTS: _("Results"),
        Wish.FUTURE: _("Future studies"),
    }[wish]


def draw_words(study: Study) -> str:
    """How many win what, and when."""
    draw = study.record().fielding.contacts.draw
    if draw is None:
        return ""
    said_prize = {"prizes": draw.prizes, "prize": said(draw.prize)}
    words = ngettext("%(prizes)s prize: %(prize)s.", "%(prizes)s prizes: %(prize)s each.", draw.prizes) % said_prize
    if draw.drawn_on is None:
        return words
    return f"{words} " + _("Drawn on %(day)s.") % {"day": draw.drawn_on.isoformat()}


def _draw_takes_entries(study: Study, today: date) -> bool:
    draw = study.record().fielding.contacts.draw
    is_late = draw is None or (draw.drawn_on is not None and today > draw.drawn_on)
    return not is_late and not Drawing.objects.filter(study=study.public_id).exists()


def _words(study: Study, wish: Wish) -> str:
    match wish:
        case Wish.DRAW:
            return _("Enter me in the prize draw.") + " " + draw_words(study)
        case Wish.RESULTS:
            return _("Send me the results of this study.")
        case Wish.FUTURE:
            return _("Tell me about later studies. I can say no each time.")
