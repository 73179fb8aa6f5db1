"""The first run: a site without an owner hands its keys to whoever can read the terminal.

`commonground serve` makes a token, prints it, and keeps only its hash in the data directory.
"""

import hashlib
import hmac
import secrets
from pathlib import Path

from commonground.web.accounts.models import User

FILE = "first-run-token"


def needs_owner() -> bool:
    """Whether nobody has an account here yet."""
    return not User.objects.exists()


def issue_token(data: Path) -> str:
    """Make a new token; the one before it stops working."""
    token = secrets.token_urlsafe(18)
    path = data / FILE
    path.touch(mode=0o600)
    path.write_text(_hash(token), encoding="ascii")
    return token


def token_fits(data: Path, token: str) -> bool:
    """Whether this is the token last printed."""
    path = data / FILE
    return path.is_file() and hmac.compare_digest(path.read_text(encoding="ascii"), _hash(token))


def forget_token(data: Path) -> None:
    """The owner is there: the token has done its work."""
    (data / FILE).unlink(missing_ok=True)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
