"""Sites as people run them: processes of their own, and a participant who needs no browser."""

import http.cookiejar
import json
import os
import re
import selectors
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

PROGRAM = Path(sys.executable).parent / "commonground"
START_SECONDS = 90
STOP_SECONDS = 20
CODE = re.compile(r"\b[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}\b")


class FormReader(HTMLParser):
    """Collects the controls of the form with the id `page-form`, and the address it goes to."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.action, self.hidden, self.choices, self.texts = "", {}, {}, []
        self._inside = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if tag == "form":
            self._inside = found.get("id") == "page-form"
            self.action = (found.get("action") or "") if self._inside else self.action
        if not self._inside or not found.get("name"):
            return
        kind = found.get("type", "text")
        if kind == "hidden":
            self.hidden[found["name"]] = found.get("value") or ""
        elif kind in ("radio", "checkbox"):
            self.choices.setdefault(found["name"], []).append(found.get("value") or "")
        elif tag == "input":
            self.texts.append(found["name"])

    def handle_endtag(self, tag: str) -> None:
        self._inside = self._inside and tag != "form"


class HiddenFields(HTMLParser):
    """The hidden fields of a page with one form that matters."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: dict[str, str] = {}
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        field = dict(attrs)
        if tag == "input" and field.get("type") == "hidden":
            self.found[field.get("name") or ""] = field.get("value") or ""


@dataclass
class Participant:
    """Answers a study over plain HTTP: always the first option, the first card as most and the second as least."""

    link: str
    page: str = ""
    where: str = ""
    open_: Any = None

    def __post_init__(self) -> None:
        jar = http.cookiejar.CookieJar()
        self.open_ = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar)).open

    def go(self, address: str, sent: dict[str, Any] | None = None) -> "Participant":
        content = urllib.parse.urlencode(sent, doseq=True).encode() if sent is not None else None
        with self.open_(urllib.request.Request(address, data=content), timeout=20) as answer:
            self.page, self.where = answer.read().decode(), answer.url
        return self

    @property
    def code(self) -> str:
        """The resume code shown on the page."""
        found = CODE.search(self.page)
        assert found, self.page
        return found.group()

    @property
    def step(self) -> str:
        return self.where.rstrip("/").rpartition("/")[2]

    def send(self) -> "Participant":
        """Fill in the form of this page and send it."""
        form = FormReader(self.page)
        sent: dict[str, Any] = dict(form.hidden) | dict.fromkeys(form.texts, "7")
        sent |= {name: values[0] for name, values in form.choices.items()}
        if "least" in form.choices:
            sent["least"] = form.choices["least"][1]
        if self.step == "example":
            sent = {**form.hidden, "go": "next"}
        return self.go(urllib.parse.urljoin(self.where, form.action), sent)

    def resume(self, code: str) -> "Participant":
        """Type a resume code on the page that asks for one."""
        return self.go(self.where, {**HiddenFields(self.page).found, "code": code.lower()})

    def sign_in(self, link: str) -> "Participant":
        """Use an owner's one-time link."""
        return self.go(link).go(link, HiddenFields(self.page).found)

    def next_report(self, study: str) -> "Participant":
        """As an owner, ask for a report and wait until it is there."""
        self.go(study).go(f"{study}reports/", HiddenFields(self.page).found)
        for _second in range(120):
            if "is being made" not in self.page:
                break
            time.sleep(1)
            self.go(self.where)
        return self

    def until(self, step: str) -> "Participant":
        """Go on until this page is reached."""
        if not self.where:
            self.go(self.link)
        for _page in range(40):
            if self.step == step:
                return self
            self.send()
        pytest.fail(f"{step} was not reached; the last page was {self.where}")


@dataclass
class Site:
    """A running `commonground serve` or `demo`, and the addresses it printed."""

    process: "subprocess.Popen[str]"
    log: Path
    addresses: dict[str, Any] = field(default_factory=dict)

    @property
    def link(self) -> str:
        """The first study's link for participants."""
        return self.addresses["studies"][0]["public"]

    def stop(self, how: signal.Signals = signal.SIGTERM) -> int:
        """End the main process; returns its exit status once the whole family has gone."""
        self.process.send_signal(how)
        status = self.process.wait(STOP_SECONDS)
        assert gone(self.process.pid), "a process was left behind"
        return status

    def left_alone(self) -> None:
        """The main process was killed: its children end by themselves."""
        self.process.wait()
        assert gone(self.process.pid), "a process was left behind"


def gone(group: int, seconds: float = STOP_SECONDS) -> bool:
    """Whether every process of a process group ends within so many seconds."""
    until = time.monotonic() + seconds
    while True:
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return True
        if time.monotonic() > until:
            return False
        time.sleep(0.1)


def first_line(process: "subprocess.Popen[str]", log: Path) -> str:
    """What the process prints first, or a failure that shows its log."""
    assert process.stdout
    with selectors.DefaultSelector() as waiting:
        waiting.register(process.stdout, selectors.EVENT_READ)
        ready = waiting.select(START_SECONDS)
    line = process.stdout.readline() if ready else ""
    if not line:
        pytest.fail(f"The site did not start (status {process.poll()}):\n{log.read_text()}")
    return line


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[..., Site]]:
    """Run `commonground …` until it answers: `start("serve", "--data", folder)`."""
    sites: list[Site] = []
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(("COMMONGROUND_", "DJANGO_"))}

    def run(*arguments: object, **variables: str) -> Site:
        log = tmp_path / f"site-{len(sites)}.log"
        with log.open("w") as errors:
            process = subprocess.Popen(
                [PROGRAM, *map(str, arguments), "--json"],
                stdout=subprocess.PIPE,
                stderr=errors,
                text=True,
                env=inherited | variables,
                start_new_session=True,
            )
        sites.append(Site(process, log))
        sites[-1].addresses = json.loads(first_line(process, log))
        return sites[-1]

    yield run
    for site in sites:
        if not gone(site.process.pid, 0):
            os.killpg(site.process.pid, signal.SIGKILL)
        site.process.wait()
        if site.process.stdout:
            site.process.stdout.close()


@pytest.fixture
def participant() -> Callable[[str], Participant]:
    """Somebody who answers the study behind a link."""
    return Participant


@pytest.fixture
def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def small_study(tmp_path: Path) -> Path:
    """The shipped template with few resamples, as a file."""
    from commonground.files.templates import template_text

    path = tmp_path / "study.yaml"
    text = template_text("partner-priorities").replace("resamples: 2000", "resamples: 100")
    path.write_text(text.replace("permutations: 2000", "permutations: 100"), encoding="utf-8")
    return path


@pytest.fixture
def run() -> Callable[..., "subprocess.CompletedProcess[str]"]:
    """Run a command to its end."""

    def to_its_end(*arguments: object, as_json: bool = False, **variables: str) -> "subprocess.CompletedProcess[str]":
        command = [PROGRAM, *map(str, arguments), *(["--json"] if as_json else [])]
        environment = os.environ | variables
        return subprocess.run(command, capture_output=True, text=True, check=False, timeout=90, env=environment)

    return to_its_end
