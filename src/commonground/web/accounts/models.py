"""The account of a person who runs studies. It is contact data and never joined to answers."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils import timezone
from django.utils.crypto import salted_hmac
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
    times_signed_out = models.PositiveIntegerField(default=0)
    """How often this person signed out everywhere at once; every open session holds the number it began with."""
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    def __str__(self) -> str:
        return self.name or self.email

    def get_session_auth_hash(self) -> str:
        """What a session must hold to be believed: it changes with the password and with signing out everywhere."""
        held = f"{self.password}|{self.times_signed_out}"
        return salted_hmac("commonground.session", held, algorithm="sha256").hexdigest()


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


class Passkey(models.Model):
    """A key pair on a device of this person's; only the public half is here."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="passkeys")
    name = models.CharField(_("name"), max_length=80)
    credential_id = models.CharField(max_length=1400, unique=True)
    """As the browser spells it (base64url)."""
    credential = models.BinaryField()
    """The attested credential data of WebAuthn: the public key and what it is for."""
    handle = models.CharField(max_length=64)
    """Random, the same for all of one person's: what the device knows the account by, instead of name or number."""
    uses = models.BigIntegerField(default=0)
    """The counter of the device. One that goes back tells of a copied key."""
    made_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.name


class RecoveryCode(models.Model):
    """A code to sign in with when phone or key is lost; kept as a keyed hash, taken once."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="recovery_codes")
    code_hash = models.CharField(max_length=64)
    used_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return str(self.user)
