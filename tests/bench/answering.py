"""Many people answering at once: how many pages a second one site gives, every answer on disk before the next page."""

import json
import re
import signal
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, OpenerDirector, build_opener

STUDY = {
    "format_version": 1,
    "id": "bench",
    "title": "How many at once?",
    "frame": {"question": "What matters most, what least?"},
    "items": [{"id": f"i{one}", "label": f"Item {one}", "short_label": f"Item {one}"} for one in range(1, 12)],
    "groups": [{"id": "all", "label": "Everybody", "short_label": "Everybody"}],
    "consent": {"version": "1", "sections": ["A rehearsal."], "agreement": "I agree."},
    "task_explanation": "Choose two.",
    "thanks": "Thank you.",
}
INPUT = re.compile(r"<input\b[^>]*>")
ATTRIBUTE = re.compile(r'\b(name|value)="([^"]*)"')


@dataclass(frozen=True)
class Throughput:
    """What a rehearsal gave: people, how many at once, and the seconds of the whole and of each page."""

    people: int
    at_once: int
    seconds: float
    pages: tuple[float, ...]

    @property
    def pages_per_second(self) -> float:
        return len(self.pages) / self.seconds

    def within(self, share: float) -> float:
        """The seconds within which this share of the pages came."""
        return sorted(self.pages)[min(len(self.pages) - 1, int(share * len(self.pages)))]


def filled(page: str) -> dict[str, str]:
    """A page's form as a person sends it: what is hidden, the box ticked, the first item most and the second least."""
    fields: dict[str, str] = {}
    for tag in INPUT.findall(page):
        parts = dict(ATTRIBUTE.findall(tag))
        name, value = parts.get("name", ""), parts.get("value", "on")
        if name not in fields or (name == "least" and fields["least"] == fields["most"]):
            fields[name] = value
    return {**fields, "go": "next"}


def walk(address: str) -> list[float]:
    """One person from consent to thanks; the seconds each page took."""
    browser = build_opener(HTTPCookieProcessor(CookieJar()))
    page, url, took = fetch(browser, address, None)
    seconds = [took]
    while not url.endswith("/thanks/"):
        page, url, took = fetch(browser, url, filled(page))
        seconds.append(took)
    return seconds


def fetch(browser: OpenerDirector, url: str, fields: dict[str, str] | None) -> tuple[str, str, float]:
    """Open or send a page; returns what comes, where it is, and how long it took."""
    started = time.perf_counter()
    body = urlencode(fields).encode() if fields else None
    with browser.open(url, body, timeout=60) as answer:  # follows the redirect, as a browser does
        return answer.read().decode(), answer.url, time.perf_counter() - started


def measure(program: Path, folder: Path, *, people: int = 40, at_once: int = 8) -> Throughput:
    """Start a site, let people answer, stop it."""
    (folder / "bench.yaml").write_text(json.dumps(STUDY), encoding="utf-8")
    command = [program, "serve", "--data", "site", "--study", "bench.yaml", "--json"]
    with subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as site:
        assert site.stdout
        address = json.loads(site.stdout.readline())["studies"][0]["public"]
        walk(address)  # the first one warms it up
        started = time.perf_counter()
        with ThreadPoolExecutor(at_once) as crowd:
            walks = list(crowd.map(walk, [address] * people))
        seconds = time.perf_counter() - started
        site.send_signal(signal.SIGINT)
        site.wait()
    return Throughput(people, at_once, seconds, tuple(page for pages in walks for page in pages))
