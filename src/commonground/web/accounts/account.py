"""The account of the person signed in: password and second factor."""

from typing import cast

import segno
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from commonground.web.accounts import second_factor as factor
from commonground.web.accounts.forms import CodeForm, PasswordAgainForm, PasswordForm
from commonground.web.accounts.models import User
from commonground.web.accounts.one_time_codes import (
    SecretIsLostError,
    address_for_phone,
    new_secret,
    seal,
    spelled,
    unseal,
)
from commonground.web.doorstep import network_of

SESSION_KEY = "new_second_factor"


class AccountRequest(HttpRequest):
    """A request of somebody signed in."""

    user: User


@never_cache
@require_GET
def account(request: AccountRequest) -> HttpResponse:
    """What this account is, and what can be changed."""
    found = {
        "makes_codes": factor.makes_codes(request.user),
        "passkeys": request.user.passkeys.count(),
        "codes_left": request.user.recovery_codes.filter(used_at=None).count(),
    }
    return render(request, "accounts/account.html", found)


@never_cache
@sensitive_post_parameters("current", "password")
@require_http_methods(["GET", "POST"])
def password(request: AccountRequest) -> HttpResponse:
    """Change the password; every other device is signed out."""
    form = PasswordForm(request.POST or None, user=request.user, address=network_of(request))
    if form.is_valid():
        request.user.set_password(form.cleaned_data["password"])
        request.user.save(update_fields=["password"])
        update_session_auth_hash(request, request.user)
        messages.success(request, _("Your password is changed. Other devices are signed out."))
        return redirect("accounts:account")
    return render(request, "accounts/password.html", {"form": form})


@require_POST
def sign_out_elsewhere(request: AccountRequest) -> HttpResponse:
    """Sign out on every device but this one."""
    User.objects.filter(pk=request.user.pk).update(times_signed_out=F("times_signed_out") + 1)
    request.user.refresh_from_db()
    update_session_auth_hash(request, request.user)
    messages.success(request, _("Other devices are signed out."))
    return redirect("accounts:account")


@never_cache
@sensitive_post_parameters("current")
@require_http_methods(["GET", "POST"])
def recovery_codes(request: AccountRequest) -> HttpResponse:
    """Make new recovery codes; there is nothing to recover without a second factor."""
    if not factor.has_second_factor(request.user):
        return redirect("accounts:account")
    form = PasswordAgainForm(request.POST or None, user=request.user, address=network_of(request))
    if form.is_valid():
        return render(request, "accounts/recovery_codes.html", {"codes": factor.new_recovery_codes(user=request.user)})
    return render(request, "accounts/recovery_codes_new.html", {"form": form})


@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "POST"])
def second_factor(request: AccountRequest) -> HttpResponse:
    """Turn codes from the phone on; once they are on, turn them off or make new recovery codes."""
    return _change(request) if factor.makes_codes(request.user) else _set_up(request)


def _set_up(request: AccountRequest) -> HttpResponse:
    secret = _secret_in_hand(request)
    form = CodeForm(request.POST or None)
    if form.is_valid():
        codes = factor.turn_on(user=request.user, secret=secret, code=form.cleaned_data["code"], now=timezone.now())
        if codes:
            del request.session[SESSION_KEY]
            request.session.cycle_key()
            return render(request, "accounts/recovery_codes.html", {"codes": codes})
        form.add_error(
            "code", _("This code does not fit. Check that the clock of the phone is right, then type the next one.")
        )
    site = request.get_host()
    address = address_for_phone(secret, account=request.user.email, site=f"Common Ground ({site})".replace(":", " "))
    picture = segno.make(address, error="m", micro=False).svg_data_uri(scale=5, border=4, light="white")
    return render(
        request, "accounts/second_factor_on.html", {"form": form, "picture": picture, "secret": spelled(secret)}
    )


def _change(request: AccountRequest) -> HttpResponse:
    form = CodeForm(request.POST or None)
    if form.is_valid() and form.is_taken(request.user):
        if request.POST.get("do") == "off":
            factor.turn_off(user=request.user)
            messages.success(request, _off(request.user))
            return redirect("accounts:account")
        return render(request, "accounts/recovery_codes.html", {"codes": factor.new_recovery_codes(user=request.user)})
    return render(request, "accounts/second_factor_change.html", {"form": form})


def _off(user: User) -> str:
    if factor.has_second_factor(user):
        return _("You are asked for no codes from the phone any more. Your passkeys stay.")
    return _("The second factor is off: your password alone signs you in.")


def _secret_in_hand(request: AccountRequest) -> bytes:
    """The secret shown on the page before, so that going back or a mistyped code keeps the phone right."""
    try:
        return unseal(cast("str", request.session[SESSION_KEY]), site_key=settings.SECRET_KEY)
    except (KeyError, SecretIsLostError):
        secret = new_secret()
        request.session[SESSION_KEY] = seal(secret, site_key=settings.SECRET_KEY)
        return secret
