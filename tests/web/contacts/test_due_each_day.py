"""What has a day is done by the worker, and a job that fails keeps no other from being done."""

import logging
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.db import connections

from commonground.records.fielding import Wish
from commonground.web.contacts.actions import leave_details
from commonground.web.contacts.models import Entry
from commonground.web.contacts.traces import write_tables_anew
from commonground.web.contacts.vault import Details
from commonground.web.site import daily
from commonground.web.studies.models import Study

NOW = datetime(2026, 3, 1, tzinfo=UTC)


@pytest.mark.django_db(transaction=True)  # the worker has no transaction open either
def test_contacts_go_on_their_day(study_asking: Callable[..., Study]) -> None:
    study = study_asking(deleted_on="2026-03-01")
    Entry.objects.create(study=study.public_id, wish="draw", digest="x", sealed=b"")
    daily.do_what_is_due(NOW)
    assert not Entry.objects.exists()


def test_a_job_that_fails_is_told_and_the_others_are_done(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    done: list[datetime] = []

    def fail(_now: datetime) -> None:
        raise RuntimeError("no room")

    monkeypatch.setattr(daily, "jobs", lambda: (fail, done.append))
    logger = logging.getLogger("commonground")
    monkeypatch.setattr(logger, "propagate", True)
    daily.do_what_is_due(NOW)
    assert done == [NOW]
    assert "not done" in caplog.text


@pytest.mark.django_db(transaction=True)
def test_no_old_rows_stay_in_the_tables(study_asking: Callable[..., Study]) -> None:
    study = study_asking()
    for number in range(3):
        leave_details(study=study, wishes=[Wish.DRAW], details=Details(f"person{number}@example.org"))
    write_tables_anew(NOW)
    connection = connections["contacts"]
    if connection.vendor == "postgresql":  # SQLite overwrites at once
        with connection.cursor() as cursor:
            cursor.execute("SELECT max(ctid)::text FROM contacts_entry")
            assert cursor.fetchone()[0] == "(0,3)"  # three rows in the first three places: the old versions are gone
    assert Entry.objects.count() == 3
