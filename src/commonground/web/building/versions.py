"""Every document a study has had: when, by whom, and what changed in words."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from commonground.files.study import parse_study
from commonground.records.errors import StudyError
from commonground.records.study import Study as StudyRecord
from commonground.survey.differences import differences
from commonground.web.building.version_words import Told, told
from commonground.web.studies.gate import OwnerRequest
from commonground.web.studies.models import DocumentVersion
from commonground.web.workspaces.permissions import needs
from commonground.web.workspaces.roles import Permission


@needs(Permission.VIEW)
@never_cache
@require_GET
def versions(request: OwnerRequest, public_id: str) -> HttpResponse:
    """All versions, the newest first, and which of them was launched."""
    del public_id
    study = request.study
    found = list(study.document_versions.defer("document").reverse())
    launched = next((one.number for one in found[::-1] if one.document_hash == study.launched_hash), None)
    return render(request, "building/versions.html", {"study": study, "versions": found, "launched": launched})


@needs(Permission.VIEW)
@never_cache
@require_GET
def version(request: OwnerRequest, public_id: str, number: int) -> HttpResponse:
    """One version: what it changed against the one before."""
    del public_id
    this = _numbered(request, number)
    before = request.study.document_versions.filter(number__lt=number).last()
    changes = _changes(before, this) if before else []
    context = {"study": request.study, "version": this, "before": before, "changes": changes}
    return render(request, "building/version.html", context)


@needs(Permission.VIEW)
@never_cache
@require_GET
def document(request: OwnerRequest, public_id: str, number: int) -> HttpResponse:
    """A version's study document, as it was written."""
    content, name = _numbered(request, number).document, f"{public_id}-version-{number}.yaml"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type="application/yaml; charset=utf-8", headers=headers)


def _numbered(request: OwnerRequest, number: int) -> DocumentVersion:
    found = request.study.document_versions.filter(number=number).first()
    if found is None:
        raise Http404
    return found


def _changes(before: DocumentVersion, after: DocumentVersion) -> list[Told] | None:
    """What changed; None where one of the two was written in a form that is not read any more."""
    was, becomes = _read(before), _read(after)
    return None if was is None or becomes is None else [told(one) for one in differences(was, becomes)]


def _read(one: DocumentVersion) -> StudyRecord | None:
    try:
        return parse_study(one.document, "study.yaml").study
    except StudyError:
        return None
