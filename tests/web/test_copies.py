"""Backups: everything in, every byte checked, nothing overwritten. The drill with a running site is in tests/cli."""

import json
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest

from commonground.records.errors import CommonGroundError
from commonground.web.site.copies import back_up, restore

NOW = datetime(2026, 1, 31, 8, tzinfo=UTC)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A data directory with a database, a key and a report, and with what does not belong in a copy."""
    import sqlite3

    data = tmp_path / "site"
    (data / "reports" / "a" / "1").mkdir(parents=True)
    (data / "reports" / "a" / "2.unfinished").mkdir()
    (data / "secret-key").write_text("key")
    (data / "first-run-token").write_text("hash")
    (data / "reports" / "a" / "1" / "report.html").write_text("<p>é</p>", encoding="utf-8")
    (data / "reports" / "a" / "2.unfinished" / "report.html").write_text("half")
    with sqlite3.connect(data / "commonground.sqlite3") as database:
        database.execute("PRAGMA journal_mode=WAL")
        database.execute("CREATE TABLE answers (best TEXT)")
        database.execute("INSERT INTO answers VALUES ('open')")
    database.close()
    return data


@pytest.fixture
def copy(site: Path, tmp_path: Path) -> Path:
    back_up(site, tmp_path / "copy.zip", now=NOW)
    return tmp_path / "copy.zip"


def refused(source: Path, target: Path) -> str:
    with pytest.raises(CommonGroundError) as error:
        restore(source, target)
    assert not target.exists() or not any(target.iterdir())
    return str(error.value)


def changed(copy: Path, tmp_path: Path, **files: bytes | None) -> Path:
    """The copy with some of its files replaced, or left out."""
    path = tmp_path / "changed.zip"
    with zipfile.ZipFile(copy) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            key = name.replace("data/", "").replace(".", "_").replace("-", "_")
            content = files.get(key, old.read(name))
            if content is not None:
                new.writestr(name, content)
    return path


def test_everything_comes_back(site: Path, copy: Path, tmp_path: Path) -> None:
    import sqlite3

    target = tmp_path / "restored"
    manifest = restore(copy, target)
    assert manifest.made_at == "2026-01-31T08:00:00+00:00"
    assert (target / "secret-key").read_text() == "key"
    assert (target / "reports/a/1/report.html").read_text(encoding="utf-8") == "<p>é</p>"
    database = sqlite3.connect(target / "commonground.sqlite3")
    assert database.execute("SELECT best FROM answers").fetchall() == [("open",)]
    database.close()


def test_what_belongs_to_the_running_process_stays_out(copy: Path) -> None:
    names = zipfile.ZipFile(copy).namelist()
    assert sorted(names) == [
        "data/commonground.sqlite3", "data/reports/a/1/report.html", "data/secret-key", "manifest.json",
    ]  # fmt: skip


def test_a_copy_and_what_is_restored_are_for_their_owner_only(copy: Path, tmp_path: Path) -> None:
    restore(copy, tmp_path / "restored")
    assert copy.stat().st_mode & 0o077 == 0
    assert (tmp_path / "restored").stat().st_mode & 0o077 == 0
    for path in (tmp_path / "restored").rglob("*"):
        assert path.is_dir() or path.stat().st_mode & 0o077 == 0, path


def test_a_copy_never_overwrites(site: Path, copy: Path) -> None:
    before = copy.read_bytes()
    with pytest.raises(CommonGroundError, match="already"):
        back_up(site, copy, now=NOW)
    assert copy.read_bytes() == before


def test_a_restore_never_overwrites(copy: Path, site: Path) -> None:
    before = {path: path.read_bytes() for path in site.rglob("*") if path.is_file()}
    with pytest.raises(CommonGroundError, match="not empty"):
        restore(copy, site)
    assert {path: path.read_bytes() for path in site.rglob("*") if path.is_file()} == before


def test_an_empty_directory_will_do(copy: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    restore(copy, tmp_path / "empty")
    assert (tmp_path / "empty" / "secret-key").exists()


def test_a_directory_without_a_site_is_said_to_be_one(tmp_path: Path) -> None:
    with pytest.raises(CommonGroundError, match="no site"):
        back_up(tmp_path, tmp_path / "copy.zip", now=NOW)
    assert not (tmp_path / "copy.zip").exists()


def test_a_changed_byte_is_noticed_before_anything_is_written(copy: Path, tmp_path: Path) -> None:
    assert "secret-key" in refused(changed(copy, tmp_path, secret_key=b"KEY"), tmp_path / "new")


def test_a_missing_file_is_noticed(copy: Path, tmp_path: Path) -> None:
    assert "missing" in refused(changed(copy, tmp_path, secret_key=None), tmp_path / "new")


def test_a_file_cut_short_is_noticed(copy: Path, tmp_path: Path) -> None:
    path = tmp_path / "short.zip"
    path.write_bytes(copy.read_bytes()[:-200])
    assert "cut short" in refused(path, tmp_path / "new")


@pytest.mark.parametrize("content", [b"", b"not a zip", b"PK\x03\x04"])
def test_any_other_file_is_refused(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "other.zip"
    path.write_bytes(content)
    assert "not a Common Ground backup" in refused(path, tmp_path / "new")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"format_version": 3, "package_version": "9.9"}, "newer version (9.9)"),
        ({"format": "something else"}, "not a Common Ground backup"),
        ({"files": [{"path": "../outside", "bytes": 1, "sha256": ""}]}, "outside"),
        ({"files": [{"path": "/etc/outside", "bytes": 1, "sha256": ""}]}, "outside"),
        ({"files": "none"}, "not a Common Ground backup"),
        ({"databases": ["commonground.sqlite3", "contacts.sqlite3"]}, "half a pair"),
    ],
)
def test_a_manifest_that_cannot_be_ours_is_refused(
    change: dict[str, object], words: str, copy: Path, tmp_path: Path
) -> None:
    manifest = json.loads(zipfile.ZipFile(copy).read("manifest.json")) | change
    path = changed(copy, tmp_path, manifest_json=json.dumps(manifest).encode())
    assert words in refused(path, tmp_path / "new")
