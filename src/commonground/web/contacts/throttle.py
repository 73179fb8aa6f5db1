"""Slowing down whoever fills a draw that is open to all, without keeping an address of anybody."""

from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from commonground.web.doorstep import network_of

ENTRIES = 10
SECONDS = 3600


def must_wait(request: HttpRequest) -> bool:
    """Whether many entries came from one place within the hour; a family or a waiting room is no crowd."""
    return int(cache.get(_key(request), 0)) >= ENTRIES


def note_entry(request: HttpRequest) -> None:
    """Count an entry; kept in memory only, under a keyed hash, and forgotten after an hour."""
    key = _key(request)
    if not cache.add(key, 1, SECONDS):
        cache.incr(key)


def _key(request: HttpRequest) -> str:
    place = network_of(request)
    return "contacts-entry-" + salted_hmac("commonground.contacts.throttle", place, algorithm="sha256").hexdigest()
