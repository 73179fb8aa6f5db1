"""Slowing down whoever tries again and again from one place, without keeping an address of anybody.

Tries are counted in the database, so that all processes of a site count together. A row holds a keyed hash of the
purpose and the place, and ends with its window; windows are the same for everybody, so a row tells of nobody when
they came. A resume code has 60 bits, so guessing is hopeless in any case; this only spares the machine.
"""

from dataclasses import dataclass
from datetime import UTC, datetime

from django.db import transaction
from django.db.models import F
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from commonground.web.doorstep import network_of
from commonground.web.respond.models import Tries


@dataclass(frozen=True, slots=True)
class Brake:
    """So many tries from one place within a window of so many minutes."""

    purpose: str
    most: int
    minutes: int

    def holds(self, request: HttpRequest, now: datetime) -> bool:
        """Whether whoever sends this has to wait."""
        found = Tries.objects.filter(who=self._who(request), until__gt=now).first()
        return found is not None and found.number >= self.most

    def note(self, request: HttpRequest, now: datetime) -> None:
        """Count one more, and forget what no longer counts."""
        with transaction.atomic():
            forget_tries(now)
            who = self._who(request)
            Tries.objects.get_or_create(who=who, defaults={"until": self._window(now)})
            Tries.objects.filter(who=who).update(number=F("number") + 1)

    def _window(self, now: datetime) -> datetime:
        """The end of the window there is now, of which all windows of this brake begin and end together."""
        seconds = self.minutes * 60
        return datetime.fromtimestamp((now.timestamp() // seconds + 1) * seconds, tz=UTC)

    def _who(self, request: HttpRequest) -> str:
        place = f"{self.purpose}|{network_of(request)}"
        return salted_hmac("commonground.respond.throttle", place, algorithm="sha256").hexdigest()


def forget_tries(now: datetime) -> None:
    """Delete what no longer counts."""
    Tries.objects.filter(until__lte=now).delete()


WRONG_CODES = Brake("resume codes", most=10, minutes=10)
