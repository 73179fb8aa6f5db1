"""How the site sends e-mail, read from the environment; a site needs none, and then sends none."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from commonground.records.errors import Problem, SettingError


class Security(StrEnum):
    """How the way to the mail server is encrypted."""

    STARTTLS = "starttls"
    TLS = "tls"
    NONE = "none"


PORTS = {Security.STARTTLS: 587, Security.TLS: 465, Security.NONE: 25}


@dataclass(frozen=True, slots=True)
class Mail:
    """The mail server; an empty host where the site sends nothing."""

    host: str = ""
    port: int = 0
    user: str = ""
    password: str = ""
    security: Security = Security.STARTTLS
    sender: str = ""


def read_mail(variables: Mapping[str, str]) -> Mail:
    """Read the `COMMONGROUND_SMTP_…` variables.

    Raises
    ------
    SettingError
        If a server is named and its port, its encryption or the sender's address is not as it has to be.

    Examples
    --------
    >>> read_mail({"COMMONGROUND_SMTP_HOST": "mail.example.org", "COMMONGROUND_MAIL_FROM": "us@example.org"}).port
    587
    """
    host = variables.get("COMMONGROUND_SMTP_HOST", "").strip()
    if not host:
        return Mail()
    security = _security(variables.get("COMMONGROUND_SMTP_SECURITY", Security.STARTTLS))
    return Mail(
        host=host,
        port=_port(variables.get("COMMONGROUND_SMTP_PORT", str(PORTS[security]))),
        user=variables.get("COMMONGROUND_SMTP_USER", ""),
        password=variables.get("COMMONGROUND_SMTP_PASSWORD", ""),
        security=security,
        sender=_sender(variables.get("COMMONGROUND_MAIL_FROM", "")),
    )


def _security(word: str) -> Security:
    try:
        return Security(word.strip().lower())
    except ValueError:
        wanted = ", ".join(Security)
        raise _wrong(f"'{word}' is no way of encrypting.", "COMMONGROUND_SMTP_SECURITY", f"One of {wanted}.") from None


def _port(digits: str) -> int:
    if not (digits.strip().isdecimal() and 0 < int(digits) < 65536):
        raise _wrong(f"'{digits}' is no port.", "COMMONGROUND_SMTP_PORT", "Write a number, such as 587.")
    return int(digits)


def _sender(address: str) -> str:
    if "@" not in address or any(sign in address for sign in "\r\n"):
        mend = "Write the address from which letters come, such as studies@example.org."
        raise _wrong("There is no sender's address.", "COMMONGROUND_MAIL_FROM", mend)
    return address.strip()


def _wrong(what: str, name: str, mend: str) -> SettingError:
    return SettingError([Problem(what, name, mend)])
