"""The forms of the first run, of signing in, and of an account."""

from django import forms
from django.contrib.auth import authenticate
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.http import HttpRequest, QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from commonground.web.accounts import throttle
from commonground.web.accounts.models import User
from commonground.web.accounts.second_factor import TooManyCodesError, takes
from commonground.web.doorstep import network_of

TOO_MANY = _("There were too many attempts. Please wait a quarter of an hour, then try again.")


class OwnerForm(forms.Form):
    """Name, e-mail address and password of the person who runs this site."""

    name = forms.CharField(label=_("Your name"), max_length=150, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    email = forms.EmailField(
        label=_("E-mail address"),
        help_text=_("You sign in with it. Participants never see it, and it is kept apart from their answers."),
        widget=forms.EmailInput(attrs={"autocomplete": "username"}),
    )
    password = forms.CharField(
        label=_("Password"),
        help_text=_("At least ten characters. A few unrelated words are easy to remember and hard to guess."),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean_password(self) -> str:
        """Ask Django's validators, with the name and address at hand: neither should be the password."""
        password: str = self.cleaned_data["password"]
        someone = User(name=self.cleaned_data.get("name", ""), email=self.cleaned_data.get("email", ""))
        validate_password(password, someone)
        return password


class SignInForm(forms.Form):
    """E-mail address and password; too many failures have to wait."""

    email = forms.EmailField(label=_("E-mail address"), widget=forms.EmailInput(attrs={"autocomplete": "username"}))
    password = forms.CharField(
        label=_("Password"), strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )
    user: User

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request.POST or None)
        self.request = request

    def clean(self) -> None:
        """Find the account, or say the same whatever was wrong, so that nobody learns who has one."""
        email, password = self.cleaned_data.get("email"), self.cleaned_data.get("password")
        if not email or not password:
            return
        address, now = network_of(self.request), timezone.now()
        if throttle.must_wait(email, address, now=now):
            raise ValidationError(TOO_MANY)
        user = authenticate(self.request, username=email, password=password)
        if user is None:
            throttle.note_failure(email, address, now=now)
            raise ValidationError(_("This e-mail address and password do not go together. Please check both."))
        throttle.forget_failures(email, address)
        self.user = user


class CodeForm(forms.Form):
    """A code from the phone, or a recovery code."""

    code = forms.CharField(
        label=_("Code"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autocapitalize": "off", "spellcheck": "false"}),
    )

    def is_taken(self, user: User) -> bool:
        """Use the code up; where it is wrong or there were too many, the form says so."""
        try:
            if takes(user=user, code=self.cleaned_data["code"], now=timezone.now()):
                return True
        except TooManyCodesError:
            self.add_error(None, TOO_MANY)
            return False
        self.add_error("code", _("This code is wrong or was used before. Wait for the next one, and type it then."))
        return False


class PasswordAgainForm(forms.Form):
    """The password of the person signed in: an open session alone is not enough for what follows."""

    current = forms.CharField(
        label=_("Your password now"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(self, data: QueryDict | None, *, user: User, address: str) -> None:
        super().__init__(data)
        self.user, self.address = user, address

    def clean_current(self) -> str:
        """Ask for the present password, as slowly for guessers as at the sign-in."""
        current: str = self.cleaned_data["current"]
        user, address, now = self.user, self.address, timezone.now()
        if throttle.must_wait(user.email, address, now=now):
            raise ValidationError(TOO_MANY)
        if not user.check_password(current):
            throttle.note_failure(user.email, address, now=now)
            raise ValidationError(_("This is not your password."))
        return current


class PasswordForm(PasswordAgainForm):
    """The password as it is, and as it shall be."""

    password = forms.CharField(
        label=_("New password"),
        help_text=_("At least ten characters. A few unrelated words are easy to remember and hard to guess."),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean_password(self) -> str:
        """Ask Django's validators."""
        password: str = self.cleaned_data["password"]
        validate_password(password, self.user)
        return password


class NewPasskeyForm(PasswordAgainForm):
    """How a new passkey is to be called."""

    name = forms.CharField(
        label=_("Name of the passkey"),
        help_text=_("So that you know it from others, for example: my laptop."),
        max_length=80,
    )
    field_order = ("name", "current")


class PasskeyNameForm(forms.Form):
    """Another name for a passkey."""

    name = forms.CharField(label=_("Name of the passkey"), max_length=80)


class AnswerForm(forms.Form):
    """What the browser got from a device, as JSON."""

    answer = forms.CharField(max_length=30_000)
