"""The audit log as a page and as a table to keep."""

import json

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from commonground.files.text_tables import text_csv
from commonground.web.workspaces.audit import first_broken
from commonground.web.workspaces.models import AuditEvent
from commonground.web.workspaces.permissions import needs
from commonground.web.workspaces.requests import MemberRequest
from commonground.web.workspaces.roles import Permission

A_PAGE = 100


@needs(Permission.MANAGE)
@never_cache
@require_GET
def log(request: MemberRequest, workspace: str) -> HttpResponse:
    """What members did, the newest first, and whether the log is whole."""
    del workspace
    every = AuditEvent.objects.filter(workspace=request.workspace)
    page = Paginator(_wanted(request).order_by("-pk"), A_PAGE).get_page(request.GET.get("page"))
    columns = [{"label": label} for label in (_("When (UTC)"), _("Who"), _("What"), _("Study"), _("Details"))]
    found = {
        "page": page,
        "columns": columns,
        "rows": [_row(event) for event in page],
        "studies": every.exclude(study="").order_by("study").values_list("study", flat=True).distinct(),
        "study": request.GET.get("study", ""),
        "broken": first_broken(request.workspace),
        "last": every.last(),
    }
    return render(request, "workspaces/log.html", found)


@needs(Permission.MANAGE)
@require_GET
def log_file(request: MemberRequest, workspace: str) -> HttpResponse:
    """The log as CSV, the oldest first, with the hashes that chain it."""
    events = list(_wanted(request))
    columns = {
        "at": [event.at.isoformat() for event in events],
        "actor": [event.actor for event in events],
        "action": [event.action for event in events],
        "study": [event.study for event in events],
        "details": [json.dumps(event.details, ensure_ascii=False, sort_keys=True) for event in events],
        "previous": [event.previous for event in events],
        "digest": [event.digest for event in events],
    }
    named = {"Content-Disposition": f'attachment; filename="log-{workspace}.csv"', "Cache-Control": "no-store"}
    return HttpResponse(text_csv(columns), content_type="text/csv; charset=utf-8", headers=named)


def _wanted(request: MemberRequest) -> QuerySet[AuditEvent]:
    """The entries of the study that was asked for, or all."""
    events = AuditEvent.objects.filter(workspace=request.workspace)
    study = request.GET.get("study", "")
    return events.filter(study=study) if study else events


def _row(event: AuditEvent) -> tuple[str, ...]:
    details = "; ".join(
        f"{name}: {Truncator(value).chars(40)}" for name, value in event.details.items() if value not in ("", None)
    )
    return f"{event.at:%Y-%m-%d %H:%M:%S}", event.actor or _("the program"), event.action, event.study, details
