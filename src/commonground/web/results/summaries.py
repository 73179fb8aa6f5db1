"""The words and rows of a study's page."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commonground.design.audit import audit
from commonground.web.look.templatetags.look import Column, said
from commonground.web.respond.fielding import design_of
from commonground.web.results.monitor import Monitor
from commonground.web.studies.models import Study


@dataclass(frozen=True, slots=True)
class PeopleTable:
    """People by partner group against what was planned."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[object, ...], ...]
    note: str


def people_table(monitor: Monitor) -> PeopleTable:
    """One row a group; the column of what was planned only where the study says it."""
    planned = monitor.planned is not None
    headings = [_("fit the study"), _("began the tasks"), _("answered every task")] + [_("planned")] * planned
    columns = (Column(label=_("Partner group")), *(Column(label=label, number=True) for label in headings))
    rows = tuple(
        (said(one.group.label), one.eligible, one.started, one.complete, *([one.planned] if planned else []))
        for one in monitor.groups
    )
    return PeopleTable(_("People by partner group"), columns, rows, _outside(monitor))


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
            _("Everyone sees every item %(appearances)d times and every pair %(pairs)d times.")
            % {"appearances": found.appearances.min, "pairs": found.co_appearances.min}
        )
    minutes = study.record().minutes
    if minutes:
        words.append(_("About %(minutes)d minutes.") % {"minutes": minutes})
    return " ".join(words)
