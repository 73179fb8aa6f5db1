"""A real browser at a real site: Chromium, and a server process with a data directory of its own."""

import json
import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

QUIET = (
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-default-apps",
)
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PHONE = {"width": 390, "height": 844}

expect.set_options(timeout=10_000)


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, object]:
    """Chromium as the system has it. A machine without one fails here: a missing browser is no reason to skip."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        pytest.fail("No Chromium was found. On Debian or Ubuntu: apt install chromium")
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    return {"executable_path": found, "args": [*QUIET, *(["--no-sandbox"] if is_root else [])]}


@dataclass(frozen=True, slots=True)
class Site:
    """A running site."""

    url: str
    data: Path

    def rows(self, query: str, *values: object) -> list[tuple[object, ...]]:
        """What the database holds, read from outside the server."""
        with sqlite3.connect(f"file:{self.data / 'commonground.sqlite3'}?mode=ro", uri=True) as database:
            return list(database.execute(query, values))


SET_UP = """
import sys, django
django.setup()
from commonground.web.site.preparing import migrate
migrate()
from commonground.files.study import parse_study
from commonground.files.templates import template_text
from commonground.web.studies.models import Study
for public_id, text in (("study", template_text("partner-priorities")), ("short", sys.stdin.read())):
    found = parse_study(text, "study.yaml")
    Study.objects.create(
        public_id=public_id, document=text, document_hash=found.hash, title=str(found.study.title), is_open=True
    )
"""


SHORT = {
    "format_version": 1,
    "id": "short",
    "title": {"en": "What helps a team?", "fr": "Qu’est-ce qui aide une équipe?"},
    "languages": ["en", "fr"],
    "frame": {"question": "What helps most, and what least?"},
    "items": [
        {"id": name, "label": name.title(), "short_label": name, "definition": f"There is enough {name}."}
        for name in ("trust", "time", "money", "tools", "tea", "tact", "talk")
    ],
    "groups": [{"id": "all", "label": "Everybody", "short_label": "All"}],
    "consent": {"version": "1", "sections": ["Please read."], "agreement": "I agree."},
    "task_explanation": "Choose two.",
    "design": {"per_task": 3},
    "thanks": "Many thanks.",
}
"""A study without questions: what is about the tasks alone need not answer thirteen questions first."""


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A server process with the shipped study open at /s/study/ and the short one at /s/short/."""
    data, port = tmp_path_factory.mktemp("site"), free_port()
    url = f"http://localhost:{port}"
    environment = {
        **os.environ,
        "COMMONGROUND_DATA": str(data),
        "COMMONGROUND_URL": url,
        "DJANGO_SETTINGS_MODULE": "commonground.web.settings",
    }
    subprocess.run(
        [sys.executable, "-W", "error", "-c", SET_UP], env=environment, input=json.dumps(SHORT), text=True, check=True
    )
    arguments = ["--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port), "commonground.web.wsgi:application"]
    with (data / "server.log").open("w") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", "granian", *arguments], env=environment, stdout=log, stderr=log
        )
        try:
            wait_for(f"{url}/health/", server, data / "server.log")
            yield Site(url, data)
        finally:
            server.terminate()
            server.wait(timeout=20)


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(address: str, server: "subprocess.Popen[bytes]", log: Path) -> None:
    """Until the server answers, at most half a minute."""
    for _attempt in range(150):
        if server.poll() is not None:
            break
        try:
            with urllib.request.urlopen(address, timeout=2):  # our own server
                return
        except OSError:
            time.sleep(0.2)
    pytest.fail(f"The server did not answer at {address}:\n{log.read_text()}")


@pytest.fixture(scope="session")
def axe() -> Axe:
    """The accessibility rules of axe-core."""
    return Axe()


@pytest.fixture
def check_page(axe: Axe) -> Callable[..., None]:
    """Nothing for axe to find in light or dark, and nothing that scrolls sideways."""

    def check(page: Page, schemes: tuple[str, ...] = ("light", "dark")) -> None:
        for scheme in schemes:
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            violations = axe.run(page).response["violations"]
            found = [(one["id"], [node["target"] for node in one["nodes"]]) for one in violations]
            assert not found, f"{page.url} ({scheme}): {json.dumps(found, indent=1)}"
        beyond = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert beyond <= 0, f"{page.url} scrolls sideways by {beyond} px at {page.viewport_size}"

    return check


@pytest.fixture
def device(browser: Browser) -> Iterator[Callable[..., BrowserContext]]:
    """A device of one's own: `device(DESK, locale="fr", java_script_enabled=False)`."""
    contexts: list[BrowserContext] = []

    def make(viewport: dict[str, int] = PHONE, **options: object) -> BrowserContext:
        contexts.append(browser.new_context(viewport=viewport, **{"locale": "en-CA", **options}))  # type: ignore[arg-type]  # playwright's own option types
        return contexts[-1]

    yield make
    for context in contexts:
        context.close()
