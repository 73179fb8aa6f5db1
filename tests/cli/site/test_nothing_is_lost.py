"""People answer while the site's processes are killed: what it said it has, it has. On both databases."""

import shutil
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from siege import Fortress, besiege, data_folder

if TYPE_CHECKING:
    from postgres import Server


@pytest.fixture(params=["sqlite", "postgres"])
def fortress(request: pytest.FixtureRequest) -> Iterator[Fortress]:
    """A running site with two processes that answer."""
    variables = {}
    if request.param == "postgres":
        server: Server = request.getfixturevalue("postgres")
        answers, contacts = server.create("siege", "siege-contacts")
        variables = {"DATABASE_URL": answers, "CONTACTS_DATABASE_URL": contacts}
    folder = data_folder()
    site = Fortress(folder, variables).start()
    yield site
    site.stop()
    shutil.rmtree(folder, ignore_errors=True)


def test_nothing_acknowledged_is_lost_when_processes_are_killed(fortress: Fortress) -> None:
    count = besiege(fortress, at_once=6, kills=1, every=1.0)
    print(count)
    assert count.lost == 0
    assert count.acknowledged > 50, "hardly anybody answered"
    assert count.unanswered > 0, "nobody was cut off, so nothing was tried"
