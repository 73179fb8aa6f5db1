"""The resume code: how a person comes back, on this device by a cookie, on another by typing it.

The database holds a keyed hash only.
"""

import secrets

from django.utils.crypto import salted_hmac

from commonground.records.typed_codes import LENGTH, code_from


def new_visit_key() -> str:
    """A secret for one consent page; the code is derived from it, so sending the page twice gives one session."""
    return secrets.token_urlsafe(16)


def code_for(visit_key: str) -> str:
    """The resume code that belongs to a consent page."""
    return _derived("commonground.respond.code", visit_key)


def new_token() -> str:
    """A personal invitation: twelve letters and digits, as a code has."""
    return code_from(secrets.token_bytes(LENGTH))


def code_of_invitation(token: str) -> str:
    """The resume code of the one session an invitation begins, so that nothing else has to join the two."""
    return _derived("commonground.respond.invitation-code", token)


def _derived(salt: str, secret: str) -> str:
    return code_from(salted_hmac(salt, secret, algorithm="sha256").digest())


def code_hash(code: str) -> str:
    """What the database keeps of a code."""
    return salted_hmac("commonground.respond.resume", code, algorithm="sha256").hexdigest()


def token_hash(token: str) -> str:
    """What the database keeps of an invitation."""
    return salted_hmac("commonground.respond.invitation", token, algorithm="sha256").hexdigest()
