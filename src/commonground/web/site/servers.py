"""Where copying a site meets databases on servers. Without any, nothing of Django is loaded and nothing asked."""

import os
from pathlib import Path

from commonground.web.environment import KEY_FILE, read_environment
from commonground.web.site import carrying
from commonground.web.site.pairs import copy_pair


def is_on_server(data: Path) -> bool:
    """Whether this directory belongs to a site whose answers are in PostgreSQL."""
    return bool(read_environment(os.environ).database_url) and (data / KEY_FILE).is_file()


def copied_pair(data: Path, folder: Path) -> tuple[str, ...]:
    """Copy both databases as they are at one moment, wherever they are."""
    if not _any():
        return copy_pair(data, folder)
    point(data)
    return carrying.carry_out(data, folder)


def refuse_used_servers(data: Path) -> None:
    """Refuse to restore into a database that is used."""
    if _any():
        point(data)
        carrying.refuse_used()


def fill_servers(data: Path, restored: Path) -> None:
    """Carry restored files into the databases on servers."""
    if _any():
        point(data)
        carrying.carry_in(restored)


def point(data: Path) -> None:
    """Let Django, from here on, speak of this data directory."""
    os.environ["COMMONGROUND_DATA"] = str(data.absolute())
    os.environ["DJANGO_SETTINGS_MODULE"] = "commonground.web.settings"
    import django

    django.setup()


def _any() -> bool:
    environment = read_environment(os.environ)
    return bool(environment.database_url or environment.contacts_database_url)
