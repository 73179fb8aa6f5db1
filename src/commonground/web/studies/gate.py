"""The one gate: who may see which page. Closed unless a page says otherwise.

Every page needs a signed-in person except the participants' pages (the `respond` app) and views marked with Django's
`login_not_required`. A page about a study, known by `public_id` in its address, needs one of the study's owners;
anybody else gets the same "not found" as for a study that does not exist. Views find it as `request.study`.
"""

from collections.abc import Callable
from typing import cast

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from commonground.web.accounts.first_run import needs_owner
from commonground.web.accounts.models import User
from commonground.web.studies.models import Study

PUBLIC_APPS = ("respond",)


class OwnerRequest(HttpRequest):
    """A request that came through the gate."""

    user: User
    study: Study
    """On pages about a study only."""


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
        """Let through, send to the sign-in page, or say there is no such page."""
        del args
        match = request.resolver_match
        if not getattr(view, "login_required", True) or (match and match.app_name in PUBLIC_APPS):
            return None
        if not request.user.is_authenticated:
            return redirect("start") if needs_owner() else redirect_to_login(request.get_full_path())
        if "public_id" in kwargs:
            cast("OwnerRequest", request).study = get_object_or_404(
                Study, public_id=kwargs["public_id"], owners=request.user
            )
        return None
