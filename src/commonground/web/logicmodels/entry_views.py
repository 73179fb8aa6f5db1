"""What is written down line by line: reflections, stakeholders, logs, cycles, outputs."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from io import StringIO

from django.db.models import Manager, Model, QuerySet
from django.forms import ModelForm
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from commonground.files.guard import guarded
from commonground.logicmodel.drawing import INNER_EDGE, MAP, draw_map
from commonground.logicmodel.logs import open_phases
from commonground.logicmodel.stakeholders import KINDS, missing_kinds, on_the_map, unheard
from commonground.web.logicmodels import forms
from commonground.web.logicmodels.models import (
    CycleStep,
    LogEntry,
    ModelDocument,
    OutputEntry,
    ReflectionEntry,
    StakeholderEntry,
)
from commonground.web.partnerships.models import Partnership
from commonground.web.partnerships.requests import LeadRequest
from commonground.web.workspaces.permissions import needs
from commonground.web.workspaces.roles import Permission


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of entry: its model and form, its title, the page it stands on, and how its owner calls all of them."""

    model: type[Model]
    form: type[ModelForm]  # type: ignore[type-arg]  # django-stubs' generic form cannot be subscripted at run time
    title: Promise
    page: str
    entries: str


ENTRIES = {
    "reflection": Kind(ReflectionEntry, forms.ReflectionForm, _("What was seen"), "logicmodels:model", "reflections"),
    "stakeholder": Kind(
        StakeholderEntry, forms.StakeholderForm, _("Somebody concerned"), "logicmodels:stakeholders", "stakeholders"
    ),
    "log": Kind(LogEntry, forms.LogForm, _("Something that happened"), "logicmodels:logs", "log_entries"),
    "cycle": Kind(CycleStep, forms.CycleForm, _("A step of a cycle"), "logicmodels:logs", "cycle_steps"),
    "output": Kind(OutputEntry, forms.OutputForm, _("Something made"), "logicmodels:logs", "outputs"),
}


@needs(Permission.EDIT)
@never_cache
@require_http_methods(["GET", "POST"])
def entry(request: LeadRequest, partnership: str, kind: str, number: int = 0) -> HttpResponse:
    """Write an entry, change one, or take one out."""
    found = ENTRIES.get(kind)
    if found is None:
        raise Http404
    owner = _owner(request.partnership, kind)
    existing = get_object_or_404(_entries(owner, found), pk=number) if number else None
    if existing is not None and "remove" in request.POST:
        existing.delete()
        return redirect(found.page, partnership)
    owned_by = "model" if isinstance(owner, ModelDocument) else "partnership"
    instance = existing or found.model(**{owned_by: owner})
    form = found.form(request.POST or None, instance=instance, initial=request.GET.dict())
    if form.is_valid():
        form.save()
        return redirect(found.page, partnership)
    page = {
        "partnership": request.partnership,
        "form": form,
        "title": found.title,
        "may_remove": existing is not None,
    }
    return render(request, "logicmodels/part.html", page, status=422 if form.errors else 200)


@needs(Permission.VIEW)
@never_cache
@require_GET
def stakeholders(request: LeadRequest, partnership: str) -> HttpResponse:
    """The map as it is today, or as it was on a day, with its table and what is worth asking."""
    del partnership
    it = request.partnership
    day = parse_date(request.GET.get("on", "")) or timezone.localdate()
    entries = {str(one.pk): one for one in it.stakeholders.all()}
    there = on_the_map([one.as_record() for one in entries.values()], day)
    found = {
        "partnership": it,
        "drawn": draw_map(there),
        "rows": [(place, entries[place.stakeholder.id]) for place in draw_map(there)],
        "days": _days(entries.values()),
        "day": day,
        "is_past": day < timezone.localdate(),
        "missing": [KINDS[kind] for kind in missing_kinds(there)],
        "unheard": [entries[one.id] for one in unheard(there)],
        "map": {"size": MAP, "middle": MAP // 2, "inner": INNER_EDGE, "outer": MAP // 2 - 12},
    }
    return render(request, "logicmodels/stakeholders.html", found)


@needs(Permission.VIEW)
@never_cache
@require_GET
def logs(request: LeadRequest, partnership: str) -> HttpResponse:
    """Involvement and impact, cycles, outputs."""
    del partnership
    it = request.partnership
    steps = list(it.cycle_steps.all())
    numbers = sorted({one.cycle for one in steps})
    records = [one.as_record() for one in steps]
    cycles = [
        (
            number,
            [one for one in steps if one.cycle == number],
            [CycleStep.Phase(phase.value).label for phase in open_phases(records, number)],
        )
        for number in numbers
    ]
    found = {
        "partnership": it,
        "involvement": it.log_entries.filter(log=LogEntry.Log.INVOLVEMENT),
        "impact": it.log_entries.filter(log=LogEntry.Log.IMPACT),
        "cycles": cycles,
        "outputs": it.outputs.all(),
    }
    return render(request, "logicmodels/logs.html", found)


@needs(Permission.VIEW)
@require_GET
def table(request: LeadRequest, partnership: str, kind: str) -> HttpResponse:
    """All entries of a kind as CSV."""
    del partnership
    found = ENTRIES.get(kind)
    if found is None:
        raise Http404
    names = list(found.form.base_fields)
    written = StringIO()
    rows = csv.writer(written)
    rows.writerow(names)
    for one in _entries(_owner(request.partnership, kind), found):
        rows.writerow([guarded(_cell(getattr(one, name))) for name in names])
    return HttpResponse(
        written.getvalue(),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{kind}.csv"'},
    )


def _owner(partnership: Partnership, kind: str) -> Partnership | ModelDocument:
    return get_object_or_404(ModelDocument, partnership=partnership) if kind == "reflection" else partnership


def _entries(owner: Partnership | ModelDocument, kind: Kind) -> QuerySet[Model]:
    manager: Manager[Model] = getattr(owner, kind.entries)
    return manager.all()


def _days(entries: Iterable[StakeholderEntry]) -> list[date]:
    return sorted({day for one in entries for day in (one.added_on, one.gone_on) if day})


def _cell(value: object) -> str:
    return "" if value is None else str(value)
