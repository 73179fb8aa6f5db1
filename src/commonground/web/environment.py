"""Where a site keeps its things and how it is reached, read from the environment once."""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

LOOPBACK = ("localhost", "127.0.0.1", "[::1]")
KEY_FILE = "secret-key"
DATABASE_FILE = "commonground.sqlite3"
CONTACTS_DATABASE_FILE = "contacts.sqlite3"
CONTACTS_KEY_FILE = "contacts-key"


@dataclass(frozen=True, slots=True)
class Environment:
    """What the settings need to know of the machine.

    Parameters
    ----------
    data : Path
        The one data directory: database, reports, secret key.
    url : str
        The address people type, without a closing slash; https turns on secure cookies and HSTS.
    allowed_hosts : tuple of str
    trusts_proxy : bool
        Whether `X-Forwarded-Proto` comes from a proxy of ours.
    debug : bool
    is_demo : bool
        Whether the one-time sign-in link works; set by `commonground demo`, which only listens on this machine.
    """

    data: Path
    url: str
    allowed_hosts: tuple[str, ...]
    trusts_proxy: bool
    debug: bool
    is_demo: bool

    @property
    def is_https(self) -> bool:
        """Whether people reach the site encrypted."""
        return self.url.startswith("https://")

    @property
    def origin(self) -> str:
        """Scheme, host and port of the site's address."""
        parts = urlsplit(self.url)
        return f"{parts.scheme}://{parts.netloc}"

    @property
    def database(self) -> Path:
        """The SQLite file."""
        return self.data / DATABASE_FILE

    @property
    def contacts_database(self) -> Path:
        """The SQLite file of contact details."""
        return self.data / CONTACTS_DATABASE_FILE


def read_environment(variables: Mapping[str, str]) -> Environment:
    """Read the `COMMONGROUND_…` variables; every one has a default that is safe on one's own machine.

    Examples
    --------
    >>> read_environment({"COMMONGROUND_URL": "https://survey.example.org/"}).allowed_hosts
    ('localhost', '127.0.0.1', '[::1]', 'survey.example.org')
    """
    url = variables.get("COMMONGROUND_URL", "http://localhost:8000").rstrip("/")
    named = [host.strip() for host in variables.get("COMMONGROUND_ALLOWED_HOSTS", "").split(",")]
    hosts = dict.fromkeys([*LOOPBACK, urlsplit(url).hostname or "", *named])
    return Environment(
        data=Path(variables.get("COMMONGROUND_DATA", "commonground-data")).absolute(),
        url=url,
        allowed_hosts=tuple(host for host in hosts if host),
        trusts_proxy=variables.get("COMMONGROUND_BEHIND_PROXY") == "1",
        debug=variables.get("COMMONGROUND_DEBUG") == "1",
        is_demo=variables.get("COMMONGROUND_DEMO") == "1",
    )


def secret_key(data: Path) -> str:
    """The site's secret, made on first use and readable by its owner only.

    Without a data directory nothing is written: the key then lives as long as the process.
    """
    if not data.is_dir():
        return secrets.token_urlsafe(48)
    path = data / KEY_FILE
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii").strip()
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(48))
    return path.read_text(encoding="ascii").strip()
