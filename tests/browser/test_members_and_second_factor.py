"""An owner invites somebody, and turns on a second factor: phone and desk, without scripts."""

import os
import re
import subprocess
import sys
import time
from base64 import b32decode
from collections.abc import Callable
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, Page, expect

from commonground.web.accounts.one_time_codes import STEP_SECONDS, code_at

DESK = {"width": 1280, "height": 900}
SMALL_PHONE = {"width": 320, "height": 640}
EMAIL, PASSWORD = "inviting@example.org", "a calm long sentence"

MAKE_OWNER = """
import sys, django
django.setup()
from commonground.web.accounts.models import User
from commonground.web.workspaces.actions import create_workspace
create_workspace(owner=User.objects.create_user(sys.argv[1], sys.argv[2], name="Inga"), name="A team with a long name")
"""


def make_owner(url: str, data: str) -> None:
    environment = {
        **os.environ,
        "COMMONGROUND_DATA": data,
        "COMMONGROUND_URL": url,
        "DJANGO_SETTINGS_MODULE": "commonground.web.settings",
    }
    subprocess.run([sys.executable, "-c", MAKE_OWNER, EMAIL, PASSWORD], env=environment, check=True)


def sign_in(page: Page, url: str) -> None:
    page.goto(f"{url}/sign-in/")
    page.get_by_label("E-mail address").fill(EMAIL)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()


def test_an_invitation_and_a_second_factor(
    site: object, device: Callable[..., BrowserContext], check_page: Callable[..., None]
) -> None:
    url, data = site.url, str(site.data)  # type: ignore[attr-defined]  # conftest's Site
    make_owner(url, data)
    owner = device(DESK).new_page()
    sign_in(owner, url)
    check_page(owner, ("light",))
    owner.get_by_role("link", name="Members").click()
    owner.get_by_label("Role").select_option("analyst")
    owner.get_by_role("button", name="Make an invitation").click()
    check_page(owner)
    link = owner.get_by_label("Link, to send to one person").input_value()

    invited = device(SMALL_PHONE, java_script_enabled=False).new_page()
    invited.goto(link)
    invited.get_by_label("Your name").fill("Anna")
    invited.get_by_label("E-mail address").fill("anna@example.org")
    invited.get_by_label("Password").fill(PASSWORD)
    invited.get_by_role("button", name="Make the account and join").click()
    expect(invited.get_by_role("heading", name="A team with a long name")).to_be_visible()

    owner.set_viewport_size(SMALL_PHONE)
    owner.goto(f"{url}/")
    owner.get_by_role("link", name="Log").click()
    expect(owner.get_by_text("joined by invitation")).to_be_visible()
    check_page(owner, ("light",))
    owner.get_by_role("link", name="Members").click()
    owner.get_by_role("link", name=re.compile("Change or remove.*Anna")).click()
    check_page(owner, ("light",))
    secret = turned_on(owner, check_page)
    owner.get_by_role("button", name="Sign out", exact=True).click()
    sign_in(owner, url)
    check_page(owner, ("dark",))
    owner.get_by_label("Code").fill(code_at(secret, int(time.time()) // STEP_SECONDS + 1))
    owner.get_by_role("button", name="Sign in").click()
    expect(owner.get_by_role("heading", name="Your partnerships and studies")).to_be_visible()
    assert urlsplit(owner.url).path == "/"


def turned_on(page: Page, check_page: Callable[..., None]) -> bytes:
    """Turn the second factor on as a phone would; its secret."""
    page.get_by_role("link", name="Account", exact=True).click()
    check_page(page, ("light",))
    page.get_by_role("link", name="Turn it on").click()
    check_page(page, ("dark",))
    letters = page.locator("main ol code").inner_text()
    assert re.fullmatch(r"[A-Z2-7 ]+", letters)
    secret = b32decode(letters.replace(" ", ""))
    page.get_by_label("Code").fill(code_at(secret, int(time.time()) // STEP_SECONDS))
    page.get_by_role("button", name="Turn it on").click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()
    check_page(page, ("light",))
    page.get_by_role("link", name="I have kept them").click()
    return secret
