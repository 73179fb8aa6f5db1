"""Passkeys: key pairs that stay on people's devices, and sign in alone.

Whoever signs in with one has shown two things, the device and the finger, face or number that unlocks it.
What browsers send is checked by the library `fido2`; which site a key belongs to comes from the site's address.
"""

import ipaddress
import json
import secrets
from dataclasses import dataclass
from datetime import datetime
from struct import error as StructError  # noqa: N812  # a class with a small name
from typing import Any, cast
from urllib.parse import urlsplit

from cryptography.exceptions import UnsupportedAlgorithm
from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _
from fido2.server import Fido2Server
from fido2.utils import websafe_decode, websafe_encode
from fido2.webauthn import (
    AttestedCredentialData,
    AuthenticationResponse,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialUserEntity,
    RegistrationResponse,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from commonground.web.accounts.models import Passkey, User

HANDLE_BYTES = 32
REQUIRED = UserVerificationRequirement.REQUIRED
UNREADABLE = (ValueError, KeyError, TypeError, AttributeError, IndexError, StructError, AssertionError, RecursionError)
"""What reading a made-up answer may raise, here and in the library."""


class PasskeyRefusedError(ValueError):
    """What the browser sent is no answer of a known passkey to our question."""


@dataclass(frozen=True, slots=True)
class Question:
    """What the browser is to ask the device, and what we keep to check the answer."""

    options: dict[str, Any]
    state: dict[str, str]


def why_not(site: str, opened_at: str) -> str:
    """Why there can be no passkeys at this address, in words; empty where there can.

    Parameters
    ----------
    site : str
        The address of the site as it is set.
    opened_at : str
        The host, and port, under which this page was opened.
    """
    parts = urlsplit(site)
    if _is_number(parts.hostname or ""):
        return _(
            "Passkeys belong to a name, and this site has a number for an address (%(site)s). "
            "Whoever runs it can give it a name with COMMONGROUND_URL; “localhost” is one."
        ) % {"site": site}
    if parts.scheme != "https" and parts.hostname != "localhost":
        return _("Passkeys need an encrypted address (https), and that of this site is %(site)s.") % {"site": site}
    if opened_at != parts.netloc:
        return _("Passkeys of this site work only under its own address. Open %(site)s instead.") % {"site": site}
    return ""


def ask_to_make(user: User) -> Question:
    """Ask for a new passkey; a device that has one already says so."""
    person = PublicKeyCredentialUserEntity(id=websafe_decode(_handle_of(user)), name=user.email, display_name=str(user))
    options, state = _server().register_begin(
        person,
        [AttestedCredentialData(bytes(one.credential)) for one in user.passkeys.all()],
        resident_key_requirement=ResidentKeyRequirement.REQUIRED,
        user_verification=REQUIRED,
    )
    return Question(dict(options), {**state, "handle": websafe_encode(options.public_key.user.id)})


def make(*, user: User, name: str, state: dict[str, str], answer: str, now: datetime) -> Passkey:
    """Keep a new passkey.

    Raises
    ------
    PasskeyRefusedError
        If the answer does not belong to the question, or the key is known already.
    """
    try:
        response = RegistrationResponse.from_dict(_read(answer))
        found = _server().register_complete(state, response)
        held = cast("AttestedCredentialData", found.credential_data)
        key = websafe_encode(held.credential_id)
        with transaction.atomic():
            return Passkey.objects.create(
                user=user,
                name=name,
                credential_id=key,
                credential=bytes(held),
                handle=state["handle"],
                uses=found.counter,
                made_at=now,
            )
    except (*UNREADABLE, UnsupportedAlgorithm, IntegrityError) as error:
        raise PasskeyRefusedError from error


def ask_who() -> Question:
    """Ask whoever is there for any passkey of this site; the question is the same for everybody."""
    options, state = _server().authenticate_begin(user_verification=REQUIRED)
    return Question(dict(options), state)


def who_answered(*, state: dict[str, str], answer: str, now: datetime) -> User:
    """The person whose passkey answered our question.

    Raises
    ------
    PasskeyRefusedError
        If the answer does not belong to the question, or to no passkey or person known here.
    """
    try:
        response = AuthenticationResponse.from_dict(_read(answer))
        with transaction.atomic():
            passkey = _known(response)
            _server().authenticate_complete(state, [AttestedCredentialData(bytes(passkey.credential))], response)
            _count(passkey, response.response.authenticator_data.counter, now)
    except (*UNREADABLE, UnsupportedAlgorithm, Passkey.DoesNotExist) as error:
        raise PasskeyRefusedError from error
    return passkey.user


def _known(response: AuthenticationResponse) -> Passkey:
    passkey = (
        Passkey.objects.select_for_update(of=("self",))
        .select_related("user")
        .get(credential_id=websafe_encode(response.raw_id), user__is_active=True)
    )
    handle = response.response.user_handle
    if handle and not constant_time_compare(websafe_encode(handle), passkey.handle):
        raise PasskeyRefusedError
    return passkey


def _count(passkey: Passkey, uses: int, now: datetime) -> None:
    """Note the use; a counter that has not moved on tells of a copied key. Most keys do not count and say 0."""
    if (uses or passkey.uses) and uses <= passkey.uses:
        raise PasskeyRefusedError
    passkey.uses, passkey.used_at = uses, now
    passkey.save(update_fields=["uses", "used_at"])


def _handle_of(user: User) -> str:
    known = user.passkeys.first()
    return known.handle if known else websafe_encode(secrets.token_bytes(HANDLE_BYTES))


def _read(answer: str) -> dict[str, Any]:
    read = json.loads(answer)
    if not isinstance(read, dict):
        raise PasskeyRefusedError
    return read


def _server() -> Fido2Server:
    parts = urlsplit(settings.SITE_URL)
    origin = f"{parts.scheme}://{parts.netloc}"
    site = PublicKeyCredentialRpEntity(id=parts.hostname or "", name="Common Ground")
    return Fido2Server(site, verify_origin=lambda asked_at: asked_at == origin)


def _is_number(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
