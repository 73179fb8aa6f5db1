"""Reading much at one moment while others write: exports, reports and copies never make anybody wait."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import DEFAULT_DB_ALIAS, connections, transaction


@contextmanager
def snapshot(using: str = DEFAULT_DB_ALIAS) -> Iterator[None]:
    """Everything read in the block is as it was at one moment; nothing can be written in it, and nobody is held up.

    In a transaction that is open already, what it sees counts.
    """
    connection = connections[using]
    if connection.in_atomic_block:
        yield
        return
    kind = connection.transaction_mode if connection.vendor == "sqlite" else ""  # type: ignore[attr-defined]  # SQLite's alone
    try:
        if connection.vendor == "sqlite":
            connection.transaction_mode = "DEFERRED"  # type: ignore[attr-defined]  # immediate ones take the write lock
        with transaction.atomic(using=using):
            if connection.vendor == "postgresql":
                with connection.cursor() as cursor:
                    cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
    finally:
        if connection.vendor == "sqlite":
            connection.transaction_mode = kind  # type: ignore[attr-defined]  # as above
