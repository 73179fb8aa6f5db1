"""A signed stamp in each form: whose page it is, which one, and when it was shown."""

from dataclasses import dataclass
from datetime import UTC, datetime

from django.core import signing

SALT = "commonground.respond.stamp"


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a form says about itself; nobody can change it unnoticed."""

    session: int
    page: str
    shown_at: datetime

    def seconds_until(self, now: datetime) -> float | None:
        """Seconds from showing to sending, to the tenth; unknown where the machine's clock was set back in between."""
        seconds = (now - self.shown_at).total_seconds()
        return max(round(seconds, 1), 0.0) if seconds > -1 else None


def sign(*, session: int, page: str, now: datetime) -> str:
    """The stamp for a page about to be shown."""
    return signing.dumps([session, page, round(now.timestamp(), 1)], salt=SALT)


def read(text: str) -> Stamp | None:
    """The stamp of a form that was sent, or None where it is missing or was changed."""
    try:
        session, page, moment = signing.loads(text, salt=SALT)
    except signing.BadSignature:
        return None
    return Stamp(session, page, datetime.fromtimestamp(moment, tz=UTC))
