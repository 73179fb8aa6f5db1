"""Slowing down guessers at the sign-in page, without keeping an address of anybody.

Who tries is kept as a keyed hash for a quarter of an hour: one for the account from one network address, one for the
account from anywhere, so that a stranger who knows an owner's e-mail address cannot easily lock the owner out.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.crypto import salted_hmac

from commonground.web.accounts.models import FailedSignIn

WINDOW = timedelta(minutes=15)
FROM_ONE_ADDRESS = 5
FROM_ANYWHERE = 50


def must_wait(email: str, address: str, *, now: datetime) -> bool:
    """Whether there were too many failures of late."""
    recent = FailedSignIn.objects.filter(at__gt=now - WINDOW)
    here, anywhere = _keys(email, address)
    return recent.filter(who=here).count() >= FROM_ONE_ADDRESS or recent.filter(who=anywhere).count() >= FROM_ANYWHERE


def note_failure(email: str, address: str, *, now: datetime) -> None:
    """Remember a failure, and forget those that no longer matter."""
    with transaction.atomic():
        FailedSignIn.objects.filter(at__lte=now - WINDOW).delete()
        FailedSignIn.objects.bulk_create(FailedSignIn(who=key, at=now) for key in _keys(email, address))


def forget_failures(email: str, address: str) -> None:
    """A sign-in that worked clears what came before it from the same place."""
    FailedSignIn.objects.filter(who=_keys(email, address)[0]).delete()


def _keys(email: str, address: str) -> tuple[str, str]:
    account = email.strip().lower()
    return _key(f"{account}|{address}"), _key(account)


def _key(value: str) -> str:
    return salted_hmac("commonground.sign-in", value, algorithm="sha256").hexdigest()
