"""Where a site keeps its things and how it is reached, read from the environment once."""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from commonground.records.errors import Problem, SettingError

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
    database_url, contacts_database_url : str
        Databases of PostgreSQL; empty for a SQLite file in the data directory.
    metrics_token : str
        Who shows it may read the site's figures from another machine; empty for nobody.
    """

    data: Path
    url: str
    allowed_hosts: tuple[str, ...]
    trusts_proxy: bool
    debug: bool
    is_demo: bool
    database_url: str = ""
    contacts_database_url: str = ""
    metrics_token: str = ""

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
    """Read the site's variables; every one has a default that is safe on one's own machine.

    Raises
    ------
    SettingError
        If both databases are the same, or an address is none of PostgreSQL.

    Examples
    --------
    >>> read_environment({"COMMONGROUND_URL": "https://survey.example.org/"}).allowed_hosts
    ('localhost', '127.0.0.1', '[::1]', 'survey.example.org')
    """
    url = variables.get("COMMONGROUND_URL", "http://localhost:8000").rstrip("/")
    named = [host.strip() for host in variables.get("COMMONGROUND_ALLOWED_HOSTS", "").split(",")]
    hosts = dict.fromkeys([*LOOPBACK, urlsplit(url).hostname or "", *named])
    database, contacts = variables.get("DATABASE_URL", ""), variables.get("CONTACTS_DATABASE_URL", "")
    _check_addresses(database, contacts)
    return Environment(
        data=Path(variables.get("COMMONGROUND_DATA", "commonground-data")).absolute(),
        url=url,
        allowed_hosts=tuple(host for host in hosts if host),
        trusts_proxy=variables.get("COMMONGROUND_BEHIND_PROXY") == "1",
        debug=variables.get("COMMONGROUND_DEBUG") == "1",
        is_demo=variables.get("COMMONGROUND_DEMO") == "1",
        database_url=database,
        contacts_database_url=contacts,
        metrics_token=variables.get("COMMONGROUND_METRICS_TOKEN", ""),
    )


def _check_addresses(database: str, contacts: str) -> None:
    """Answers and contact details stand in two databases."""
    if database and _place(database) == _place(contacts):
        mend = "Leave it unset, and contact details stand in a file of their own; or make a second database for them."
        raise SettingError([Problem("Both addresses name one database.", "CONTACTS_DATABASE_URL", mend)])
    for name, url in (("DATABASE_URL", database), ("CONTACTS_DATABASE_URL", contacts)):
        if url and urlsplit(url).scheme not in {"postgres", "postgresql"}:
            mend = "Write postgresql://user:password@host/name, or leave it unset for SQLite."
            raise SettingError([Problem("This is no address of a PostgreSQL database.", name, mend)])


def _place(url: str) -> tuple[str, str, str]:
    """Where a database is, whoever signs in to it: host and port, name, socket."""
    parts = urlsplit(url)
    return parts.netloc.rpartition("@")[2], parts.path, parts.query


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
