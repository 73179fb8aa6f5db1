"""Roles and what they may do. Pure: the one table that every page and every test reads."""

from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _


class Permission(StrEnum):
    """Something a page asks for."""

    VIEW = "view"
    """See the study, its counts and its reports."""
    REVIEW = "review"
    """Rate items and comment on them."""
    EDIT = "edit"
    """Change what the study asks, and how it will be analysed."""
    FIELD = "field"
    """Open and close collection, make links, log recruitment."""
    DATA = "data"
    """Download answers, ask for reports, lock."""
    SCREEN = "screen"
    """See signs about single sessions and decide."""
    CONTACTS = "contacts"
    """See contact details, draw winners."""
    MANAGE = "manage"
    """Invite members, change roles, read the audit log."""


class Role(models.TextChoices):
    """What a member of a workspace is there for."""

    OWNER = "owner", _("owner")
    ANALYST = "analyst", _("analyst")
    SCREENER = "screener", _("screener")
    REVIEWER = "reviewer", _("reviewer")
    VIEWER = "viewer", _("viewer")


_P = Permission
MAY: dict[str, frozenset[Permission]] = {
    Role.OWNER: frozenset(Permission),
    # An analyst prepares, fields and analyses, but meets neither names nor the decisions about single people.
    Role.ANALYST: frozenset({_P.VIEW, _P.REVIEW, _P.EDIT, _P.FIELD, _P.DATA}),
    # A screener decides blind: no downloads, which would show the answers that are kept for later.
    Role.SCREENER: frozenset({_P.VIEW, _P.SCREEN}),
    Role.REVIEWER: frozenset({_P.VIEW, _P.REVIEW}),
    Role.VIEWER: frozenset({_P.VIEW}),
}


def may(role: str, permission: Permission) -> bool:
    """Whether a role includes a permission; an unknown role includes none.

    Examples
    --------
    >>> may(Role.ANALYST, Permission.DATA), may(Role.SCREENER, Permission.DATA), may("nobody", Permission.VIEW)
    (True, False, False)
    """
    return permission in MAY.get(role, frozenset())
