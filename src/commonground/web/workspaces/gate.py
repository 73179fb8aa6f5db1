"""The one gate: who may see which page. Closed unless a page says otherwise.

Every page needs a signed-in person except the open pages of participants and partners (`PUBLIC_APPS`) and views marked
with Django's `login_not_required`. A page about something in a workspace says what it needs (`permissions.needs`).
What an address is about is found by a name in it: `workspace` here, other names by the apps that hold them
(`is_about`). Who is no member gets the same "not found" as for something that does not exist; a member whose role
lacks the permission, or who lacks the second factor that the workspace asks for, is told so. Views find
`request.workspace` and `request.role`.
"""

from collections.abc import Callable
from typing import cast

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from commonground.web.accounts.first_run import needs_owner
from commonground.web.workspaces.models import Member, Workspace
from commonground.web.workspaces.permissions import needs_of
from commonground.web.workspaces.requests import MemberRequest
from commonground.web.workspaces.roles import may
from commonground.web.workspaces.second_factors import is_lacking

PUBLIC_APPS = ("respond", "contacts_public", "partnerships_public", "capabilities_public", "items_public")

Finder = Callable[[MemberRequest, str], Workspace | None]
"""Finds what a part of an address names, puts it on the request, and returns the workspace it belongs to."""


def _workspace(request: MemberRequest, slug: str) -> Workspace:
    del request
    return get_object_or_404(Workspace, slug=slug)


FINDERS: dict[str, Finder] = {"workspace": _workspace}


def is_about(name: str, find: Finder) -> None:
    """Say how to find what pages with this name in their address are about; called when an app is ready."""
    FINDERS[name] = find


class Gate:
    """Middleware; stands after Django's AuthenticationMiddleware."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on; `process_view` decides."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: object, kwargs: dict[str, str]
    ) -> HttpResponse | None:
        """Let through, send to the sign-in page, or say there is no such page, or no such right."""
        del args
        match = request.resolver_match
        if not getattr(view, "login_required", True) or (match and match.namespace in PUBLIC_APPS):
            return None
        if not request.user.is_authenticated:
            return redirect("start") if needs_owner() else redirect_to_login(request.get_full_path())
        name = next((name for name in FINDERS if name in kwargs), None)
        if name is None:
            return None
        member = _let_in(cast("MemberRequest", request), FINDERS[name], kwargs[name])
        permission = needs_of(view).when(request.method or "GET")
        if not may(member.role, permission):
            return render(request, "workspaces/not_allowed.html", {"role": member.get_role_display()}, status=403)
        if is_lacking(member):
            return render(request, "workspaces/second_factor_first.html", status=403)
        return None


def _let_in(request: MemberRequest, find: Finder, named: str) -> Member:
    """Find what the page is about, and as what this person stands to it."""
    workspace = find(request, named)
    if workspace is None:
        raise Http404
    request.workspace = workspace
    member = get_object_or_404(Member, workspace=workspace, user=request.user)
    member.workspace, member.user = workspace, request.user  # known: no further query
    request.role = member.role
    return member
