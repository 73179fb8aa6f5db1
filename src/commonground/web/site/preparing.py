"""Makes a data directory into one that this version can run on. Call before anything else of Django is imported."""

import os
from pathlib import Path

from commonground.records.errors import Problem, RequestError


def set_up(data: Path, *, url: str | None = None, is_demo: bool = False) -> None:
    """Point Django at a data directory; it is made if need be, closed to other users of the machine.

    What the environment already says about the site's address wins: an administrator set it on purpose.
    """
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    os.environ["COMMONGROUND_DATA"] = str(data.absolute())
    os.environ["COMMONGROUND_DEMO"] = "1" if is_demo else "0"
    os.environ["DJANGO_SETTINGS_MODULE"] = "commonground.web.settings"
    if url is not None:
        os.environ.setdefault("COMMONGROUND_URL", url)
    import django

    django.setup()


def migrate() -> None:
    """Bring the database to this version, or refuse one that a newer version has written."""
    from django.core.management import call_command
    from django.db import connection
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
    call_command("migrate", verbosity=0, interactive=False)
