"""A site under siege: people answer while its processes are killed again and again, and nothing acknowledged may go.

What was acknowledged is looked up as a person would: by opening each page again and reading what is marked on it.
"""

import asyncio
import json
import os
import random
import signal
import socket
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from crowd import INPUT, STUDY, LostError, Person, form

PROGRAM = Path(sys.executable).with_name("commonground")
START_SECONDS = 90
CLOCK = Path(__file__).with_name("clock")


@dataclass
class Count:
    """What came of it.

    Parameters
    ----------
    acknowledged, stored, lost : int
        Pages whose answers the site said it has; those it still has as they were sent; those it has not.
    people, kills, unanswered : int
        Interviews finished; processes killed; requests that got no answer, which people sent again.
    """

    acknowledged: int = 0
    stored: int = 0
    people: int = 0
    kills: int = 0
    unanswered: int = 0

    @property
    def lost(self) -> int:
        return self.acknowledged - self.stored


@dataclass
class Fortress:
    """A site as people run it, which can be killed and started again on the same port.

    Parameters
    ----------
    folder : Path
        Where its data, its study and its log go.
    variables : mapping
        Variables of its environment, such as `DATABASE_URL`.
    """

    folder: Path
    variables: Mapping[str, str] = field(default_factory=dict)
    processes: int = 2
    port: int = 0
    link: str = ""
    program: "subprocess.Popen[str] | None" = None

    def start(self) -> "Fortress":
        """Start it, or start it again."""
        (self.folder / "study.yaml").write_text(json.dumps(STUDY), encoding="utf-8")
        self.port = self.port or free_port()
        own = ("COMMONGROUND_", "DJANGO_", "DATABASE_URL", "CONTACTS_DATABASE_URL")
        kept = {name: value for name, value in os.environ.items() if not name.startswith(own)}
        command = [PROGRAM, "serve", "--data", "data", "--study", "study.yaml", "--port", str(self.port), "--json"]
        with (self.folder / "log").open("a") as log:
            self.program = subprocess.Popen(
                [*command, "--processes", str(self.processes)],
                cwd=self.folder, env={**kept, **self.variables}, stdout=subprocess.PIPE, stderr=log, text=True,
                start_new_session=True,
            )  # fmt: skip
        assert self.program.stdout
        line = self.program.stdout.readline()
        assert line, (self.folder / "log").read_text()
        self.link = urlsplit(json.loads(line)["studies"][0]["public"]).path
        return self

    def children(self) -> list[int]:
        """Its processes but the first: those that answer and the one that makes reports."""
        assert self.program
        found = Path(f"/proc/{self.program.pid}/task/{self.program.pid}/children").read_text().split()
        return [int(pid) for pid in found if b"spawn_main" in Path(f"/proc/{pid}/cmdline").read_bytes()]

    def kill_one(self, chance: random.Random) -> None:
        """Kill one of its processes, as a machine that runs out of memory does."""
        if found := self.children():
            os.kill(chance.choice(found), signal.SIGKILL)

    def kill_all(self) -> None:
        """Kill every process at once, as a power cut does."""
        assert self.program
        os.killpg(self.program.pid, signal.SIGKILL)
        self._gone()

    def stop(self) -> None:
        """Stop it in peace."""
        if self.program is not None and self.program.poll() is None:
            self.program.send_signal(signal.SIGTERM)
            try:
                self.program.wait(20)
            except subprocess.TimeoutExpired:
                os.killpg(self.program.pid, signal.SIGKILL)
            self._gone()

    def _gone(self) -> None:
        assert self.program
        assert self.program.stdout
        self.program.wait()
        self.program.stdout.close()

    def person(self, *, restless: bool = False) -> Person:
        """Somebody who has the link."""
        return Person("localhost", self.port, link=self.link, restless=restless)


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def data_folder() -> Path:
    """A folder of its own, outside of the one that pytest cleans up while processes may still write."""
    return Path(tempfile.mkdtemp(prefix="cg-siege-"))


def besiege(site: Fortress, *, at_once: int, kills: int, every: float, seed: int = 1, falls: int = 1) -> Count:
    """Let people answer while processes are killed; `falls` times all of them at once.

    Every second person clicks everything twice.
    """
    return asyncio.run(_besiege(site, at_once=at_once, kills=kills, every=every, seed=seed, falls=falls))


async def _besiege(site: Fortress, *, at_once: int, kills: int, every: float, seed: int, falls: int) -> Count:
    people: list[Person] = []
    over = asyncio.Event()

    async def keep_answering(place: int) -> None:
        while not over.is_set():
            person = site.person(restless=place % 2 == 1)
            people.append(person)
            await person.walk(patience=60, pause=0.02)

    async def keep_killing() -> None:
        chance = random.Random(seed)  # noqa: S311  # which process falls is no secret
        for _kill in range(kills):
            await asyncio.sleep(every * (0.5 + chance.random()))
            site.kill_one(chance)
        for _fall in range(falls):
            await asyncio.sleep(every)
            await asyncio.to_thread(site.kill_all)
            await asyncio.to_thread(site.start)
        await asyncio.sleep(every)
        over.set()

    await asyncio.gather(keep_killing(), *(keep_answering(place) for place in range(at_once)))
    count = Count(kills=kills + falls * (site.processes + 2), people=len(people))
    for person in people:
        stored, acknowledged = await still_there(person)
        count.stored, count.acknowledged = count.stored + stored, count.acknowledged + acknowledged
        count.unanswered += person.lost
    return count


async def still_there(person: Person) -> tuple[int, int]:
    """How many acknowledged pages of a person show what was sent, and how many were acknowledged."""
    found = Counter[bool]()
    for path, sent in person.acknowledged.items():
        answers = {name: value for name, value in sent.items() if name in {"most", "least"} or name.startswith("q-")}
        if not answers:
            continue  # consent and explanations: that people came further shows that these are known
        try:
            page = (await person.ask(path)).page
        except LostError:
            page = b""
        found[marked(page).items() >= answers.items()] += 1
    await person.close()
    return found[True], found.total()


def marked(page: bytes) -> dict[str, str]:
    """What is marked or written on a page."""
    chosen = b"".join(tag for tag in INPUT.findall(page) if b" checked" in tag or b'name="q-' in tag)
    return {name: inputs[0][1] for name, inputs in form(chosen).items()}
