"""The one gate: who may see which page. Closed unless a page says otherwise.

Every page needs a signed-in person except the participants' pages (`PUBLIC_APPS`) and views marked with Django's
`login_not_required`. A page about a study, known by `public_id` in its address, or about a workspace, known by
`workspace`, says what it needs (`workspaces.permissions.needs`). Who is no member gets the same "not found" as for a
study that does not exist; a member whose role lacks the permission is told so. Views find `request.study`,
`request.workspace` and `request.role`.
"""

from collections.abc import Callable
from typing import cast

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from commonground.web.accounts.first_run import needs_owner
from commonground.web.accounts.models import User
from commonground.web.studies.models import Study
from commonground.web.workspaces.models import Member, Workspace
from commonground.web.workspaces.permissions import needs_of
from commonground.web.workspaces.roles import may

PUBLIC_APPS = ("respond", "contacts_public")


class OwnerRequest(HttpRequest):
    """A request that came through the gate."""

    user: User
    study: Study
    """On pages about a study only."""
    workspace: Workspace
    """On pages about a study or a workspace only."""
    role: str
    """The person's role in that workspace."""


class OwnersGate:
    """Middleware; stands after Django's AuthenticationMiddleware."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on; `process_view` decides."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: object, kwargs: dict[str, object]
    ) -> HttpResponse | None:
        """Let through, send to the sign-in page, or say there is no such page, or no such right."""
        del args
        match = request.resolver_match
        if not getattr(view, "login_required", True) or (match and match.app_name in PUBLIC_APPS):
            return None
        if not request.user.is_authenticated:
            return redirect("start") if needs_owner() else redirect_to_login(request.get_full_path())
        if not {"public_id", "workspace"} & set(kwargs):
            return None
        member = _let_in(cast("OwnerRequest", request), kwargs)
        permission = needs_of(view).when(request.method or "GET")
        if may(member.role, permission):
            return None
        return render(request, "workspaces/not_allowed.html", {"role": member.get_role_display()}, status=403)


def _let_in(request: OwnerRequest, kwargs: dict[str, object]) -> Member:
    """Find what the page is about, and as what this person stands to it."""
    if "public_id" in kwargs:
        study = get_object_or_404(Study.objects.select_related("workspace"), public_id=kwargs["public_id"])
        if study.workspace is None:
            raise Http404
        request.study, request.workspace = study, study.workspace
    else:
        request.workspace = get_object_or_404(Workspace, slug=kwargs["workspace"])
    member = get_object_or_404(Member, workspace=request.workspace, user=request.user)
    request.role = member.role
    return member
