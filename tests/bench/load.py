"""How many interviews an hour a site takes on this machine, on both databases, beside oTree; written to docs/load.md.

Asserts nothing: numbers are for people. The people are as many connections of one light process, whose own work is
measured and told, because it takes place on the same processors.
"""

import argparse
import asyncio
import os
import platform
import resource
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "support"))

import postgres  # noqa: E402  # found by the line above
from crowd import PAGES, Person, crowd, form  # noqa: E402  # the path is set above
from environments import Missing, python_with  # noqa: E402  # the path is set above
from siege import Fortress, free_port  # noqa: E402  # the path is set above

HEAD = (
    "| program | interviews | an hour | pages a second | median page | 99 of 100 pages within | processor, a page "
    "| people’s own | load before | an hour, if alone |"
)
PAGE = HERE.parents[1] / "docs/load.md"
CORES = os.cpu_count() or 1


@dataclass(frozen=True)
class Run:
    """What one program did.

    Parameters
    ----------
    name : str
    people, pages : int
        Interviews finished, and pages sent in all.
    seconds, site, crowd : float
        On the clock; processor time of the program with its database; processor time of the people.
    each : tuple of float
        Seconds of each page, from sending it to seeing the next, in order of length.
    load : float
        The machine's load average before.
    processors : int
        How many it can use.
    """

    name: str
    people: int
    pages: int
    seconds: float
    site: float
    crowd: float
    each: tuple[float, ...]
    load: float
    processors: int

    @property
    def an_hour(self) -> float:
        return 3600 * self.people / self.seconds

    @property
    def by_processor(self) -> float:
        """Interviews an hour if its processors had nothing else to do, beside the people."""
        return 3600 * self.processors * self.people / (self.site + self.crowd)

    def within(self, share: float) -> float:
        return self.each[min(len(self.each) - 1, int(share * len(self.each)))]


@dataclass(frozen=True)
class Site:
    """A running program: somebody new who has its link, and its processes."""

    newcomer: Callable[[], Person]
    processes: Callable[[], list[int]]


def main() -> None:
    """Measure one program after the other and write the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=400, help="interviews on each database")
    parser.add_argument("--at-once", type=int, default=24)
    parser.add_argument("--only", nargs="+", choices=("sqlite", "postgres", "otree"))
    parser.add_argument("--out", type=Path, default=PAGE)
    asked = parser.parse_args()
    runs: list[Run] = []
    for name, start in _programs(frozenset(asked.only or ("sqlite", "postgres", "otree"))).items():
        with start(max(asked.people // 8, 8) + 8) as site:
            people = max(asked.people // 8, 8) if name.startswith("oTree") else asked.people
            runs.append(asyncio.run(measure(name, site, people, min(asked.at_once, people))))
        run = runs[-1]
        print(f"{run.name}: {run.an_hour:,.0f} interviews an hour, p99 {run.within(0.99):.3f} s", flush=True)
    asked.out.write_text(page(runs, asked.at_once), encoding="utf-8")


async def measure(name: str, site: Site, people: int, at_once: int) -> Run:
    """Let some warm it up, then measure the others."""
    await crowd([site.newcomer() for _one in range(8)], at_once=8)
    load, all_of_them = os.getloadavg()[0], [site.newcomer() for _one in range(people)]
    processes = site.processes()
    before, own, started = processor_time(processes), own_time(), time.perf_counter()
    await crowd(all_of_them, at_once=at_once)
    seconds = time.perf_counter() - started
    each = sorted(one for person in all_of_them for one in person.seconds)
    site_time = processor_time(processes) - before
    processors = 1 if name.startswith("oTree") else CORES
    return Run(name, people, len(each) + people, seconds, site_time, own_time() - own, tuple(each), load, processors)


def own_time() -> float:
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


def processor_time(processes: list[int]) -> float:
    """Seconds of processor time these processes have taken, their ended children included."""
    ticks = 0
    for pid in processes:
        parts = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        ticks += sum(int(part) for part in parts[11:15])
    return ticks / os.sysconf("SC_CLK_TCK")


def family(pid: int) -> list[int]:
    """A process and all that came from it."""
    threads = Path(f"/proc/{pid}/task").glob("*/children")
    return [pid, *(one for thread in threads for child in thread.read_text().split() for one in family(int(child)))]


def _programs(wanted: frozenset[str]) -> dict[str, Callable[[int], AbstractContextManager[Site]]]:
    found: dict[str, Callable[[int], AbstractContextManager[Site]]] = {}
    if "sqlite" in wanted:
        found["Common Ground on SQLite"] = lambda _people: own({})
    if "postgres" in wanted:
        found["Common Ground on PostgreSQL"] = on_postgres
    if "otree" in wanted:
        environment = python_with("otree", install=True)
        if isinstance(environment, Missing):
            print(f"oTree: {environment.reason}")
        else:
            found[environment.version.replace("otree", "oTree")] = lambda people: otree(environment.interpreter, people)
    return found


@contextmanager
def own(variables: dict[str, str]) -> Iterator[Site]:
    """This project's site, with a process for each processor."""
    with tempfile.TemporaryDirectory() as folder:
        site = Fortress(Path(folder), variables, processes=CORES).start()
        assert site.program
        pid = site.program.pid
        try:
            yield Site(site.person, lambda: family(pid))
        finally:
            site.stop()


