"""Codes that a phone makes from a shared secret and the time (TOTP, RFC 6238), and the secret under lock and key.

The arithmetic and the encryption are those of the library `cryptography`.
"""

import base64
import hmac
import secrets
from datetime import datetime

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA1, SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.twofactor.totp import TOTP

STEP_SECONDS = 30
DIGITS = 6
SECRET_BYTES = 20
LATE_OR_EARLY = 1
"""Steps by which a phone's clock may differ."""


class SecretIsLostError(ValueError):
    """The secret was encrypted with another key: the site's secret key has changed since."""


def new_secret() -> bytes:
    """A secret for one phone."""
    return secrets.token_bytes(SECRET_BYTES)


def code_at(secret: bytes, step: int) -> str:
    """The code of one half minute.

    Examples
    --------
    The test vector of RFC 6238, appendix B, at 59 seconds, cut to six digits:

    >>> code_at(b"12345678901234567890", 1)
    '287082'
    """
    return _maker(secret).generate(step * STEP_SECONDS).decode()


def step_of(secret: bytes, code: str, *, now: datetime) -> int | None:
    """The half minute to which a code belongs; None where it belongs to none near enough."""
    this = int(now.timestamp()) // STEP_SECONDS
    near = range(this - LATE_OR_EARLY, this + LATE_OR_EARLY + 1)
    return next((step for step in near if hmac.compare_digest(code_at(secret, step).encode(), code.encode())), None)


def address_for_phone(secret: bytes, *, account: str, site: str) -> str:
    """What the square code says to a phone's app."""
    return _maker(secret).get_provisioning_uri(account, site)


def spelled(secret: bytes) -> str:
    """The secret for typing, in groups of four letters.

    Examples
    --------
    >>> spelled(b"12345678901234567890")
    'GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ'
    """
    letters = base64.b32encode(secret).decode()
    return " ".join(letters[start : start + 4] for start in range(0, len(letters), 4))


def seal(secret: bytes, *, site_key: str) -> str:
    """Encrypt a secret, so that a copy of the database alone makes no codes."""
    return _box(site_key).encrypt(secret).decode()


def unseal(sealed: str, *, site_key: str) -> bytes:
    """Undo `seal`.

    Raises
    ------
    SecretIsLostError
        If the site's key is another one now.
    """
    try:
        return _box(site_key).decrypt(sealed.encode())
    except InvalidToken as error:
        raise SecretIsLostError from error


def _maker(secret: bytes) -> TOTP:
    return TOTP(secret, DIGITS, SHA1(), STEP_SECONDS)  # noqa: S303  # all that phones know; sound as a keyed hash


def _box(site_key: str) -> Fernet:
    derived = HKDF(SHA256(), 32, None, b"commonground.second-factor").derive(site_key.encode())
    return Fernet(base64.urlsafe_b64encode(derived))
