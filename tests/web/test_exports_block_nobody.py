"""People answer while somebody takes the data away: they never wait for it, and a file is of one moment."""

import threading
from collections.abc import Callable, Iterator

import pytest
from django.db import OperationalError, connection
from django.test import Client

from commonground.web.respond import export
from commonground.web.respond.models import Session
from commonground.web.results import documents, downloads
from commonground.web.snapshots import snapshot
from commonground.web.studies.models import Study

pytestmark = pytest.mark.django_db(transaction=True)


class ReadEnoughError(Exception):
    """Both tables are read; the document is not what is tried here."""


def one_more(study: Study) -> None:
    """Somebody answers, in a thread of their own; whoever has to wait five seconds is held up."""
    problems: list[BaseException] = []

    def answer() -> None:
        try:
            with connection.cursor() as cursor:
                limit = {"sqlite": "PRAGMA busy_timeout=5000", "postgresql": "SET lock_timeout='5s'"}
                cursor.execute(limit[connection.vendor])
            client = Client()
            visit = client.get(study.public_path).context["visit_key"]
            assert client.post(study.public_path, {"visit": visit, "agree": "yes"}).status_code == 302
        except (AssertionError, OperationalError) as problem:
            problems.append(problem)
        finally:
            connection.close()

    thread = threading.Thread(target=answer)
    thread.start()
    thread.join()
    assert problems == []


@pytest.fixture
def while_read(monkeypatch: pytest.MonkeyPatch, study: Study) -> Iterator[list[int]]:
    """Somebody answers in the middle of whatever reads the sessions; gives how many rows each reading found."""
    real, found = export._sessions, []

    def slow(study: Study, *, pilot: bool) -> list[Session]:
        rows = list(real(study, pilot=pilot))
        found.append(len(rows))
        one_more(study)
        return rows

    monkeypatch.setattr(export, "_sessions", slow)
    return found


@pytest.fixture
def open_study(study: Study, answered: Callable[..., Study]) -> Study:
    answered(study, HP=4, R=4, P=4)
    Study.objects.filter(pk=study.pk).update(is_open=True)
    return study


@pytest.mark.parametrize("name", ["choices.csv", "respondents.csv"])
def test_a_download_holds_nobody_up(name: str, open_study: Study, while_read: list[int], as_owner: Client) -> None:
    before = Session.objects.count()
    assert as_owner.get(f"/studies/{open_study.public_id}/files/{name}").status_code == 200
    assert while_read
    assert Session.objects.count() == before + len(while_read)


def test_both_tables_of_a_report_are_of_one_moment(
    open_study: Study, while_read: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    def read_enough(*_given: object, **_more: object) -> None:
        raise ReadEnoughError

    monkeypatch.setattr(documents, "build_document", read_enough)
    with pytest.raises(ReadEnoughError):
        documents.report_of(open_study, progress=lambda *_told: None)
    assert len(while_read) >= 2
    assert len(set(while_read)) == 1, "people who came in between are in one table only"


def test_nothing_can_be_written_in_a_snapshot_on_postgres_and_the_next_transaction_is_as_ever(study: Study) -> None:
    with snapshot():
        assert Study.objects.count() == 1
    Study.objects.update(title="Changed afterwards")
    assert Study.objects.get().title == "Changed afterwards"
    assert downloads.offered(study)
