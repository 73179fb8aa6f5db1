"""For minutes, people answer while the site's processes are killed, all of them at once now and then."""

import os
import shutil
from typing import TYPE_CHECKING

import pytest
from siege import Fortress, besiege, data_folder

if TYPE_CHECKING:
    from postgres import Server

KILLS = int(os.environ.get("KILLS", "60"))
FALLS = max(KILLS // 10, 1)


@pytest.mark.parametrize("database", ["sqlite", "postgres"])
def test_nothing_acknowledged_is_lost(database: str, request: pytest.FixtureRequest) -> None:
    variables = {}
    if database == "postgres":
        server: Server = request.getfixturevalue("postgres")
        answers, contacts = server.create("endure", "endure-contacts")
        variables = {"DATABASE_URL": answers, "CONTACTS_DATABASE_URL": contacts}
    folder = data_folder()
    site = Fortress(folder, variables, processes=3).start()
    try:
        count = besiege(site, at_once=12, kills=KILLS, every=2.0, falls=FALLS)
    finally:
        site.stop()
        shutil.rmtree(folder, ignore_errors=True)
    print(f"\n{database}: {count}, lost {count.lost}")
    assert count.lost == 0
