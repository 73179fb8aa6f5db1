"""Workspaces, their members, and the log of what members did."""

import hashlib
import json
import secrets
from typing import Any, ClassVar, NoReturn

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from commonground.web.accounts.models import User
from commonground.web.workspaces.roles import Role

ID_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"


def new_workspace_id() -> str:
    """Eight letters and digits, for addresses."""
    return "".join(secrets.choice(ID_ALPHABET) for _place in range(8))


class Asked(models.TextChoices):
    """Of whom a workspace asks a second factor."""

    NOBODY = "nobody", _("nobody")
    SENSITIVE = "sensitive", _("whoever meets single answers or contact details, or manages members")
    EVERYBODY = "everybody", _("everybody")


class Workspace(models.Model):
    """People who run studies together. Every study belongs to one; nothing is shared between two."""

    Asked = Asked

    slug = models.SlugField(max_length=32, unique=True, default=new_workspace_id)
    name = models.CharField(_("name"), max_length=150)
    second_factor = models.CharField(_("second factor"), max_length=12, choices=Asked, default=Asked.NOBODY)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    members: models.ManyToManyField[User, "Member"] = models.ManyToManyField(
        settings.AUTH_USER_MODEL, through="Member", related_name="workspaces"
    )

    class Meta:
        ordering = ("name", "pk")

    def __str__(self) -> str:
        return self.name


class Member(models.Model):
    """That a person belongs to a workspace, and as what."""

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="memberships")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(_("role"), max_length=12, choices=Role)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ("pk",)
        constraints = [models.UniqueConstraint(fields=["workspace", "user"], name="one_role_a_workspace")]

    def __str__(self) -> str:
        return f"{self.user} ({self.role})"


class LogIsAppendOnlyError(TypeError):
    """Somebody tried to change or remove an entry of the audit log."""


class AuditEvents(models.QuerySet["AuditEvent"]):
    """Entries can be read and added, nothing else."""

    def update(self, **fields: object) -> NoReturn:
        """Refuse."""
        raise LogIsAppendOnlyError(f"The audit log keeps what was written: {sorted(fields)} cannot change.")

    def delete(self) -> NoReturn:
        """Refuse."""
        raise LogIsAppendOnlyError("The audit log keeps what was written.")


class AuditEvent(models.Model):
    """What a member did, when, to what. Never anything about a participant.

    Each entry holds the hash of the one before it in its workspace, so that a change made behind the program's back
    shows: `workspaces.audit.first_broken` finds it.
    """

    workspace = models.ForeignKey(Workspace, on_delete=models.PROTECT, related_name="events")
    study = models.CharField(max_length=64, blank=True)
    actor = models.CharField(max_length=254, blank=True)
    action = models.CharField(max_length=64)
    details = models.JSONField(default=dict)
    at = models.DateTimeField()
    previous = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64)

    objects: ClassVar[models.Manager["AuditEvent"]] = AuditEvents.as_manager()

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.actor} {self.action}"

    def save_base(self, *args: Any, **kwargs: Any) -> None:
        """Write a new entry; an old one cannot be written again."""
        if not self._state.adding:
            raise LogIsAppendOnlyError("The audit log keeps what was written.")
        super().save_base(*args, **kwargs)

    def delete(self, *args: object, **kwargs: object) -> NoReturn:
        """Refuse."""
        del args, kwargs
        raise LogIsAppendOnlyError("The audit log keeps what was written.")

    def computed_digest(self) -> str:
        """The hash of what this entry says and of the entry before it."""
        said = [self.previous, self.study, self.actor, self.action, self.details, self.at.isoformat()]
        return hashlib.sha256(json.dumps(said, sort_keys=True, ensure_ascii=True).encode()).hexdigest()


class Invitation(models.Model):
    """A link that makes whoever opens it a member, once. Only its hash is kept; the link itself is shown to copy."""

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="invitations")
    role = models.CharField(_("role"), max_length=12, choices=Role)
    token_hash = models.CharField(max_length=64, unique=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.workspace} ({self.role})"
