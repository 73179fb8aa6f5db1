"""The resume code: how a person comes back, on this device by a cookie, on another by typing it.

The database holds a keyed hash only. A code has twelve letters and digits, 60 bits, in groups of four.
"""

import secrets

from django.utils.crypto import salted_hmac

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no I, L, O or U, which look like something else."""

LENGTH = 12
LOOKALIKES = str.maketrans({"I": "1", "L": "1", "O": "0", "U": "V"})


def new_visit_key() -> str:
    """A secret for one consent page; the code is derived from it, so sending the page twice gives one session."""
    return secrets.token_urlsafe(16)


def code_for(visit_key: str) -> str:
    """The resume code that belongs to a consent page."""
    return _derived("commonground.respond.code", visit_key)


def new_token() -> str:
    """A personal invitation: twelve letters and digits, as a code has."""
    return in_groups("".join(secrets.choice(ALPHABET) for _place in range(LENGTH)))


def code_of_invitation(token: str) -> str:
    """The resume code of the one session an invitation begins, so that nothing else has to join the two."""
    return _derived("commonground.respond.invitation-code", token)


def _derived(salt: str, secret: str) -> str:
    digest = salted_hmac(salt, secret, algorithm="sha256").digest()
    return in_groups("".join(ALPHABET[byte % 32] for byte in digest[:LENGTH]))


def in_groups(code: str) -> str:
    """A code in groups of four, as people read it.

    Examples
    --------
    >>> in_groups("ABCDEFGHJKMN")
    'ABCD-EFGH-JKMN'
    """
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))


def normal(typed: str) -> str:
    """A typed code as it was given out; empty where it cannot be one.

    Small letters, blanks, missing hyphens and letters that look like digits are all understood.

    Examples
    --------
    >>> normal(" abcd efgh-jkmn ")
    'ABCD-EFGH-JKMN'
    >>> normal("nonsense")
    ''
    """
    code = "".join(typed.upper().replace("-", " ").split()).translate(LOOKALIKES)
    return in_groups(code) if len(code) == LENGTH and all(one in ALPHABET for one in code) else ""


def code_hash(code: str) -> str:
    """What the database keeps of a code."""
    return salted_hmac("commonground.respond.resume", code, algorithm="sha256").hexdigest()


def token_hash(token: str) -> str:
    """What the database keeps of an invitation."""
    return salted_hmac("commonground.respond.invitation", token, algorithm="sha256").hexdigest()
