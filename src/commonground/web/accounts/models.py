"""The account of a person who runs studies. It is contact data and never joined to answers."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class UserManager(BaseUserManager["User"]):
    """Makes accounts; e-mail addresses are compared in lower case."""

    def create_user(self, email: str, password: str, *, name: str = "") -> "User":
        """Make an account that can sign in."""
        user = self.model(email=email.strip().lower(), name=name.strip())
        user.set_password(password)
        user.save()
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        """Find an account by the address typed."""
        return self.get(email=(username or "").strip().lower())


class User(AbstractBaseUser):
    """A person who signs in with an e-mail address."""

    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("name"), max_length=150, blank=True)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    def __str__(self) -> str:
        return self.name or self.email


class FailedSignIn(models.Model):
    """A sign-in that did not succeed, kept for minutes; `who` is a keyed hash, never an address."""

    who = models.CharField(max_length=64, db_index=True)
    at = models.DateTimeField()


class SecondFactor(models.Model):
    """That a person signs in with a code from their phone, too. The secret is encrypted with a key of the site."""

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="second_factor")
    sealed_secret = models.CharField(max_length=200)
    last_step = models.BigIntegerField(default=0)
    """The half minute of the last code taken: it and all before it are never taken again."""
    turned_on_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.user)


class RecoveryCode(models.Model):
    """A code to sign in with when the phone is lost; kept as a keyed hash, taken once."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="recovery_codes")
    code_hash = models.CharField(max_length=64)
    used_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return str(self.user)
