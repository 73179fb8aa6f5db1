"""How the two databases are opened: each a file of SQLite, or a database of PostgreSQL."""

from pathlib import Path
from typing import Any

from commonground.web.environment import Environment

WAIT_SECONDS = 20
"""How long a write waits for another one before it fails."""


def databases(environment: Environment) -> dict[str, dict[str, Any]]:
    """What Django's `DATABASES` says for this environment."""
    answers, contacts = environment.database_url, environment.contacts_database_url
    return {
        "default": postgres(answers) if answers else sqlite(environment.database, journal="WAL"),
        # No log of writes, whose order would tell who came when.
        "contacts": postgres(contacts) if contacts else sqlite(environment.contacts_database, journal="DELETE"),
    }


def sqlite(path: Path, *, journal: str) -> dict[str, Any]:
    """A file of SQLite, every commit on disk before it counts.

    Immediate transactions take the write lock at once, so a reader never has to become a writer half-way and fail.
    With them ATOMIC_REQUESTS would serialise every page view: views ask for a transaction where they write. What a
    person takes back is overwritten, not only unlinked.
    """
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": WAIT_SECONDS,
            "init_command": f"PRAGMA journal_mode={journal}; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON; "
            f"PRAGMA busy_timeout={WAIT_SECONDS * 1000};",
        },
    }


def postgres(url: str) -> dict[str, Any]:
    """A database of PostgreSQL; whatever else the address says (sslmode, host=/socket) goes to the driver as it is.

    `synchronous_commit` is said here, so that a server told otherwise still has every answer on disk before the page
    after it. Nothing waits longer for a lock than SQLite does.
    """
    from psycopg.conninfo import conninfo_to_dict  # noqa: PLC0415  # an extra, needed only here

    parts = conninfo_to_dict(url)
    named = {"NAME": "dbname", "USER": "user", "PASSWORD": "password", "HOST": "host", "PORT": "port"}
    settings = {name: str(parts.pop(key, "") or "") for name, key in named.items()}
    wishes = f"-c synchronous_commit=on -c lock_timeout={WAIT_SECONDS}s -c idle_in_transaction_session_timeout=60s"
    return {
        "ENGINE": "django.db.backends.postgresql",
        **settings,
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {**parts, "options": f"{parts.get('options', '')} {wishes}".strip()},
    }
