"""The page of what an ethics board asks: texts that people read beside the consent and on every page."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from commonground.files.study_edits import edited
from commonground.records.errors import StudyError
from commonground.survey.minors import minors
from commonground.web.building.ethics_forms import EthicsForm
from commonground.web.building.launch_points import checked
from commonground.web.building.plan import CHANGED
from commonground.web.studies.actions import DocumentChangedError, change_document
from commonground.web.studies.gate import OwnerRequest
from commonground.web.workspaces.permissions import needs
from commonground.web.workspaces.roles import Permission


@needs(Permission.VIEW, writing=Permission.EDIT)
@never_cache
@require_http_methods(["GET", "POST"])
def ethics(request: OwnerRequest, public_id: str) -> HttpResponse:
    """Read and write the texts; after the launch as well, as far as answers keep their meaning."""
    study, record = request.study, request.study.record()
    form = EthicsForm(request.POST if request.method == "POST" else None, record=record)
    if request.method == "POST" and form.is_valid():
        try:
            _save(request, form)
        except DocumentChangedError:
            form.add_error(None, CHANGED)
        except StudyError as error:
            form.add_error(None, str(error))
        else:
            return redirect("building:ethics", public_id)
    context = {
        "study": study,
        "record": record,
        "form": form,
        "minors": minors(record, timezone.now().date()).does.name,
        "placeholders": checked(study.document).placeholders,
    }
    return render(request, "building/ethics.html", context, status=422 if form.errors else 200)


def _save(request: OwnerRequest, form: EthicsForm) -> None:
    changes = form.changes()
    if not changes:
        messages.success(request, _("Nothing was different, so nothing was changed."))
        return
    text = edited(request.study.document, changes)
    change_document(
        study=request.study,
        text=text,
        name="study.yaml",
        actor=request.user,
        note=_("Ethics"),
        based_on=request.POST.get("base", ""),
    )
    messages.success(request, _("The texts are saved. People who take part read them from now on."))
