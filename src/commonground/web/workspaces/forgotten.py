"""Pages for a forgotten password: asking for a letter, and setting a new one by a link."""

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from commonground.web.accounts.links import user_of_password_link
from commonground.web.accounts.models import User
from commonground.web.doorstep import network_of
from commonground.web.workspaces import passwords
from commonground.web.workspaces.tasks import write_password_letter


class AddressForm(forms.Form):
    """Where the letter is to go."""

    email = forms.EmailField(
        label=lazy("E-mail address"), widget=forms.EmailInput(attrs={"autocomplete": "username"}), max_length=254
    )


class NewPasswordForm(forms.Form):
    """The password as it shall be."""

    password = forms.CharField(
        label=lazy("New password"),
        help_text=lazy("At least ten characters. A few unrelated words are easy to remember and hard to guess."),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, request: HttpRequest, user: User) -> None:
        super().__init__(request.POST or None)
        self.user = user

    def clean_password(self) -> str:
        """Ask Django's validators."""
        password: str = self.cleaned_data["password"]
        passwords.is_good_password(password, self.user)
        return password


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def forgotten(request: HttpRequest) -> HttpResponse:
    """Ask for a letter. The page says the same, as quickly, whether or not there is such an account."""
    if not settings.SENDS_EMAIL:
        return render(request, "workspaces/forgotten_here.html")
    form = AddressForm(request.POST or None)
    if not form.is_valid():
        return render(request, "workspaces/forgotten.html", {"form": form})
    email, place = form.cleaned_data["email"].lower(), network_of(request)
    if passwords.may_ask_again(email=email, address=place, now=timezone.now()):
        found = User.objects.filter(email=email, is_active=True).values_list("pk", flat=True).first()
        write_password_letter.enqueue(found or 0, get_language())
    return render(request, "workspaces/forgotten_sent.html", {"email": email})


@login_not_required
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def new_password(request: HttpRequest, number: int, token: str) -> HttpResponse:
    """Set a new password by a link, then sign in with it, and with the second factor where there is one."""
    user = user_of_password_link(number, token)
    if user is None:
        return render(request, "workspaces/new_password_over.html", status=404)
    form = NewPasswordForm(request, user)
    if form.is_valid():
        try:
            passwords.set_by_link(number=number, token=token, password=form.cleaned_data["password"])
        except passwords.LinkIsOverError:
            return render(request, "workspaces/new_password_over.html", status=404)
        messages.success(request, _("Your new password is set. Sign in with it."))
        return redirect("accounts:sign-in")
    return render(request, "workspaces/new_password.html", {"form": form, "person": user})
