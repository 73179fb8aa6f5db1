"""Pages about passkeys: making, naming and removing them, and signing in with one."""

import json
from datetime import datetime, timedelta
from typing import cast

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from commonground.web.accounts import passkeys as keys
from commonground.web.accounts import signing_in
from commonground.web.accounts.account import AccountRequest
from commonground.web.accounts.forms import AnswerForm, NewPasskeyForm, PasskeyNameForm, PasswordAgainForm
from commonground.web.accounts.models import Passkey
from commonground.web.accounts.second_factor import new_recovery_codes, remove_passkey
from commonground.web.doorstep import network_of

LASTS = timedelta(minutes=10)
SIGNING_IN = "passkey_asked"
MAKING = "passkey_in_the_making"


@never_cache
@sensitive_post_parameters("current")
@require_http_methods(["GET", "POST"])
def passkeys(request: AccountRequest) -> HttpResponse:
    """The passkeys there are; sent to, it asks the browser for another one."""
    reason = keys.why_not(settings.SITE_URL, request.get_host())
    form = NewPasskeyForm(request.POST or None, user=request.user, address=network_of(request))
    if not reason and form.is_valid():
        question = keys.ask_to_make(request.user)
        _remember(request, MAKING, {**question.state, "name": form.cleaned_data["name"]}, timezone.now())
        return render(request, "accounts/passkey_new.html", {"options": json.dumps(question.options)})
    found = {"passkeys": request.user.passkeys.all(), "form": form, "reason": reason}
    return render(request, "accounts/passkeys.html", found)


@never_cache
@require_http_methods(["GET", "POST"])
def made(request: AccountRequest) -> HttpResponse:
    """Keep the passkey that the device has made; the first one brings recovery codes."""
    form = AnswerForm(request.POST or None)
    state = _asked(request, MAKING, timezone.now())
    if state is None or not form.is_valid():
        return redirect("accounts:passkeys")
    try:
        kept = keys.make(
            user=request.user,
            name=state["name"],
            state=state,
            answer=form.cleaned_data["answer"],
            now=timezone.now(),
        )
    except keys.PasskeyRefusedError:
        messages.warning(request, _("This passkey could not be kept. Please try again, or use another device."))
        return redirect("accounts:passkeys")
    if not request.user.recovery_codes.filter(used_at=None).exists():
        return render(request, "accounts/recovery_codes.html", {"codes": new_recovery_codes(user=request.user)})
    messages.success(request, _("The passkey “%(name)s” is kept: you can sign in with it.") % {"name": kept})
    return redirect("accounts:passkeys")


@never_cache
@sensitive_post_parameters("current")
@require_http_methods(["GET", "POST"])
def passkey(request: AccountRequest, number: int) -> HttpResponse:
    """One passkey: another name, or away with it."""
    found = get_object_or_404(request.user.passkeys, pk=number)
    wanted = request.POST.get("do", "")
    sent = request.POST or None
    name_form = PasskeyNameForm(sent if wanted == "name" else None, initial={"name": found.name})
    password_form = PasswordAgainForm(
        sent if wanted == "remove" else None, user=request.user, address=network_of(request)
    )
    if name_form.is_valid():
        Passkey.objects.filter(pk=found.pk).update(name=name_form.cleaned_data["name"])
        return redirect("accounts:passkeys")
    if password_form.is_valid():
        remove_passkey(passkey=found)
        messages.success(request, _("The passkey “%(name)s” is removed.") % {"name": found})
        return redirect("accounts:passkeys")
    shown = {"passkey": found, "name_form": name_form, "password_form": password_form}
    return render(request, "accounts/passkey.html", shown)


@login_not_required
@never_cache
@require_POST
def question(request: HttpRequest) -> HttpResponse:
    """What the browser is to ask the device when somebody signs in; it is the same for everybody, and new each time."""
    asked = keys.ask_who()
    _remember(request, SIGNING_IN, asked.state, timezone.now())
    return JsonResponse(asked.options)


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in whoever's passkey answered."""
    form = AnswerForm(request.POST or None)
    now = timezone.now()
    state = _asked(request, SIGNING_IN, now)
    if state is None or not form.is_valid():
        return redirect("accounts:sign-in")
    try:
        user = keys.who_answered(state=state, answer=form.cleaned_data["answer"], now=now)
    except keys.PasskeyRefusedError:
        messages.warning(request, _("This passkey is not known here. Sign in with your password, or try another one."))
        return redirect("accounts:sign-in")
    signing_in.let_in(request, user)
    return redirect(signing_in.next_page(request))


def _remember(request: HttpRequest, key: str, state: dict[str, str], now: datetime) -> None:
    request.session[key] = {**state, "until": (now + LASTS).timestamp()}
    if not request.user.is_authenticated:
        request.session.set_expiry(LASTS)  # of somebody who only looked, nothing stays


def _asked(request: HttpRequest, key: str, now: datetime) -> dict[str, str] | None:
    """What was asked in this browser of late; each question is answered once."""
    kept = request.session.pop(key, None) if request.method == "POST" else None
    return cast("dict[str, str]", kept) if kept and kept["until"] >= now.timestamp() else None
