"""What whoever watches over a site learns: that it lives, whether it is ready, how it does, and nothing of a person."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connections
from django.db.utils import OperationalError
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from pytest_django import Settings

from commonground.web import meter, watching
from commonground.web.environment import read_environment
from commonground.web.respond.models import Session
from commonground.web.results.actions import ask_for_report
from commonground.web.studies.models import Study


def test_it_lives_and_is_ready(client: Client, db: None) -> None:
    assert client.get("/health/").content == b"ok"
    assert client.get("/health/ready/").json() == {"answers": "ok", "contacts": "ok", "worker": "ok"}


def test_without_a_database_it_is_not_ready(client: Client, monkeypatch: pytest.MonkeyPatch, db: None) -> None:
    def gone() -> None:
        raise OperationalError("no such server")

    monkeypatch.setattr(connections["contacts"], "cursor", gone)
    answer = client.get("/health/ready/")
    assert answer.status_code == 503
    assert answer.json() == {"answers": "ok", "contacts": "not there", "worker": "unknown"}
    assert client.get("/health/").status_code == 200


def test_a_worker_that_is_not_there_is_told_and_people_can_answer_all_the_same(client: Client, study: Study) -> None:
    ask_for_report(study)
    DBTaskResult.objects.update(enqueued_at=timezone.now() - timedelta(minutes=5))
    answer = client.get("/health/ready/")
    assert (answer.status_code, answer.json()["worker"]) == (200, "late")
    DBTaskResult.objects.get().claim("somebody")
    assert client.get("/health/ready/").json()["worker"] == "ok"


def figures(client: Client) -> dict[str, float]:
    answer = client.get("/metrics/")
    assert answer.status_code == 200
    lines = [line for line in answer.content.decode().splitlines() if not line.startswith("#")]
    return {name: float(value) for name, _space, value in (line.rpartition(" ") for line in lines)}


def test_requests_are_counted_by_side_and_kind_and_time(client: Client, study: Study) -> None:
    before = figures(client)
    client.get("/s/nothing/")
    after = figures(client)

    def more(name: str) -> float:
        return after[name] - before.get(name, 0)

    assert more('commonground_requests_total{side="participants",status="4xx"}') == 1
    assert more('commonground_requests_total{side="owners",status="2xx"}') == 1  # the first time the figures were read
    assert more('commonground_request_seconds_bucket{side="participants",le="+Inf"}') == 1
    assert more('commonground_request_seconds_count{side="participants"}') == 1
    assert more('commonground_request_seconds_sum{side="participants"}') > 0


def test_several_processes_count_together_and_a_new_start_begins_anew(data_directory: Path) -> None:
    folder = data_directory / meter.FOLDER
    folder.mkdir()
    for process in ("1", "2"):
        (folder / f"{process}.counts").write_bytes(meter._ONE.pack(1.0) * meter._NUMBERS)
    (folder / "3.counts").write_bytes(b"cut off")
    assert meter.counted()["owners"].answers == (2.0,) * 5
    meter.forget_counts(data_directory)
    assert meter.counted()["owners"].answers == (0.0,) * 5


def test_figures_tell_of_the_whole_site_and_of_nobody(client: Client, study: Study) -> None:
    session = Session.objects.create(study=study, status="complete", language="en", group="HP")
    found = figures(client)
    assert found['commonground_sessions{status="complete"}'] == 1
    assert found["commonground_task_answers"] == 0
    assert found["commonground_free_bytes"] > 0
    text = client.get("/metrics/").content.decode()
    for telling in (session.respondent, study.public_id, study.title, "HP"):
        assert telling not in text


def test_figures_are_for_this_machine_or_for_the_token(client: Client, settings: Settings, db: None) -> None:
    assert client.get("/metrics/", REMOTE_ADDR="203.0.113.7").status_code == 403
    settings.ENVIRONMENT = read_environment({"COMMONGROUND_METRICS_TOKEN": "long and secret"})
    assert client.get("/metrics/").status_code == 403
    assert client.get("/metrics/", headers={"Authorization": "Bearer wrong"}).status_code == 403
    assert client.get("/metrics/", headers={"Authorization": "Bearer long and secret"}).status_code == 200


@pytest.mark.parametrize("variable", [{"COMMONGROUND_URL": "https://a.example"}, {"COMMONGROUND_BEHIND_PROXY": "1"}])
def test_behind_a_proxy_nobody_passes_for_this_machine(
    variable: dict[str, str], client: Client, settings: Settings, db: None
) -> None:
    settings.ENVIRONMENT = read_environment(variable)
    assert client.get("/metrics/").status_code == 403


def test_every_figure_says_what_it_is(client: Client, db: None) -> None:
    text = client.get("/metrics/").content.decode()
    names = {line.split()[2] for line in text.splitlines() if line.startswith("# HELP")}
    assert {name.removeprefix("commonground_") for name in names} >= {"requests_total", "request_seconds", "jobs"}
    assert timedelta(seconds=30) < watching.LATE
