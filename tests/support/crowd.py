"""Many people answering at once, from one thread and with next to no work: the machine is for the site.

A person is a browser without scripts that remembers what it was told. What a redirect has answered is *acknowledged*:
from then on the site may not lose it, whatever happens to its processes.
"""

import asyncio
import contextlib
import re
import time
from dataclasses import dataclass, field
from urllib.parse import urlencode, urlsplit

INPUT = re.compile(rb"<input\b[^>]*>")
ATTRIBUTE = re.compile(rb'\b(name|value|type)="([^"]*)"')
LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
COOKIE = re.compile(rb"\r\nset-cookie: *([^=;]+)=([^;\r]*)", re.IGNORECASE)
LOCATION = re.compile(rb"\r\nlocation: *([^\r]*)", re.IGNORECASE)
TIMEOUT = 30


class LostError(Exception):
    """No answer came: the server is gone, or was cut off in the middle."""


@dataclass(slots=True)
class Answer:
    """What came back."""

    status: int
    location: str
    page: bytes


@dataclass
class Browser:
    """One connection that is kept open, and cookies."""

    host: str
    port: int
    cookies: dict[bytes, bytes] = field(default_factory=dict)
    _pipe: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def ask(self, path: str, sent: dict[str, str] | None = None) -> Answer:
        """Open or send a page; redirects are not followed.

        Raises
        ------
        LostError
            If no whole answer came.
        """
        body = b"" if sent is None else urlencode(sent).encode()
        head = [
            f"{'GET' if sent is None else 'POST'} {path} HTTP/1.1\r\nHost: {self.host}:{self.port}\r\n".encode(),
            b"Cookie: " + b"; ".join(b"=".join(one) for one in self.cookies.items()) + b"\r\n" if self.cookies else b"",
        ]
        if sent is not None:
            head.append(b"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: %d\r\n" % len(body))
        try:
            async with asyncio.timeout(TIMEOUT):
                return await self._exchange(b"".join(head) + b"\r\n" + body)
        except (OSError, TimeoutError, asyncio.IncompleteReadError) as error:
            await self.close()
            raise LostError from error

    async def _exchange(self, request: bytes) -> Answer:
        if self._pipe is None:
            self._pipe = await asyncio.open_connection("127.0.0.1", self.port)
        reader, writer = self._pipe
        writer.write(request)
        head = await reader.readuntil(b"\r\n\r\n")
        page = await _body(reader, head)
        for name, value in COOKIE.findall(head):
            self.cookies[name] = value
        location = LOCATION.search(head)
        return Answer(int(head[9:12]), location[1].decode() if location else "", page)

    async def close(self) -> None:
        """Let the connection go."""
        if self._pipe is not None:
            writer, self._pipe = self._pipe[1], None
            writer.close()
            with contextlib.suppress(OSError):
                await writer.wait_closed()


async def _body(reader: asyncio.StreamReader, head: bytes) -> bytes:
    if length := LENGTH.search(head):
        return await reader.readexactly(int(length[1]))
    if b"chunked" not in head.lower():
        return b""
    parts = []
    while size := int(await reader.readuntil(b"\r\n"), 16):
        parts.append((await reader.readexactly(size + 2))[:-2])
    await reader.readexactly(2)
    return b"".join(parts)


def form(page: bytes) -> dict[str, list[tuple[str, str]]]:
    """The inputs of a page by name: (type, value) each, in order."""
    found: dict[str, list[tuple[str, str]]] = {}
    for tag in INPUT.findall(page):
        parts = dict(ATTRIBUTE.findall(tag))
        if name := parts.get(b"name", b"").decode():
            value = parts.get(b"value", b"" if parts.get(b"type", b"text") == b"text" else b"on").decode()
            found.setdefault(name, []).append((parts.get(b"type", b"text").decode(), value))
    return found


def filled(page: bytes) -> dict[str, str]:
    """A page as a person sends it: the box ticked, numbers written, the first item most and the second least."""
    sent = {"go": "next"}
    for name, inputs in form(page).items():
        kind, value = inputs[1] if name == "least" and len(inputs) > 1 else inputs[0]
        if kind != "text":
            sent[name] = value
        elif name.startswith("q-"):
            sent[name] = "7"
    return sent


