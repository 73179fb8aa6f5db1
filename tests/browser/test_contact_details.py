"""From the thanks page to contact details and back to nothing: on a phone, without scripts, in both languages."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

DESK = {"width": 1280, "height": 900}

SET_UP = """
import sys, django
django.setup()
from commonground.web.accounts.models import User
from commonground.web.studies.actions import add_study, set_open
owner = User.objects.create_user("contacts@example.org", "a calm long sentence", name="Olga")
study = add_study(owner=owner, text=sys.stdin.read(), name="study.yaml", public_id="asking")
set_open(study, is_open=True)
"""

STUDY = {
    "format_version": 1,
    "id": "asking",
    "title": {"en": "What helps a team?", "fr": "Qu’est-ce qui aide une équipe?"},
    "languages": ["en", "fr"],
    "frame": {"question": "What helps most, and what least?"},
    "items": [{"id": one, "label": one.title(), "short_label": one} for one in ("trust", "time", "money", "tea")],
    "groups": [{"id": "all", "label": "Everybody", "short_label": "All"}],
    "consent": {"version": "1", "sections": ["Please read."], "agreement": "I agree."},
    "task_explanation": "Choose two.",
    "design": {"per_task": 3},
    "thanks": "Many thanks.",
    "fielding": {
        "contacts": {
            "wishes": ["draw", "results", "future"],
            "draw": {"prizes": 12, "prize": {"en": "25 dollars", "fr": "25 dollars"}},
            "deleted_on": "2090-01-31",
        }
    },
}


@pytest.fixture(scope="module")
def asking(site: object) -> str:
    """A study that asks for contact details."""
    environment = {
        **os.environ,
        "COMMONGROUND_DATA": str(site.data),
        "COMMONGROUND_URL": site.url,
        "DJANGO_SETTINGS_MODULE": "commonground.web.settings",
    }
    subprocess.run([sys.executable, "-c", SET_UP], env=environment, input=json.dumps(STUDY), text=True, check=True)
    return site.url


def at_thanks(page: Page, url: str) -> Page:
    """Answer every task; the button is the same on every page."""
    page.goto(f"{url}/s/asking/")
    page.get_by_role("checkbox").check()
    while not page.url.endswith("/thanks/"):
        if "/task-" in page.url:
            page.locator("label[for=most-1]").click()
            page.locator("label[for=least-2]").click()
        page.locator("form#page-form .button-primary").click()
    return page


def test_leaving_details_reading_the_lists_and_drawing(
    asking: str, device: Callable[..., BrowserContext], check_page: Callable[..., None]
) -> None:
    without_scripts = device({"width": 320, "height": 700}, java_script_enabled=False)
    page = at_thanks(without_scripts.new_page(), asking)
    page.get_by_role("button", name="Leave contact details").click()
    left = device({"width": 320, "height": 700}, storage_state=without_scripts.storage_state())  # axe needs scripts
    page = left.new_page()
    page.goto(f"{asking}/s/asking/thanks/")
    check_page(page, schemes=("light",))
    page.get_by_role("button", name="Leave contact details").click()
    check_page(page)
    page.get_by_role("button", name="Français").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Laisser des coordonnées")
    page.get_by_role("button", name="Envoyer").last.click()
    check_page(page)
    page.get_by_label(re.compile("Inscrivez-moi")).check()
    page.get_by_label(re.compile("Votre adresse")).fill("ada@example.org")
    page.get_by_role("button", name="Envoyer").last.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Vos coordonnées sont enregistrées")
    check_page(page)

    desk = device(DESK).new_page()
    desk.goto(f"{asking}/sign-in/?next=/studies/asking/contacts/")
    desk.get_by_label(re.compile("mail")).fill("contacts@example.org")
    desk.get_by_label("Password").fill("a calm long sentence")
    desk.get_by_role("button", name="Sign in").click()
    expect(desk.get_by_text("The lists open when the study is closed")).to_be_visible()
    check_page(desk)
    desk.goto(f"{asking}/studies/asking/")
    desk.get_by_role("button", name="Close the study").click()
    desk.goto(f"{asking}/studies/asking/contacts/")
    check_page(desk, schemes=("light",))
    desk.get_by_role("button", name="Draw the winners").click()
    desk.get_by_role("button", name="Open the lists for good").click()
    expect(desk.get_by_text("ada@example.org")).to_be_visible()
    check_page(desk)
    desk.goto(f"{asking}/studies/asking/data-flow/")
    check_page(desk)
    desk.set_viewport_size({"width": 320, "height": 700})
    check_page(desk, schemes=("light",))
