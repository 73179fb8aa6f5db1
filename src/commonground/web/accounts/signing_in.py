"""Signing in step by step: who has shown the password in this browser, for ten minutes; then the way in."""

from datetime import datetime, timedelta
from typing import TypedDict, cast

from django.contrib.auth import login
from django.contrib.sessions.models import Session
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare
from django.utils.http import url_has_allowed_host_and_scheme

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
    request.session.set_expiry(LASTS)
    request.session[KEY] = HalfWay(user=user.pk, hash=user.get_session_auth_hash(), until=until)


def half_way(request: HttpRequest, *, now: datetime) -> User | None:
    """Who has shown the password here; None where nobody has, or too long ago, or it has changed since."""
    kept = cast("HalfWay | None", request.session.get(KEY))
    if kept is None or kept["until"] < now.timestamp():
        return None
    user = User.objects.filter(pk=kept["user"], is_active=True).first()
    return user if user and constant_time_compare(user.get_session_auth_hash(), kept["hash"]) else None


def let_in(request: HttpRequest, user: User) -> None:
    """The sign-in is done: nothing of it is kept, and the session lasts as long as sessions do."""
    request.session.pop(KEY, None)
    request.session.set_expiry(None)
    login(request, user)


def next_page(request: HttpRequest) -> str:
    """The page that was asked for before the sign-in, if it is one of this site."""
    wanted = request.POST.get("next", "")
    own = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if own else "home"


def forget_ended_sessions(now: datetime) -> None:
    """Delete sessions that are over; whoever only began to sign in leaves one as well."""
    Session.objects.filter(expire_date__lt=now).delete()
