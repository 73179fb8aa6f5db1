"""The drill: answer, back up while the site runs, lose everything, restore, and go on by the resume code."""

import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

COUNTED = ("respond_session", "respond_taskanswer", "studies_study", "accounts_user")


def counts(data: Path) -> dict[str, int]:
    with sqlite3.connect(data / "commonground.sqlite3") as database:
        found = {table: database.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in COUNTED}  # noqa: S608  # our own names
    database.close()
    return found


def test_a_site_comes_back_from_its_backup(
    start: Callable[..., object],
    run: Callable[..., object],
    participant: Callable[..., object],
    tmp_path: Path,
    small_study: Path,
) -> None:
    data, copy = tmp_path / "data", tmp_path / "copy.zip"
    arguments = ("serve", "--data", data)
    site = start(*arguments, "--study", small_study)
    link = site.link
    port = site.addresses["site"].rsplit(":", 1)[1].strip("/")
    person = participant(link).until("task-4")
    code = person.code

    finished = run("backup", copy, "--data", data)
    assert finished.returncode == 0, finished.stderr
    assert "The key of contact details is not in it." in finished.stdout
    before = counts(data)
    assert before["respond_taskanswer"] == 3
    site.stop()
    shutil.rmtree(data)

    assert run("restore", copy, "--data", data).returncode == 0
    assert counts(data) == before
    restored = start(*arguments, "--port", port)
    assert restored.link == link
    other_device = participant(link).go(f"{link}resume/")
    assert other_device.resume(code).step == "task-4"
    assert other_device.send().step == "task-5"
    assert counts(data)["respond_taskanswer"] == 4
    restored.stop()


def test_json_holds_the_manifest(run: Callable[..., object], tmp_path: Path) -> None:
    import json

    (tmp_path / "data").mkdir()
    sqlite3.connect(tmp_path / "data" / "commonground.sqlite3").close()
    found = json.loads(run("backup", tmp_path / "copy.zip", "--data", tmp_path / "data", "--json").stdout)
    assert [file["path"] for file in found["files"]] == ["commonground.sqlite3"]
    again = json.loads(run("restore", tmp_path / "copy.zip", "--data", tmp_path / "new", "--json").stdout)
    assert again["files"] == found["files"]
    assert again["databases"] == found["databases"] == ["commonground.sqlite3"]
    assert not again["contacts_key_missing"]


def test_refusals_are_told_without_a_traceback(run: Callable[..., object], tmp_path: Path) -> None:
    for arguments in (("backup", tmp_path / "a.zip"), ("restore", tmp_path / "missing.zip")):
        finished = run(*arguments, "--data", tmp_path / "none")
        assert finished.returncode == 1
        assert "Traceback" not in finished.stderr
        assert finished.stderr.strip()
