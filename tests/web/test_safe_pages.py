"""What every response promises to the browser, and what the logs and the database promise to people."""

import json
import logging

import pytest
from django.db import connection
from django.test import Client

from commonground.web.logs import JsonLines
from commonground.web.studies.models import Study


@pytest.mark.parametrize("address", ["/sign-in/", "/", "/studies/new/", "/no-such-page/"])
def test_no_page_allows_inline_code_or_foreign_sources(as_owner: Client, address: str) -> None:
    policy = as_owner.get(address).headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy


def test_the_pages_use_no_inline_style_or_script(as_owner: Client, study: Study) -> None:
    for address in ("/", "/studies/new/", study.get_absolute_url()):
        page = as_owner.get(address).content.decode()
        assert " style=" not in page
        assert "<style" not in page
        assert " onclick=" not in page


def test_headers_that_keep_visitors_safe(client: Client) -> None:
    headers = client.get("/health/").headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    assert "Strict-Transport-Security" not in headers  # the address of this site is http


def test_an_owners_page_is_not_kept_by_shared_caches(as_owner: Client, study: Study) -> None:
    assert "no-store" in as_owner.get(study.get_absolute_url()).headers["Cache-Control"]


@pytest.mark.django_db
def test_an_unknown_host_is_refused(client: Client) -> None:
    assert client.get("/health/", HTTP_HOST="evil.example").status_code == 400


@pytest.mark.django_db
def test_the_database_writes_through_to_the_disk() -> None:
    with connection.cursor() as cursor:
        found = {}
        for pragma in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout"):
            cursor.execute(f"PRAGMA {pragma}")
            (found[pragma],) = cursor.fetchone()
    assert found == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 20000}
    assert connection.transaction_mode == "IMMEDIATE"


def test_a_log_line_is_json_without_the_request() -> None:
    record = logging.LogRecord(
        "django.request", logging.ERROR, "file", 1, "Internal Server Error: %s", ("/s/x/",), None
    )
    record.request = "a request with an address and a cookie"
    line = json.loads(JsonLines().format(record))
    assert line["what"] == "Internal Server Error: /s/x/"
    assert set(line) == {"at", "level", "from", "what"}


def test_pages_speak_the_language_that_was_chosen(as_owner: Client) -> None:
    answer = as_owner.post("/language/", {"language": "fr", "next": "/"}, follow=True)
    assert '<html lang="fr"' in answer.content.decode()
