"""The page behind an invitation's link: make an account, or sign in, and join."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from commonground.web.accounts.forms import OwnerForm
from commonground.web.accounts.models import User
from commonground.web.accounts.signing_in import let_in
from commonground.web.workspaces.invitations import AlreadyAMemberError, InvitationIsOverError, accept, invitation_of


@login_not_required
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def join(request: HttpRequest, token: str) -> HttpResponse:
    """Join a workspace. Opening the link only asks; a press of the button joins, so a preview cannot use it up."""
    found = invitation_of(token, now=timezone.now())
    if found is None:
        return render(request, "workspaces/join_over.html", status=404)
    shown = {"invitation": found, "token": token}
    if isinstance(request.user, User):
        if request.method == "POST":
            return _joined(request, request.user, token)
        return render(request, "workspaces/join.html", shown)
    form = OwnerForm(request.POST or None)
    if form.is_valid() and (user := _new_member(form, token)) is not None:
        let_in(request, user)
        return redirect("home")
    return render(request, "workspaces/join.html", {**shown, "form": form})


def _joined(request: HttpRequest, user: User, token: str) -> HttpResponse:
    try:
        accept(token=token, user=user, now=timezone.now())
    except AlreadyAMemberError:
        messages.success(request, _("You are a member already. Your role stays as it is."))
    except InvitationIsOverError:
        return render(request, "workspaces/join_over.html", status=404)
    return redirect("home")


def _new_member(form: OwnerForm, token: str) -> User | None:
    """The account and its membership, both or neither; None where the form has to say why."""
    try:
        with transaction.atomic():
            user = User.objects.create_user(**form.cleaned_data)
            accept(token=token, user=user, now=timezone.now())
    except IntegrityError:
        form.add_error("email", _("There is an account with this address. Sign in instead; you come back here."))
        return None
    except InvitationIsOverError:
        form.add_error(None, _("Somebody else used this invitation just now. Please ask for another one."))
        return None
    return user
