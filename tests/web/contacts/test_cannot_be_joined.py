"""With both databases, every table people can download and the logs in hand: no entry can be joined to a session.

The attacker here may try whatever order, time or identity is anywhere. Guessing gives one right match on average.
"""

import io
import json
import logging
import sqlite3
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from django.db import connections
from django.test import Client
from django.utils import timezone

from commonground.records.fielding import Wish
from commonground.web.contacts.actions import read_entries
from commonground.web.contacts.models import Entry, SpentPass
from commonground.web.logs import JsonLines
from commonground.web.respond.models import Session
from commonground.web.results.downloads import _choices, _respondents
from commonground.web.studies.models import Study

PEOPLE, FEW = 40, 5
MOST_BY_CHANCE = 7
"""Right matches of a random order follow a Poisson law around 1: eight or more come once in 100,000 tries."""


@pytest.fixture
def log() -> io.StringIO:
    """Everything the site logs, in its own form, however little it matters."""
    text = io.StringIO()
    handler = logging.StreamHandler(text)
    handler.setFormatter(JsonLines())
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield text
    root.removeHandler(handler)
    root.setLevel(level)


def leave_one_after_the_other(study: Study, finished: Callable[[Study], Client], number: int) -> None:
    """People who finish one after the other and at once leave an address."""
    for one in range(number):
        client = finished(study)
        client.post(f"/s/{study.public_id}/details/")
        client.post(f"/contacts/{study.public_id}/", {"wish": ["draw"], "reach": f"person{one:02}@example.org"})


@pytest.fixture
def few(asking: Study, finished: Callable[[Study], Client], log: io.StringIO) -> None:
    """Five of them: enough where orders do not matter."""
    leave_one_after_the_other(asking, finished, FEW)


@pytest.fixture
def crowd(asking: Study, finished: Callable[[Study], Client]) -> None:
    """Forty of them."""
    leave_one_after_the_other(asking, finished, PEOPLE)


def stored_orders(table: str) -> list[list[str]]:
    """The ids of a table's rows in every order its database knows."""
    physical = {"sqlite": ("rowid",), "postgresql": ("ctid", "xmin::text::bigint, cmin::text::bigint, ctid")}
    orders_by = (*physical[connections["contacts"].vendor], "id", "digest", "sealed")
    queries = ("", *(f"ORDER BY {columns}" for columns in orders_by))
    with connections["contacts"].cursor() as cursor:
        orders = []
        for order in queries:
            cursor.execute(f"SELECT id FROM {table} {order}")  # noqa: S608  # our own words
            orders.append([getattr(row[0], "hex", row[0]) for row in cursor.fetchall()])
    return orders


def right(guess: list[int]) -> int:
    """How many people an order of arrival that was guessed puts in their true place, forwards or backwards."""
    backwards = list(reversed(guess))
    return max(sum(one == place for place, one in enumerate(order)) for order in (guess, backwards))


def test_no_order_in_the_database_tells_who_came_when(asking: Study, crowd: None) -> None:
    person = {entry.pk.hex: int(details.reach[6:8]) for entry, details in read_entries(asking, Wish.DRAW)}
    assert len(person) == PEOPLE
    for order in stored_orders("contacts_entry"):
        guess = [person[one] for one in order]
        assert right(guess) <= MOST_BY_CHANCE
        neighbours = sum(abs(one - other) == 1 for one, other in pairwise(guess))
        assert neighbours <= 10, "who came one after the other stands side by side too often"


def test_the_list_people_read_is_in_no_order_of_time(asking: Study, few: None) -> None:
    reached = [details.reach for _entry, details in read_entries(asking, Wish.DRAW)]
    assert reached == sorted(reached)
    assert len(reached) == FEW


def test_no_column_holds_a_time_a_language_or_a_group() -> None:
    assert {field.name for field in Entry._meta.fields} == {"id", "study", "wish", "digest", "sealed", "place"}
    assert {field.name for field in SpentPass._meta.fields} == {"digest", "study"}


def test_the_databases_share_nothing_but_the_study(asking: Study, few: None) -> None:
    sessions, contacts = all_values("default"), all_values("contacts")
    assert {asking.public_id} == {value for value in sessions & contacts if len(value) > 8 or value == asking.public_id}


def test_nothing_of_a_session_is_in_the_contacts_nor_in_what_was_sealed(asking: Study, few: None) -> None:
    raw = dump("contacts") + json.dumps([details.reach for _entry, details in read_entries(asking, Wish.DRAW)])
    for session in Session.objects.all():
        for telling in (session.respondent, session.code_hash, session.started_at.isoformat()[:16]):
            assert telling not in raw


def test_nothing_of_an_entry_is_in_the_answers_the_tables_or_the_log(
    asking: Study, few: None, log: io.StringIO
) -> None:
    everywhere = dump("default") + _choices(asking) + _respondents(asking) + log.getvalue()
    assert "person0" not in everywhere
    for entry in Entry.objects.all():
        assert entry.pk.hex not in everywhere
        assert entry.digest not in everywhere
    for spent in SpentPass.objects.all():
        assert spent.digest not in everywhere


def test_a_used_pass_leads_to_no_session_without_the_code(asking: Study, few: None) -> None:
    spent = set(SpentPass.objects.values_list("digest", flat=True))
    assert len(spent) == FEW
    from commonground.web.contacts.vault import open_vault

    vault = open_vault()
    for session in Session.objects.all():  # whoever has the key as well knows all this of a session, but not its code
        for known in (session.respondent, session.code_hash, str(session.pk)):
            for text in (known, vault.pass_for(known, study=asking.public_id)):
                assert vault.digest("spent pass", asking.public_id, text) not in spent


def test_downloads_hold_days_and_whole_seconds(asking: Study, few: None) -> None:
    today = timezone.now().date().isoformat()
    tables = _choices(asking) + _respondents(asking)
    assert today in tables
    assert f"{today}T" not in tables
    assert f"{today} " not in tables
    assert ":" not in _respondents(asking)
    assert "answered_at" not in tables


def test_the_database_keeps_no_log_of_writes(asking: Study, few: None) -> None:
    """PostgreSQL cannot do without one; docs/explanations/data-protection.md says what follows from that."""
    with connections["contacts"].cursor() as cursor:
        if connections["contacts"].vendor == "postgresql":
            assert "write-ahead log" in (Path(__file__).parents[3] / "docs/explanations/data-protection.md").read_text()
            return
        assert cursor.execute("PRAGMA journal_mode").fetchone()[0] in {"delete", "memory"}
        assert cursor.execute("PRAGMA secure_delete").fetchone()[0] == 1


def all_values(name: str) -> set[str]:
    return {value for row in rows(name) for value in row}


def dump(name: str) -> str:
    return "\n".join(" ".join(row) for row in rows(name))


def rows(name: str) -> list[list[str]]:
    found = []
    with connections[name].cursor() as cursor:
        tables = [table for table in connections[name].introspection.table_names() if not table.startswith("django_")]
        for table in tables:
            cursor.execute(f"SELECT * FROM {table}")  # noqa: S608  # our own tables
            found += [[_text(value) for value in row] for row in cursor.fetchall()]
    return found


def _text(value: object) -> str:
    return bytes(value).hex() if isinstance(value, bytes | memoryview | sqlite3.Binary) else str(value)
