"""One after the other: what a participant sends is read, decided and stored in one held transaction.

SQLite lets one connection write at a time, and lets those who wait try again at random: under load a person can wait
for seconds while others overtake. So all threads and processes of a site wait in line at a file. PostgreSQL locks
single rows, so nobody waits there but for their own second click; what a whole study decides (who comes next in its
design, whether a group is full, whether it was closed or locked meanwhile) has a lock of its own there.
"""

import sys
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction

from commonground.web.studies.holding import hold_for_assigning, share

LINE_FILE = "answering.lock"
"""An empty file in the data directory, at which the processes of a site wait for each other."""

_LINE = threading.Lock()


@contextmanager
def turn(public_id: str) -> Iterator[None]:
    """Hold a transaction in which sessions of a study can be read for writing and written.

    Whoever closes, changes or locks the study waits until it ends, and those who come later wait for them.
    """
    with ExitStack() as stack:
        if connection.vendor == "sqlite":
            stack.enter_context(_in_line())
        stack.enter_context(transaction.atomic())
        share(public_id)
        yield


def one_at_a_time(public_id: str) -> None:
    """Let nobody else of this study be counted or assigned until the turn ends."""
    hold_for_assigning(public_id)


@contextmanager
def _in_line() -> Iterator[None]:
    with _LINE, (Path(settings.DATA) / LINE_FILE).open("ab") as file:
        _wait(file.fileno())
        yield


def _wait(descriptor: int) -> None:
    """The system lets go of it when the file is closed, or the process has ended, however it ended."""
    if sys.platform != "win32":
        import fcntl  # noqa: PLC0415  # there is none on Windows, where a site is one process

        fcntl.flock(descriptor, fcntl.LOCK_EX)
