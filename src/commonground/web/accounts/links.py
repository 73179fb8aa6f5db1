"""One-time sign-in links for the demo site: they work until the first sign-in, and only where the demo runs."""

from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.urls import reverse

from commonground.web.accounts.models import User


class _SignInTokens(PasswordResetTokenGenerator):
    """Django's reset tokens with a salt of their own; they name the last sign-in, so each works once."""

    key_salt = "commonground.web.accounts.sign-in-link"


_TOKENS = _SignInTokens()


def sign_in_path(user: User) -> str:
    """The path that signs this person in once."""
    return f"{reverse('accounts:sign-in-link')}?who={user.pk}&token={_TOKENS.make_token(user)}"


def user_of_link(who: str, token: str) -> User | None:
    """Whose link this is; None where it is unknown, used or too old."""
    user = User.objects.filter(pk=who, is_active=True).first() if who.isdecimal() else None
    return user if user is not None and _TOKENS.check_token(user, token) else None
