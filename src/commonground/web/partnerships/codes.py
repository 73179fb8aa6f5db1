"""What a partner's code is kept as. One code, two hashes: no column leads from a name to an answer."""

import secrets

from django.utils.crypto import salted_hmac

from commonground.records.typed_codes import LENGTH, code_from


def new_code() -> str:
    """A code for somebody who joins; only that person ever has it."""
    return code_from(secrets.token_bytes(LENGTH))


def partner_hash(code: str) -> str:
    """How a partner is found, with name and role."""
    return salted_hmac("commonground.partnerships.partner", code, algorithm="sha256").hexdigest()


def voice_hash(code: str) -> str:
    """How a voice is found, with answers."""
    return salted_hmac("commonground.partnerships.voice", code, algorithm="sha256").hexdigest()
