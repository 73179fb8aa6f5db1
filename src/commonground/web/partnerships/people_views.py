"""Inviting people: the one link, links of their own, and what each of them will see."""

import segno
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from commonground.web.accounts.models import User
from commonground.web.partnerships import actions
from commonground.web.partnerships.forms import FacilitatorForm, PersonForm
from commonground.web.partnerships.requests import LeadRequest
from commonground.web.partnerships.rounds import may_hold
from commonground.web.partnerships.voices import is_full
from commonground.web.workspaces.permissions import needs
from commonground.web.workspaces.roles import Permission


@needs(Permission.EDIT)
@never_cache
@require_http_methods(["GET", "POST"])
def people(request: LeadRequest, partnership: str) -> HttpResponse:
    """Who is in, by name and role, and how they are invited. Never who has answered."""
    del partnership
    it = request.partnership
    if request.POST.get("link"):
        actions.set_open_link(partnership=it, actor=request.user, is_open=request.POST["link"] == "on")
        return redirect("partnerships:people", it.public_id)
    form = PersonForm(request.POST or None)
    if form.is_valid() and is_full(it):
        form.add_error(None, _("A partnership here has up to 30 people. For more, start a study."))
    if form.is_valid():
        actions.add_partner(partnership=it, actor=request.user, **form.cleaned_data)
        messages.success(request, _("%(who)s has a link now.") % {"who": form.cleaned_data["name"]})
        return redirect("partnerships:people", it.public_id)
    found = {"partnership": it, "partners": it.partners.select_related("partnership"), "form": form}
    return render(request, "partnerships/people.html", found, status=422 if form.errors else 200)


@needs(Permission.EDIT)
@require_GET
def code(request: LeadRequest, partnership: str) -> HttpResponse:
    """The one link as a QR code."""
    del partnership
    drawn = segno.make(request.partnership.public_url, error="m").svg_inline(scale=4, border=2)
    return HttpResponse(drawn, content_type="image/svg+xml")


@needs(Permission.EDIT)
@require_http_methods(["GET", "POST"])
def remove(request: LeadRequest, partnership: str, number: int) -> HttpResponse:
    """Take somebody off the list of people, after a question."""
    del partnership
    partner = get_object_or_404(request.partnership.partners, pk=number)
    if request.method == "POST":
        actions.remove_partner(partner=partner, actor=request.user)
        messages.success(request, _("%(who)s is no longer on the list.") % {"who": partner.name})
        return redirect("partnerships:people", request.partnership.public_id)
    return render(request, "partnerships/remove.html", {"partnership": request.partnership, "partner": partner})


@needs(Permission.VIEW)
@require_GET
def seen(request: LeadRequest, partnership: str) -> HttpResponse:
    """What each person will see, and what the lead will not."""
    del partnership
    return render(request, "partnerships/seen.html", {"partnership": request.partnership})


@needs(Permission.EDIT)
@never_cache
@require_http_methods(["GET", "POST"])
def facilitator(request: LeadRequest, partnership: str) -> HttpResponse:
    """Hand the data to a neutral person of this workspace, or take them back; only who holds them can."""
    del partnership
    it = request.partnership
    others = User.objects.filter(memberships__workspace=it.workspace).distinct()
    form = FacilitatorForm(request.POST or None, people=others, initial={"facilitator": it.facilitator})
    if form.is_valid():
        if not may_hold(it, request.user):
            messages.warning(request, _("Only the facilitator can hand the data on."))
        else:
            actions.set_facilitator(partnership=it, actor=request.user, facilitator=form.cleaned_data["facilitator"])
            messages.success(request, _("Saved."))
        return redirect(it)
    found = {"partnership": it, "form": form, "may_hold": may_hold(it, request.user)}
    return render(request, "partnerships/facilitator.html", found)
