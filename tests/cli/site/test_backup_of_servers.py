"""The drill on PostgreSQL: answer, back up while the site runs, restore into files and into other databases, go on."""

import json
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg

if TYPE_CHECKING:
    import subprocess

    from postgres import Server

    Run = Callable[..., subprocess.CompletedProcess[str]]

COUNTED = ("respond_session", "respond_taskanswer", "studies_study", "accounts_user", "workspaces_auditevent")


def in_file(data: Path) -> dict[str, int]:
    with sqlite3.connect(data / "commonground.sqlite3") as database:
        found = {table: database.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in COUNTED}  # noqa: S608  # our own names
    database.close()
    return found


def on_server(url: str) -> dict[str, int]:
    with psycopg.connect(url) as database:
        return {table: database.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in COUNTED}  # noqa: S608  # our own names


def test_a_site_goes_from_postgres_to_files_and_to_postgres(  # noqa: PLR0917  # fixtures, by name
    start: Callable[..., object],
    run: "Run",
    participant: Callable[..., object],
    tmp_path: Path,
    small_study: Path,
    postgres: "Server",
) -> None:
    answers, contacts = postgres.create("first", "first-contacts")
    variables = {"DATABASE_URL": answers, "CONTACTS_DATABASE_URL": contacts}
    data, copy = tmp_path / "data", tmp_path / "copy.zip"
    site = start("serve", "--data", data, "--study", small_study, **variables)
    link, port = site.link, site.addresses["site"].rsplit(":", 1)[1].strip("/")
    person = participant(link).until("task-4")
    code = person.code
    made = run("backup", copy, "--data", data, **variables)
    assert made.returncode == 0, made.stderr
    before = on_server(answers)
    assert before["respond_taskanswer"] == 3
    site.stop()

    assert run("restore", copy, "--data", tmp_path / "files").returncode == 0
    assert in_file(tmp_path / "files") == before

    others = dict(zip(variables, postgres.create("second", "second-contacts"), strict=True))
    back = run("restore", copy, "--data", tmp_path / "server", **others, as_json=True)
    assert back.returncode == 0, back.stderr
    assert json.loads(back.stdout)["databases"] == ["commonground.sqlite3", "contacts.sqlite3"]
    assert on_server(others["DATABASE_URL"]) == before
    assert not list((tmp_path / "server").glob("*.sqlite3"))
    again = start("serve", "--data", tmp_path / "server", "--port", port, **others)
    other_device = participant(link).go(f"{link}resume/").resume(code)
    assert other_device.send().step == "task-5"
    assert on_server(others["DATABASE_URL"])["respond_taskanswer"] == 4
    again.stop()

    shutil.rmtree(tmp_path / "server")
    refused = run("restore", copy, "--data", tmp_path / "server", **others)
    assert refused.returncode == 1
    assert "There is a site in this database already" in refused.stderr
    assert not (tmp_path / "server").exists()
