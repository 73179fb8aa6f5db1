"""Between the password and the code: who has shown the password, for ten minutes, in this browser."""

from datetime import datetime, timedelta
from typing import TypedDict, cast

from django.http import HttpRequest
from django.utils.crypto import constant_time_compare

from commonground.web.accounts.models import User

KEY = "signing_in"
LASTS = timedelta(minutes=10)


class HalfWay(TypedDict):
    """What the session keeps in between; the hash changes with the password."""

    user: int
    hash: str
    until: float


def remember(request: HttpRequest, user: User, *, now: datetime) -> None:
    """The password was right; the code comes next."""
    request.session.cycle_key()
    until = (now + LASTS).timestamp()
    request.session[KEY] = HalfWay(user=user.pk, hash=user.get_session_auth_hash(), until=until)


def half_way(request: HttpRequest, *, now: datetime) -> User | None:
    """Who has shown the password here; None where nobody has, or too long ago, or it has changed since."""
    kept = cast("HalfWay | None", request.session.get(KEY))
    if kept is None or kept["until"] < now.timestamp():
        return None
    user = User.objects.filter(pk=kept["user"], is_active=True).first()
    return user if user and constant_time_compare(user.get_session_auth_hash(), kept["hash"]) else None


def forget(request: HttpRequest) -> None:
    """The sign-in is done."""
    request.session.pop(KEY, None)
