"""One writer after the other: what a participant sends is read, decided and stored in one held transaction.

SQLite lets one connection write at a time, and lets those who wait try again at random: under load a person can wait
for seconds while others overtake. Within a process we therefore wait in line ourselves. PostgreSQL locks single rows,
so nobody waits there but for their own second click.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext

from django.db import connection, transaction

_LINE = threading.Lock()


@contextmanager
def turn() -> Iterator[None]:
    """Hold a transaction in which sessions can be read for writing and written."""
    with _LINE if connection.vendor == "sqlite" else nullcontext(), transaction.atomic():
        yield
