"""Links that work once: to sign in to the demo, only where it runs, and to set a new password."""

from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.urls import reverse

from commonground.web.accounts.models import User


class _SignInTokens(PasswordResetTokenGenerator):
    """Django's reset tokens with a salt of their own; they name the last sign-in, so each works once."""

    key_salt = "commonground.web.accounts.sign-in-link"


class _PasswordTokens(PasswordResetTokenGenerator):
    """They name the password and the last sign-in, so each is over with the next of either, and after a day."""

    key_salt = "commonground.web.accounts.new-password"


_TOKENS = _SignInTokens()
_PASSWORD_TOKENS = _PasswordTokens()


def sign_in_path(user: User) -> str:
    """The path that signs this person in once."""
    return f"{reverse('accounts:sign-in-link')}?who={user.pk}&token={_TOKENS.make_token(user)}"


def user_of_link(who: str, token: str) -> User | None:
    """Whose link this is; None where it is unknown, used or too old."""
    user = User.objects.filter(pk=who, is_active=True).first() if who.isdecimal() else None
    return user if user is not None and _TOKENS.check_token(user, token) else None


def password_path(user: User) -> str:
    """The path at which this person sets a new password, once."""
    return reverse("workspaces:new-password", args=[user.pk, _PASSWORD_TOKENS.make_token(user)])


def user_of_password_link(number: int, token: str) -> User | None:
    """Whose link this is; None where it is unknown, used or too old."""
    user = User.objects.filter(pk=number, is_active=True).first()
    return user if user is not None and _PASSWORD_TOKENS.check_token(user, token) else None
