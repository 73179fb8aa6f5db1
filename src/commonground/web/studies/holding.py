"""Who may work on a study at the same time.

SQLite has one writer at a time, so a transaction that writes is alone. On PostgreSQL many write at once: those who
answer share the study; whoever opens, closes, changes or locks it waits for them and has it alone; those who come
later wait in line. These are advisory locks, which leave nothing on disk and end with the transaction. A lock on the
study's row would do the same, but a stream of people who share it could keep an owner waiting for ever.
"""

import zlib

from django.db import connection

_ANSWERING, _ASSIGNING = 0x0C60, 0x0C61
"""Two kinds of locks; each study has one of each kind."""


def share(public_id: str) -> None:
    """Work on a study's sessions beside others, until the transaction ends."""
    _lock("pg_advisory_xact_lock_shared", _ANSWERING, public_id)


def hold_alone(public_id: str) -> None:
    """Wait until nobody answers, and keep everybody waiting until the transaction ends."""
    _lock("pg_advisory_xact_lock", _ANSWERING, public_id)


def hold_for_assigning(public_id: str) -> None:
    """Decide for this study what depends on everybody who was assigned before."""
    _lock("pg_advisory_xact_lock", _ASSIGNING, public_id)


def _lock(function: str, kind: int, public_id: str) -> None:
    """Two studies whose names share a checksum wait for each other now and then, and that is all."""
    if connection.vendor == "postgresql":
        number = zlib.crc32(public_id.encode()) - 2**31
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {function}(%s, %s)", [kind, number])
