"""The data-flow page of a study."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from commonground.web.privacy.flow import kept, seats, stated
from commonground.web.studies.gate import OwnerRequest
from commonground.web.workspaces.permissions import needs
from commonground.web.workspaces.roles import Permission


@needs(Permission.VIEW)
@never_cache
@require_GET
def data_flow(request: OwnerRequest, public_id: str) -> HttpResponse:
    """What is collected, why, where it is, who sees it and how long; to be read, printed and filed."""
    del public_id
    record = request.study.record()
    answers = stated(record)
    context = {
        "study": request.study,
        "record": record,
        "kept": kept(record),
        "stated": answers,
        "missing": [one for one in answers if one.is_missing],
        "seats": seats(request.workspace),
        "site": settings.SITE_URL,
        "today": timezone.now().date(),
    }
    return render(request, "privacy/data_flow.html", context)
