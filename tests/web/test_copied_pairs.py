"""Both databases in one copy, as they were at one moment; a copy or a restore cut short is never taken for a whole."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
import zipfile
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from commonground.records.errors import CommonGroundError
from commonground.web.site.copies import UNFINISHED, back_up, restore
from commonground.web.site.pairs import DATABASES, misses_contacts_key
from commonground.web.site.preparing import set_up

NOW = datetime(2026, 1, 31, 8, tzinfo=UTC)
MAIN, CONTACTS = DATABASES


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A data directory with two databases that count the same, a log of writes in one and none in the other."""
    data = tmp_path / "site"
    data.mkdir()
    for name, mode in ((MAIN, "WAL"), (CONTACTS, "DELETE")):
        with closing(sqlite3.connect(data / name)) as database:
            database.execute(f"PRAGMA journal_mode={mode}")
            database.execute("CREATE TABLE steps (number INTEGER)")
            database.execute("CREATE TABLE contacts_keymark (id INTEGER)")
            database.commit()
    (data / "secret-key").write_text("key")
    (data / "contacts-key").write_text("00" * 32)
    return data


def count(data: Path, name: str) -> int:
    with closing(sqlite3.connect(data / name)) as database:
        return int(database.execute("SELECT count(*) FROM steps").fetchone()[0])


def step_in_both(data: Path, stop: threading.Event) -> None:
    """What owners' actions do: hold the contacts, write both, let go of the contacts last. And people who answer."""
    with (
        closing(sqlite3.connect(data / MAIN, timeout=60, isolation_level=None)) as main,
        closing(sqlite3.connect(data / CONTACTS, timeout=60, isolation_level=None)) as contacts,
    ):
        while not stop.wait(0.003):
            for database in (contacts, main):
                database.execute("BEGIN IMMEDIATE")
                database.execute("INSERT INTO steps VALUES (1)")
            main.commit()
            time.sleep(0.003)  # here the two differ
            contacts.commit()


def test_both_databases_are_of_one_moment_while_others_write(site: Path, tmp_path: Path) -> None:
    stop = threading.Event()
    writer = threading.Thread(target=step_in_both, args=(site, stop))
    writer.start()
    try:
        for number in range(6):
            back_up(site, tmp_path / f"{number}.zip", now=NOW)
    finally:
        stop.set()
        writer.join()
    found = []
    for number in range(6):
        restore(tmp_path / f"{number}.zip", tmp_path / f"restored{number}")
        found.append(tuple(count(tmp_path / f"restored{number}", name) for name in DATABASES))
    assert all(main == contacts for main, contacts in found), found
    assert len(set(found)) > 1, "nothing was written meanwhile"


def test_the_manifest_names_both_and_their_hashes(site: Path, tmp_path: Path) -> None:
    manifest = back_up(site, tmp_path / "copy.zip", now=NOW)
    assert manifest.databases == DATABASES
    assert {file.path for file in manifest.files} == {*DATABASES, "secret-key"}
    written = json.loads(zipfile.ZipFile(tmp_path / "copy.zip").read("manifest.json"))
    assert written["databases"] == list(DATABASES)


def test_the_key_of_contacts_stays_apart_and_its_absence_is_noticed(site: Path, tmp_path: Path) -> None:
    back_up(site, tmp_path / "copy.zip", now=NOW)
    restore(tmp_path / "copy.zip", tmp_path / "new")
    assert not (tmp_path / "new" / "contacts-key").exists()
    assert not misses_contacts_key(tmp_path / "new")  # nothing was sealed yet
    with closing(sqlite3.connect(tmp_path / "new" / CONTACTS)) as database:
        database.execute("INSERT INTO contacts_keymark VALUES (1)")
        database.commit()
    assert misses_contacts_key(tmp_path / "new")
    (tmp_path / "new" / "contacts-key").write_text("00" * 32)
    assert not misses_contacts_key(tmp_path / "new")


def mixed(tmp_path: Path, one: Path, other: Path) -> Path:
    """The copy `one` with the contacts of the copy `other`, or without any."""
    path = tmp_path / "mixed.zip"
    with zipfile.ZipFile(one) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            if not name.endswith(CONTACTS):
                new.writestr(name, old.read(name))
        if other != one:
            new.writestr(f"data/{CONTACTS}", zipfile.ZipFile(other).read(f"data/{CONTACTS}"))
    return path


def test_half_a_pair_and_a_mixed_pair_are_refused(site: Path, tmp_path: Path) -> None:
    monday, tuesday = tmp_path / "monday.zip", tmp_path / "tuesday.zip"
    back_up(site, monday, now=NOW)
    with closing(sqlite3.connect(site / CONTACTS)) as database:
        database.execute("INSERT INTO steps VALUES (1)")
        database.commit()
    back_up(site, tuesday, now=NOW)
    for other, words in ((monday, "missing"), (tuesday, "not the one")):
        with pytest.raises(CommonGroundError, match=words):
            restore(mixed(tmp_path, monday, other), tmp_path / "new")
        assert not (tmp_path / "new").exists()


def test_a_copy_of_the_version_before_is_restored(site: Path, tmp_path: Path) -> None:
    (site / CONTACTS).unlink()
    back_up(site, tmp_path / "now.zip", now=NOW)
    old = tmp_path / "old.zip"
    with zipfile.ZipFile(tmp_path / "now.zip") as source, zipfile.ZipFile(old, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name == "manifest.json":
                manifest = json.loads(content) | {"format_version": 1}
                del manifest["databases"]
                content = json.dumps(manifest).encode()
            target.writestr(name, content)
    assert restore(old, tmp_path / "new").databases == (MAIN,)


PROGRAM = """
import sys, time
from datetime import UTC, datetime
from pathlib import Path
from commonground.web.site import copies

real = copies.{step}

def slow(*arguments):
    found = real(*arguments)
    print("here", flush=True)
    time.sleep(60)
    return found

copies.{step} = slow
{call}
"""


def killed_in(step: str, call: str) -> None:
    """Run a program until it has done one step, then kill it as a power cut would."""
    program = subprocess.Popen(
        [sys.executable, "-c", PROGRAM.format(step=step, call=call)], stdout=subprocess.PIPE, text=True
    )
    assert program.stdout is not None
    assert program.stdout.readline() == "here\n"
    os.kill(program.pid, signal.SIGKILL)
    program.communicate()


@pytest.mark.parametrize("step", ["copied_pair", "_copy"])
def test_a_backup_killed_on_the_way_leaves_nothing_that_looks_whole(step: str, site: Path, tmp_path: Path) -> None:
    target = tmp_path / "copy.zip"
    killed_in(step, f"copies.back_up(Path({str(site)!r}), Path({str(target)!r}), now=datetime.now(UTC))")
    assert not target.exists()
    back_up(site, target, now=NOW)
    assert restore(target, tmp_path / "new").databases == DATABASES


@pytest.mark.parametrize("step", ["_extract", "check_pair"])
def test_a_restore_killed_on_the_way_is_never_taken_for_a_site(step: str, site: Path, tmp_path: Path) -> None:
    back_up(site, tmp_path / "copy.zip", now=NOW)
    new = tmp_path / "new"
    killed_in(step, f"copies.restore(Path({str(tmp_path / 'copy.zip')!r}), Path({str(new)!r}))")
    assert (new / UNFINISHED).exists()
    for attempt in (
        lambda: restore(tmp_path / "copy.zip", new),
        lambda: back_up(new, tmp_path / "other.zip", now=NOW),
        lambda: set_up(new),
    ):
        with pytest.raises(CommonGroundError, match="cut short"):
            attempt()
