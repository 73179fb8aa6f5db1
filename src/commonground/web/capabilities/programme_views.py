"""A programme of modules held against the framework: the matrix, each module, and what surrounds them."""

import csv
from io import StringIO

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from commonground.competencies.curriculum import Module, Programme, matrix, strangers
from commonground.files.guard import guarded
from commonground.records.words import EVERY_LANGUAGE, Words
from commonground.web.capabilities import programmes
from commonground.web.capabilities.models import Profile
from commonground.web.capabilities.programme_forms import AboutForm, ModuleForm, OutcomeForm
from commonground.web.partnerships.requests import LeadRequest
from commonground.web.workspaces.permissions import needs
from commonground.web.workspaces.roles import Permission


@needs(Permission.VIEW)
@never_cache
@require_GET
def programme(request: LeadRequest, partnership: str) -> HttpResponse:
    """The matrix: which module serves which capability, with holes and overloads."""
    del partnership
    profile = _profile(request)
    record = programmes.programme_of(profile)
    framework = profile.framework
    rows = [(framework.capability(row.capability), row) for row in matrix(framework, record.modules)]
    found = {
        "partnership": request.partnership,
        "programme": record,
        "rows": rows,
        "holes": [one for one, row in rows if row.taught == "hole"],
        "overloads": [one for one, row in rows if row.taught == "overload"],
        "strangers": strangers(framework, record.modules),
    }
    return render(request, "capabilities/programme.html", found)


@needs(Permission.EDIT)
@never_cache
@require_http_methods(["GET", "POST"])
def about(request: LeadRequest, partnership: str) -> HttpResponse:
    """Title, entry, flexibility, support."""
    profile = _profile(request)
    record = programmes.programme_of(profile)
    initial = {
        "title": record.title.in_language(get_language() or "en"),
        **{name: "\n".join(getattr(record, name)) for name in ("entry", "flexibility", "support")},
    }
    form = AboutForm(request.POST or None, initial=initial)
    if form.is_valid():
        lines = {name: _lines(form.cleaned_data[name]) for name in ("entry", "flexibility", "support")}
        title = Words({EVERY_LANGUAGE: form.cleaned_data["title"]})
        programmes.keep(profile, record.model_copy(update={"title": title, **lines}))
        return redirect("capabilities:programme", partnership)
    found = {"partnership": request.partnership, "form": form}
    return render(request, "capabilities/programme_about.html", found, status=422 if form.errors else 200)


@needs(Permission.EDIT)
@never_cache
@require_http_methods(["GET", "POST"])
def module(request: LeadRequest, partnership: str, part: str = "") -> HttpResponse:
    """A module more, or one with other contents, or gone."""
    profile = _profile(request)
    record = programmes.programme_of(profile)
    here = _module(record, part) if part else None
    if here is not None and "remove" in request.POST:
        programmes.keep(profile, programmes.without_module(record, part))
        return redirect("capabilities:programme", partnership)
    form = ModuleForm(request.POST or None, initial=_initial(here) if here else None)
    if form.is_valid():
        made = _made(form, here, record)
        programmes.keep(profile, programmes.with_module(record, made))
        return redirect("capabilities:module", partnership, made.id)
    found = {
        "partnership": request.partnership,
        "form": form,
        "module": here,
        "outcome_form": OutcomeForm(framework=profile.framework),
        "names": {one.id: one.name for one in profile.framework.capabilities},
    }
    return render(request, "capabilities/module.html", found, status=422 if form.errors else 200)


@needs(Permission.EDIT)
@require_http_methods(["GET", "POST"])
def outcome(request: LeadRequest, partnership: str, part: str) -> HttpResponse:
    """One outcome more, or one less; there is nothing to read here."""
    profile = _profile(request)
    record = programmes.programme_of(profile)
    here = _module(record, part)
    form = OutcomeForm(request.POST or None, framework=profile.framework)
    place = request.POST.get("remove", "")
    if place.isdecimal():
        programmes.keep(profile, programmes.with_module(record, programmes.without_outcome(here, int(place))))
    elif form.is_valid():
        more = programmes.with_outcome(here, form.cleaned_data["text"], form.cleaned_data["capabilities"])
        programmes.keep(profile, programmes.with_module(record, more))
    return redirect("capabilities:module", partnership, part)


@needs(Permission.VIEW)
@require_GET
def table(request: LeadRequest, partnership: str) -> HttpResponse:
    """The matrix as CSV: outcomes a capability and module."""
    del partnership
    profile = _profile(request)
    record = programmes.programme_of(profile)
    written = StringIO()
    rows = csv.writer(written)
    rows.writerow(["capability", "taught", *(guarded(one.id) for one in record.modules)])
    for row in matrix(profile.framework, record.modules):
        rows.writerow([guarded(row.capability), row.taught.value, *row.outcomes])
    return HttpResponse(
        written.getvalue(),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="programme.csv"'},
    )


def _profile(request: LeadRequest) -> Profile:
    return get_object_or_404(Profile, partnership=request.partnership)


def _module(record: Programme, name: str) -> Module:
    found = next((one for one in record.modules if one.id == name), None)
    if found is None:
        raise Http404
    return found


def _initial(here: Module) -> dict[str, object]:
    return {
        "title": here.title.in_language(get_language() or "en"),
        "level": here.level,
        "activities": list(here.activities),
        "assessment": here.assessment,
        "staff": here.staff,
        "variants": programmes.as_lines(here.variants),
    }


def _made(form: ModuleForm, here: Module | None, record: Programme) -> Module:
    said = form.cleaned_data
    return Module(
        id=here.id if here else programmes.new_module_id(record, said["title"]),
        title=Words({EVERY_LANGUAGE: said["title"]}),
        level=said["level"],
        outcomes=here.outcomes if here else (),
        activities=tuple(said["activities"]),
        assessment=said["assessment"],
        staff=said["staff"],
        variants=programmes.read_variants(said["variants"]),
    )


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())
