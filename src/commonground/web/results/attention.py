"""What an owner should know of a study just now, in words. The kinds are those of the look's notices."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commonground.records.study import Item
from commonground.web.look.templatetags.look import said
from commonground.web.respond.doors import Shut, shut_now
from commonground.web.results.monitor import GroupProgress, Monitor, NeverChosen
from commonground.web.studies.models import Study


@dataclass(frozen=True, slots=True)
class Note:
    """A title, a text and how serious it is: info, good or warn."""

    kind: str
    title: str
    text: str


def attention(study: Study, monitor: Monitor) -> tuple[Note, ...]:
    """Everything worth a look, the serious first."""
    notes = (*_dates(study), *_silent_groups(monitor), *_never_chosen(monitor), *_planned_reached(study, monitor))
    return tuple(sorted(notes, key=lambda note: ("warn", "info", "good").index(note.kind)))


def _dates(study: Study) -> Iterator[Note]:
    """A study that is switched on and still lets nobody in surprises its owner."""
    shut = shut_now(study, study.record(), timezone.now()) if study.is_open else None
    if shut == Shut.NOT_YET:
        text = _("Its study document names a first day under fielding. Nobody can begin before it.")
        yield Note("info", _("The first day has not come"), text)
    if shut == Shut.OVER:
        text = _(
            "Its study document names a last day under fielding. To go on, name a later one; to end, close the study."
        )
        yield Note("warn", _("The last day is over, so nobody can answer"), text)


def _silent_groups(monitor: Monitor) -> Iterator[Note]:
    if monitor.complete == 0:
        return
    for group in monitor.groups:
        if group.complete == 0:
            yield Note(
                "warn",
                _("Nobody of “%(group)s” has answered every task yet") % {"group": _name(group)},
                _("A comparison of groups needs answers of each of them. Perhaps the link has not reached this group."),
            )


def _never_chosen(monitor: Monitor) -> Iterator[Note]:
    for one in monitor.never_chosen:
        if not one.is_warning:
            continue
        yield Note("warn", _never_title(one), " ".join([*_never_words(one), _consequence()]))


def _never_title(one: NeverChosen) -> str:
    number = len({item.id for item in (*one.best, *one.worst)})
    return ngettext(
        "%(group)s: %(number)d item is never chosen at one end",
        "%(group)s: %(number)d items are never chosen at one end",
        number,
    ) % {"group": said(one.group.label), "number": number}


def _never_words(one: NeverChosen) -> Iterator[str]:
    if one.best:
        words = _("None of %(people)d people chose as most important: %(items)s.")
        yield words % {"people": one.complete, "items": _list(one.best)}
    if one.worst:
        words = _("None of %(people)d people chose as least important: %(items)s.")
        yield words % {"people": one.complete, "items": _list(one.worst)}


def _consequence() -> str:
    return _("A ratio of zero has no logarithm, so ratio scores need an added constant here; the report names it.")


def _planned_reached(study: Study, monitor: Monitor) -> Iterator[Note]:
    if study.is_open and monitor.planned is not None and monitor.complete >= monitor.planned:
        yield Note(
            "good",
            _("The planned number is reached"),
            _("You can close the study and make the report, or leave it open."),
        )


def _name(group: GroupProgress) -> str:
    return said(group.group.label)


def _list(items: tuple[Item, ...]) -> str:
    return ", ".join(said(item.short_label) for item in items)
