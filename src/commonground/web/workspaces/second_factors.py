"""Of whom a workspace asks a second factor, and who lacks it. The gate shuts pages to them until they have one."""

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from commonground.web.accounts.models import Passkey, SecondFactor, User
from commonground.web.accounts.second_factor import has_second_factor
from commonground.web.workspaces.audit import record_event
from commonground.web.workspaces.models import Asked, Member, Workspace
from commonground.web.workspaces.roles import MAY, Permission

SENSITIVE = frozenset({Permission.DATA, Permission.SCREEN, Permission.CONTACTS, Permission.MANAGE})


class OwnFactorFirstError(ValueError):
    """Who asks others for a second factor has one, or would be shut out at once."""


def is_asked(asked: str, role: str) -> bool:
    """Whether a role is asked for a second factor.

    Examples
    --------
    >>> is_asked(Asked.SENSITIVE, "screener"), is_asked(Asked.SENSITIVE, "viewer"), is_asked(Asked.NOBODY, "owner")
    (True, False, False)
    """
    if asked == Asked.SENSITIVE:
        return bool(MAY.get(role, frozenset()) & SENSITIVE)
    return asked != Asked.NOBODY


def is_lacking(member: Member) -> bool:
    """Whether this member has to set up a second factor before anything else here."""
    return is_asked(member.workspace.second_factor, member.role) and not has_second_factor(member.user)


def with_factors(members: QuerySet[Member]) -> QuerySet[Member]:
    """Members with `has_factor`, in one query."""
    own = Q(user=OuterRef("user"))
    return members.annotate(has_factor=Exists(SecondFactor.objects.filter(own)) | Exists(Passkey.objects.filter(own)))


def ask(*, workspace: Workspace, asked: str, actor: User) -> None:
    """Ask for a second factor, or no longer.

    Raises
    ------
    OwnFactorFirstError
        If the person who asks has none.
    """
    if asked != Asked.NOBODY and not has_second_factor(actor):
        raise OwnFactorFirstError
    with transaction.atomic():
        Workspace.objects.filter(pk=workspace.pk).update(second_factor=asked)
        record_event(workspace=workspace, actor=actor, action="asked for second factor", of=asked)