@contextmanager
def on_postgres(_people: int) -> Iterator[Site]:
    """The same on a server that writes every commit to the disk."""
    with postgres.server(**postgres.SMALL) as server:
        answers, contacts = server.create("answers", "contacts")
        with own({"DATABASE_URL": answers, "CONTACTS_DATABASE_URL": contacts}) as site:
            yield Site(site.newcomer, lambda: site.processes() + server.processes())


class Visitor(Person):
    """Somebody in oTree: numbers are named otherwise, and the last page is another."""

    def fill(self, page: bytes) -> dict[str, str]:
        sent = {}
        for name, inputs in form(page).items():
            kind, value = inputs[1] if name.startswith("least") else inputs[0]
            sent[name] = value if kind in {"radio", "checkbox", "hidden"} else "7"
        return sent

    def has_finished(self, where: str) -> bool:
        return "/Thanks/" in where


@contextmanager
def otree(interpreter: Path, people: int) -> Iterator[Site]:
    """An oTree server as its makers start it in production, with places for so many people."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "project"
        shutil.copytree(HERE / "peers/otree", folder)
        for empty in ("_static/global", "_templates/global"):
            (folder / empty).mkdir(parents=True)
        kept = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
        variables = {**kept, "PATH": f"{interpreter.parent}:{kept['PATH']}", "OTREE_PRODUCTION": "1"}
        for command in (("resetdb", "--noinput"), ("create_session", "survey", str(people))):
            _run_quietly([interpreter.parent / "otree", *command], folder, variables)
        with sqlite3.connect(folder / "db.sqlite3") as database:
            (code,) = database.execute("SELECT _anonymous_code FROM otree_session").fetchone()
        database.close()
        port = free_port()
        with subprocess.Popen(
            [interpreter.parent / "otree", "prodserver", str(port)],
            cwd=folder, env=variables, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
        ) as server:  # fmt: skip
            asyncio.run(_until_up(port))
            try:
                yield Site(lambda: Visitor("localhost", port, link=f"/join/{code}"), lambda: family(server.pid))
            finally:
                os.killpg(server.pid, 15)


def _run_quietly(command: list[str | Path], folder: Path, variables: dict[str, str]) -> None:
    subprocess.run(command, cwd=folder, env=variables, check=True, capture_output=True)


async def _until_up(port: int) -> None:
    for _try in range(300):
        try:
            _reader, writer = await asyncio.open_connection("127.0.0.1", port)
        except OSError:
            await asyncio.sleep(0.2)
        else:
            writer.close()
            await asyncio.sleep(1)
            return
    raise SystemExit("oTree did not start.")


def page(runs: list[Run], at_once: int) -> str:
    """What was measured, as a page of the documentation."""
    lines = [
        "# Load",
        "",
        "Written by `make load` on one machine; run it on yours. Nothing here is a promise, and no test fails on it.",
        "",
        f"- Machine: {CORES} × {platform.machine()}, {platform.system()}, Python {platform.python_version()}",
        f"- {at_once} people at a time, each without ever pausing to read, walk through {PAGES} pages: consent, five",
        "  questions, an explanation, twelve tasks with five items each, five questions, thanks. A *page* counts from",
        "  sending one to seeing the next: the answer is stored, a redirect sent, and the next page made.",
        "- The people are one process on the same processors; its processor time is told, and is in the last column.",
        f"- This project runs with one process for each processor (`serve --processes {CORES}`); every answer is on",
        "  disk before the redirect is sent. oTree runs as its `prodserver` does, one process on its SQLite database.",
        "- *If alone*: what the processor time taken would come to if nothing else ran on the machine. Other work is",
        "  in the load average before the run; it makes seconds longer for all, and processor time somewhat.",
        "",
        HEAD,
        "|---|---|---|---|---|---|---|---|---|---|",
        *(_row(run) for run in runs),
        "",
    ]
    lines += _comparison(runs)
    return "\n".join(lines)


def _row(run: Run) -> str:
    cells = [
        run.name,
        f"{run.people:,}",
        f"{run.an_hour:,.0f}",
        f"{run.pages / run.seconds:.0f}",
        f"{run.within(0.5):.3f} s",
        f"{run.within(0.99):.3f} s",
        f"{1000 * run.site / run.pages:.1f} ms",
        f"{1000 * run.crowd / run.pages:.1f} ms",
        f"{run.load:.1f}",
        f"{run.by_processor:,.0f}",
    ]
    return f"| {' | '.join(cells)} |"


def _comparison(runs: list[Run]) -> list[str]:
    peer = next((run for run in runs if run.name.startswith("oTree")), None)
    ours = [run for run in runs if run is not peer]
    if peer is None or not ours:
        return []
    times = " and ".join(f"{run.an_hour / peer.an_hour:.0f} times ({run.name})" for run in ours)
    return [f"So this machine took {times} as many interviews an hour as {peer.name}.", ""]


if __name__ == "__main__":
    main()
