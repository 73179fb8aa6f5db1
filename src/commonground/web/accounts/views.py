"""Signing in and signing out."""

from django.conf import settings
from django.contrib.auth import login, logout
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from commonground.web.accounts.first_run import needs_owner
from commonground.web.accounts.forms import SignInForm
from commonground.web.accounts.links import user_of_link


@login_not_required
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in with e-mail address and password."""
    if needs_owner():
        return redirect("start")
    form = SignInForm(request)
    if request.method == "POST" and form.is_valid():
        login(request, form.user)
        return redirect(_next_page(request))
    wanted = request.POST.get("next") or request.GET.get("next", "")
    return render(request, "accounts/sign_in.html", {"form": form, "next": wanted})


@login_not_required
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Sign out on this device."""
    logout(request)
    return redirect("accounts:sign-in")


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def sign_in_link(request: HttpRequest) -> HttpResponse:
    """The demo's one-time link. Opening it only asks; a press of the button signs in, so a preview cannot use it up."""
    if not settings.IS_DEMO:
        raise Http404
    user = user_of_link(request.GET.get("who", ""), request.GET.get("token", ""))
    if user is None:
        return redirect("home" if request.user.is_authenticated else "accounts:sign-in")
    if request.method == "POST":
        login(request, user)
        return redirect("home")
    return render(request, "accounts/sign_in_link.html", {"person": user})


def _next_page(request: HttpRequest) -> str:
    wanted = request.POST.get("next", "")
    own = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if own else "home"
