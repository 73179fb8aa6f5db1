"""Adding a study."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from commonground.files.templates import template_text
from commonground.web.studies.actions import add_study
from commonground.web.studies.forms import NewStudyForm
from commonground.web.studies.gate import OwnerRequest
from commonground.web.workspaces.actions import places_for_studies
from commonground.web.workspaces.models import Workspace

TEMPLATES = ("partner-priorities", "blank")
"""Templates offered on the page; each needs a sentence there."""


@require_http_methods(["GET", "POST"])
def new(request: OwnerRequest) -> HttpResponse:
    """Add a study: a document from the device, its text, or a template as it is."""
    if request.POST.get("template") in TEMPLATES:
        return _added(request, template_text(request.POST["template"]), f"{request.POST['template']}.yaml")
    was_sent = request.method == "POST"
    form = NewStudyForm(request.POST, request.FILES) if was_sent else NewStudyForm()
    if was_sent and form.is_valid():
        return _added(request, form.cleaned_data["document"], form.name)
    status = 422 if was_sent else 200
    found = {"form": form, "templates": TEMPLATES, "places": places_for_studies(request.user), "place": _place(request)}
    return render(request, "studies/new.html", found, status=status)


@require_GET
def template(request: OwnerRequest, name: str) -> HttpResponse:
    """A template's study document, to be edited and brought back."""
    del request
    if name not in TEMPLATES:
        raise Http404
    return HttpResponse(
        template_text(name),
        content_type="application/yaml; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}.yaml"'},
    )


def _added(request: OwnerRequest, text: str, name: str) -> HttpResponse:
    study = add_study(owner=request.user, text=text, name=name, workspace=_place(request))
    messages.success(request, _("The study is here. Nobody can answer it until you open it."))
    return redirect(study)


def _place(request: OwnerRequest) -> Workspace | None:
    """The workspace the address names, the first one, or none yet; never one in which this person may not edit."""
    places = places_for_studies(request.user)
    wanted = request.GET.get("workspace")
    if wanted is None:
        return places[0] if places else None
    found = next((one for one in places if one.slug == wanted), None)
    if found is None:
        raise Http404
    return found
