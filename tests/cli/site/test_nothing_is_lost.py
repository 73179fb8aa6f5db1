"""People answer while processes are killed, the disk is full, the database falls and its tables change.

On both databases; what the site said it has, it has. `make endure` does the first for minutes.
A full disk is made by the limit on the size of files: from then on the system refuses every write beyond it.
"""

import asyncio
import os
import resource
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from crowd import LostError, Person, filled
from postgres import Server, server
from siege import Fortress, besiege, data_folder, still_there

NO_ROOM, ROOM = 4096, resource.RLIM_INFINITY
ANSWERS_OF_A_PERSON = 22


@dataclass
class Ground:
    """A running site and what its database runs on; `below` is None where that is a file."""

    site: Fortress
    below: Server | None

    def take_room_away(self) -> None:
        """The disk is full."""
        if self.below is not None:
            self.below.leave_room(NO_ROOM)
        else:
            self._limit(NO_ROOM)

    async def give_room_again(self) -> None:
        """There is room; PostgreSQL, which cannot even write down that it has none, has to be started again."""
        if self.below is not None:
            self.below.stop(signal.SIGKILL)
            await asyncio.to_thread(self.below.start)
        else:
            self._limit(ROOM)

    def _limit(self, most: int) -> None:
        for pid in self.site.children():
            resource.prlimit(pid, resource.RLIMIT_FSIZE, (most, ROOM))


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def ground(request: pytest.FixtureRequest) -> Iterator[Ground]:
    """A site with two processes that answer, on a database of its own."""
    folder = data_folder()
    if request.param == "sqlite":
        found = Ground(Fortress(folder).start(), None)
        yield found
        found.site.stop()
    else:
        with server() as below:
            answers, contacts = below.create("answers", "contacts")
            found = Ground(
                Fortress(folder, {"DATABASE_URL": answers, "CONTACTS_DATABASE_URL": contacts}).start(), below
            )
            yield found
            found.site.stop()
    shutil.rmtree(folder, ignore_errors=True)


def test_nothing_acknowledged_is_lost_when_processes_are_killed(ground: Ground) -> None:
    count = besiege(ground.site, at_once=6, kills=1, every=1.0)
    print(count)
    assert count.lost == 0
    assert count.acknowledged > 50, "hardly anybody answered"
    assert count.unanswered > 0, "nobody was cut off, so nothing was tried"


def test_nothing_acknowledged_is_lost_when_there_is_no_room_and_people_are_told(ground: Ground) -> None:
    async def meet_trouble() -> None:
        person, other = ground.site.person(), ground.site.person()
        walk = asyncio.create_task(other.walk(patience=90, pause=0.05))
        where, page = await person.come_to(9)
        ground.take_room_away()
        where, page = await until_cut_off(person, where, page)
        assert await is_told(person, where, page)
        await ground.give_room_again()
        await asyncio.gather(person.walk(patience=90), walk)
        assert [await still_there(one) for one in (person, other)] == [(ANSWERS_OF_A_PERSON,) * 2] * 2

    asyncio.run(meet_trouble())


async def until_cut_off(person: Person, where: str, page: bytes) -> tuple[str, bytes]:
    """The page on which it is not possible to go on."""
    for _page in range(12):
        try:
            where, page = await person.send(where, page)
        except LostError:
            return where, page
    pytest.fail("the trouble troubled nobody")


async def is_told(person: Person, where: str, page: bytes) -> bool:
    """Whether the page that comes instead says that what was sent may not be saved."""
    try:
        answer = await person.ask(where, filled(page))
    except LostError:
        return True  # no page at all: a browser says that
    return answer.status == 500 and b"what you just sent may not be" in answer.page


CHANGE = """
import django
django.setup()
from django.db import connection, models
from commonground.web.respond.models import Session, TaskAnswer
for model in (Session, TaskAnswer):
    column = models.IntegerField(null=True)
    column.set_attributes_from_name("one_day")
    column.model = model
    with connection.schema_editor() as editor:
        editor.add_field(model, column)
        editor.execute(f"CREATE INDEX {model._meta.db_table}_one_day ON {model._meta.db_table} (one_day)")
"""
"""What a migration of a later version may do: add."""


def test_tables_change_while_people_answer_and_nobody_notices(ground: Ground) -> None:
    variables = {
        "COMMONGROUND_DATA": str(ground.site.folder / "data"),
        "DJANGO_SETTINGS_MODULE": "commonground.web.settings",
    }

    async def change_below_them() -> None:
        people = [ground.site.person(restless=place == 0) for place in range(4)]
        walks = [asyncio.create_task(one.walk(pause=0.05)) for one in people]
        await asyncio.sleep(1)
        command = [sys.executable, "-c", CHANGE]
        changing = asyncio.to_thread(
            subprocess.run, command, env={**os.environ, **ground.site.variables, **variables}, capture_output=True
        )
        changed = await changing
        assert changed.returncode == 0, changed.stderr.decode()
        await asyncio.gather(*walks, ground.site.person().walk())
        assert [await still_there(one) for one in people] == [(ANSWERS_OF_A_PERSON,) * 2] * 4
        assert sum(one.lost for one in people) == 0

    asyncio.run(change_below_them())