@dataclass
class Person(Browser):
    """Somebody on their way through a study.

    Parameters
    ----------
    acknowledged : dict
        What was sent for each page, where the site has said that it has it.
    seconds : list of float
        How long each page took, from sending one to seeing the next.
    restless : bool
        Sends every page twice at the same moment, by a second connection: a double click.
    lost : int
        How often no answer came.
    """

    link: str = ""
    restless: bool = False
    acknowledged: dict[str, dict[str, str]] = field(default_factory=dict)
    seconds: list[float] = field(default_factory=list)
    lost: int = 0
    requests: int = 0

    async def walk(self, *, patience: float = 0.0, pause: float = 0.0) -> "Person":
        """From consent to thanks, with a pause on each page.

        Whenever no answer comes, look where one is and go on from there; so many seconds of that, then give up.
        """
        where, page, started = "", b"", time.monotonic()
        while not self.has_finished(where):
            await asyncio.sleep(pause)
            try:
                if not page:
                    where, page = await self.open(where or self.link)
                    continue
                where, page = await self.send(where, page)
            except LostError:
                self.lost += 1
                if time.monotonic() - started > patience:
                    raise
                page = b""
                await asyncio.sleep(0.1)
        await self.close()
        return self

    def has_finished(self, where: str) -> bool:
        """Whether this address is the last page."""
        return urlsplit(where).path.endswith("/thanks/")

    def fill(self, page: bytes) -> dict[str, str]:
        """What this person answers on a page."""
        return filled(page)

    async def come_to(self, number: int) -> tuple[str, bytes]:
        """Send the first pages, so many; gives the address and the page after them."""
        where, page = await self.open(self.link)
        for _page in range(number):
            where, page = await self.send(where, page)
        return where, page

    async def open(self, path: str) -> tuple[str, bytes]:
        """Follow a link to its page."""
        for _redirect in range(5):
            answer = await self._asked(path)
            if answer.status == 200:
                return path, answer.page
            if answer.status not in (301, 302, 303, 307):
                raise LostError(answer.status)
            path = answer.location
        raise LostError(path)

    async def send(self, where: str, page: bytes) -> tuple[str, bytes]:
        """Fill in a page and send it; gives the next.

        Raises
        ------
        LostError
            If it was not acknowledged, or the next one did not come.
        """
        sent, started = self.fill(page), time.perf_counter()
        second_click = [self._again(where, sent)] if self.restless else []
        answer, *_other = await asyncio.gather(self._asked(where, sent), *second_click)
        if answer.status not in (302, 303):
            raise LostError(answer.status)
        self.acknowledged[urlsplit(where).path] = sent
        found = await self.open(answer.location)
        self.seconds.append(time.perf_counter() - started)
        return found

    async def _again(self, where: str, sent: dict[str, str]) -> None:
        """A second click, whose answer nobody looks at."""
        other = Browser(self.host, self.port, dict(self.cookies))
        with contextlib.suppress(LostError):
            await other.ask(where, sent)
        await other.close()

    async def _asked(self, path: str, sent: dict[str, str] | None = None) -> Answer:
        self.requests += 1
        return await self.ask(path, sent)


async def crowd(people: list[Person], *, at_once: int, **walking: object) -> None:
    """Let people walk, so many at a time; who has finished makes room for the next."""
    waiting = iter(people)

    async def one_after_the_other() -> None:
        for person in waiting:
            await person.walk(**walking)  # type: ignore[arg-type]  # the options of walk

    await asyncio.gather(*(one_after_the_other() for _place in range(at_once)))


def questions(name: str, number: int) -> list[dict[str, object]]:
    """Questions of which each is shown only after the one before, so that each has its own page."""
    chain = ({"show_if": {"question": f"{name}{one - 1}", "at_least": 0}} if one else {} for one in range(number))
    return [
        {"id": f"{name}{one}", "type": "number", "text": f"{name} {one}?", "required": True, **shown}
        for one, shown in enumerate(chain)
    ]


STUDY = {
    "format_version": 1,
    "id": "crowd",
    "title": "What matters most?",
    "frame": {"question": "What matters most to you, and what least?"},
    "items": [
        {
            "id": f"i{one}",
            "label": f"Item {one} of the eleven",
            "definition": f"What is meant by item {one}, in a sentence as long as such sentences are.",
            "short_label": f"Item {one}",
        }
        for one in range(1, 12)
    ],
    "groups": [{"id": "all", "label": "Everybody", "short_label": "Everybody"}],
    "consent": {"version": "1", "sections": ["A rehearsal.", "Nobody is asked."], "agreement": "I agree."},
    "background": questions("before", 5),
    "task_explanation": "Choose two on each page.",
    "demographics": questions("after", 5),
    "thanks": "Thank you.",
}
"""A study of 25 pages: consent, five questions, an explanation, twelve tasks, five questions, thanks."""

PAGES = 25
