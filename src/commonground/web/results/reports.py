"""The pages of a report: asking for it, watching it being made, reading it, taking it away."""

import io
import zipfile
from pathlib import Path

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from commonground.web.results.actions import ask_for_report, usual_seconds
from commonground.web.results.downloads import attachment
from commonground.web.results.models import ReportJob
from commonground.web.studies.gate import OwnerRequest
from commonground.web.workspaces.permissions import needs
from commonground.web.workspaces.roles import Permission


@needs(Permission.DATA)
@require_POST
def ask(request: OwnerRequest, public_id: str) -> HttpResponse:
    """Start making a report, and go where it can be watched."""
    del public_id
    return redirect(ask_for_report(request.study))


@needs(Permission.VIEW)
@never_cache
@require_GET
def report(request: OwnerRequest, public_id: str, number: int) -> HttpResponse:
    """The job while it is pending, the report when it is there. Can be left and found again."""
    del public_id
    job = _job(request, number)
    context = {"study": request.study, "job": job, "usual": usual_seconds(request.study)}
    # The script of a pending page asks for the status alone and puts it in place.
    part = request.headers.get("X-Part") == "status"
    return render(request, "results/report_status.html" if part else "results/report.html", context)


@needs(Permission.VIEW)
@never_cache
@require_GET
def read(request: OwnerRequest, public_id: str, number: int) -> HttpResponse:
    """The report itself, one self-contained page, in a sandbox with its own style sheet and nothing else."""
    del public_id
    from commonground.publish.html import style_source  # noqa: PLC0415  # brings the template engine of reports

    response = HttpResponse((_finished(request, number) / "report.html").read_bytes())
    response.headers["Content-Security-Policy"] = (
        f"default-src 'none'; style-src {style_source()}; img-src data:; sandbox allow-downloads allow-popups; "
        "frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
    )
    return response


@needs(Permission.DATA)
@never_cache
@require_GET
def files(request: OwnerRequest, public_id: str, number: int) -> HttpResponse:
    """The report with its figures and data, as one archive."""
    return attachment(zipped(_finished(request, number)), f"{public_id}-report-{number}.zip", "application/zip")


def zipped(folder: Path) -> bytes:
    """Every file of a folder, in order of name."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(one for one in folder.rglob("*") if one.is_file()):
            archive.write(path, path.relative_to(folder))
    return content.getvalue()


def _job(request: OwnerRequest, number: int) -> ReportJob:
    return get_object_or_404(ReportJob, study=request.study, pk=number)


def _finished(request: OwnerRequest, number: int) -> Path:
    job = _job(request, number)
    if job.state != ReportJob.State.DONE or not job.folder.is_dir():
        raise Http404
    return job.folder
