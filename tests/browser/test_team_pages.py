"""The lead's pages of a living partnership, that of the demo: by day on a phone, by night at a desk."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page

DESK = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}
EMAIL, PASSWORD = "tara-team@example.org", "a calm long sentence"
INHERITED = {name: value for name, value in os.environ.items() if not name.startswith(("COMMONGROUND_", "DJANGO_"))}

FURNISH = f"""
import django
django.setup()
from django.utils import timezone
from commonground.web.accounts.models import User
from commonground.web.site.demo_team import bring_together
lead = User.objects.create_user("{EMAIL}", "{PASSWORD}", name="Tara")
bring_together(lead, timezone.localdate())
"""

DRAWN = (
    "",
    "list/",
    "people/",
    "results/",
    "meeting/",
    "meeting/open/",
    "agreement/",
    "capabilities/",
    "programme/",
    "logic-model/",
    "stakeholders/",
    "logs/",
)
"""Pages with most on them: looked at in both sizes."""
WRITTEN = (
    "seen/",
    "facilitator/",
    "details/",
    "agreement/draft/",
    "agreement/print/",
    "delete/",
    "capabilities/needed/",
    "capabilities/framework/",
    "capabilities/held-back/systems/",
    "capabilities/plan/",
    "programme/about/",
    "programme/module/",
    "logic-model/box/",
    "logic-model/link/",
    "logic-model/mechanism/",
    "logic-model/guide/",
    "entries/stakeholder/",
    "entries/log/",
)
"""Texts and forms."""


@pytest.fixture(scope="module")
def where(site) -> str:
    """The demo's partnership on the site."""
    environment = {
        **INHERITED,
        "COMMONGROUND_DATA": str(site.data),
        "COMMONGROUND_URL": site.url,
        "DJANGO_SETTINGS_MODULE": "commonground.web.settings",
    }
    subprocess.run([sys.executable, "-c", FURNISH], env=environment, check=True, cwd=Path(__file__).parent)
    return f"{site.url}/partnerships/less-pain/"


def sign_in(context: BrowserContext, where: str) -> Page:
    page = context.new_page()
    page.goto(where)
    page.get_by_label("E-mail").fill(EMAIL)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(where)
    return page


@pytest.mark.parametrize("looked", [(PHONE, "light", (*DRAWN, *WRITTEN)), (DESK, "dark", DRAWN)], ids=["phone", "desk"])
def test_every_page_can_be_read_by_everybody(
    where: str,
    device: Callable[..., BrowserContext],
    check_page: Callable[..., None],
    looked: tuple[dict[str, int], str, tuple[str, ...]],
) -> None:
    size, scheme, pages = looked
    page = sign_in(device(size), where)
    for one in pages:
        answer = page.goto(f"{where}{one}")
        assert answer is not None
        assert (answer.status, page.url) == (200, f"{where}{one}")
        check_page(page, schemes=(scheme,))


def test_a_state_kept_and_the_example_before_one_starts(
    where: str, device: Callable[..., BrowserContext], check_page: Callable[..., None]
) -> None:
    page = sign_in(device(PHONE), where)
    page.goto(f"{where}logic-model/")
    page.locator("a[href*='/logic-model/kept/']").first.click()
    check_page(page, schemes=("light",))
    for address in ("new", "sample"):
        page.goto(where.replace("less-pain", address))
        check_page(page, schemes=("dark",))
