"""The first run: whoever holds the token from the terminal makes the owner's account."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from commonground.web.accounts.first_run import forget_token, needs_owner, token_fits
from commonground.web.accounts.forms import OwnerForm
from commonground.web.accounts.models import User
from commonground.web.accounts.signing_in import let_in
from commonground.web.studies.actions import adopt_studies


@login_not_required
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """Ask for the token and then for the account; once there is an owner, there is nothing to do here."""
    if not needs_owner():
        return redirect("home")
    token = request.POST.get("token") or request.GET.get("token", "")
    if not token_fits(settings.DATA, token):
        return render(request, "accounts/start_without_token.html", {"tried": bool(token)}, status=403)
    form = OwnerForm(request.POST or None)
    if form.is_valid():
        owner = make_first_owner(**form.cleaned_data)
        if owner is not None:
            let_in(request, owner)
        return redirect("home")
    return render(request, "accounts/start.html", {"form": form, "token": token})


def make_first_owner(*, name: str, email: str, password: str) -> User | None:
    """Make the account a new site begins with, and give it the studies that wait; None where somebody was quicker."""
    with transaction.atomic():
        if not needs_owner():
            return None
        owner = User.objects.create_user(email, password, name=name)
        adopt_studies(owner)
    forget_token(settings.DATA)
    return owner
