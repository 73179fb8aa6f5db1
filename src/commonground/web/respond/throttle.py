"""Slowing down whoever guesses resume codes, without keeping an address of anybody.

A code has 60 bits, so guessing is hopeless in any case; this only spares the machine.
"""

from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from commonground.web.doorstep import network_of

TRIES = 10
MINUTES = 10


def must_wait(request: HttpRequest) -> bool:
    """Whether too many wrong codes came from one place of late."""
    return int(cache.get(_key(request), 0)) >= TRIES


def note_wrong_code(request: HttpRequest) -> None:
    """Count a wrong code; forgotten after a while, and kept in memory only, under a keyed hash."""
    key = _key(request)
    if not cache.add(key, 1, MINUTES * 60):
        cache.incr(key)


def _key(request: HttpRequest) -> str:
    place = network_of(request)
    return "respond-code-" + salted_hmac("commonground.respond.throttle", place, algorithm="sha256").hexdigest()
