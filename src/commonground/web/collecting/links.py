"""Links: the plain one and one for each source, as text, as a QR code and as a page to print."""

import io

import segno
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from commonground.web.collecting.actions import add_source, set_link_open
from commonground.web.collecting.forms import SourceForm
from commonground.web.respond.doors import source_of
from commonground.web.respond.models import Source
from commonground.web.studies.gate import OwnerRequest
from commonground.web.studies.models import Study
from commonground.web.workspaces.permissions import needs
from commonground.web.workspaces.roles import Permission


@needs(Permission.VIEW, writing=Permission.FIELD)
@never_cache
@require_http_methods(["GET", "POST"])
def links(request: OwnerRequest, public_id: str) -> HttpResponse:
    """Every link of the study, and a form for one more."""
    del public_id
    was_sent = request.method == "POST"
    form = SourceForm(request.study.record(), request.POST if was_sent else None)
    if was_sent and form.is_valid():
        add_source(study=request.study, actor=request.user, **form.cleaned_data)
        return redirect("collecting:links", request.study.public_id)
    context = {"study": request.study, "links": all_links(request.study), "form": form}
    return render(request, "collecting/links.html", context, status=422 if was_sent else 200)


@needs(Permission.FIELD)
@require_POST
def switch(request: OwnerRequest, public_id: str) -> HttpResponse:
    """Switch a link on or off."""
    link = _asked(request, request.POST.get("link", ""))
    set_link_open(study=request.study, slug=link.slug, is_open=request.POST.get("to") == "on", actor=request.user)
    return redirect("collecting:links", public_id)


@needs(Permission.VIEW)
@require_GET
def poster(request: OwnerRequest, public_id: str) -> HttpResponse:
    """A page to print and hang up: what the study is, the QR code and the link in letters."""
    del public_id
    link = _asked(request, request.GET.get("from", ""))
    context = {"study": request.study, "record": request.study.record(), "link": link}
    return render(request, "collecting/poster.html", context)


@needs(Permission.VIEW)
@require_GET
def code(request: OwnerRequest, public_id: str) -> HttpResponse:
    """The QR code of a link. It is made here: no other site learns of the link."""
    del public_id
    link = _asked(request, request.GET.get("from", ""))
    return HttpResponse(qr_code(link.url), content_type="image/svg+xml")


def qr_code(text: str) -> str:
    """A QR code as SVG, with the quiet margin that cameras need, dark on light in every colour scheme."""
    written = io.BytesIO()
    drawn = segno.make(text, error="m", micro=False)
    drawn.save(written, kind="svg", xmldecl=False, omitsize=True, border=4, dark="#000", light="#fff")
    return written.getvalue().decode()


def all_links(study: Study) -> list[Source]:
    """The plain link first, then one for each source."""
    plain = source_of(study, "")
    plain.label = _("The plain link")
    return [plain, *study.sources.exclude(slug="")]


def _asked(request: OwnerRequest, slug: str) -> Source:
    if not slug:
        return all_links(request.study)[0]
    return get_object_or_404(Source, study=request.study, slug=slug)
