"""The whole study document: to take away, and to bring back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from commonground.records.errors import Problem, StudyError
from commonground.web.building.parts import part_context
from commonground.web.studies.actions import DocumentChangedError, change_document
from commonground.web.studies.forms import NewStudyForm
from commonground.web.studies.gate import OwnerRequest
from commonground.web.workspaces.permissions import needs
from commonground.web.workspaces.roles import Permission


@needs(Permission.VIEW, writing=Permission.EDIT)
@never_cache
@require_http_methods(["GET", "POST"])
def document(request: OwnerRequest, public_id: str) -> HttpResponse:
    """The document as text; a changed one is checked whole before it takes the place of this one."""
    del public_id
    if request.method == "GET":
        return _page(request, NewStudyForm(initial={"text": request.study.document}))
    form = NewStudyForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, form, form.problems, status=422)
    text = form.cleaned_data["document"]
    text = (
        text if "\r\n" in request.study.document else text.replace("\r\n", "\n")
    )  # browsers send line ends of their own
    try:
        change_document(
            study=request.study, text=text, name=form.name, actor=request.user, based_on=request.POST.get("base", "")
        )
    except DocumentChangedError:
        request.study.refresh_from_db()
        return _page(request, form, was_changed=True, status=409)
    except StudyError as error:
        return _page(request, form, error.problems, status=422)
    messages.success(request, _("The document is saved. The one before is among the versions."))
    return redirect("building:document", request.study.public_id)


def _page(
    request: OwnerRequest,
    form: NewStudyForm,
    problems: tuple[Problem, ...] = (),
    *,
    was_changed: bool = False,
    status: int = 200,
) -> HttpResponse:
    context = part_context(request) | {"form": form, "problems": problems, "was_changed": was_changed}
    if was_changed:
        context["base"] = request.study.document_hash
    return render(request, "building/document.html", context, status=status)
