"""A copy of everything a site holds, made while it runs, and a site made from a copy.

A copy is a zip file: `manifest.json` names every file with its size and SHA-256; the others lie under `data/` as they
do in the data directory. It holds the secret key, so it is as confidential as the site itself. The key of contact
details is not in it: without that file, which is kept apart, nobody can read contact details from a copy.
"""

import hashlib
import json
import os
import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import IO

from commonground import __version__
from commonground.records.errors import DataError, Problem, RequestError
from commonground.web.environment import CONTACTS_KEY_FILE, DATABASE_FILE
from commonground.web.meter import FOLDER as METRICS
from commonground.web.site.pairs import DATABASES, check_pair
from commonground.web.site.servers import copied_pair, fill_servers, is_on_server, refuse_used_servers

FORMAT = "commonground-backup"
FORMAT_VERSION = 2
MANIFEST = "manifest.json"
INSIDE = "data/"
LEFT_OUT = (
    *DATABASES,  # copied by themselves, at one moment
    *(f"{name}-{log}" for name in DATABASES for log in ("wal", "shm", "journal")),
    "first-run-token",
    "answering.lock",
    CONTACTS_KEY_FILE,
)
"""What is not copied as a file: logs of writes, what belongs to the running process, and the key of contact details."""

UNFINISHED = "restore.unfinished"
"""Where a restore puts everything before it counts; as long as it is there, the directory is no site."""

