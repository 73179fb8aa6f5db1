"""Starting a partnership, and where it stands."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from commonground.web.partnerships import actions, starters
from commonground.web.partnerships.forms import DetailsForm, StartForm
from commonground.web.partnerships.requests import LeadRequest
from commonground.web.partnerships.rounds import NotTheHolderError, forget_partnership, may_hold
from commonground.web.partnerships.samples import sample_results
from commonground.web.partnerships.standing import standing
from commonground.web.workspaces.actions import own_workspace, places_for_studies
from commonground.web.workspaces.models import Workspace
from commonground.web.workspaces.permissions import needs
from commonground.web.workspaces.roles import Permission


@require_http_methods(["GET", "POST"])
def new(request: LeadRequest) -> HttpResponse:
    """Three questions, and the partnership is there, with the list to begin with."""
    form = StartForm(request.POST or None)
    if form.is_valid():
        made = actions.start_partnership(
            workspace=_place(request),
            actor=request.user,
            name=form.cleaned_data["name"],
            people=form.cleaned_data["people"],
            meets_on=form.cleaned_data["meets_on"],
            question=starters.QUESTION.model_dump(),
            items=starters.starter_items(),
            today=timezone.localdate(),
        )
        return redirect(made)
    return render(request, "partnerships/new.html", {"form": form}, status=422 if form.errors else 200)


@require_GET
def sample(request: LeadRequest) -> HttpResponse:
    """What a result looks like, for people who do not exist."""
    return render(request, "partnerships/sample.html", {"results": sample_results()})


@needs(Permission.VIEW)
@never_cache
@require_GET
def overview(request: LeadRequest, partnership: str) -> HttpResponse:
    """Where the partnership stands, and the one next thing to do."""
    del partnership
    found = {"partnership": request.partnership, "standing": standing(request.partnership, request.user)}
    return render(request, "partnerships/overview.html", found)


@needs(Permission.EDIT)
@never_cache
@require_http_methods(["GET", "POST"])
def details(request: LeadRequest, partnership: str) -> HttpResponse:
    """Name, words for the partners, and the two days."""
    del partnership
    it = request.partnership
    initial = {"name": it.name, "work": it.work, "meets_on": it.meets_on, "deletes_on": it.deletes_on}
    form = DetailsForm(request.POST or None, initial=initial)
    if form.is_valid():
        actions.change_details(partnership=it, actor=request.user, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect(it)
    found = {"partnership": it, "form": form, "may_hold": may_hold(it, request.user)}
    return render(request, "partnerships/details.html", found, status=422 if form.errors else 200)


@needs(Permission.MANAGE)
@never_cache
@require_http_methods(["GET", "POST"])
def deleting(request: LeadRequest, partnership: str) -> HttpResponse:
    """Delete everything, after a question."""
    del partnership
    if request.method == "POST":
        try:
            forget_partnership(partnership=request.partnership, actor=request.user)
        except NotTheHolderError:
            messages.warning(request, _("Only the facilitator can delete this partnership."))
            return redirect(request.partnership)
        messages.success(request, _("The partnership and everything in it is deleted."))
        return redirect("home")
    return render(request, "partnerships/delete.html", {"partnership": request.partnership})


def _place(request: LeadRequest) -> Workspace:
    """The workspace the address names, or the first one; never one in which this person may not edit."""
    places = places_for_studies(request.user)
    wanted = request.GET.get("workspace")
    if wanted is None:
        return places[0] if places else own_workspace(request.user)
    found = next((one for one in places if one.slug == wanted), None)
    if found is None:
        raise Http404
    return found
