"""A mail server by environment: none is needed, and a wrong one is told at the start, with what to write."""

import pytest

from commonground.records.errors import SettingError
from commonground.web.mail import Mail, Security, read_mail

SERVER = {"COMMONGROUND_SMTP_HOST": "mail.example.org", "COMMONGROUND_MAIL_FROM": "studies@example.org"}


def test_without_a_server_nothing_is_sent() -> None:
    assert read_mail({"COMMONGROUND_SMTP_PORT": "nonsense"}) == Mail()


@pytest.mark.parametrize(("security", "port"), [("starttls", 587), ("TLS", 465), ("none", 25)])
def test_the_port_follows_the_encryption(security: str, port: int) -> None:
    mail = read_mail({**SERVER, "COMMONGROUND_SMTP_SECURITY": security})
    assert (mail.port, mail.security) == (port, Security(security.lower()))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("COMMONGROUND_SMTP_SECURITY", "ssl"),
        ("COMMONGROUND_SMTP_PORT", "0"),
        ("COMMONGROUND_SMTP_PORT", "mail"),
        ("COMMONGROUND_MAIL_FROM", ""),
        ("COMMONGROUND_MAIL_FROM", "a@example.org\nBcc: b@example.org"),
    ],
)
def test_what_is_wrong_is_named(name: str, value: str) -> None:
    with pytest.raises(SettingError, match=name):
        read_mail({**SERVER, name: value})