_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class CopiedFile:
    """A file of a copy: its path in the data directory, its size in bytes and its SHA-256."""

    path: str
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a copy holds and when it was made."""

    format: str
    format_version: int
    package_version: str
    made_at: str
    files: tuple[CopiedFile, ...]
    databases: tuple[str, ...] = (DATABASE_FILE,)
    """The databases copied as one pair; a copy of format 1 has one."""

    @property
    def bytes(self) -> int:
        """The size of all files together."""
        return sum(file.bytes for file in self.files)


def back_up(data: Path, target: Path, *, now: datetime) -> Manifest:
    """Copy a data directory into a file, whether or not its site is running.

    Raises
    ------
    RequestError
        If there is no site, or the file is there already.
    """
    refuse_unfinished(data)
    if not (data / DATABASE_FILE).is_file() and not is_on_server(data):
        raise _refuse("There is no site in this directory.", str(data), "Name its data directory with --data.")
    if target.exists():
        raise _refuse("This file is there already; a backup never overwrites one.", str(target), "Choose another name.")
    unfinished = target.with_name(f"{target.name}.unfinished")
    descriptor = os.open(unfinished, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with os.fdopen(descriptor, "w+b") as file:
            manifest = _write_archive(data, file, now)
            file.flush()
            os.fsync(file.fileno())
        unfinished.rename(target)
    finally:
        unfinished.unlink(missing_ok=True)
    return manifest


def restore(source: Path, data: Path) -> Manifest:
    """Make a data directory from a copy, after everything in it was checked.

    Raises
    ------
    RequestError
        If the directory is not empty: nothing is ever overwritten.
    DataError
        If the file is no copy, is from a newer version, or any byte of it has changed.
    """
    refuse_unfinished(data)
    if data.exists() and any(data.iterdir()):
        raise _refuse("This directory is not empty; a restore never overwrites.", str(data), "Name an empty one.")
    refuse_used_servers(data)
    try:
        with zipfile.ZipFile(source) as archive:
            manifest = _read_manifest(archive, source)
            _check_hashes(archive, manifest, source)
            data.mkdir(mode=0o700, parents=True, exist_ok=True)
            _extract(archive, manifest, data / UNFINISHED)
    except zipfile.BadZipFile as error:
        raise _broken(source, "it is not a Common Ground backup, or it was cut short.") from error
    _take_over(data)
    return manifest


def refuse_unfinished(data: Path) -> None:
    """Refuse a directory in which a restore was cut short.

    Raises
    ------
    RequestError
        If it was.
    """
    if (data / UNFINISHED).exists():
        mend = "Delete the directory, then restore the backup again."
        raise _refuse("A restore into this directory was cut short, so it is no site.", str(data), mend)


def _write_archive(data: Path, file: IO[bytes], now: datetime) -> Manifest:
    moment = now.isoformat(timespec="seconds")
    with (
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, allowZip64=True) as archive,
        tempfile.TemporaryDirectory() as folder,
    ):
        pair = copied_pair(data, Path(folder))  # first, so that every file they speak of is there
        copied = [_copy(archive, Path(folder, name), name) for name in pair]
        copied += [_copy(archive, path, path.relative_to(data).as_posix()) for path in _files(data)]
        manifest = Manifest(FORMAT, FORMAT_VERSION, __version__, moment, tuple(copied), pair)
        archive.writestr(MANIFEST, json.dumps(asdict(manifest), indent=1))
    return manifest


def _files(data: Path) -> Iterator[Path]:
    for path in sorted(data.rglob("*")):
        parts = path.relative_to(data).parts
        temporary = any(part.endswith(".unfinished") for part in parts)
        if path.is_file() and not temporary and parts[-1] not in LEFT_OUT and parts[0] != METRICS:
            yield path


def _copy(archive: zipfile.ZipFile, path: Path, name: str) -> CopiedFile:
    archive.write(path, INSIDE + name)
    with path.open("rb") as content:
        return CopiedFile(name, path.stat().st_size, _hash(content))


def _hash(content: IO[bytes]) -> str:
    digest = hashlib.sha256()
    while block := content.read(_BLOCK):
        digest.update(block)
    return digest.hexdigest()


def _read_manifest(archive: zipfile.ZipFile, source: Path) -> Manifest:
    try:
        content = json.loads(archive.read(MANIFEST))
        files = tuple(CopiedFile(**file) for file in content["files"])
        databases = tuple(content.get("databases", (DATABASE_FILE,)))
        manifest = Manifest(**{**content, "files": files, "databases": databases})
    except (KeyError, TypeError, ValueError) as error:
        raise _broken(source, "it is not a Common Ground backup.") from error
    if manifest.format != FORMAT:
        raise _broken(source, "it is not a Common Ground backup.")
    if manifest.format_version > FORMAT_VERSION:
        newer = f"it was made by a newer version ({manifest.package_version})."
        raise _broken(source, newer, "Install that version to restore it.")
    names = {file.path for file in manifest.files}
    for file in manifest.files:
        if not _is_inside(file.path):
            raise _broken(source, f"it names a place outside the data directory: {file.path!r}.")
    if len(names) < len(manifest.files) or any(
        str(one) in names for name in names for one in PurePosixPath(name).parents
    ):
        raise _broken(source, "two of its files stand in the same place.")
    if missing := set(manifest.databases) - {file.path for file in manifest.files}:
        raise _broken(source, f"it is half a pair: the database {min(missing)!r} is not in it.")
    return manifest


def _is_inside(name: str) -> bool:
    """Whether this names a file in the data directory on any system; it is ours, so its name holds nothing strange."""
    strange = any(sign in name for sign in "\\:\0")
    return not strange and all(part not in {"", ".", ".."} for part in name.split("/"))


def _check_hashes(archive: zipfile.ZipFile, manifest: Manifest, source: Path) -> None:
    for file in manifest.files:
        try:
            is_as_large = archive.getinfo(INSIDE + file.path).file_size == file.bytes  # else it is not even unpacked
            with archive.open(INSIDE + file.path) as content:
                intact = is_as_large and _hash(content) == file.sha256
        except (KeyError, zipfile.BadZipFile) as error:
            raise _broken(source, f"the file {file.path!r} in it is missing or damaged.") from error
        if not intact:
            raise _broken(source, f"the file {file.path!r} in it is not the one that was backed up.")


def _extract(archive: zipfile.ZipFile, manifest: Manifest, data: Path) -> None:
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    for file in manifest.files:
        path = data / file.path
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as restored, archive.open(INSIDE + file.path) as content:
            while block := content.read(_BLOCK):
                restored.write(block)
            restored.flush()
            os.fsync(restored.fileno())


def _take_over(data: Path) -> None:
    """Move what was unpacked and looked through to its place; the directory is a site once the last step is done."""
    unfinished = data / UNFINISHED
    check_pair(unfinished)
    fill_servers(data, unfinished)
    for path in sorted(unfinished.iterdir()):
        path.rename(data / path.name)
    unfinished.rmdir()


def _refuse(what: str, where: str, mend: str) -> RequestError:
    return RequestError([Problem(what, where, mend)])


def _broken(source: Path, why: str, mend: str = "Nothing was restored; use another backup.") -> DataError:
    return DataError([Problem(f"This backup cannot be used: {why}", str(source), mend)])
