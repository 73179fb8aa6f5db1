"""The words and rows of a study's page."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commonground.design.audit import audit
from commonground.web.look.templatetags.look import Column, said
from commonground.web.results.monitor import GroupProgress, Monitor
from commonground.web.studies.designs import design_of
from commonground.web.studies.models import Study


@dataclass(frozen=True, slots=True)
class PeopleTable:
    """People by partner group against what was planned."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[object, ...], ...]
    note: str


def people_table(monitor: Monitor) -> PeopleTable:
    """One row a group, what matters most first: on a phone the last columns have to be scrolled to."""
    headings = (_("complete"), _("today"), _("began"), _("fit the study"))
    columns = (Column(label=_("Partner group")), *(Column(label=label, number=True) for label in headings))
    rows = tuple(
        (said(one.group.label), _of_planned(one), one.complete_today, one.started, one.eligible)
        for one in monitor.groups
    )
    return PeopleTable(_("People by partner group"), columns, rows, _outside(monitor))


def _of_planned(group: GroupProgress) -> str:
    if group.planned is None:
        return str(group.complete)
    return _("%(complete)d of %(planned)d") % {"complete": group.complete, "planned": group.planned}


def _outside(monitor: Monitor) -> str:
    words = []
    if monitor.ineligible:
        number = monitor.ineligible
        did_not_fit = ngettext(
            "%(number)d person did not fit the study.", "%(number)d people did not fit the study.", number
        )
        words.append(did_not_fit % {"number": number})
    if monitor.declined:
        number = monitor.declined
        declined = ngettext("%(number)d person did not agree.", "%(number)d people did not agree.", number)
        words.append(declined % {"number": number})
    return " ".join(words)


def design_words(study: Study) -> str:
    """The design in a sentence or two, as a participant would count it."""
    design = design_of(study)
    found = audit(design)
    words = [_("%(tasks)d tasks of %(per_task)d items.") % {"tasks": design.tasks, "per_task": design.per_task}]
    if found.balanced:
        words.append(
            _("Everyone sees every item %(appearances)s and every pair %(pairs)s.")
            % {"appearances": _times(found.appearances.min), "pairs": _times(found.co_appearances.min)}
        )
    if study.record().design.repeat.count:
        words.append(_("One task comes twice, to see how steady answers are."))
    minutes = study.record().minutes
    if minutes:
        words.append(_("About %(minutes)d minutes.") % {"minutes": minutes})
    return " ".join(words)


def _times(number: int) -> str:
    few = {1: _("once"), 2: _("twice")}
    return few.get(number) or _("%(number)d times") % {"number": number}
