"""The second factor of an account: turning it on and off, and taking a code once."""

import secrets
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.crypto import salted_hmac

from commonground.web.accounts import throttle
from commonground.web.accounts.models import RecoveryCode, SecondFactor, User
from commonground.web.accounts.one_time_codes import DIGITS, SecretIsLostError, seal, step_of, unseal

RECOVERY_CODES = 10
RECOVERY_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
RECOVERY_LENGTH = 10


class TooManyCodesError(ValueError):
    """There were too many wrong codes for this account of late."""


def has_second_factor(user: User) -> bool:
    """Whether this person signs in with a code, too."""
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
    """Ask for no codes any more."""
    with transaction.atomic():
        RecoveryCode.objects.filter(user=user).delete()
        SecondFactor.objects.filter(user=user).delete()


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
        factor = SecondFactor.objects.select_for_update().filter(user=user).first()
        if throttle.must_wait(counted, "", now=now):
            raise TooManyCodesError
        if factor is not None and _fits(factor, _typed(code), now):
            throttle.forget_failures(counted, "")
            return True
        throttle.note_failure(counted, "", now=now)
        return False


def _fits(factor: SecondFactor, code: str, now: datetime) -> bool:
    if len(code) != DIGITS:
        unused = RecoveryCode.objects.filter(user=factor.user, code_hash=_hash(factor.user, code), used_at=None)
        return unused.update(used_at=now) == 1
    try:
        step = step_of(unseal(factor.sealed_secret, site_key=settings.SECRET_KEY), code, now=now)
    except SecretIsLostError:
        return False
    if step is None or step <= factor.last_step:
        return False
    factor.last_step = step
    factor.save(update_fields=["last_step"])
    return True


def _typed(code: str) -> str:
    """A code without the spaces and lines that people and apps put into it."""
    return "".join(code.replace("-", "").split()).lower()


def _hash(user: User, code: str) -> str:
    return salted_hmac("commonground.recovery-code", f"{user.pk}|{code}", algorithm="sha256").hexdigest()
