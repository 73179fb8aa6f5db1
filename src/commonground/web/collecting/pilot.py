"""The pilot: open it, close it, take its answers away, apart from the study's own."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from commonground.files.choices import choices_csv
from commonground.files.respondents import respondents_csv
from commonground.web.respond.export import choice_data, respondent_table
from commonground.web.studies.actions import set_pilot
from commonground.web.studies.gate import OwnerRequest
from commonground.web.studies.models import Stage, Study
from commonground.web.workspaces.permissions import needs
from commonground.web.workspaces.roles import Permission

FILES = ("choices.csv", "respondents.csv")


@needs(Permission.FIELD)
@require_POST
def switch(request: OwnerRequest, public_id: str) -> HttpResponse:
    """Open the pilot or close it; after the launch there is none."""
    opening = request.POST.get("to") == "open"
    if request.study.kind != Study.Kind.PUBLISHED and request.study.stage in {Stage.PREPARING, Stage.PILOT}:
        set_pilot(request.study, is_open=opening, actor=request.user)
        messages.success(
            request,
            _("The pilot is open. Its answers are kept apart from those of the study.")
            if opening
            else _("The pilot is closed. Its answers are kept, apart from those of the study."),
        )
    return redirect("collecting:overview", public_id)


@needs(Permission.DATA)
@never_cache
@require_GET
def download(request: OwnerRequest, public_id: str, name: str) -> HttpResponse:
    """A table of the pilot's answers, named so that nobody takes it for the study's."""
    if name not in FILES:
        raise Http404
    if name == "choices.csv":
        content = choices_csv(choice_data(request.study, pilot=True))
    else:
        content = respondents_csv(respondent_table(request.study, pilot=True))
    return HttpResponse(
        content,
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{public_id}-pilot-{name}"'},
    )
