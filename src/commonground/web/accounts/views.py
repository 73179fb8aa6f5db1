"""Signing in and signing out."""

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from commonground.web.accounts import signing_in
from commonground.web.accounts.first_run import needs_owner
from commonground.web.accounts.forms import CodeForm, SignInForm
from commonground.web.accounts.links import user_of_link
from commonground.web.accounts.models import Passkey, User
from commonground.web.accounts.passkeys import why_not
from commonground.web.accounts.second_factor import has_second_factor, makes_codes


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
        return _first_step_done(request, form.user)
    return render(request, "accounts/sign_in.html", _shown(request, form))


@login_not_required
@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "POST"])
def sign_in_code(request: HttpRequest) -> HttpResponse:
    """The second step of signing in: a code from the phone, or a recovery code."""
    user = signing_in.half_way(request, now=timezone.now())
    if user is None:
        return redirect("accounts:sign-in")
    form = CodeForm(request.POST or None)
    if form.is_valid() and form.is_taken(user):
        signing_in.let_in(request, user)
        return redirect(signing_in.next_page(request))
    return render(request, "accounts/sign_in_code.html", {**_shown(request, form), "makes_codes": makes_codes(user)})


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
        signing_in.let_in(request, user)
        return redirect("home")
    return render(request, "accounts/sign_in_link.html", {"person": user})


def _shown(request: HttpRequest, form: Form) -> dict[str, object]:
    """What both steps of signing in show, a passkey being a way through either."""
    wanted = request.POST.get("next") or request.GET.get("next", "")
    reason = why_not(settings.SITE_URL, request.get_host()) if Passkey.objects.exists() else ""
    return {"form": form, "next": wanted, "reason": reason}


def _first_step_done(request: HttpRequest, user: User) -> HttpResponse:
    """In, or on to the code where the account has a second factor."""
    if not has_second_factor(user):
        signing_in.let_in(request, user)
        return redirect(signing_in.next_page(request))
    signing_in.remember(request, user, now=timezone.now())
    wanted = urlencode({"next": request.POST.get("next", "")})
    return redirect(f"{reverse('accounts:sign-in-code')}?{wanted}")
