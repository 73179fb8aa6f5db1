"""The second factor of an account: codes from the phone and recovery codes, each taken once. Passkeys count as one."""

import secrets
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.crypto import salted_hmac

from commonground.web.accounts import throttle
from commonground.web.accounts.models import Passkey, RecoveryCode, SecondFactor, User
from commonground.web.accounts.one_time_codes import DIGITS, SecretIsLostError, seal, step_of, unseal

RECOVERY_CODES = 10
RECOVERY_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
RECOVERY_LENGTH = 10


class TooManyCodesError(ValueError):
    """There were too many wrong codes for this account of late."""


def has_second_factor(user: User) -> bool:
    """Whether the password alone does not sign this person in."""
    return makes_codes(user) or Passkey.objects.filter(user=user).exists()


def makes_codes(user: User) -> bool:
    """Whether a phone of this person's makes codes."""
    return SecondFactor.objects.filter(user=user).exists()


def turn_on(*, user: User, secret: bytes, code: str, now: datetime) -> list[str]:
    """Begin to ask for codes, once the phone has shown that it makes the right ones; the recovery codes, or none.

    The code used here is not taken a second time.
    """
    step = step_of(secret, _typed(code), now=now)
    if step is None:
        return []
    with transaction.atomic():
        SecondFactor.objects.filter(user=user).delete()
        sealed = seal(secret, site_key=settings.SECRET_KEY)
        SecondFactor.objects.create(user=user, sealed_secret=sealed, last_step=step, turned_on_at=now)
        return new_recovery_codes(user=user)


def turn_off(*, user: User) -> None:
    """Ask for no codes from the phone any more."""
    with transaction.atomic():
        SecondFactor.objects.filter(user=user).delete()
        _forget_recovery(user)


def remove_passkey(*, passkey: Passkey) -> None:
    """Take a passkey no more."""
    with transaction.atomic():
        passkey.delete()
        _forget_recovery(passkey.user)


def forget_everything(*, user: User) -> None:
    """Leave the password alone to sign in: phone, passkeys and recovery codes are lost."""
    with transaction.atomic():
        Passkey.objects.filter(user=user).delete()
        turn_off(user=user)


def new_recovery_codes(*, user: User) -> list[str]:
    """Make new recovery codes; those before stop working. They are handed out here and never again."""
    codes = [
        "".join(secrets.choice(RECOVERY_LETTERS) for _place in range(RECOVERY_LENGTH)) for _ in range(RECOVERY_CODES)
    ]
    with transaction.atomic():
        RecoveryCode.objects.filter(user=user).delete()
        RecoveryCode.objects.bulk_create(RecoveryCode(user=user, code_hash=_hash(user, code)) for code in codes)
    return [f"{code[:5]}-{code[5:]}" for code in codes]


def takes(*, user: User, code: str, now: datetime) -> bool:
    """Whether this is a right code that was not used before, from the phone or a recovery code; it is used up.

    Raises
    ------
    TooManyCodesError
        If there were too many wrong ones in the last quarter of an hour, from wherever they came.
    """
    counted = f"second factor of {user.pk}"
    with transaction.atomic():
        User.objects.select_for_update().get(pk=user.pk)  # one code at a time, so that none is taken twice
        if throttle.must_wait(counted, "", now=now):
            raise TooManyCodesError
        if _fits(user, _typed(code), now):
            throttle.forget_failures(counted, "")
            return True
        throttle.note_failure(counted, "", now=now)
        return False


def _fits(user: User, code: str, now: datetime) -> bool:
    if len(code) != DIGITS:
        return (
            RecoveryCode.objects.filter(user=user, code_hash=_hash(user, code), used_at=None).update(used_at=now) == 1
        )
    factor = SecondFactor.objects.filter(user=user).first()
    return factor is not None and _is_from_phone(factor, code, now)


def _is_from_phone(factor: SecondFactor, code: str, now: datetime) -> bool:
    try:
        step = step_of(unseal(factor.sealed_secret, site_key=settings.SECRET_KEY), code, now=now)
    except SecretIsLostError:
        return False
    if step is None or step <= factor.last_step:
        return False
    factor.last_step = step
    factor.save(update_fields=["last_step"])
    return True


def _forget_recovery(user: User) -> None:
    """Recovery codes stand in for a second factor; without one they are worth nothing."""
    if not has_second_factor(user):
        RecoveryCode.objects.filter(user=user).delete()


def _typed(code: str) -> str:
    """A code without the spaces and lines that people and apps put into it."""
    return "".join(code.replace("-", "").split()).lower()


def _hash(user: User, code: str) -> str:
    return salted_hmac("commonground.recovery-code", f"{user.pk}|{code}", algorithm="sha256").hexdigest()
