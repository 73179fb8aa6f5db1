"""A forgotten password: a link to set a new one, from an owner's hand or by e-mail. A second factor stays.

A person may be a member of several workspaces, and whoever has the link can become that person. An owner may
therefore hand one over only to somebody all of whose workspaces that owner manages.
"""

import logging
from datetime import datetime
from smtplib import SMTPException

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.mail import send_mail
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from commonground.web.accounts import throttle
from commonground.web.accounts.links import password_path, user_of_password_link
from commonground.web.accounts.models import User
from commonground.web.workspaces.audit import record_event
from commonground.web.workspaces.models import Member
from commonground.web.workspaces.roles import Permission, may

LOG = logging.getLogger("commonground.mail")


class NotYoursToHelpError(PermissionError):
    """The person also belongs to a workspace that the helper does not manage."""


class LinkIsOverError(ValueError):
    """A link was used, is too old, or was never one."""


def may_hand_over(*, helper: User, user: User) -> bool:
    """Whether the helper manages every workspace this person belongs to; nobody needs a link for themselves."""
    managed = {
        member.workspace_id for member in Member.objects.filter(user=helper) if may(member.role, Permission.MANAGE)
    }
    theirs = set(Member.objects.filter(user=user).values_list("workspace_id", flat=True))
    return helper != user and bool(theirs) and theirs <= managed


def hand_over(*, helper: User, user: User) -> str:
    """The address at which this person sets a new password, once, within a day.

    Raises
    ------
    NotYoursToHelpError
        If the helper does not manage every workspace of this person.
    """
    with transaction.atomic():
        if not may_hand_over(helper=helper, user=user):
            raise NotYoursToHelpError
        _record(user, actor=helper, action="made password link")
    return _address(user)


def set_by_link(*, number: int, token: str, password: str) -> User:
    """Set the password and use the link up; every open session of this person ends.

    Raises
    ------
    LinkIsOverError
        If the link was used, is too old, or was never one.
    """
    with transaction.atomic():
        held = User.objects.select_for_update().filter(pk=number).first()
        user = user_of_password_link(number, token) if held else None
        if user is None:
            raise LinkIsOverError
        user.set_password(password)
        user.save(update_fields=["password"])
        _record(user, actor=user, action="set password by link")
    return user


def is_good_password(password: str, user: User) -> None:
    """Ask Django's validators; they raise a ValidationError in words."""
    validate_password(password, user)


def may_ask_again(*, email: str, address: str, now: datetime) -> bool:
    """Count a request for a letter, whoever it is for; False after too many."""
    counted = f"password link for {email}"
    if throttle.must_wait(counted, address, now=now):
        return False
    throttle.note_failure(counted, address, now=now)
    return True


def write_to(*, number: int, language: str) -> None:
    """Send the link by e-mail; nobody is there under the number 0."""
    user = User.objects.filter(pk=number, is_active=True).first()
    if user is None:
        return
    with translation.override(language):
        words = _(
            "Somebody asked for a new password for this address on Common Ground at %(site)s.\n\n"
            "To set one, open this link within a day. It works once:\n%(link)s\n\n"
            "Was it not you? Then do nothing: your password stays as it is."
        ) % {"site": settings.SITE_URL, "link": _address(user)}
        try:
            send_mail(_("A new password for Common Ground"), words, None, [user.email])
        except (SMTPException, OSError) as error:  # told by its kind alone: its words may hold the address
            LOG.error("a letter could not be sent: %s", type(error).__name__)  # noqa: TRY400  # the traceback would hold the address


def _address(user: User) -> str:
    return settings.SITE_URL.rstrip("/") + password_path(user)


def _record(user: User, *, actor: User, action: str) -> None:
    """In the log of every workspace concerned, in one order so that two at once wait for each other."""
    for member in Member.objects.filter(user=user).select_related("workspace").order_by("workspace"):
        record_event(workspace=member.workspace, actor=actor, action=action, who=user.email)
