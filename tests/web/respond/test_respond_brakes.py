"""Brakes count in the database, so all processes count together; their rows tell of nobody, and end."""

from datetime import UTC, datetime, timedelta

import pytest
from django.http import HttpRequest

from commonground.web.respond.models import Tries
from commonground.web.respond.throttle import Brake, forget_tries

NOW = datetime(2026, 5, 1, 12, 3, tzinfo=UTC)
BRAKE = Brake("a test", most=3, minutes=10)


def somebody(address: str = "203.0.113.7") -> HttpRequest:
    request = HttpRequest()
    request.META["REMOTE_ADDR"] = address
    return request


@pytest.mark.django_db
def test_who_tries_too_often_waits_and_others_do_not() -> None:
    for _try in range(3):
        assert not BRAKE.holds(somebody(), NOW)
        BRAKE.note(somebody(), NOW)
    assert BRAKE.holds(somebody(), NOW)
    assert not BRAKE.holds(somebody("203.0.113.8"), NOW)
    assert not Brake("another", most=3, minutes=10).holds(somebody(), NOW)


@pytest.mark.django_db
def test_it_ends_with_its_window_and_the_row_goes() -> None:
    for _try in range(3):
        BRAKE.note(somebody(), NOW)
    assert not BRAKE.holds(somebody(), NOW + timedelta(minutes=8))
    forget_tries(NOW + timedelta(minutes=8))
    assert not Tries.objects.exists()


@pytest.mark.django_db
def test_a_row_holds_no_address_and_no_moment() -> None:
    BRAKE.note(somebody(), NOW)
    BRAKE.note(somebody("203.0.113.8"), NOW + timedelta(minutes=5))
    rows = list(Tries.objects.values())
    assert {row["until"] for row in rows} == {datetime(2026, 5, 1, 12, 10, tzinfo=UTC)}
    assert "203.0.113" not in str(rows)
