"""Makes a data directory into one that this version can run on. Call before anything else of Django is imported."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

from commonground.records.errors import Problem, RequestError
from commonground.web.site.copies import refuse_unfinished
from commonground.web.site.servers import point

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper


def set_up(data: Path, *, url: str | None = None, is_demo: bool = False) -> None:
    """Point Django at a data directory; it is made if need be, closed to other users of the machine.

    What the environment already says about the site's address wins: an administrator set it on purpose.
    """
    refuse_unfinished(data)
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    os.environ["COMMONGROUND_DEMO"] = "1" if is_demo else "0"
    if url is not None:
        os.environ.setdefault("COMMONGROUND_URL", url)
    point(data)


def migrate() -> None:
    """Bring both databases to this version, or refuse one that a newer version has written."""
    from django.core.management import call_command
    from django.db import connections

    from commonground.web.contacts.router import CONTACTS

    for name in ("default", CONTACTS):
        _refuse_newer(connections[name])
    call_command("migrate", verbosity=0, interactive=False)
    call_command("migrate", CONTACTS, database=CONTACTS, verbosity=0, interactive=False)


def _refuse_newer(connection: "BaseDatabaseWrapper") -> None:
    from django.db.migrations.loader import MigrationLoader

    loader = MigrationLoader(connection)
    unknown = sorted(set(loader.applied_migrations) - set(loader.disk_migrations))
    if unknown:
        raise RequestError(
            [
                Problem(
                    "This data directory was last used by a newer version of Common Ground.",
                    str(connection.settings_dict["NAME"]),
                    f"Install that version again (it knows '{unknown[0][0]}.{unknown[0][1]}'), or use another --data.",
                )
            ]
        )
