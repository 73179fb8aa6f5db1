"""The site's two databases as one pair: copied as they were at one moment, and checked together.

What owners do with contact details is written in both databases, one after the other. A copy of one from before and of
the other from after would be a site that never was. Whoever writes both holds the contacts all the while, so it is
enough that the copy holds them for a moment; answers, which are in the other database, never wait.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

from commonground.records.errors import DataError, Problem
from commonground.web.environment import CONTACTS_DATABASE_FILE, CONTACTS_KEY_FILE, DATABASE_FILE

DATABASES = (DATABASE_FILE, CONTACTS_DATABASE_FILE)
"""The answers with all that belongs to them, and the contacts."""

WAIT_SECONDS = 60


def copy_pair(data: Path, folder: Path) -> tuple[str, ...]:
    """Copy the databases there are into a folder, as they were at one moment, while others write.

    Who leaves contact details waits until those are copied, which are few.
    """
    names = tuple(name for name in DATABASES if (data / name).is_file())
    with ExitStack() as stack:
        readers = {name: stack.enter_context(closing(_connect(data / name))) for name in names}
        with held_file(data / CONTACTS_DATABASE_FILE):
            for reader in readers.values():
                reader.execute("BEGIN")
                reader.execute("SELECT count(*) FROM sqlite_master").fetchone()  # from here on it sees this moment
        for name in reversed(names):
            _copy(readers[name], folder / name)
            readers[name].rollback()
    return names


def check_pair(data: Path) -> None:
    """Look through the restored databases.

    Raises
    ------
    DataError
        If one of them is damaged.
    """
    for name in DATABASES:
        path = data / name
        if not path.is_file():
            continue
        with closing(sqlite3.connect(path)) as connection:
            (verdict,) = connection.execute("PRAGMA integrity_check").fetchone()
        if verdict != "ok":
            mend = "Nothing was restored; use another backup."
            raise DataError(
                [Problem(f"This backup cannot be used: a database in it is damaged: {verdict}.", name, mend)]
            )


def misses_contacts_key(data: Path) -> bool:
    """Whether contact details were sealed here and their key is not in the directory."""
    path = data / CONTACTS_DATABASE_FILE
    if (data / CONTACTS_KEY_FILE).exists() or not path.is_file():
        return False
    with closing(sqlite3.connect(path)) as connection:
        try:
            return bool(connection.execute("SELECT count(*) FROM contacts_keymark").fetchone()[0])
        except sqlite3.OperationalError:  # a database without tables
            return False


@contextmanager
def held_file(contacts: Path) -> Iterator[None]:
    """Nobody writes contacts meanwhile; a site of an earlier version has none."""
    if not contacts.is_file():
        yield
        return
    with closing(_connect(contacts)) as writer:
        writer.execute("BEGIN IMMEDIATE")
        yield


def copy_file(path: Path, target: Path) -> None:
    """Copy one database as it is at this moment."""
    with closing(_connect(path)) as reader:
        _copy(reader, target)


def _connect(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(path, timeout=WAIT_SECONDS, isolation_level=None)


def _copy(reader: sqlite3.Connection, target: Path) -> None:
    with closing(sqlite3.connect(target)) as still:
        reader.backup(still)
        still.execute("PRAGMA journal_mode=DELETE")  # one file, without a log beside it
