"""What is noticed at the door: hidden field, proof of work, and a hash of the address; never the address."""

import hashlib
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from pytest_django import Settings

from commonground.web.respond import arrivals
from commonground.web.respond.arrivals import challenge_for, destroy_due_keys
from commonground.web.respond.models import AddressKey, Session
from commonground.web.studies.actions import set_open
from commonground.web.studies.models import Study

pytestmark = pytest.mark.django_db
ADDRESS = "203.0.113.77"


def solved(salt: str) -> str:
    challenge = challenge_for(salt)
    return next(
        str(number)
        for number in range(challenge.largest)
        if hashlib.sha256(f"{salt}{number}".encode()).hexdigest() == challenge.digest
    )


def arrive(study: Study, visit: str = "v1", address: str = ADDRESS, **more: str) -> Session:
    answer = Client(REMOTE_ADDR=address).post(study.public_path, {"visit": visit, "agree": "yes", **more})
    assert answer.status_code == 302
    return Session.objects.latest("pk")


def test_work_that_was_done_leaves_no_sign(open_study: Study) -> None:
    assert arrive(open_study, proof=solved("v1")).signs == {}


@pytest.mark.parametrize("proof", ["", "-1", "nonsense"])
def test_without_the_work_one_comes_in_all_the_same(proof: str, open_study: Study) -> None:
    assert arrive(open_study, proof=proof).signs == {"no_proof_of_work": True}


def test_where_no_work_is_asked_there_is_no_sign(study_with: Callable[..., Study]) -> None:
    study = study_with(fielding={"proof_of_work": False})
    assert "proof.js" not in Client().get(study.public_path).content.decode()
    assert arrive(study).signs == {}


def test_a_filled_hidden_field_is_a_sign_and_blocks_nobody(open_study: Study) -> None:
    assert arrive(open_study, proof=solved("v1"), homepage="x").signs == {"honeypot": True}


def test_the_same_address_gives_the_same_hash_in_one_study_only(
    open_study: Study, study_with: Callable[..., Study]
) -> None:
    first, second = arrive(open_study, "a"), arrive(open_study, "b")
    assert first.address_hash == second.address_hash != ""
    assert arrive(open_study, "c", "203.0.113.78").address_hash != first.address_hash
    assert arrive(study_with(), "d").address_hash != first.address_hash


def test_neighbours_in_one_network_of_the_new_kind_are_one(open_study: Study) -> None:
    one, two = (arrive(open_study, end, f"2001:db8:1:2::{end}") for end in ("a", "b"))
    assert one.address_hash == two.address_hash


def test_this_machine_itself_says_nothing(open_study: Study) -> None:
    assert arrive(open_study, address="127.0.0.1").address_hash == ""
    assert not AddressKey.objects.exists()


def test_only_a_trusted_proxy_is_believed(open_study: Study, settings: Settings) -> None:
    from dataclasses import replace

    client = Client(REMOTE_ADDR=ADDRESS, headers={"X-Forwarded-For": "198.51.100.1, 198.51.100.2"})
    client.post(open_study.public_path, {"visit": "a", "agree": "yes"})
    assert Session.objects.get().address_hash == arrive(open_study, "b").address_hash
    settings.ENVIRONMENT = replace(settings.ENVIRONMENT, trusts_proxy=True)
    client.post(open_study.public_path, {"visit": "c", "agree": "yes"})
    assert Session.objects.latest("pk").address_hash == arrive(open_study, "d", "198.51.100.2").address_hash


def everything_stored() -> str:
    """Every row of every table, as text."""
    with connection.cursor() as cursor:
        found = []
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608  # our own tables
            found += cursor.fetchall()
    return "\n".join(map(repr, found))


def test_the_address_stands_nowhere_in_the_database(open_study: Study) -> None:
    arrive(open_study)
    content = everything_stored().encode()
    assert Session.objects.get().address_hash.encode() in content
    for form in (ADDRESS, hashlib.sha256(ADDRESS.encode()).hexdigest(), ADDRESS.encode().hex()):
        assert form.encode() not in content


def test_a_crowd_from_one_address_waits_and_is_told_how_long(
    open_study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(arrivals, "MOST_AN_HOUR", 2)
    for visit in "ab":
        arrive(open_study, visit)
    answer = Client(REMOTE_ADDR=ADDRESS).post(open_study.public_path, {"visit": "c", "agree": "yes"})
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "3600")
    assert "Please open the link again in an hour" in answer.content.decode()
    assert Session.objects.count() == 2
    arrive(open_study, "d", "203.0.113.78")
    Session.objects.update(started_at=datetime.now(UTC) - timedelta(hours=2))
    arrive(open_study, "e")


def test_the_key_is_destroyed_so_many_days_after_closing(study: Study, owner: object) -> None:
    set_open(study, is_open=True)
    kept = arrive(study).address_hash
    now = datetime.now(UTC)
    destroy_due_keys(now + timedelta(days=1000))
    assert AddressKey.objects.get().key, "an open study needs its key"
    set_open(study, is_open=False)
    destroy_due_keys(now + timedelta(days=89))
    assert AddressKey.objects.get().key
    destroy_due_keys(now + timedelta(days=91))
    destroyed = AddressKey.objects.get()
    assert (destroyed.key, destroyed.destroyed_on) == ("", (now + timedelta(days=91)).date())
    set_open(study, is_open=True)
    assert arrive(study, "later").address_hash == ""
    assert Session.objects.first().address_hash == kept  # type: ignore[union-attr]  # there is one


def test_the_last_day_counts_as_closing(study_with: Callable[..., Study]) -> None:
    yesterday = datetime.now(UTC).date() - timedelta(days=1)
    study = study_with(fielding={"closes_on": yesterday.isoformat(), "address_key_days": 5})
    AddressKey.objects.create(study=study, key="00" * 32)
    destroy_due_keys(datetime.now(UTC) + timedelta(days=3))
    assert AddressKey.objects.get().key
    destroy_due_keys(datetime.now(UTC) + timedelta(days=5))
    assert not AddressKey.objects.get().key


def test_the_destruction_is_among_what_is_done_each_day() -> None:
    from commonground.web.site.daily import jobs

    assert destroy_due_keys in jobs()
