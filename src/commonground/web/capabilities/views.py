"""The lead's pages: what the work needs, how it is covered, what is missing, and the plan. Counts and words."""

import csv
from io import StringIO

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from commonground.files.guard import guarded
from commonground.records.errors import StudyError
from commonground.web.capabilities import actions
from commonground.web.capabilities.forms import FrameworkForm, HeldBackForm, LineForm, NeedsForm
from commonground.web.capabilities.models import Line, Profile
from commonground.web.capabilities.overview import overview_of
from commonground.web.partnerships.requests import LeadRequest
from commonground.web.workspaces.permissions import needs
from commonground.web.workspaces.roles import Permission


@needs(Permission.VIEW)
@never_cache
@require_GET
def overview(request: LeadRequest, partnership: str) -> HttpResponse:
    """What the work needs, who can, who wants to learn, and where only one person stands."""
    del partnership
    profile = actions.profile_of(request.partnership)
    put_together = overview_of(profile) if profile else None
    found = {"partnership": request.partnership, "profile": profile, "overview": put_together}
    return render(request, "capabilities/overview.html", found)


@needs(Permission.EDIT)
@require_POST
def change(request: LeadRequest, partnership: str) -> HttpResponse:
    """Begin, ask, or stop asking."""
    profile = actions.begin_profile(partnership=request.partnership, actor=request.user)
    if request.POST.get("to") in {"ask", "stop"}:
        actions.set_asking(profile=profile, is_asking=request.POST["to"] == "ask", actor=request.user)
    return redirect("capabilities:overview", partnership)


@needs(Permission.EDIT)
@never_cache
@require_http_methods(["GET", "POST"])
def needed(request: LeadRequest, partnership: str) -> HttpResponse:
    """Set what the work needs, together or as one kind of stakeholder sees it."""
    profile = _profile(request)
    stakeholder = request.POST.get("stakeholder", request.GET.get("of", ""))
    kept = {one.capability: one.level for one in profile.needs.filter(stakeholder=stakeholder)}
    form = NeedsForm(request.POST or None, framework=profile.framework, initial={**kept, "stakeholder": stakeholder})
    if form.is_valid():
        actions.set_needs(
            profile=profile,
            stakeholder=form.cleaned_data["stakeholder"],
            levels=form.levels(),
            actor=request.user,
        )
        messages.success(request, _("Saved."))
        return redirect("capabilities:overview", partnership)
    views = sorted({one.stakeholder for one in profile.needs.exclude(stakeholder="")})
    found = {"partnership": request.partnership, "profile": profile, "form": form, "views": views}
    return render(request, "capabilities/needed.html", found, status=422 if form.errors else 200)


@needs(Permission.VIEW, writing=Permission.EDIT)
@never_cache
@require_http_methods(["GET", "POST"])
def framework(request: LeadRequest, partnership: str) -> HttpResponse:
    """Read the framework with its sources; change it as a document."""
    profile = _profile(request)
    form = FrameworkForm(request.POST or None, initial={"document": profile.document})
    problems: tuple[object, ...] = ()
    if form.is_valid():
        try:
            actions.change_framework(profile=profile, text=form.cleaned_data["document"], actor=request.user)
        except StudyError as error:
            problems = error.problems
        else:
            messages.success(request, _("The framework is saved."))
            return redirect("capabilities:framework", partnership)
    found = {"partnership": request.partnership, "profile": profile, "form": form, "problems": problems}
    return render(request, "capabilities/framework.html", found, status=422 if problems or form.errors else 200)


@needs(Permission.EDIT)
@never_cache
@require_http_methods(["GET", "POST"])
def held_back(request: LeadRequest, partnership: str, capability: str) -> HttpResponse:
    """Say what keeps people from using a capability."""
    profile = _profile(request)
    one = next((one for one in profile.framework.rated() if one.id == capability), None)
    if one is None:
        raise Http404
    kept = profile.held_back.filter(capability=capability).first()
    form = HeldBackForm(request.POST or None, initial={"why": kept.why if kept else ""})
    if form.is_valid():
        actions.hold_back(profile=profile, capability=capability, why=form.cleaned_data["why"], actor=request.user)
        return redirect("capabilities:overview", partnership)
    found = {"partnership": request.partnership, "capability": one, "form": form}
    return render(request, "capabilities/held_back.html", found)


@needs(Permission.VIEW, writing=Permission.EDIT)
@never_cache
@require_http_methods(["GET", "POST"])
def plan(request: LeadRequest, partnership: str) -> HttpResponse:
    """The development plan, and one more line for it."""
    profile = _profile(request)
    initial = {"capability": request.GET.get("for", ""), "kind": request.GET.get("kind", "learn")}
    form = LineForm(request.POST or None, framework=profile.framework, initial=initial, instance=Line(profile=profile))
    if form.is_valid():
        form.save()
        messages.success(request, _("The line is in the plan."))
        return redirect("capabilities:plan", partnership)
    names = {one.id: one.name for one in profile.framework.capabilities}
    lines = [(line, names.get(line.capability)) for line in profile.lines.all()]
    found = {"partnership": request.partnership, "lines": lines, "form": form, "ways": LineForm.ways()}
    return render(request, "capabilities/plan.html", found, status=422 if form.errors else 200)


@needs(Permission.EDIT)
@never_cache
@require_http_methods(["GET", "POST"])
def line(request: LeadRequest, partnership: str, number: int) -> HttpResponse:
    """Change a line of the plan, or take it out."""
    profile = _profile(request)
    found = get_object_or_404(profile.lines, pk=number)
    if request.POST.get("remove"):
        found.delete()
        return redirect("capabilities:plan", partnership)
    form = LineForm(request.POST or None, framework=profile.framework, instance=found)
    if form.is_valid():
        form.save()
        return redirect("capabilities:plan", partnership)
    page = {"partnership": request.partnership, "form": form, "ways": LineForm.ways()}
    return render(request, "capabilities/line.html", page, status=422 if form.errors else 200)


@needs(Permission.VIEW)
@require_GET
def table(request: LeadRequest, partnership: str) -> HttpResponse:
    """Coverage as CSV: the same counts as on the page, no more."""
    del partnership
    profile = _profile(request)
    written = StringIO()
    rows = csv.writer(written)
    rows.writerow(["capability", "area", "needed", "able", "want_to_learn", "cover"])
    for row in overview_of(profile).rows:
        one = row.coverage
        rows.writerow(
            [guarded(one.capability), row.capability.area, one.needed, one.able, one.learners, one.cover.value]
        )
    return HttpResponse(
        written.getvalue(),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="capabilities.csv"'},
    )


def _profile(request: LeadRequest) -> Profile:
    return get_object_or_404(Profile, partnership=request.partnership)
