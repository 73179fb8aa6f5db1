"""What can be done with a workspace: each action writes in one transaction or not at all."""

from django.db import transaction

from commonground.web.accounts.models import User
from commonground.web.workspaces.audit import record_event
from commonground.web.workspaces.models import Member, Workspace
from commonground.web.workspaces.roles import Permission, Role, may
from commonground.web.workspaces.second_factors import is_lacking


class LastOwnerError(ValueError):
    """A workspace always keeps an owner."""


def create_workspace(*, owner: User, name: str) -> Workspace:
    """Make a workspace with its first owner."""
    with transaction.atomic():
        workspace = Workspace.objects.create(name=name)
        Member.objects.create(workspace=workspace, user=owner, role=Role.OWNER)
        record_event(workspace=workspace, actor=owner, action="created workspace", name=name)
    return workspace


def own_workspace(user: User) -> Workspace:
    """The first workspace this person owns; made if there is none."""
    owned = Workspace.objects.filter(memberships__user=user, memberships__role=Role.OWNER).order_by("pk").first()
    return owned or create_workspace(owner=user, name=str(user))


def places_for_studies(user: User) -> list[Workspace]:
    """The workspaces in which this person may make a study, the oldest first."""
    members = Member.objects.filter(user=user).select_related("workspace", "user")
    return [one.workspace for one in members if may(one.role, Permission.EDIT) and not is_lacking(one)]


def set_role(*, workspace: Workspace, user: User, role: str, actor: User | None = None) -> Member:
    """Give a person a role, or another one.

    Raises
    ------
    LastOwnerError
        If the workspace would be left without an owner.
    """
    with transaction.atomic():
        Workspace.objects.select_for_update().get(pk=workspace.pk)
        if role != Role.OWNER:
            _keep_an_owner(workspace, user)
        member, _made = Member.objects.update_or_create(workspace=workspace, user=user, defaults={"role": role})
        record_event(workspace=workspace, actor=actor, action="gave role", who=user.email, role=role)
    return member


def remove_member(*, workspace: Workspace, user: User, actor: User | None = None) -> None:
    """Take a person out of a workspace.

    Raises
    ------
    LastOwnerError
        If the workspace would be left without an owner.
    """
    with transaction.atomic():
        Workspace.objects.select_for_update().get(pk=workspace.pk)
        _keep_an_owner(workspace, user)
        Member.objects.filter(workspace=workspace, user=user).delete()
        record_event(workspace=workspace, actor=actor, action="removed member", who=user.email)


def _keep_an_owner(workspace: Workspace, leaving: User) -> None:
    owners = Member.objects.filter(workspace=workspace, role=Role.OWNER)
    if owners.filter(user=leaving).exists() and owners.count() == 1:
        raise LastOwnerError("A workspace keeps at least one owner: make somebody else an owner first.")
