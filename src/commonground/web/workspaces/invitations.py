"""Invitations by a link: made by an owner, used once, within a week, for the role it was made for."""

import hashlib
import secrets
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, QuerySet

from commonground.web.accounts.models import User
from commonground.web.workspaces.audit import record_event
from commonground.web.workspaces.models import Invitation, Member, Workspace
from commonground.web.workspaces.roles import Role

LASTS = timedelta(days=7)


class InvitationIsOverError(ValueError):
    """An invitation was used, withdrawn, or is too old."""


class AlreadyAMemberError(ValueError):
    """An invitation brings somebody in; it never changes the role of who is there."""


def waiting(*, now: datetime) -> QuerySet[Invitation]:
    """Invitations that still work. One made by somebody who is no longer an owner does not."""
    return Invitation.objects.filter(
        used_at=None,
        expires_at__gt=now,
        made_by__is_active=True,
        made_by__memberships__workspace=F("workspace"),
        made_by__memberships__role=Role.OWNER,
    ).select_related("workspace", "made_by")


def invite(*, workspace: Workspace, role: str, actor: User, now: datetime) -> tuple[Invitation, str]:
    """Make an invitation; the token in its link is handed out here and never again."""
    token = secrets.token_urlsafe(24)
    with transaction.atomic():
        invitation = Invitation.objects.create(
            workspace=workspace, role=role, token_hash=_hash(token), made_by=actor, made_at=now, expires_at=now + LASTS
        )
        record_event(workspace=workspace, actor=actor, action="made invitation", number=invitation.pk, role=role)
    return invitation, token


def invitation_of(token: str, *, now: datetime) -> Invitation | None:
    """The invitation behind a link; None where it is unknown, used, withdrawn or too old."""
    return waiting(now=now).filter(token_hash=_hash(token)).first()


def accept(*, token: str, user: User, now: datetime) -> Member:
    """Make this person a member, in the role the invitation names, and use the invitation up.

    Raises
    ------
    InvitationIsOverError
        If it was used, withdrawn, or is too old.
    AlreadyAMemberError
        If this person is a member already; the invitation stays for somebody else.
    """
    with transaction.atomic():
        invitation = _held(token, now)
        if Member.objects.filter(workspace=invitation.workspace, user=user).exists():
            raise AlreadyAMemberError(str(invitation.workspace))
        Invitation.objects.filter(pk=invitation.pk).update(used_at=now)
        member = Member.objects.create(workspace=invitation.workspace, user=user, role=invitation.role)
        record_event(
            workspace=invitation.workspace,
            actor=user,
            action="joined by invitation",
            number=invitation.pk,
            role=invitation.role,
        )
    return member


def withdraw(*, invitation: Invitation, actor: User) -> None:
    """Make a link that nobody used worthless."""
    with transaction.atomic():
        gone, _rows = Invitation.objects.filter(pk=invitation.pk, used_at=None).delete()
        if gone:
            record_event(
                workspace=invitation.workspace, actor=actor, action="withdrew invitation", number=invitation.pk
            )


def _held(token: str, now: datetime) -> Invitation:
    """The invitation, with its workspace held, so that two people cannot use it at the same time."""
    found = invitation_of(token, now=now)
    if found is not None:
        Workspace.objects.select_for_update().get(pk=found.workspace.pk)
        found = invitation_of(token, now=now)
    if found is None:
        raise InvitationIsOverError
    return found


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
