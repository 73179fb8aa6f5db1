"""Somebody makes a passkey, signs in with it alone, loses it, and gets in again; a device that Chromium plays."""

import os
import subprocess
import sys
from collections.abc import Callable

from playwright.sync_api import BrowserContext, CDPSession, Page, expect

DESK, SMALL_PHONE = {"width": 1280, "height": 900}, {"width": 320, "height": 640}
EMAIL, PASSWORD = "keys@example.org", "a calm long sentence"

MAKE_OWNER = """
import sys, django
django.setup()
from commonground.web.accounts.models import User
from commonground.web.workspaces.actions import create_workspace
create_workspace(owner=User.objects.create_user(sys.argv[1], sys.argv[2], name="Kim"), name="Keys")
"""


def make_owner(url: str, data: str) -> None:
    environment = {
        **os.environ,
        "COMMONGROUND_DATA": data,
        "COMMONGROUND_URL": url,
        "DJANGO_SETTINGS_MODULE": "commonground.web.settings",
    }
    subprocess.run([sys.executable, "-c", MAKE_OWNER, EMAIL, PASSWORD], env=environment, check=True)


def give_device(page: Page) -> tuple[CDPSession, str]:
    """A device with a finger that always fits, and its id."""
    talk = page.context.new_cdp_session(page)
    talk.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    return talk, str(talk.send("WebAuthn.addVirtualAuthenticator", {"options": options})["authenticatorId"])


def type_password(page: Page, url: str) -> None:
    page.goto(f"{url}/sign-in/")
    page.get_by_label("E-mail address").fill(EMAIL)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def is_in(page: Page) -> None:
    expect(page.get_by_role("heading", name="Your partnerships and studies")).to_be_visible()


def made(page: Page, url: str, check_page: Callable[..., None]) -> str:
    """Make a passkey; the first of the recovery codes that come with it."""
    type_password(page, url)
    page.get_by_role("link", name="Account", exact=True).click()
    check_page(page, ("light",))
    page.get_by_role("link", name="Add a passkey").click()
    check_page(page, ("dark",))
    page.get_by_label("Name of the passkey").fill("My phone")
    page.get_by_label("Your password now").fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()
    check_page(page, ("light",))
    page.get_by_role("button", name="Make the passkey").click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()
    recovery = page.locator("main li code").first.inner_text()
    page.get_by_role("link", name="I have kept them").click()
    return recovery


def test_a_passkey_from_making_to_losing_it(
    site: object, device: Callable[..., BrowserContext], check_page: Callable[..., None]
) -> None:
    url, data = site.url, str(site.data)  # type: ignore[attr-defined]  # conftest's Site
    make_owner(url, data)
    page = device(SMALL_PHONE).new_page()
    wrong: list[str] = []
    page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
    talk, authenticator = give_device(page)

    recovery = made(page, url, check_page)

    page.set_viewport_size(DESK)
    page.get_by_role("button", name="Sign out", exact=True).click()
    check_page(page)
    page.get_by_role("button", name="Use a passkey").click()
    is_in(page)
    page.goto(f"{url}/account/passkeys/")
    expect(page.get_by_text("Last used on")).to_be_visible()
    check_page(page, ("light",))

    # A finger that does not fit is told, and nothing is lost.
    page.get_by_role("button", name="Sign out", exact=True).click()
    talk.send("WebAuthn.setUserVerified", {"authenticatorId": authenticator, "isUserVerified": False})
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.get_by_text("No passkey was shown.")).to_be_visible()
    assert page.url == f"{url}/sign-in/"
    talk.send("WebAuthn.setUserVerified", {"authenticatorId": authenticator, "isUserVerified": True})
    page.get_by_role("button", name="Use a passkey").click()
    is_in(page)

    # The password alone leads to the second step, which the passkey passes as well.
    page.get_by_role("button", name="Sign out", exact=True).click()
    type_password(page, url)
    expect(page.get_by_role("heading", name="Now the passkey")).to_be_visible()
    check_page(page, ("dark",))
    page.get_by_role("button", name="Use a passkey").click()
    is_in(page)
    assert not wrong

    # Without a script, on another device: the recovery code.
    other = device(SMALL_PHONE, java_script_enabled=False).new_page()
    type_password(other, url)
    expect(other.get_by_role("button", name="Use a passkey")).to_be_hidden()
    other.get_by_label("Code").fill(recovery)
    other.get_by_role("button", name="Sign in", exact=True).click()
    is_in(other)
    other.goto(f"{url}/account/passkeys/")
    other.get_by_role("link", name="Rename or remove").click()
    other.get_by_label("Your password now").fill(PASSWORD)
    other.get_by_role("button", name="Remove the passkey").click()
    expect(other.get_by_text("is removed.")).to_be_visible()

    page.get_by_role("button", name="Sign out", exact=True).click()
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.get_by_text("This passkey is not known here.")).to_be_visible()
    page.get_by_role("link", name="Forgotten the password?").click()
    check_page(page, ("light",))
